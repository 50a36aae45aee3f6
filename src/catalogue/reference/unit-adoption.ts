import { adoption } from '../../kinds/kind.js';
import { AdoptedRow, AdoptionCommand } from '../../kinds/adoption-fields.js';
import { Nested } from '../../kinds/fields.js';
import { type Cells } from '../../reference/read-set.js';
import { text } from '../../errors.js';

@AdoptedRow('units')
class AdoptedUnit {}

/** A unit is added, renamed, closed or put under another from a day on. */
export class UnitAdoption extends AdoptionCommand {
  @Nested(text('核算单位', 'unit'), AdoptedUnit)
  row!: Cells;
}

export const unitAdoption = adoption<UnitAdoption>({
  kind: 'unit-adoption',
  route: 'unit-adoptions',
  event: 'UnitAdopted.v1',
  name: text('采用核算单位', 'Unit adopted'),
  command: UnitAdoption,
  cells: ({ row }) => ({ units: [row] }),
  example: {
    businessDate: '2025-05-20',
    evidence: {
      kind: 'decision',
      number: 'JC-2025-2',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
    maker: 'E-0001',
    reviewer: 'E-0002',
    row: {
      code: '460108',
      from: '2025-07-01',
      zh: '美兰区',
      en: 'Meilan District',
      parent: '460100',
      closed: 'no',
    },
  },
});
