import { type LedgerEvent } from '../../src/books/event.js';
import { type StoredEvent } from '../../src/event-store/event-store.js';
import { type Text, text } from '../../src/errors.js';
import { type TableName } from '../../src/reference/columns.js';
import { type Reference, ROW_KEYS } from '../../src/reference/reference.js';
import { ALWAYS, type Rows } from '../../src/reference/rows.js';
import { type OpenInterval } from '../interval.js';

/** One thing that changed: the day from which it holds, what it is, and the event that says so. */
export interface Change {
  /** Null for what has always held. */
  readonly from: string | null;
  readonly table: TableName | 'set';
  readonly key: string;
  readonly says: Text;
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
  const changes = adopted.holding.flatMap(({ revision, rows, whole }): Change[] => {
    const stored = revision === undefined ? undefined : byRevision.get(revision);
    const event = stored && (JSON.parse(stored.data) as LedgerEvent & { readonly set?: string });
    const by = byOf(stored, event);
    const itself = whole ? [{ from: null, table: 'set' as const, key: event!.set!, says: SET, ...by }] : [];
    return [...itself, ...rowsIn(rows, !whole && revision !== undefined).map((row) => ({ ...row, ...by }))];
  });
  return changes
    .filter((change) => (change.from ?? '') >= (from ?? '') && (change.from ?? '') <= (to ?? '9999'))
    .toSorted((one, other) => compare(one.from ?? '', other.from ?? ''));
}

const SET = text('采用基础资料', 'the set was adopted');
const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

type By = Pick<Change, 'position' | 'businessDate' | 'maker' | 'reviewer' | 'evidence'>;

function byOf(stored: StoredEvent | undefined, event: LedgerEvent | undefined): By {
  const { maker = null, reviewer = null } = (event ?? {}) as Partial<LedgerEvent>;
  const { businessDate = null, evidence } = (event ?? {}) as Partial<LedgerEvent>;
  return { position: stored?.position ?? null, businessDate, maker, reviewer, evidence: evidence?.number ?? null };
}

/** Rows by what they say; of a set only those that hold from a day of their own. */
function rowsIn(rows: Partial<Rows>, all: boolean): Omit<Change, keyof By>[] {
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
    ...of('policies', ({ value, source }) => text(`${value}（${source}）`, `${value} (${source})`)),
    ...of('windows', ({ opens, closes }) => text(`${opens} 至 ${closes}`, `${opens} to ${closes}`)),
  ];
}

const OFF = text('停用', 'switched off');
const CLOSED = text('停用', 'closed');
const named = (name: Text, state?: Text | ''): Text =>
  state ? text(`${name.zh}：${state.zh}`, `${name.en}: ${state.en}`) : name;
