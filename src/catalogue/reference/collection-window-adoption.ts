import { adoption } from '../../kinds/kind.js';
import { AdoptedRow, AdoptionCommand } from '../../kinds/adoption-fields.js';
import { Nested } from '../../kinds/fields.js';
import { type Cells } from '../../reference/read-set.js';
import { text } from '../../errors.js';

@AdoptedRow('windows')
class AdoptedWindow {}

/** The days on which premiums for a year are collected; the window may be prolonged by another. */
export class CollectionWindowAdoption extends AdoptionCommand {
  @Nested(text('集中缴费期', 'collection window'), AdoptedWindow)
  row!: Cells;
}

export const collectionWindowAdoption = adoption<CollectionWindowAdoption>({
  kind: 'collection-window-adoption',
  route: 'collection-window-adoptions',
  event: 'CollectionWindowAdopted.v1',
  name: text('采用集中缴费期', 'Collection window adopted'),
  command: CollectionWindowAdoption,
  cells: ({ row }) => ({ windows: [row] }),
  example: {
    businessDate: '2025-05-20',
    evidence: {
      kind: 'decision',
      number: 'JC-2025-5',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
    maker: 'E-0001',
    reviewer: 'E-0002',
    row: {
      fund: 'resident',
      coverYear: '2028',
      from: '2025-07-01',
      opens: '2027-09-01',
      closes: '2027-12-31',
      source: '参保年度前一年 9 月 1 日至 12 月 31 日',
    },
  },
});
