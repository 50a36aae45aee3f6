import { ledgerLine } from '../../src/books/entries.js';
import { eventId } from '../../src/event-store/event-store.js';
import { formatFen } from '../../src/money.js';
import { numberOf } from '../audit-trail/body.js';
import { becomeOfBody } from '../audit-trail/corrections.js';
import { summaryOf } from '../audit-trail/summary.js';
import { isEntry, type LedgerLine, sideOf } from './sheets.js';
import { voucherAt } from '../asking/addresses.js';

/** A line as JSON: what a voucher moved with its links, or one of the lines that the ledger adds. */
export function lineBody(line: LedgerLine): Readonly<Record<string, unknown>> {
  const { balance } = line;
  const side =
    balance === undefined
      ? { direction: null, balance: null }
      : { direction: sideOf(balance).zh, balance: formatFen(balance < 0n ? -balance : balance) };
  if (!isEntry(line)) {
    const { date, moved } = line;
    return {
      line: line.line,
      date,
      debit: moved ? formatFen(moved.debit) : null,
      credit: moved ? formatFen(moved.credit) : null,
      ...side,
    };
  }
  const { voucher, entry } = line;
  return {
    line: 'voucher',
    date: voucher.event.businessDate,
    voucherNumber: numberOf(voucher),
    id: eventId(voucher.line.stream, voucher.line.revision),
    summary: summaryOf(voucher).zh,
    account: ledgerLine(entry),
    debit: entry.debit ?? null,
    credit: entry.credit ?? null,
    ...side,
    reverses: voucher.event.reverses ?? null,
    corrects: voucher.event.corrects ?? null,
    ...becomeOfBody(voucher),
    links: { voucher: voucherAt(eventId(voucher.line.stream, voucher.line.revision)) },
  };
}
