import { adoption } from '../../kinds/kind.js';
import { AdoptedRow, AdoptionCommand } from '../../kinds/adoption-fields.js';
import { Nested } from '../../kinds/fields.js';
import { type Cells } from '../../reference/read-set.js';
import { text } from '../../errors.js';

@AdoptedRow('policies')
class AdoptedPolicy {}

/** A parameter has a value from a day on, in a unit and below it or in the whole nation. */
export class PolicyAdoption extends AdoptionCommand {
  @Nested(text('参数', 'policy'), AdoptedPolicy)
  row!: Cells;
}

export const policyAdoption = adoption<PolicyAdoption>({
  kind: 'policy-adoption',
  route: 'policy-adoptions',
  event: 'PolicyAdopted.v1',
  name: text('采用参数', 'Policy adopted'),
  command: PolicyAdoption,
  cells: ({ row }) => ({ policies: [row] }),
  example: {
    businessDate: '2025-05-20',
    evidence: {
      kind: 'decision',
      number: 'JC-2025-4',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
    maker: 'E-0001',
    reviewer: 'E-0002',
    row: {
      key: 'late-fee-rate',
      from: '2025-07-01',
      scope: '460100',
      value: '0.0004',
      source: '市政府文件',
    },
  },
});
