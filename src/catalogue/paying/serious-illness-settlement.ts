import { by, SIFAS } from '../../books/sources.js';
import { credit, debit, type Line } from '../../books/entries.js';
import { refusal, text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { code, CodeList } from '../../text/codes.js';
import { AmountCommand, Year } from '../../kinds/commands.js';
import { OneOf, Reference } from '../../kinds/fields.js';
import { shareOf } from '../../kinds/shares.js';
import { voucher } from '../../kinds/kind.js';
import { paid, received } from '../between-accounts/bank-accounts.js';
import { LineOf } from '../../kinds/adopted-fields.js';

const RESULTS = new CodeList([
  code('surplus', '超额结余返还', 'Surplus returned'),
  code('loss', '政策性亏损补偿', 'Policy loss compensated'),
]);

export class SettleSeriousIllness extends AmountCommand {
  @Reference(text('保险公司编号', 'insurer'))
  insurer!: string;

  @Year(text('结算年度', 'settled year'))
  settledYear!: string;

  @OneOf(text('结算结果', 'result'), RESULTS)
  result!: string;

  @LineOf(text('收付账户', 'bank account'), ['fiscal-account', 'expenditure-account'], { optional: true })
  account?: string;
}

/**
 * A year of serious-illness insurance 大病保险 settled with the insurer (SIFAS, 5101): what it returns of its surplus is a
 * credit of the expenditure, whatever year it is of, and a loss that policy caused is compensated as expenditure.
 */
export const seriousIllnessSettlement = voucher<SettleSeriousIllness>({
  kind: 'serious-illness-settlement',
  route: 'serious-illness-settlements',
  event: 'SeriousIllnessSettled.v1',
  name: text('大病保险清算', 'Serious-illness settlement'),
  command: SettleSeriousIllness,
  counterparty: ({ insurer }) => insurer,
  post: (command, adopted) => {
    demandPastYear(command);
    const amount = parseFen(command.amount);
    const line: Line = { share: shareOf(adopted, command, 'pool') };
    return command.result === 'surplus'
      ? [received(command, amount), credit('serious-illness', amount, line)]
      : [debit('serious-illness', amount, line), paid(command, amount)];
  },
  example: {
    fund: 'resident',
    unit: '460100',
    businessDate: '2025-06-24',
    amount: '8600.00',
    insurer: 'INS-0001',
    settledYear: '2024',
    result: 'surplus',
    account: 'fiscal-account',
    evidence: { kind: 'settlement', number: 'DB-2024-460100', sha256: '1f'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '二〇二四年度大病保险结余返还',
  },
});

function demandPastYear({ settledYear, businessDate }: SettleSeriousIllness): void {
  const year = businessDate.slice(0, 4);
  if (settledYear <= year) return;
  throw refusal(
    '/settledYear',
    'year-in-future',
    by(SIFAS, text('结算年度晚于业务日期', 'the year that is settled lies after the business date')),
    text(`不晚于 ${year}`, `no later than ${year}`),
    settledYear,
  );
}
