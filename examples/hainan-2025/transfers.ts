import { allocateFen, type Fen, formatFen, parseFen } from '../../src/money.js';
import { type FundBudget } from './budget.js';
import { BUSINESS_DAYS, businessDayFrom } from './calendar.js';
import { type FixedLine, MONTHS, PHASE } from './fixed-lines.js';
import { COUNTIES, PROVINCE, weightsOf } from './weights.js';

/** Transfers are whole thousands of yuan. */
const THOUSAND = parseFen('1000.00');
/** Too well off to be funded from above. */
const NOT_FUNDED = ['460100', '460200'];
/** The remittance that is in transit on 31 May: sent on the last business day before, received on the first after. */
export const IN_TRANSIT = { fund: 'employee', unit: '460200', month: 5 } as const;

interface Transfer {
  readonly fund: string;
  readonly county: string;
  readonly month: number;
  readonly amount: Fen;
  readonly sent: number;
}

/** The two vouchers of every transfer between the province and its counties, one in each book. */
export function transferLines(budget: FundBudget): FixedLine[] {
  const { fund } = budget.line;
  const funded = COUNTIES.filter((unit) => !NOT_FUNDED.includes(unit));
  const up = transfers(fund, budget.remittedUp, COUNTIES, 15).map((transfer) =>
    isInTransit(transfer) ? { ...transfer, sent: lastBusinessDay(transfer.month) } : transfer,
  );
  return [...up.flatMap(remittance), ...transfers(fund, budget.fundedDown, funded, 21).flatMap(funding)];
}

function transfers(fund: string, total: Fen, units: readonly string[], dayOfMonth: number): Transfer[] {
  if (total === 0n) return [];
  const weights = weightsOf(units, fund === 'employee' ? 'employee' : 'resident');
  const thousands = allocateFen(
    total / THOUSAND,
    MONTHS.flatMap(() => weights),
  );
  return MONTHS.flatMap((month, monthIndex) =>
    units.map((county, index) => ({
      fund,
      county,
      month,
      amount: thousands[monthIndex * units.length + index]! * THOUSAND,
      sent: businessDayFrom(month, dayOfMonth),
    })),
  );
}

function remittance(transfer: Transfer): FixedLine[] {
  const { county, month } = transfer;
  const transferId = `SJ-${transfer.fund}-2025-0${month}-${county}`;
  return [
    sent(transfer, 'remittance-up', county, { transferId, toUnit: PROVINCE, note: `${month}月上解调剂金` }),
    received(transfer, 'remittance-received', PROVINCE, { transferId, fromUnit: county, note: `${month}月下级上解` }),
  ];
}

function funding(transfer: Transfer): FixedLine[] {
  const { county, month } = transfer;
  const transferId = `BZ-${transfer.fund}-2025-0${month}-${county}`;
  return [
    sent(transfer, 'funding-down', PROVINCE, { transferId, toUnit: county, note: `${month}月补助下级` }),
    received(transfer, 'funding-received', county, { transferId, fromUnit: PROVINCE, note: `${month}月上级补助` }),
  ];
}

type Between = Readonly<Record<string, string>>;

const sent = ({ fund, amount, sent: dayIndex }: Transfer, kind: string, unit: string, between: Between): FixedLine => ({
  dayIndex,
  phase: PHASE.sent,
  kind,
  fund,
  unit,
  fields: { amount: formatFen(amount), ...between, 'evidence.kind': 'remittance' },
});

/** On the next business day. */
const received = (transfer: Transfer, kind: string, unit: string, between: Between): FixedLine => ({
  ...sent(transfer, kind, unit, between),
  dayIndex: transfer.sent + 1,
  phase: PHASE.received,
});

const isInTransit = ({ fund, county, month }: Transfer): boolean =>
  fund === IN_TRANSIT.fund && county === IN_TRANSIT.unit && month === IN_TRANSIT.month;

const lastBusinessDay = (month: number): number => BUSINESS_DAYS.findLastIndex((day) => day.month === month);
