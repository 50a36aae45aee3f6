import { debit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { voucher } from '../../kinds/kind.js';
import { paid, PayingAccount } from '../between-accounts/bank-accounts.js';
import { AdvanceCommand } from './advance-command.js';
import { demandGate, Gate, type GateFigures, sizeFindings } from './gate.js';

export class PayAdvance extends AdvanceCommand {
  @Gate()
  gate?: GateFigures;

  @PayingAccount()
  account?: string;
}

const ADVANCE_TO_PROVIDERS = 'advances.provider';

/**
 * An advance 预付: money that is owed back until care is settled against it, and never expenditure when it is paid. One
 * to providers passes a gate first; its size is a finding, for the notice says "about" one month.
 */
export const advancePayment = voucher<PayAdvance>({
  kind: 'advance-payment',
  route: 'advance-payments',
  event: 'AdvancePaid.v1',
  name: text('预付', 'Advance payment'),
  command: PayAdvance,
  counterparty: ({ counterparty }) => counterparty,
  post: (command, adopted) => {
    if (command.advance === ADVANCE_TO_PROVIDERS) demandGate(command, adopted);
    const amount = parseFen(command.amount);
    return [debit(command.advance, amount), paid(command, amount)];
  },
  findings: (command, adopted) => (command.advance === ADVANCE_TO_PROVIDERS ? sizeFindings(command, adopted) : []),
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-10',
    amount: '1500000.00',
    advance: 'advances.provider',
    counterparty: 'H46010000001',
    gate: {
      poolBalance: '24000000.00',
      monthlyAverage: '1600000.00',
      deficitLastYear: 'no',
      deficitForecast: 'no',
    },
    account: 'expenditure-account',
    evidence: { kind: 'approval', number: 'YF-2025-06-001', sha256: '10'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '六月医保预付金',
  },
});
