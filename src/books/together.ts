import { type ErrorDetail, LedgerError, type Text, text } from '../errors.js';
import { MAX_APPEND_BYTES, piecesOf } from '../event-store/event-store.js';
import { keyText } from './book-state.js';
import { composeAll, decidedEvent } from './decided-command.js';
import { keyUsedBefore } from './key-scope.js';
import { type Decided, type Posted, type PostRequest, type Waiting } from './post-request.js';
import { type Prepared } from './prepared.js';

/**
 * Commands of one book that are recorded in one append, or not at all. Each is told its own refusal; the others are
 * told that they are not recorded because of it. What was recorded before, by its key, stands whatever comes of them.
 */
export class Together {
  readonly stream: string;
  readonly waiting: readonly Waiting[];
  /** What becomes of each. */
  readonly posted: readonly Promise<Posted>[];
  /** How many are refused. */
  private refused = 0;

  constructor(requests: readonly PostRequest[]) {
    this.stream = requests[0]!.prepared.stream;
    const waiting: Waiting[] = [];
    this.posted = requests.map(
      (request) =>
        new Promise((resolve, reject) => waiting.push({ ...request, resolve, reject: this.refusing(reject) })),
    );
    this.waiting = waiting;
  }

  /**
   * Asserts that what was decided may be recorded.
   * @throws LedgerError refused, where one of them is, or where they are too much for one append
   */
  demand(decided: readonly Decided[]): void {
    for (const { request, repeats } of decided)
      for (const repeat of repeats) if (!isSame(repeat.prepared, request.prepared)) repeat.reject(repeatedKey(repeat));
    if (this.refused > 0) throw notRecorded(this.refused);
    const events = decided.map(({ request: { prepared, key }, fact }) => decidedEvent({ prepared, key, fact }));
    // The time in an event is as long as any.
    if (piecesOf(composeAll(events, 0)).length > 1) throw tooMuchAtOnce(events.length);
  }

  private refusing(reject: Waiting['reject']): Waiting['reject'] {
    return (error) => {
      this.refused += 1;
      reject(error);
    };
  }
}

/** What a command is told that is not recorded because others of its batch are refused. */
export function notRecorded(refused: number): LedgerError {
  const expected = text('同批各项均可入账', 'every command of the batch can be recorded');
  const message = text(
    `未入账：同批另有 ${refused} 项被拒绝，而该批要么全部入账，要么全不入账`,
    `not recorded: ${refused} of its batch refused, and a batch that is atomic is recorded whole or not at all`,
  );
  return new LedgerError('refused', 'batch-refused', message, [
    ofAtomic('batch-refused', expected, `${refused} refused`),
  ]);
}

function tooMuchAtOnce(events: number): LedgerError {
  const expected = text(
    `一次写入的事件合计至多 ${MAX_APPEND_BYTES} 字节；请分批，或不用 atomic`,
    `events of at most ${MAX_APPEND_BYTES} bytes in one append; send fewer at a time, or without atomic`,
  );
  const message = text('未入账：该批过大，不能一次写入', 'not recorded: the batch is too much for one append');
  return new LedgerError('refused', 'batch-too-large', message, [
    ofAtomic('batch-too-large', expected, `${events} events`),
  ]);
}

const ofAtomic = (code: string, expected: Text, got: string): ErrorDetail => ({
  pointer: 'atomic',
  code,
  expected,
  got,
});

const isSame = (one: Prepared, other: Prepared): boolean =>
  one.kind === other.kind && JSON.stringify(one.command) === JSON.stringify(other.command);

const repeatedKey = ({ key }: Waiting): LedgerError =>
  keyUsedBefore(
    'Idempotency-Key',
    text('与同批中此键的第一项相同的内容，或新的键', 'the first command of the batch with it again, or a new key'),
    keyText(key),
  );
