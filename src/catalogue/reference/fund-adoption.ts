import { adoption } from '../../kinds/kind.js';
import { AdoptedRow, AdoptionCommand } from '../../kinds/adoption-fields.js';
import { Nested } from '../../kinds/fields.js';
import { type Cells } from '../../reference/read-set.js';
import { text } from '../../errors.js';

@AdoptedRow('funds')
class AdoptedFund {}

/** A fund is switched on, renamed or switched off from a day on. */
export class FundAdoption extends AdoptionCommand {
  @Nested(text('基金', 'fund'), AdoptedFund)
  row!: Cells;
}

export const fundAdoption = adoption<FundAdoption>({
  kind: 'fund-adoption',
  route: 'fund-adoptions',
  event: 'FundAdopted.v1',
  name: text('采用基金', 'Fund adopted'),
  command: FundAdoption,
  cells: ({ row }) => ({ funds: [row] }),
  example: {
    businessDate: '2025-05-20',
    evidence: {
      kind: 'decision',
      number: 'JC-2025-1',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
    maker: 'E-0001',
    reviewer: 'E-0002',
    row: {
      key: 'long-term-care',
      from: '2025-07-01',
      zh: '长期护理保险基金',
      en: 'Long-term care insurance fund',
      personalAccounts: 'no',
      basicInsurance: 'no',
      on: 'yes',
    },
  },
});
