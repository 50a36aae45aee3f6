import { VOUCHER_WORD, voucherNumberText, type VoucherType } from '../../src/books/entries.js';
import { normaliseAmount, POSITIVE_AMOUNT_PATTERN } from '../../src/money.js';
import { giveWay } from '../../src/time/give-way.js';
import { positionOf, readLine, TRAIL, auditTrail, textsOf, type TrailLine } from '../audit-trail/projection.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { listBlockOf } from '../projection.js';

/** Bytes of the trail that a search looks at: some hundred thousand vouchers, the youngest business days first. */
const MOST_LOOKED_AT = 24_000_000;
const table = (): string => `"${tableName(auditTrail, TRAIL)}"`;

/** What is looked for in the lines of the trail. */
export interface Sought {
  /** In lower case and NFC. */
  readonly needle: string;
  /** In yuan with two places, where what is looked for is an amount. */
  readonly amount: string | undefined;
  /** As a line has it, with its month where one is named, where it is a voucher number: `2025-05` and `r12`. */
  readonly number:
    { readonly month: string | undefined; readonly type: VoucherType; readonly written: string } | undefined;
}

/** As people write it, without its blanks: `2025-05-收-0012`, `202505收12`, `2025年5月收字第12号`, `收-12`. */
const NUMBER = /^(?:((?:19|2[01])[0-9]{2})[-/.年]?(0?[1-9]|1[0-2])月?)?-?(收|付|转)字?-?第?0*([1-9][0-9]{0,8})号?$/;
const AMOUNT = new RegExp(POSITIVE_AMOUNT_PATTERN);

/** What somebody typed, as it is looked for: of whatever width, an amount with or without separators. */
export function soughtOf(q: string): Sought {
  const plain = q.normalize('NFKC').trim();
  const figure = plain.replaceAll(/[,，\s¥￥元]/g, '');
  const [, year, month, word, number] = NUMBER.exec(plain.replaceAll(/\s/g, '')) ?? [];
  const type = (Object.keys(VOUCHER_WORD) as VoucherType[]).find((each) => VOUCHER_WORD[each] === word);
  return {
    needle: q.normalize('NFC').trim().toLowerCase(),
    amount: AMOUNT.test(figure) ? normaliseAmount(figure) : undefined,
    number: type && { type, month: year && `${year}-${month!.padStart(2, '0')}`, written: `${type[0]}${number}` },
  };
}

/** What is found, and how far back the look went. */
export interface Found {
  readonly lines: readonly TrailLine[];
  /** The first business day that was looked at in full; undefined: all of them. */
  readonly since: string | undefined;
}

/** The lines of the trail that are sought, the youngest first, at most so many; the look is bounded. */
export async function findLines(
  tables: ReadTables,
  sought: Sought,
  { from, to, until }: { readonly from: string; readonly to: string; readonly until: number },
  most: number,
): Promise<Found> {
  const { month } = sought.number ?? {};
  const first = month === undefined || `${month}-01` < from ? from : `${month}-01`;
  const last = month === undefined || `${month}-31` > to ? to : `${month}-31`;
  const found: TrailLine[] = [];
  let looked = 0;
  let since: string | undefined;
  for (let day = dayAt(tables, last); day !== undefined && day >= first; day = dayAt(tables, dayUnder(day))) {
    for (const block of blocksOf(tables, day, until)) {
      const ofBlock: TrailLine[] = [];
      for (const { book, lines } of listsOf(tables, day, block)) {
        looked += lines.length;
        if (!mayHold(lines, sought)) continue;
        for (const line of lines.split('\n'))
          if (line !== '' && positionOf(line) <= until && mayHold(line, sought)) {
            const read = readLine(day, book, line);
            if (holds(read, sought)) ofBlock.push(read);
          }
      }
      found.push(...ofBlock.sort((one, other) => other.position - one.position));
      await giveWay();
      if (found.length >= most || looked > MOST_LOOKED_AT) return { lines: found.slice(0, most), since: since ?? day };
    }
    since = day;
  }
  return { lines: found, since: undefined };
}

/** A text before every day up to one, and behind those before it. */
const dayUnder = (day: string): string => `${day.slice(0, -1)}${String.fromCharCode(day.charCodeAt(9) - 1)}~`;

function dayAt(tables: ReadTables, last: string): string | undefined {
  const [row] = tables.rows<{ day: string | null }>(
    `SELECT max(business_day) AS day FROM ${table()} WHERE business_day <= ?`,
    last,
  );
  return row?.day ?? undefined;
}

const blocksOf = (tables: ReadTables, day: string, until: number): number[] =>
  tables
    .rows<{ block: number }>(
      `SELECT DISTINCT block FROM ${table()} WHERE business_day = ? AND block <= ? ORDER BY block DESC`,
      day,
      listBlockOf(until),
    )
    .map(({ block }) => block);

const listsOf = (tables: ReadTables, day: string, block: number): { book: string; lines: string }[] =>
  tables.lists(`SELECT book, lines FROM ${table()} WHERE business_day = ? AND block = ?`, day, block);

/** A quick look at a line as it is written, or at a list of them. */
function mayHold(written: string, { needle, amount, number }: Sought): boolean {
  if (number) return written.includes(`\t${number.written}\t`);
  return (amount !== undefined && written.includes(`\t${amount}\t`)) || written.toLowerCase().includes(needle);
}

function holds(line: TrailLine, { needle, amount, number }: Sought): boolean {
  if (number) return line.number === number.written;
  return line.amount === amount || textsOf(line).some((each) => each.toLowerCase().includes(needle));
}

/** The voucher number of a line as people write it; undefined for a memo. */
export function writtenNumber({ day, number }: TrailLine): string | undefined {
  const type = (Object.keys(VOUCHER_WORD) as VoucherType[]).find((each) => each[0] === number[0]);
  return type && voucherNumberText(day.slice(0, 7), type, Number.parseInt(number.slice(1), 10));
}

/** The case that a line is of; empty where it is of none. */
export const caseOf = ({ texts }: TrailLine): string => texts.at(CASE_FROM_END) ?? '';
/** Behind it a line has the transfer, and what the event names. */
const CASE_FROM_END = -3;
