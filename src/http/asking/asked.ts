import { type Answer } from '../../../projections/asking/question.js';
import { type AnswerFile } from '../../report/answer-file.js';
import { type FromAsked } from './protocol.js';

type Head = Answer | Omit<AnswerFile, 'pieces'>;

/** Pieces of a file that are on their way at most. */
const WINDOW = 8;

/** A question that a thread has in hand: its answer, or its file and then the pieces of that. */
export class Asked implements AsyncIterableIterator<Uint8Array> {
  /** The answer, or what is known of the file. Rejects with why there is none. */
  readonly first: Promise<Head>;
  private resolve!: (head: Head) => void;
  private reject!: (error: Error) => void;
  private readonly pieces: Uint8Array[] = [];
  private isBegun = false;
  private isOver = false;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  /**
   * @param tell says something of this question to the thread
   * @param forget is called once nothing more is heard of it
   */
  constructor(
    private readonly tell: (telling: { readonly more: number } | { readonly stop: true }) => void,
    private readonly forget: () => void,
  ) {
    this.first = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  hear(message: Exclude<FromAsked, { readonly failure: unknown }>): void {
    if ('answer' in message) {
      this.resolve(message.answer);
      this.finish();
    } else if ('file' in message) this.resolve(message.file);
    else if ('piece' in message) {
      this.pieces.push(message.piece);
      this.wake();
    } else this.finish();
  }

  /** Nothing more comes, for this reason. */
  fail(error: Error): void {
    this.failure = error;
    this.reject(error);
    this.finish();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    if (!this.isBegun && !this.isOver) this.tell({ more: WINDOW });
    this.isBegun = true;
    while (this.pieces.length === 0 && !this.isOver) await new Promise<void>((resolve) => (this.wake = resolve));
    const value = this.pieces.shift();
    if (value !== undefined) {
      if (!this.isOver) this.tell({ more: 1 });
      return { done: false, value };
    }
    if (this.failure) throw this.failure;
    return { done: true, value };
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    if (!this.isOver) this.tell({ stop: true });
    this.pieces.length = 0;
    this.finish();
    return { done: true, value: undefined };
  }

  private finish(): void {
    this.isOver = true;
    this.forget();
    this.wake();
  }
}
