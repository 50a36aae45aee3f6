import { readEvent } from '../books/event.js';
import { type Books } from '../books/handle.js';
import { type ExpectedState, type Posted } from '../books/post-request.js';
import { type Prepared } from '../books/prepared.js';
import { by, REGULAR_CLOSING } from '../books/sources.js';
import { LedgerError, refusal, text } from '../errors.js';
import { type EventStore } from '../event-store/event-store.js';
import { checkCommand } from '../kinds/check.js';
import { type AdoptionKind, REFERENCE_STREAM } from '../kinds/kind.js';
import { objectionToRows, prepareAdoption } from '../kinds/prepare-adoption.js';
import { periodAfter, periodOf } from '../books/periods.js';
import { rowsOf } from '../reference/read-set.js';
import { type Reference } from '../reference/reference.js';
import { type LedgerReference } from './ledger-reference.js';

/** The part of an open ledger that adopts. */
export interface Adopting {
  readonly store: EventStore;
  readonly books: Books;
  readonly reference: LedgerReference;
  /** The book that is closed the furthest, and the last day that is closed in it; undefined where nothing is. */
  readonly closedUpTo: () => Promise<{ readonly stream: string; readonly day: string } | undefined>;
}

/** A change of the reference data as it was checked, and the revision of the stream that it was checked against. */
interface Checked {
  readonly prepared: Prepared;
  readonly revision: number;
}

/**
 * Checks a change of the reference data against what the log has adopted by now.
 * @throws LedgerError invalid, where it is not well formed
 */
export async function checkAdoption(ledger: Adopting, kind: AdoptionKind, body: unknown): Promise<Checked> {
  const { store, reference } = ledger;
  const adopted = await reference.read();
  const command = checkCommand(kind, body, adopted);
  const isFirst = kind.whole && adopted.revision === undefined && (await store.head()) === 0;
  const prepared = prepareAdoption(kind, command, adopted);
  const objection = prepared.objection ?? (await objectionBeside(ledger, kind, command, isFirst ? undefined : adopted));
  return { prepared: objection ? { ...prepared, objection } : prepared, revision: adopted.revision ?? -1 };
}

/**
 * Why a change is not adopted beside what is: it would not hold together, or reaches into a closed period.
 * @param reference what is adopted; undefined in a log that holds nothing yet
 */
export async function objectionBeside(
  ledger: Pick<Adopting, 'closedUpTo'>,
  kind: AdoptionKind,
  command: object,
  reference: Reference | undefined,
): Promise<LedgerError | undefined> {
  return objectionToRows(kind, command, reference) ?? (kind.whole ? undefined : objectionToDays(ledger, kind, command));
}

/** Nothing is changed backwards past a closed period: what was decided and stated there stays what it was. */
async function objectionToDays(
  { closedUpTo }: Pick<Adopting, 'closedUpTo'>,
  kind: AdoptionKind,
  command: object,
): Promise<LedgerError | undefined> {
  const closed = await closedUpTo();
  const rows = Object.values(rowsOf(kind.cells(command))).flat();
  const row = rows.find(({ from }) => closed && from <= closed.day);
  if (!closed || !row) return undefined;
  const period = periodOf(closed.day);
  const open = `${periodAfter(period)}-01`;
  return refusal(
    '/row/from',
    'period-closed',
    by(
      REGULAR_CLOSING,
      text(
        `基础资料不得改到已结账的期间：${closed.stream} 已结至 ${period}`,
        `reference data is not changed in a period that is closed: ${closed.stream} is closed up to ${period}`,
      ),
    ),
    text(`不早于 ${open}`, `no earlier than ${open}`),
    row.from,
  );
}

/**
 * Adopts: the change becomes the event behind those it was checked against, or none. What comes again by its key is
 * answered as at first.
 * @param seen the revisions of the stream that the client has seen
 * @throws LedgerError refused, where it would not hold together; conflict, where somebody else was faster
 */
export const adopt = (
  ledger: Adopting,
  kind: AdoptionKind,
  body: unknown,
  key: string,
  seen?: ExpectedState,
): Promise<Posted> => ledger.books.gate.adopt(() => adoptInTurn(ledger, kind, body, key, seen));

async function adoptInTurn(
  ledger: Adopting,
  kind: AdoptionKind,
  body: unknown,
  key: string,
  seen?: ExpectedState,
): Promise<Posted> {
  const { prepared, revision } = await checkAdoption(ledger, kind, body);
  const wasSeen = seen === undefined || (seen === 'any' ? revision >= 0 : [seen].flat().includes(revision));
  try {
    return await ledger.books.post({ prepared, key: { key }, expectedRevision: wasSeen ? revision : seen });
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code !== 'revision-moved-on') throw error;
    throw await overtaken(ledger, revision);
  } finally {
    await ledger.reference.read();
  }
}

/** Says what was adopted in the place of what was refused, which was checked against a revision. */
export async function overtaken({ store }: Pick<Adopting, 'store'>, revision: number): Promise<LedgerError> {
  const [stored] = await store.readStream(REFERENCE_STREAM, { from: revision + 1, limit: 1 });
  const { maker = 'none', reviewer = 'none', recordedAt = '' } = stored ? readEvent(stored) : {};
  const got = stored ? `${stored.type}, revision ${stored.revision}, ${maker} / ${reviewer}, ${recordedAt}` : 'none';
  const at =
    revision < 0 ? text('尚未采用基础资料', 'nothing adopted yet') : text(`版本 ${revision}`, `revision ${revision}`);
  return new LedgerError(
    'conflict',
    'reference-moved-on',
    text(
      '基础资料已被他人变更，本次未采用；请核对后重新提交',
      'somebody else has changed the reference data meanwhile; nothing was adopted: look at it and send it again',
    ),
    [{ pointer: 'reference', code: 'reference-moved-on', expected: at, got }],
  );
}
