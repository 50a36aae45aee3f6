import { effectOf, type Entry, VOUCHER_WORD, voucherNumberText, type VoucherType } from '../../src/books/entries.js';
import { type LedgerEvent } from '../../src/books/event.js';
import { eventId } from '../../src/event-store/event-store.js';
import { type Fen, formatFen } from '../../src/money.js';
import { findKind } from '../../src/catalogue/registry.js';
import { identityOf } from '../../src/catalogue/identity.js';
import { likenessOf } from '../../src/kinds/likeness.js';
import { bookStream, REFERENCE_STREAM } from '../../src/kinds/kind.js';
import { listBlockOf, type ListTable, type ProjectedEvent, type Projection, type RowTable } from '../projection.js';

/**
 * One line for every event, by business day, book and block of positions: what the trail is filtered by, and where the
 * event stands. Its entries and all else are read from the log, so the table stays small and cheap to fill.
 */
export const TRAIL: ListTable = {
  form: 'lists',
  name: 'trail',
  key: { business_day: 'TEXT', book: 'TEXT', block: 'INTEGER' },
};

/** Which event names which earlier one of its stream, and by which of its fields. */
export const LINKS: RowTable = {
  form: 'rows',
  name: 'trail_link',
  key: { named: 'TEXT', named_by: 'TEXT' },
  values: { field: 'TEXT', position: 'INTEGER' },
};

/** The fields by which an event names an earlier one: one of them at most. */
export const LINK_FIELDS = ['reverses', 'corrects', 'withdraws', 'answers', 'original'] as const;

/**
 * Every event by business day, then as recorded. A memo stands with the book whose fund and unit it names, a change of
 * reference data by itself; what the ledger says of its log is of no book and of no business day.
 */
export const auditTrail: Projection = {
  name: 'audit-trail',
  version: 8,
  tables: [TRAIL, LINKS],
  apply: (projected, rows) => {
    const { stream, revision, position, event } = projected;
    if (event.fund === undefined && stream !== REFERENCE_STREAM) return;
    const book = event.fund === undefined ? stream : bookStream(event.fund, event.unit);
    rows.append(TRAIL, [event.businessDate, book, listBlockOf(position)], writeLine(projected, book));
    if (namedBy(event) === undefined) return;
    for (const field of LINK_FIELDS) {
      const named = event[field];
      if (named !== undefined) rows.put(LINKS, [named, eventId(stream, revision)], [field, position]);
    }
  },
};

/** One event of the trail as its line has it. */
export interface TrailLine {
  readonly day: string;
  /** The stream of the book that the event stands with. */
  readonly book: string;
  readonly position: number;
  readonly revision: number;
  /** What it has in common with the same recorded again; empty where that cannot be. */
  readonly likeness: string;
  readonly stream: string;
  readonly kind: string;
  /** In yuan. */
  readonly amount: string;
  /** The voucher number as it is written in the line, e.g. `r12`. */
  readonly number: string;
  readonly counterparty: string;
  /** The other texts that are searched. */
  readonly texts: readonly string[];
}

/** The id of the earlier event that one names; undefined where it names none. */
export function namedBy(event: LedgerEvent): string | undefined {
  const field = namingField(event);
  return field && event[field];
}

/** The field by which an event names an earlier one; undefined where it names none. */
export function namingField(event: LedgerEvent): (typeof LINK_FIELDS)[number] | undefined {
  for (const field of LINK_FIELDS) if (event[field] !== undefined) return field;
  return undefined;
}

/**
 * Fields are parted by tabs: no field of an event can hold one, nor a line feed; references are ASCII marks, and texts
 * are free of control characters. The stream is written only where it is not the book's.
 */
function writeLine({ position, revision, stream, event }: ProjectedEvent, book: string): string {
  // What adopts a whole set is of nobody in particular.
  const { note = '', maker = '', reviewer = '', caseId = '', transferId = '' } = event as Partial<typeof event>;
  const amount = event.amount ?? amountMoved(event.entries ?? []);
  const number = event.voucherType === undefined ? '' : `${event.voucherType[0]}${event.voucherNumber}`;
  const identity = identityOf(event.kind, event);
  const likeness = identity === undefined ? '' : likenessOf(identity);
  const elsewhere = stream === book ? '' : stream;
  const said = stream === REFERENCE_STREAM ? [note, ...rowTexts(event)].join(' ') : note;
  const place = `${position}\t${revision}\t${likeness}\t${elsewhere}`;
  const texts = `${counterpartyOf(event) ?? ''}\t${said}\t${event.evidence.number}\t${maker}\t${reviewer}`;
  // Joined, not written as a template: that would leave the parts of a million lines in memory until they are read.
  return [place, event.kind, amount, number, texts, caseId, transferId, namedBy(event) ?? ''].join('\t');
}

/** The key and the names of the row that an event adopts; none of a whole set, which has hundreds. */
const rowTexts = ({ row = {} }: LedgerEvent): string[] => Object.values(row as Readonly<Record<string, string>>);

/** The inverse of `writeLine`. */
export function readLine(day: string, book: string, line: string): TrailLine {
  const [position, revision, likeness, stream, kind, amount, number, counterparty, ...texts] = line.split('\t') as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    ...string[],
  ];
  return {
    day,
    book,
    position: Number.parseInt(position, 10),
    revision: Number.parseInt(revision, 10),
    likeness,
    stream: stream || book,
    kind,
    amount,
    number,
    counterparty,
    texts,
  };
}

/** The position of a line, without taking it apart. */
export const positionOf = (line: string): number => Number.parseInt(line, 10);

/** The likeness of a line, without taking it apart; empty where it has none. */
export function likenessIn(line: string): string {
  const behindPosition = line.indexOf('\t') + 1;
  const behindRevision = line.indexOf('\t', behindPosition) + 1;
  return line.slice(behindRevision, line.indexOf('\t', behindRevision));
}

/** A word as it stands in a line where it is the whole of a field behind the first. */
export const fieldOf = (word: string): string => `\t${word}\t`;

const TYPES: ReadonlyMap<string, VoucherType> = new Map(
  (Object.keys(VOUCHER_WORD) as VoucherType[]).map((type) => [type[0]!, type]),
);

/** Every text of a line that is searched, with the voucher number as people write it, e.g. `2025-05-收-0012`. */
export function textsOf({ day, number, counterparty, texts }: TrailLine): string[] {
  const type = TYPES.get(number[0] ?? '');
  const written = type && voucherNumberText(day.slice(0, 7), type, Number.parseInt(number.slice(1), 10));
  return [counterparty, ...texts, written ?? ''];
}

/** Who stands on the other side of an event, by its kind's own word; undefined where it names nobody. */
export const counterpartyOf = (event: LedgerEvent): string | undefined => findKind(event.kind)?.counterparty?.(event);

/** What a voucher without one amount of its own moves: the sum of what its entries add to their accounts, in yuan. */
export function amountMoved(entries: readonly Entry[]): string {
  let moved: Fen = 0n;
  for (const entry of entries) {
    const effect = effectOf(entry);
    if (effect > 0n) moved += effect;
  }
  return formatFen(moved);
}
