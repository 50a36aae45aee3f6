import { credit, debit, type Entry, parseLedgerLine } from '../../books/entries.js';
import { OPENING_KIND } from '../../books/book-state.js';
import { type Account, type Chart } from '../../reference/chart.js';
import { text } from '../../errors.js';
import { type Fen, parseFen } from '../../money.js';
import { VoucherCommand } from '../../kinds/commands.js';
import { voucher } from '../../kinds/kind.js';
import { Amounts } from '../../kinds/adopted-fields.js';

/** What a book may open with: assets, liabilities and net assets, each also by its details. */
export const isBalance = ({ kind }: Account): boolean => kind === 'asset' || kind === 'liability' || kind === 'net';

export class RecordOpeningBalance extends VoucherCommand {
  @Amounts(text('各科目期初余额', 'balances by account'), isBalance)
  balances!: Readonly<Record<string, string>>;
}

/** An opening balance 期初余额: what a book holds on the day it is opened. Its first voucher that stands, or none. */
export const openingBalance = voucher<RecordOpeningBalance>({
  kind: OPENING_KIND,
  route: 'opening-balances',
  event: 'OpeningBalanceRecorded.v1',
  name: text('期初余额', 'Opening balance'),
  command: RecordOpeningBalance,
  voucherType: 'transfer',
  post: ({ balances }, { chart }) =>
    Object.entries(balances).map(([line, amount]) => openingEntry(chart, line, parseFen(amount))),
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-01-01',
    balances: {
      'income-account': '0.50',
      'expenditure-account': '2000000.00',
      'fiscal-account': '8000000.00',
      'fiscal-account/term': '5000000.00',
      treasury: '1000000.00',
      'advances.provider': '300000.00',
      'suspense.to-refund': '100000.50',
      'net.pool': '10200000.00',
      'net.personal': '6000000.00',
    },
    evidence: { kind: 'balance-sheet', number: 'HK-2024-12', sha256: '01'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '二〇二五年期初',
  },
});

/** Assets stand in debit, liabilities and net assets in credit. */
export function openingEntry(chart: Chart, line: string, amount: Fen): Entry {
  const { account, detail } = parseLedgerLine(line);
  const post = chart.find(account)?.kind === 'asset' ? debit : credit;
  return post(account, amount, { detail });
}
