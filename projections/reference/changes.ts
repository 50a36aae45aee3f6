import { type LedgerEvent, readEvent } from '../../src/books/event.js';
import { type StoredEvent } from '../../src/event-store/event-store.js';
import { type Text, text } from '../../src/errors.js';
import { type TableName } from '../../src/reference/columns.js';
import { policyValue } from '../../src/reference/policy-names.js';
import { type Adoption, type Reference, ROW_KEYS } from '../../src/reference/reference.js';
import { ALWAYS, type Rows } from '../../src/reference/rows.js';
import { dayBefore } from '../../src/time/clock.js';
import { type OpenInterval } from '../asking/interval.js';

/** One thing that changed: the day from which it holds, what it is, and the event that says so. */
export interface Change {
  /** Null for what has always held. */
  readonly from: string | null;
  readonly table: TableName | 'set';
  readonly key: string;
  readonly says: Text;
  /** What was said of the same until then; null where nothing was. */
  readonly was: Text | null;
  /** Null for what holds without an event, in a ledger of before. */
  readonly position: number | null;
  readonly businessDate: string | null;
  readonly maker: string | null;
  readonly reviewer: string | null;
  readonly evidence: string | null;
}

/** What begins to hold within an interval of days, in the order of the days; a set has always held. */
export function changesIn(adopted: Reference, events: readonly StoredEvent[], { from, to }: OpenInterval): Change[] {
  const byRevision = new Map(events.map((event) => [event.revision, event]));
  const changes = adopted.holding.flatMap((adoption): Change[] => {
    const { revision } = adoption;
    const stored = revision === undefined ? undefined : byRevision.get(revision);
    const event = stored && readEvent(stored);
    const by = byOf(stored, event);
    return statementsIn(adoption, event).map((said) => ({ ...said, was: heldBefore(adoption, said, adopted), ...by }));
  });
  return changes
    .filter((change) => (change.from ?? '') >= (from ?? '') && (change.from ?? '') <= (to ?? '9999'))
    .toSorted((one, other) => compare(one.from ?? '', other.from ?? ''));
}

/**
 * What was said of the same before: by what had been adopted until then; where it came with a whole set, on the day
 * before.
 */
function heldBefore({ position, revision, whole = false }: Adoption, said: Statement, adopted: Reference): Text | null {
  const isOfSet = whole || revision === undefined;
  if (isOfSet && said.from === null) return null;
  const held = isOfSet ? adopted.rowsOn(dayBefore(said.from!)) : adopted.asOf(position - 1).rowsOn(said.from ?? ALWAYS);
  return rowsIn(held, true).find(({ table, key }) => table === said.table && key === said.key)?.says ?? null;
}

/** What an adoption says, with itself where it is a whole set, of which only what begins on a day is listed. */
function statementsIn({ revision, rows, whole = false }: Adoption, event: LedgerEvent | undefined): Statement[] {
  const itself = whole ? [{ from: null, table: 'set' as const, key: event!['set'] as string, says: SET }] : [];
  return [...itself, ...rowsIn(rows, !whole && revision !== undefined)];
}

/** What the event of an adoption says, and what was said of the same until then: null where nothing was. */
export const changesBy = (adoption: Adoption, event: LedgerEvent, adopted: Reference): ChangeBeside[] =>
  statementsIn(adoption, event).map((said) => ({
    ...said,
    was: adoption.whole ? null : heldBefore(adoption, said, adopted),
  }));

/** What an adoption says of one thing. */
type Statement = Pick<Change, 'from' | 'table' | 'key' | 'says'>;
/** The same beside what held before it on the day from which it holds; null where nothing did. */
export type ChangeBeside = Statement & { readonly was: Text | null };

const SET = text('采用基础资料', 'the set was adopted');
const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

type By = Pick<Change, 'position' | 'businessDate' | 'maker' | 'reviewer' | 'evidence'>;

function byOf(stored: StoredEvent | undefined, event: LedgerEvent | undefined): By {
  const { maker = null, reviewer = null } = (event ?? {}) as Partial<LedgerEvent>;
  const { businessDate = null, evidence } = (event ?? {}) as Partial<LedgerEvent>;
  return { position: stored?.position ?? null, businessDate, maker, reviewer, evidence: evidence?.number ?? null };
}

/** Rows by what they say; of a set only those that hold from a day of their own. */
function rowsIn(rows: Partial<Rows>, all: boolean): Statement[] {
  const of = <T extends TableName>(table: T, says: (row: Rows[T][number]) => Text) =>
    (rows[table] ?? [])
      .filter((row) => all || row.from !== ALWAYS)
      .map((row: Rows[T][number]) => {
        const keyOf: (row: Rows[T][number]) => string = ROW_KEYS[table];
        return { from: row.from === ALWAYS ? null : row.from, table, key: keyOf(row).trim(), says: says(row) };
      });
  return [
    ...of('funds', ({ name, on }) => (on ? named(name) : named(name, OFF))),
    ...of('units', ({ name, closed, parent }) =>
      closed ? named(name, CLOSED) : named(name, parent && text(`上级 ${parent}`, `below ${parent}`)),
    ),
    ...of('accounts', ({ name, number, closed }) =>
      named(text(`${number} ${name.zh}`, `${number} ${name.en}`), closed && CLOSED),
    ),
    ...of('policies', ({ value, source }) => {
      const { zh, en } = policyValue(value);
      return text(`${zh}（${source}）`, `${en} (${source})`);
    }),
    ...of('windows', ({ opens, closes }) => text(`${opens} 至 ${closes}`, `${opens} to ${closes}`)),
  ];
}

const OFF = text('停用', 'switched off');
const CLOSED = text('停用', 'closed');
const named = (name: Text, state?: Text | ''): Text =>
  state ? text(`${name.zh}：${state.zh}`, `${name.en}: ${state.en}`) : name;
