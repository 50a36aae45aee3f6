import { LedgerError, text } from '../errors.js';
import { type Appended, type NewEvent, type StoredEvent } from '../event-store/event-store.js';
import { asLedgerError } from '../machine-fault.js';
import { type BookFact, type BookState, type CommandKey, keyText } from './book-state.js';
import { commandText, findingsOf, isoText, type LedgerEvent, readEvent, type Receipt, receiptOf } from './event.js';
import { keyUsedBefore } from './key-scope.js';
import { type Prepared } from './prepared.js';

/** The revision of a book that a client has seen, one of several, or any at all; undefined where it does not matter. */
export type ExpectedState = number | readonly number[] | 'any' | undefined;

/** A prepared command on its way to its book. */
export interface PostRequest {
  readonly prepared: Prepared;
  readonly key: CommandKey;
  /** Refused where the book is at none of these revisions. */
  readonly expectedRevision?: ExpectedState;
  /** Refuses what is likely recorded already; else it is recorded with a finding. */
  readonly refuseLike?: boolean;
}

/**
 * What became of it. `replayed`: its key was recorded before, and this is the first answer again.
 * A line of a file gets no receipt: nobody reads a million of them.
 */
export interface Posted {
  readonly receipt: Receipt | undefined;
  readonly replayed: boolean;
}

/** A request with how to answer it. */
export interface Waiting extends PostRequest {
  readonly resolve: (posted: Posted) => void;
  readonly reject: (error: Error) => void;
}

/** A request that has been decided, on its way to the log. */
export interface Decided {
  readonly request: Waiting;
  readonly fact: BookFact;
  /** The same key again while the first is on its way to disk. */
  readonly repeats: Waiting[];
}

/**
 * Answers a line of a file that has had its turn: lines are posted in their order, so every line up to the last one
 * posted has, and there is nothing to look up.
 */
export function isAnsweredLine(state: BookState, { key, resolve }: Waiting): boolean {
  if (!('source' in key) || key.line > (state.sources.get(key.source)?.line ?? 0)) return false;
  resolve({ receipt: undefined, replayed: true });
  return true;
}

/** The last revision of its book that a client says it has seen; -1 where it says nothing. */
export const lastSeen = ({ expectedRevision }: Pick<PostRequest, 'expectedRevision'>): number =>
  expectedRevision === undefined || expectedRevision === 'any' ? -1 : Math.max(-1, ...[expectedRevision].flat());

/** @throws LedgerError conflict, where the book is not at a revision that the client has seen */
export function demandRevision({ expectedRevision }: PostRequest, { revision }: BookState): void {
  if (expectedRevision === undefined || (expectedRevision === 'any' && revision >= 0)) return;
  const seen = expectedRevision === 'any' ? [] : [expectedRevision].flat();
  if (seen.includes(revision)) return;
  const expected = revision < 0 ? text('尚无凭证', 'there is no voucher yet') : text(`"${revision}"`, `"${revision}"`);
  const named = seen.map((each) => `"${each}"`).join(', ') || 'no revision';
  const got = expectedRevision === 'any' ? '*' : named;
  throw new LedgerError('conflict', 'revision-moved-on', text('账簿已有新的凭证', 'the book has moved on'), [
    { pointer: 'If-Match', code: 'revision-moved-on', expected, got },
  ]);
}

export type Place = Pick<StoredEvent, 'stream' | 'revision' | 'position'>;
type RecordedPlace = Place & { readonly recordedAtMs: number };

/** Events of one append, and where they came to stand. */
export interface AppendedPiece {
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly at: Appended;
  readonly recordedAtMs: number;
}

/** Whether whoever posted it, or the same again, is told where it stands: a line of a file is not. */
const isToldWhere = ({ request, repeats }: Decided): boolean => [request, ...repeats].some(({ key }) => 'key' in key);

/** Answers a request whose event is durable, and those that came with its key meanwhile. */
function answer({ request, fact, repeats }: Decided, place: RecordedPlace, stored: Pick<StoredEvent, 'data'>): void {
  if (!('key' in request.key)) {
    request.resolve({ receipt: undefined, replayed: false });
    for (const repeat of repeats) repeat.resolve({ receipt: undefined, replayed: true });
    return;
  }
  const findings = findingsOf(request.prepared, fact);
  const receipt = receiptOf(place, { ...fact, findings, recordedAt: isoText(place.recordedAtMs) });
  request.resolve({ receipt, replayed: false });
  for (const repeat of repeats) answerAgain(repeat, place, readEvent(stored));
}

/** Answers a request whose key was recorded before: as at first, or with a refusal where it says something else. */
export function answerAgain(request: Waiting, place: Place, event: LedgerEvent): void {
  const { kind, command, text: written } = request.prepared;
  const receipt = receiptOf(place, event);
  if (event.kind === kind && commandText(event) === (written?.command ?? JSON.stringify(command))) {
    request.resolve({ receipt, replayed: true });
    return;
  }
  const expected = text(
    `与凭证 ${receipt.id} 相同的内容，或新的键`,
    `the command of ${receipt.id} again, or a new key`,
  );
  request.reject(keyUsedBefore('Idempotency-Key', expected, keyText(request.key)));
}

/**
 * Answers the commands of one append. The book does not wait for it: where the last event stands is known at once, and
 * those before it are looked up only for whoever is told.
 */
export async function answerPiece(decided: readonly Decided[], { stream, events, at, recordedAtMs }: AppendedPiece) {
  const first = at.revision - events.length + 1;
  const answerAt = (index: number, position: number): void =>
    answer(decided[index]!, { stream, revision: first + index, position, recordedAtMs }, events[index]!);
  const last = events.length - 1;
  answerAt(last, at.position);
  const before = decided.slice(0, last);
  try {
    const positions = before.some(isToldWhere) ? await at.positions() : [];
    for (const index of before.keys()) answerAt(index, positions[index] ?? at.position);
  } catch (error) {
    // They are recorded, and who asks again by the same key is told where.
    for (const { request, repeats } of before)
      for (const each of [request, ...repeats]) each.reject(unavailable(error));
  }
}

/** What a client is told of a failure of the store. */
export function unavailable(error: unknown): Error {
  const said = asLedgerError(error);
  if (said instanceof LedgerError) return said;
  return new LedgerError(
    'unavailable',
    'store-unavailable',
    text(`事件存储不可用：${(error as Error).message}`, `the event store is unavailable: ${(error as Error).message}`),
  );
}
