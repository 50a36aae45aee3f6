import { VOUCHER_WORD, voucherNumberText } from '../../src/books/entries.js';
import { type LedgerEvent } from '../../src/books/event.js';
import { type Text, text } from '../../src/errors.js';
import { type ReadTables, tableName } from '../read-tables.js';
import { auditTrail, CORRECTIONS, REVERSALS } from './projection.js';

/** What became of a voucher by others, as recorded by a position. */
export interface BecomeOf {
  /** The id of what takes it back; undefined where nothing does. */
  readonly reversedBy: string | undefined;
  /** The ids of what corrects it, in the order of recording: an opening may be corrected several times. */
  readonly correctedBy: readonly string[];
}

/** What took a voucher back and what corrects it, recorded by a position. */
export function readBecomeOf(tables: ReadTables, id: string, until: number): BecomeOf {
  const corrections = tables.rows<{ corrected_by: string }>(
    `SELECT corrected_by FROM "${tableName(auditTrail, CORRECTIONS)}"
     WHERE corrected = ? AND position <= ? ORDER BY position`,
    id,
    until,
  );
  return {
    reversedBy: readReversal(tables, id, until),
    correctedBy: corrections.map(({ corrected_by }) => corrected_by),
  };
}

/** The id of the reversal of a voucher recorded by a position; undefined where there is none. */
export function readReversal(tables: ReadTables, id: string, until: number): string | undefined {
  const [row] = tables.rows<{ reversed_by: string }>(
    `SELECT reversed_by FROM "${tableName(auditTrail, REVERSALS)}" WHERE reversed = ? AND position <= ?`,
    id,
    until,
  );
  return row?.reversed_by;
}

/**
 * The remark of a voucher that takes another back or corrects it, in the words that are prescribed for it: 注销某月某日
 * 某号凭证 in red, 订正某月某日某号凭证 in blue (basic accounting norms 会计基础工作规范, art. 51). A correction of an
 * earlier year names the year too.
 * @param named the event that it names
 */
export function remarkOf(event: LedgerEvent, named: LedgerEvent | undefined): Text | undefined {
  if (named?.voucherType === undefined) return undefined;
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
