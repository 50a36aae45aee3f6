import { by, ASSISTANCE } from '../../books/sources.js';
import { type ErrorDetail, refusal, text } from '../../errors.js';
import { formatFen, multiplyFen, parseFen } from '../../money.js';
import { type Adopted, subsidyPolicy } from '../../reference/adopted.js';
import { SubsidyCategory } from '../../kinds/adopted-fields.js';
import { Amount, Reference } from '../../kinds/fields.js';
import { type AmountCommand } from '../../kinds/commands.js';

/*
 * Subsidised enrolment 资助参保: medical assistance pays the premium of people in need, or a part of it, to the resident
 * fund. Two vouchers in two books, an expenditure and an income, that have one transfer number.
 */

/** The people whose premium is paid for them: a policy of each category says which part of it. */
export const Category = (): PropertyDecorator => SubsidyCategory(text('资助对象', 'category'), { optional: true });

/** What one person pays for a year by himself: the individual standard 个人缴费标准. */
export const PremiumStandard = (): PropertyDecorator =>
  Amount(text('个人缴费标准', 'premium standard'), { optional: true });

/** The number that both vouchers have. */
export const EnrolmentTransfer = (): PropertyDecorator =>
  Reference(text('资助参保往来号', 'transfer'), { optional: true });

export type Subsidised = AmountCommand & {
  readonly transferId?: string;
  readonly category?: string;
  readonly standard?: string;
  readonly headcount?: number;
};

/**
 * Refuses an amount that is not the part of the standard, for so many people, that the category's policy says. A
 * summary of several categories names none.
 */
export function demandSubsidyRate(command: Subsidised, adopted: Adopted): void {
  const { category, standard, headcount, amount } = command;
  if (category === undefined) return;
  const missing = standard === undefined ? 'standard' : headcount === undefined ? 'headcount' : undefined;
  if (standard === undefined || headcount === undefined)
    throw refusal(
      `/${missing}`,
      'enrolment-incomplete',
      by(
        ASSISTANCE,
        text('资助参保须写明个人缴费标准和人数', 'a subsidised enrolment states the standard and the headcount'),
      ),
      text('资助对象、个人缴费标准和人数同时填写', 'the standard and the headcount beside the category'),
      'nothing',
    );
  const policy = subsidyPolicy(category);
  const rate = adopted.policy(policy, command.fund, command.unit);
  const wanted = formatFen(multiplyFen(parseFen(standard) * BigInt(headcount), rate));
  if (wanted === amount) return;
  const sum = `${headcount} × ${standard} × ${rate} = ${wanted}`;
  throw refusal(
    '/amount',
    'not-subsidy-rate',
    by(
      adopted.policySource(policy, command.fund, command.unit),
      text('金额不等于人数乘以标准乘以资助比例', 'the amount is not the headcount times the standard times the rate'),
    ),
    text(`${sum}（政策 ${policy}）`, `${sum} (policy ${policy})`),
    amount,
  );
}

/** What looks wrong with one side of a subsidised enrolment: without the number nobody sees the other. */
export function unpairedFindings({ transferId }: Subsidised): ErrorDetail[] {
  if (transferId !== undefined) return [];
  const expected = text(
    '医疗救助支出与居民基金收入两张凭证共用的往来号',
    'the number that the expenditure of assistance and the income of the resident fund have in common',
  );
  return [{ pointer: '/transferId', code: 'enrolment-unpaired', expected, got: 'nothing' }];
}
