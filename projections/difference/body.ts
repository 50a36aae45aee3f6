import { lineName, lineNumber } from '../../src/books/ledger-lines.js';
import { eventId } from '../../src/event-store/event-store.js';
import { formatFen } from '../../src/money.js';
import { type Chart } from '../../src/reference/chart.js';
import { numberOf } from '../audit-trail/body.js';
import { becomeOfBody } from '../audit-trail/corrections.js';
import { summaryOf } from '../audit-trail/summary.js';
import { type AccountDifference, type Compared } from './drawn.js';
import { type Between, type Mismatch } from './reading.js';
import { eventAt, voucherAt } from '../asking/addresses.js';

const comparedBody = ({ at, against, difference }: Compared) => ({
  balance: formatFen(at),
  against: formatFen(against),
  difference: formatFen(difference),
});

/** What differs on one ledger line, debit positive, and how much of it the vouchers of which page bring. */
export const accountBody = (account: AccountDifference) => ({
  fund: account.fund.key,
  account: account.line,
  number: account.number,
  name: account.name,
  ...comparedBody(account),
  before: formatFen(account.before),
  onPage: formatFen(account.onPage),
  after: formatFen(account.after),
  units: account.units.map((each) => ({ unit: each.unit, name: each.name, ...comparedBody(each) })),
});

/** A voucher that stands at one of the points only. */
export function betweenBody({ voucher, standsAt, through, effects }: Between, chart: Chart) {
  const { line, event } = voucher;
  const id = eventId(line.stream, line.revision);
  return {
    id,
    position: line.position,
    fund: event.fund,
    unit: event.unit,
    voucherNumber: numberOf(voucher),
    kind: event.kind,
    summary: summaryOf(voucher),
    businessDate: event.businessDate,
    recordedAt: event.recordedAt,
    standsAt,
    through,
    effects: [...effects].map(([account, fen]) => ({
      account,
      number: lineNumber(account, chart),
      name: lineName(account, chart),
      amount: formatFen(fen),
    })),
    reverses: event.reverses ?? null,
    corrects: event.corrects ?? null,
    ...becomeOfBody(voucher),
    links: { voucher: voucherAt(id), event: eventAt(line.position) },
  };
}

/** Whether the vouchers of a page come to what the balances say of them, and where they do not. */
export const checkBody = (vouchers: number, mismatches: readonly Mismatch[]) => ({
  vouchers,
  holds: mismatches.length === 0,
  mismatches: mismatches.map(({ book, line, vouchers: said, balances }) => ({
    book,
    account: line,
    vouchers: formatFen(said),
    balances: formatFen(balances),
  })),
});
