import { by, NORMS } from '../../books/sources.js';
import { OPENING_CORRECTION_KIND } from '../../books/book-state.js';
import { type Entry } from '../../books/entries.js';
import { refusal, text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { VoucherCommand, VoucherId } from '../../kinds/commands.js';
import { Amounts } from '../../kinds/adopted-fields.js';
import { Line } from '../../kinds/fields.js';
import { type Chart } from '../../reference/chart.js';
import { voucher } from '../../kinds/kind.js';
import { isBalance, openingEntry } from './opening-balance.js';

type Balances = Readonly<Record<string, string>>;

export class CorrectOpening extends VoucherCommand {
  @VoucherId(text('更正凭证', 'corrects'))
  corrects!: string;

  @Line(text('更正事由', 'reason'))
  reason!: string;

  @Amounts(text('期初调增', 'raised by'), isBalance, { optional: true })
  raised?: Balances;

  @Amounts(text('期初调减', 'lowered by'), isBalance, { optional: true })
  lowered?: Balances;
}

/**
 * A correction of an opening 期初更正, under the vouchers that stand on it: dated on its day, so that every later day is
 * right. It says by how much each line was wrong, not what it should have been: the difference is what the paper behind
 * it shows, and it stays true beside other corrections of the same opening. What was too little is added on the line's
 * own side, what was too much taken off it in red, so that the turnover of the opening comes to what it should be.
 */
export const openingCorrection = voucher<CorrectOpening>({
  kind: OPENING_CORRECTION_KIND,
  route: 'opening-corrections',
  event: 'OpeningCorrected.v1',
  name: text('期初更正', 'Opening correction'),
  command: CorrectOpening,
  voucherType: 'transfer',
  refersTo: ({ corrects }) => ({ as: 'corrects', id: corrects }),
  post: ({ raised = {}, lowered = {} }, { chart }) => [
    ...entriesOf(chart, raised, 1n),
    ...entriesOf(chart, demandApart(raised, lowered), -1n),
  ],
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-01-01',
    corrects: 'book-employee-460100-0',
    reason: '上年利息漏记，预付金多记',
    raised: { 'fiscal-account': '1200.00', 'net.pool': '700.00' },
    lowered: { 'advances.provider': '500.00' },
    evidence: { kind: 'correction', number: 'HK-2025-QC-1', sha256: '0d'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '期初余额更正',
  },
});

const entriesOf = (chart: Chart, amounts: Balances, sign: bigint): Entry[] =>
  Object.entries(amounts).map(([line, amount]) => openingEntry(chart, line, parseFen(amount) * sign));

/** A line is raised or lowered; both at once says nothing that one of them would not say. */
function demandApart(raised: Balances, lowered: Balances): Balances {
  const line = Object.keys(lowered).find((each) => each in raised);
  if (line === undefined) return lowered;
  throw refusal(
    `/lowered/${line.replaceAll('/', '~1')}`,
    'raised-and-lowered',
    by(NORMS, text('同一科目既调增又调减', 'one line is both raised and lowered')),
    text('只填差额所在的一方', 'the difference, on one side only'),
    lowered[line]!,
  );
}
