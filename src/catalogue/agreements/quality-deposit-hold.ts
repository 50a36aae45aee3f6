import { text } from '../../errors.js';
import { Count } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';
import { providerFindings } from './provider-code.js';
import { DepositCommand, depositStream } from './quality-deposit.js';

export class HoldQualityDeposit extends DepositCommand {
  @Count(text('涉及结算笔数', 'claims'), { optional: true, min: 1 })
  claims?: number;
}

/** What is held back of a settlement 扣留质量保证金, month by month as a rule. */
export const qualityDepositHold = memo<HoldQualityDeposit>({
  kind: 'quality-deposit-hold',
  route: 'quality-deposit-holds',
  event: 'QualityDepositHeld.v1',
  name: text('质量保证金扣留', 'Quality deposit held'),
  command: HoldQualityDeposit,
  counterparty: ({ provider }) => provider,
  stream: depositStream,
  register: ({ amount }) => ({ adds: amount }),
  findings: ({ provider }) => providerFindings(provider),
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-05-15',
    amount: '50000.00',
    provider: 'H46010000001',
    year: '2025',
    claims: 1200,
    evidence: { kind: 'settlement-sheet', number: 'JS-2025-04-0001', sha256: '1b'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '四月结算扣留百分之五',
  },
});
