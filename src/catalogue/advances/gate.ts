import { by, ADVANCES } from '../../books/sources.js';
import { type ErrorDetail, LedgerError, refusal, text } from '../../errors.js';
import { formatFen, multiplyFen, parseFen } from '../../money.js';
import { type Adopted } from '../../reference/adopted.js';
import { code, CodeList } from '../../text/codes.js';
import { Amount, AmountOrZero, Nested, OneOf } from '../../kinds/fields.js';
import { type AdvanceCommand } from './advance-command.js';

const YES_NO = new CodeList([code('yes', '是', 'yes'), code('no', '否', 'no')]);

/** The figures that an advance to providers is decided on, as its maker states and its reviewer confirms them. */
export class GateFigures {
  /** What the pool holds: the accumulated balance 统筹基金累计结余. */
  @AmountOrZero(text('统筹累计结余', 'pool balance'))
  poolBalance!: string;

  @Amount(text('月均统筹支出', 'monthly average'))
  monthlyAverage!: string;

  @OneOf(text('上年收不抵支', 'deficit last year'), YES_NO)
  deficitLastYear!: string;

  @OneOf(text('本年预计收不抵支', 'deficit forecast'), YES_NO)
  deficitForecast!: string;
}

/** The gate's figures in a command. */
export const Gate = (): PropertyDecorator => Nested(text('预付条件', 'gate'), GateFigures, { optional: true });

type GatedCommand = AdvanceCommand & { readonly gate?: GateFigures };

/**
 * Refuses an advance to providers that the notice does not allow: the pool must last for so many months, and there is
 * no deficit, neither last year nor forecast (医保办函〔2024〕101号; the months are a policy).
 * @throws LedgerError refused, with every condition that is not met
 */
export function demandGate(command: GatedCommand, adopted: Adopted): void {
  const { fund, unit, gate } = command;
  const least = adopted.policy('provider-advance-months', fund, unit);
  if (!gate)
    throw refusal(
      '/gate',
      'gate-missing',
      by(ADVANCES, text('预付医药机构须说明预付条件', 'an advance to providers states the figures it is decided on')),
      text(
        `统筹累计结余（不少于 ${least} 个月）、月均统筹支出、上年与本年预计是否收不抵支`,
        `the pool balance, of ${least} months at least, the monthly average, a deficit last year or forecast`,
      ),
      'nothing',
    );
  const unmet = [...monthsUnmet(gate, least), ...deficitsOf(gate)];
  if (unmet.length === 0) return;
  throw new LedgerError(
    'refused',
    'gate-not-passed',
    by(ADVANCES, text('不符合预付条件，不得预付', 'the conditions of an advance to providers are not met')),
    unmet,
  );
}

function monthsUnmet({ poolBalance, monthlyAverage }: GateFigures, least: string): ErrorDetail[] {
  const [balance, average] = [parseFen(poolBalance), parseFen(monthlyAverage)];
  const wanted = average * BigInt(least);
  if (balance >= wanted) return [];
  // Cut off, not rounded: 11.999 months are not 12.
  const months = formatFen((balance * 100n) / average);
  const expected = text(
    `可支付月数不低于 ${least}，即累计结余不低于 ${formatFen(wanted)}（政策 provider-advance-months）`,
    `at least ${least} payable months, a balance of ${formatFen(wanted)} (policy provider-advance-months)`,
  );
  const got = `${poolBalance} ÷ ${monthlyAverage} = ${months}`;
  return [{ pointer: '/gate/poolBalance', code: 'gate-payable-months', expected, got }];
}

function deficitsOf(gate: GateFigures): ErrorDetail[] {
  const expected = text('否：收不抵支的基金不得预付', 'no: a fund in deficit pays no advance');
  return (['deficitLastYear', 'deficitForecast'] as const)
    .filter((name) => gate[name] === 'yes')
    .map((name) => ({ pointer: `/gate/${name}`, code: 'gate-deficit', expected, got: 'yes' }));
}

/** What looks wrong with the size of an advance to providers: it is about one month's expenditure of the pool. */
export function sizeFindings({ gate, amount, fund, unit }: GatedCommand, adopted: Adopted): ErrorDetail[] {
  if (!gate) return [];
  const months = adopted.policy('provider-advance-size', fund, unit);
  const most = multiplyFen(parseFen(gate.monthlyAverage), months);
  if (parseFen(amount) <= most) return [];
  const expected = text(
    `约 ${months} 个月的月均统筹支出，即不超过 ${formatFen(most)}（政策 provider-advance-size）`,
    `about ${months} month of the pool's expenditure, at most ${formatFen(most)} (policy provider-advance-size)`,
  );
  return [{ pointer: '/amount', code: 'advance-above-size', expected, got: amount }];
}
