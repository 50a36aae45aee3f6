import { VOUCHER_WORD, voucherNumberText } from '../../src/books/entries.js';
import { type LedgerEvent } from '../../src/books/event.js';
import { type Text, text } from '../../src/errors.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { auditTrail, LINK_FIELDS, LINKS } from './projection.js';

/** What became of an event by others, as recorded by a position: their ids. */
export interface BecomeOf {
  /** What takes a voucher back, and what withdraws a memo; undefined where nothing does. */
  readonly reversedBy: string | undefined;
  readonly withdrawnBy: string | undefined;
  /** What corrects a voucher, in the order of recording: an opening may be corrected several times. */
  readonly correctedBy: readonly string[];
  /** What gives something of it back, in the order of recording. */
  readonly refundedBy: readonly string[];
  /** The memos that answer a memo: what closes a case, what adjusts a budget. */
  readonly answeredBy: readonly string[];
}

/** A later event that names one, and the field by which it does. */
export interface NamedBy {
  readonly field: (typeof LINK_FIELDS)[number];
  readonly by: string;
}

/** The later events that name one, in the order of recording, up to a position. */
export const readNamedBy = (tables: ReadTables, id: string, until: number): NamedBy[] =>
  tables.rows<NamedBy>(
    `SELECT field, named_by AS by FROM "${tableName(auditTrail, LINKS)}"
     WHERE named = ? AND position <= ? ORDER BY position`,
    id,
    until,
  );

/** What became of an event by others, recorded by a position. */
export function readBecomeOf(tables: ReadTables, id: string, until: number): BecomeOf {
  const links = readNamedBy(tables, id, until);
  const by = (field: (typeof LINK_FIELDS)[number]): string[] =>
    links.filter((link) => link.field === field).map((link) => link.by);
  return {
    reversedBy: by('reverses')[0],
    withdrawnBy: by('withdraws')[0],
    correctedBy: by('corrects'),
    refundedBy: by('original'),
    answeredBy: by('answers'),
  };
}

/** The id of what takes a voucher or a memo back, recorded by a position; undefined where it stands. */
export function readTakenBackBy(tables: ReadTables, id: string, until: number): string | undefined {
  const { reversedBy, withdrawnBy } = readBecomeOf(tables, id, until);
  return reversedBy ?? withdrawnBy;
}

/** The links of an event as an answer has them: of corrections always, of others where there are any. */
export function becomeOfBody(become: BecomeOf): Readonly<Record<string, unknown>> {
  const { reversedBy = null, withdrawnBy, correctedBy, refundedBy, answeredBy } = become;
  return {
    reversedBy,
    correctedBy,
    ...(withdrawnBy !== undefined && { withdrawnBy }),
    ...(refundedBy.length > 0 && { refundedBy }),
    ...(answeredBy.length > 0 && { answeredBy }),
  };
}

/**
 * The remark of a voucher that takes another back or corrects it, in the words that are prescribed for it: 注销某月某日
 * 某号凭证 in red, 订正某月某日某号凭证 in blue (basic accounting norms 会计基础工作规范, art. 51). A correction of an
 * earlier year names the year too.
 * @param named the event that it names
 */
export function remarkOf(event: LedgerEvent, named: LedgerEvent | undefined): Text | undefined {
  if (named?.voucherType === undefined || (event.reverses ?? event.corrects) === undefined) return undefined;
  const { businessDate, period, voucherType, voucherNumber } = named;
  const isRed = event.reverses !== undefined;
  const [year, month, day] = businessDate.split('-').map((part) => part.replace(/^0/, '')) as [string, string, string];
  const isOfTheYear = businessDate.slice(0, 4) === event.businessDate.slice(0, 4);
  const number = `${VOUCHER_WORD[voucherType]}-${String(voucherNumber).padStart(4, '0')}`;
  const written = voucherNumberText(period!, voucherType, voucherNumber!);
  return text(
    `${isRed ? '注销' : '订正'}${isOfTheYear ? '' : `${year}年`}${month}月${day}日${number}号凭证`,
    `${isRed ? 'cancels' : 'corrects'} voucher ${written} of ${businessDate}`,
  );
}
