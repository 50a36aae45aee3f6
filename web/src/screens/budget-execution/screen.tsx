import { lengthOf } from '../../chart/length.ts';
import { Filters } from '../../filters/filters.tsx';
import { type BarOf, Bars } from '../../table/bars.ts';
import { toneOf } from '../../table/tones.ts';
import { Report } from '../../table/report.tsx';

const TAKES = ['fund', 'unit', 'from', 'to'];

/** How far a line is executed: a full bar is all of its budget, and a red one is flagged as over the band. */
const executed: BarOf = (cell, { kind }, { cells }) => {
  if (kind !== 'rate' || cell.text === '') return undefined;
  const part = lengthOf(cell) / 100;
  return { part: Math.min(1, Math.max(0, part)), isBeyond: toneOf(cells.at(-1)!.text) === 'bad' };
};

/** What of the budgets was executed, with a bar for every line. */
export function Component() {
  return (
    <Bars value={executed}>
      <Filters takes={TAKES} />
      <Report path="/v1/budget-execution" />
    </Bars>
  );
}
