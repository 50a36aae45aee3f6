import { adoption } from '../../kinds/kind.js';
import { AdoptedRow, AdoptionCommand } from '../../kinds/adoption-fields.js';
import { Nested } from '../../kinds/fields.js';
import { type Cells } from '../../reference/read-set.js';
import { text } from '../../errors.js';

@AdoptedRow('accounts')
class AdoptedAccount {}

/** An account or a detail is added, renumbered, renamed or closed from a day on. Its key is for ever. */
export class AccountAdoption extends AdoptionCommand {
  @Nested(text('科目', 'account'), AdoptedAccount)
  row!: Cells;
}

export const accountAdoption = adoption<AccountAdoption>({
  kind: 'account-adoption',
  route: 'account-adoptions',
  event: 'AccountAdopted.v1',
  name: text('采用科目', 'Account adopted'),
  command: AccountAdoption,
  cells: ({ row }) => ({ accounts: [row] }),
  example: {
    businessDate: '2025-05-20',
    evidence: {
      kind: 'decision',
      number: 'JC-2025-3',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
    maker: 'E-0001',
    reviewer: 'E-0002',
    row: {
      key: 'benefits/long-term-care',
      from: '2025-07-01',
      number: '5001.13',
      zh: '长期护理',
      en: 'Long-term care',
      share: 'either',
    },
  },
});
