import { setImmediate as nextTurn } from 'node:timers/promises';
import { adopt, type Adopting } from '../adopting/adopt.js';
import { type ExpectedState, type Posted, type PostRequest } from '../books/post-request.js';
import { notRecorded, Together } from '../books/together.js';
import { LedgerError, text } from '../errors.js';
import { checkCommand } from '../kinds/check.js';
import { type CommandKind, type SentKind } from '../kinds/kind.js';
import { prepare } from '../kinds/prepare.js';

/** One command of a batch as it came, or why it is none. */
export type BatchItem = SentCommand | LedgerError;

/** A command with its kind and its key. */
export interface SentCommand {
  readonly kind: SentKind;
  readonly body: unknown;
  readonly key: string;
  readonly expectedRevision: ExpectedState;
}

/** What became of an item: the receipt that it would have had alone, or why it has none. */
export type Outcome = Posted | Error;

/** So many commands are checked before others have their turn. */
const CHECKED_AT_ONCE = 200;

/**
 * Posts the commands of a batch. What becomes of each is what would have, had they been sent one by one in their order;
 * those of one book are decided together and appended together, and books do not wait for each other.
 */
export async function postBatch(ledger: Adopting, items: readonly BatchItem[]): Promise<Outcome[]> {
  const outcomes: Promise<Outcome>[] = [];
  let ready: { readonly request: PostRequest; readonly answer: (posted: Promise<Posted>) => void }[] = [];
  const likenesses = new Map<string, string>();
  const send = (): void => {
    // In one run of code, so that all of a book go into one append.
    for (const { request, answer } of ready) answer(ledger.books.post(request));
    ready = [];
  };
  /** Until all before has been answered: what comes next may stand on it in another stream. */
  const settle = async (): Promise<void> => {
    send();
    likenesses.clear();
    await Promise.all(outcomes);
  };
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % CHECKED_AT_ONCE === 0) await nextTurn();
    if (item instanceof LedgerError) outcomes.push(Promise.resolve(item));
    else if (item.kind.form === 'adoption') {
      await settle();
      outcomes.push(outcomeOf(adopt(ledger, item.kind, item.body, item.key, item.expectedRevision)));
      await settle();
    } else {
      const request = prepared(ledger, item, item.kind);
      if (request instanceof LedgerError) outcomes.push(Promise.resolve(request));
      else {
        if (isLikeMemo(request, likenesses)) await settle();
        remember(request, likenesses);
        outcomes.push(outcomeOf(new Promise((resolve) => ready.push({ request, answer: resolve }))));
      }
    }
  }
  send();
  return Promise.all(outcomes);
}

/**
 * Posts the commands of a batch in one append, or none of them.
 * @throws LedgerError refused, where one append cannot hold them: they are of several books, or of none
 */
export async function postTogether(ledger: Adopting, items: readonly BatchItem[]): Promise<Outcome[]> {
  const requests: (PostRequest | LedgerError)[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % CHECKED_AT_ONCE === 0) await nextTurn();
    if (item instanceof LedgerError) requests.push(item);
    else if (item.kind.form === 'adoption') throw notAtomic(text('基础资料的变更', 'reference data'), item.kind.kind);
    else requests.push(prepared(ledger, item, item.kind));
  }
  const good = requests.filter((request): request is PostRequest => !(request instanceof LedgerError));
  const streams = new Set(good.map(({ prepared: { stream } }) => stream));
  if (streams.size > 1)
    throw notAtomic(text('几本账簿', 'several books'), [...streams].slice(0, MOST_NAMED).join(', '));
  const refused = requests.length - good.length;
  if (refused > 0) return requests.map((request) => (request instanceof LedgerError ? request : notRecorded(refused)));
  const together = new Together(good);
  ledger.books.postTogether(together);
  return Promise.all(together.posted.map(outcomeOf));
}

/** So many streams are named to who mixes them. */
const MOST_NAMED = 5;

function notAtomic(what: LedgerError['text'], got: string): LedgerError {
  const code = 'atomic-over-several-books';
  const message = text(
    `atomic 的一批须属同一本账簿（或同一份备查），而此批含${what.zh}：一次写入只到一个流`,
    `an atomic batch is of one book or one register of memos, and this one has ${what.en}: one append is one stream`,
  );
  const expected = text('同一本账簿的各项；否则去掉 atomic', 'commands of one book; else send it without atomic');
  return new LedgerError('refused', code, message, [{ pointer: 'atomic', code, expected, got }]);
}

function prepared(ledger: Adopting, item: SentCommand, kind: CommandKind): PostRequest | LedgerError {
  try {
    const { current } = ledger.reference;
    const command = prepare(kind, checkCommand(kind, item.body, current), current);
    return { prepared: command, key: { key: item.key }, expectedRevision: item.expectedRevision };
  } catch (error) {
    if (error instanceof LedgerError) return error;
    throw error;
  }
}

/**
 * Whether a memo is like one before it in another stream: streams do not wait for each other, but the second of two
 * memos that are alike names the first as likely the same.
 */
function isLikeMemo({ prepared: { stream, likeness } }: PostRequest, likenesses: ReadonlyMap<string, string>): boolean {
  const before = likeness === undefined ? undefined : likenesses.get(likeness);
  return before !== undefined && before !== stream;
}

/** Notes a memo that is on its way, also where what it is like has just been settled: others may be like it. */
function remember({ prepared: { stream, likeness } }: PostRequest, likenesses: Map<string, string>): void {
  if (likeness !== undefined && !stream.startsWith('book-')) likenesses.set(likeness, stream);
}

/** What became of a command: every failure is one, so that the others of the batch are answered. */
const outcomeOf = (posted: Promise<Posted>): Promise<Outcome> =>
  posted.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
