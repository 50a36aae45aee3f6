import { type Fen } from '../../src/money.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { ITEMS, registers, TAKEN_BACK } from './projection.js';

/** The books looked at, and the point on both time axes: nothing of a later day or a later position counts. */
export interface Scope {
  readonly funds: readonly string[];
  readonly units: readonly string[];
  readonly day: string;
  readonly position: number;
}

/** What a line of a book has open for one name. */
export interface OpenItem {
  readonly fund: string;
  readonly unit: string;
  readonly line: string;
  /** For whom, or for which year; empty for what no voucher names. */
  readonly name: string;
  readonly open: Fen;
  /** The business day of the oldest amount that is still open; null where more was taken off than was put there. */
  readonly since: string | null;
  /** What is open of each day, the oldest first. */
  readonly parts: readonly Part[];
}

export interface Part {
  readonly day: string;
  readonly amount: Fen;
}

/** What was put on a name, and taken off it, in one day. */
interface DayRow {
  readonly fund: string;
  readonly unit: string;
  readonly line: string;
  readonly name: string;
  readonly day: string;
  readonly added: string | null;
  readonly taken: string | null;
}

/** What stands: a voucher that was taken back by then did nothing, and so keeps nothing from being old. */
const STANDING = `
WITH standing AS (
  SELECT item.fund, item.unit, line, name, item.day, amount
  FROM json_each(?) AS of_fund CROSS JOIN json_each(?) AS of_unit
  JOIN "${tableName(registers, ITEMS)}" AS item ON item.fund = of_fund.value AND item.unit = of_unit.value
  LEFT JOIN "${tableName(registers, TAKEN_BACK)}" AS back
    ON back.taken_back = item.id AND back.position <= ? AND back.day <= ?
  WHERE item.position <= ? AND item.day <= ? AND back.day IS NULL)`;

/**
 * The items that are open at the end of a day, by fund, unit, line and name. What is paid back, cleared or released is
 * taken from the oldest amount first, as no voucher says from which. What a name has too little of was taken from what
 * the books opened with under no name.
 */
export function openItems(tables: ReadTables, { funds, units, day, position }: Scope): OpenItem[] {
  const rows = tables.rows<DayRow>(
    `${STANDING}, open AS (
       SELECT fund, unit, line, name FROM standing GROUP BY fund, unit, line, name HAVING exact_sum(amount) <> '0')
     SELECT fund, unit, line, name, day,
       exact_sum(amount) FILTER (WHERE amount > 0) AS added, exact_sum(-amount) FILTER (WHERE amount < 0) AS taken
     FROM standing JOIN open USING (fund, unit, line, name)
     GROUP BY fund, unit, line, name, day ORDER BY fund, unit, line, name DESC, day`,
    JSON.stringify(funds),
    JSON.stringify(units),
    position,
    day,
    position,
    day,
  );
  return [...bookLines(rows).values()].flatMap(itemsOf);
}

/** The rows of each line of a book; that of no name comes last. */
const bookLines = (rows: readonly DayRow[]): Map<string, DayRow[]> =>
  Map.groupBy(rows, ({ fund, unit, line }) => `${fund} ${unit} ${line}`);

function itemsOf(rows: readonly DayRow[]): OpenItem[] {
  const { fund, unit, line } = rows[0]!;
  const items: OpenItem[] = [];
  let taken = 0n;
  const add = (name: string, days: readonly DayRow[], more: Fen): void => {
    const { parts, short } = age(days, more);
    const open = parts.reduce((sum, { amount }) => sum + amount, 0n);
    if (name !== '') taken += short;
    if (open !== 0n) items.push({ fund, unit, line, name, open, since: parts[0]!.day, parts });
    else if (name === '' && short !== 0n) items.push({ fund, unit, line, name, open: -short, since: null, parts });
  };
  const named = Map.groupBy(rows, ({ name }) => name);
  for (const [name, days] of named) if (name !== '') add(name, days, 0n);
  add('', named.get('') ?? [], taken);
  return items;
}

/**
 * What is left of each day when all that was taken is taken from the oldest first. Pure.
 * @param more what is taken beside the rows
 * @returns what is left, and by how much more was taken than there was
 */
export function age(
  days: readonly Pick<DayRow, 'day' | 'added' | 'taken'>[],
  more: Fen,
): { readonly parts: Part[]; readonly short: Fen } {
  let short = days.reduce((sum, { taken }) => sum + BigInt(taken ?? '0'), more);
  const parts: Part[] = [];
  for (const { day, added } of days) {
    const amount = BigInt(added ?? '0');
    const used = amount < short ? amount : short;
    short -= used;
    if (amount > used) parts.push({ day, amount: amount - used });
  }
  return { parts, short };
}
