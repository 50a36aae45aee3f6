import { credit, debit } from '../../books/entries.js';
import { by } from '../../books/sources.js';
import { type Adopted } from '../../reference/adopted.js';
import { refusal, text } from '../../errors.js';
import { formatFen, multiplyFen, parseFen } from '../../money.js';
import { Payer } from './contribution.js';
import { Amount, Count, Nested } from '../../kinds/fields.js';
import { AmountCommand } from '../../kinds/commands.js';
import { shareOf } from '../../kinds/shares.js';
import { voucher } from '../../kinds/kind.js';
import { LineOf } from '../../kinds/adopted-fields.js';

export class RecordLateFee extends AmountCommand {
  @Nested(text('缴费人', 'payer'), Payer)
  payer!: Payer;

  @Amount(text('欠缴金额', 'overdue contributions'))
  base!: string;

  @Count(text('滞纳天数', 'days overdue'), { min: 1, max: 36_500 })
  days!: number;

  @LineOf(text('收款账户', 'receiving account'), ['treasury', 'income-account', 'fiscal-account'], {
    optional: true,
  })
  account?: string;
}

/** A late fee 滞纳金 on contributions paid after their day. It is no fine: other income of the fund, and of its pool. */
export const lateFee = voucher<RecordLateFee>({
  kind: 'late-fee',
  route: 'late-fees',
  event: 'LateFeeRecorded.v1',
  name: text('滞纳金', 'Late fee'),
  command: RecordLateFee,
  counterparty: ({ payer }) => payer.reference,
  post: (command, adopted) => {
    demandStatutory(command, adopted);
    const amount = parseFen(command.amount);
    const share = shareOf(adopted, command, 'pool');
    return [
      debit(command.account ?? 'fiscal-account', amount),
      credit('income.other', amount, { detail: 'late-fees', share }),
    ];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-04-17',
    amount: '1049.38',
    payer: { kind: 'employer', reference: 'E-0001' },
    base: '123456.78',
    days: 17,
    evidence: { kind: 'tax-receipt', number: 'HK-2025-000098', sha256: '0e'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '三月职工医保费滞纳金',
  },
});

/** A late fee is its base times its days at the rate of the law, rounded once, half up to the fen. */
function demandStatutory({ base, days, amount, fund, unit }: RecordLateFee, adopted: Adopted): void {
  const rateADay = adopted.policy('late-fee-rate', fund, unit);
  const wanted = formatFen(multiplyFen(parseFen(base) * BigInt(days), rateADay));
  if (wanted === amount) return;
  throw refusal(
    '/amount',
    'not-base-times-days',
    by(
      adopted.policySource('late-fee-rate', fund, unit),
      text(
        `金额不等于欠缴金额乘以天数乘以日费率 ${rateADay}`,
        `the amount is not the base times the days times ${rateADay}`,
      ),
    ),
    text(`${base} × ${days} × ${rateADay} = ${wanted}`, `${base} × ${days} × ${rateADay} = ${wanted}`),
    amount,
  );
}
