import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { allocateFen, type Fen } from '../../src/money.js';

/** What a unit's part of a provincial figure follows. Made up, in the order of size of the units' populations. */
export type Weight = 'employee' | 'resident';

interface UnitWeight {
  readonly unit: string;
  readonly employee: bigint;
  readonly resident: bigint;
}

const weight = (unit: string, employee: bigint, resident: bigint): UnitWeight => ({ unit, employee, resident });

/** In hundreds of people. The province itself insures the staff of its own offices, and no residents. */
const WEIGHTS: readonly UnitWeight[] = [
  weight('460000', 2200n, 0n),
  weight('460100', 10400n, 14500n),
  weight('460200', 4400n, 5200n),
  weight('460300', 12n, 8n),
  weight('460400', 2400n, 7800n),
  weight('469001', 320n, 840n),
  weight('469002', 1050n, 3900n),
  weight('469005', 920n, 4500n),
  weight('469006', 830n, 4700n),
  weight('469007', 740n, 3700n),
  weight('469021', 460n, 2600n),
  weight('469022', 410n, 2300n),
  weight('469023', 1080n, 4200n),
  weight('469024', 490n, 4100n),
  weight('469025', 300n, 1400n),
  weight('469026', 500n, 1800n),
  weight('469027', 560n, 4300n),
  weight('469028', 630n, 3100n),
  weight('469029', 270n, 1200n),
  weight('469030', 290n, 1500n),
];

export const PROVINCE = '460000';
/** The 19 county-tier units. */
export const COUNTIES: readonly string[] = BEFORE_ADOPTION.ever.units.all
  .filter(({ parent }) => parent === PROVINCE)
  .map(({ code }) => code);

/** The weight of each unit in the order given. */
export const weightsOf = (units: readonly string[], by: Weight): bigint[] =>
  units.map((unit) => WEIGHTS.find((row) => row.unit === unit)![by]);

/** Splits a provincial figure over units; units without weight get no entry. The parts sum exactly to it. */
export function overUnits(total: Fen, units: readonly string[], by: Weight): { unit: string; part: Fen }[] {
  const weighted = units.filter((unit) => weightsOf([unit], by)[0]! > 0n);
  const parts = allocateFen(total, weightsOf(weighted, by));
  return weighted.map((unit, index) => ({ unit, part: parts[index]! }));
}
