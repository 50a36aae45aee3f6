import { type Receipt } from '../../../src/books/event.js';

/** A voucher that an honest client wants recorded, and what it was told of it. */
export interface Wanted {
  readonly key: string;
  /** Of its book. */
  readonly unit: string;
  readonly fen: bigint;
  /** What it was told when it was recorded. */
  receipt?: Pick<Receipt, 'id' | 'position'>;
  /** It was told to come again, or nothing. */
  refused: number;
}

/** A file that an honest client wants imported. */
export interface SentFile {
  readonly note: string;
  readonly unit: string;
  readonly lines: number;
  readonly fenOfLine: bigint;
  /** Where its import is, once it was taken. */
  location?: string;
  /** What became of it, once it is known. */
  end?: { readonly status: string; readonly posted: number; readonly replayed: number; readonly rejected: number };
}

/** A balance that was answered, to be held against the log at its position. */
export interface Believed {
  readonly unit: string;
  readonly position: number;
  readonly closing: string;
}

/** One request of an honest client: in which phase it was asked, how it was answered, and after how long. */
export interface Answering {
  readonly phase: string;
  readonly what: 'post' | 'question' | 'readyz' | 'import';
  /** The status, with the code of its problem; or why there was no answer. */
  readonly outcome: string;
  readonly ms: number;
}

/** What honest clients write down. */
export class Journal {
  /** What is done to the service just now. */
  phase = 'calm';
  readonly wanted: Wanted[] = [];
  readonly files: SentFile[] = [];
  readonly believed: Believed[] = [];
  readonly answers: Answering[] = [];
  /** What no client should ever be told. */
  readonly wrong: string[] = [];

  /** Of the wanted, those of which nobody knows yet whether they are recorded. */
  get open(): Wanted[] {
    return this.wanted.filter(({ receipt }) => receipt === undefined);
  }

  /** Takes down that a voucher is recorded, for the first time or once more. */
  recorded(wanted: Wanted, { id, position }: Pick<Receipt, 'id' | 'position'>): void {
    const before = wanted.receipt;
    if (before && (before.id !== id || before.position !== position))
      this.wrong.push(`${wanted.key} was acknowledged as ${before.id}, and again as ${id}`);
    wanted.receipt = { id, position };
  }
}
