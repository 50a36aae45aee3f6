import { lengthOf } from '../../chart/length.ts';
import { Filters } from '../../filters/filters.tsx';
import { type BarOf, Bars } from '../../table/bars.ts';
import { Report } from '../../table/report.tsx';

const TAKES = ['fund', 'unit', 'from', 'to'];
/** Where the gap stands, and behind it what it came of, who bears it and what was paid of it. */
const GAP = 7;
const PAID = 14;

/** What part of the gap it came of, or somebody bears. */
const share: BarOf = (cell, { kind }, { cells }) => {
  const at = cells.indexOf(cell);
  if (kind !== 'fen' || at <= GAP || at > PAID) return undefined;
  const [part, gap] = [lengthOf(cell), lengthOf(cells[GAP]!)];
  if (gap <= 0 || cell.text === '') return undefined;
  return { part: Math.min(1, Math.max(0, part / gap)), isBeyond: false };
};

/** The gap of each book: what it came of, and who bears how much of it, each with a bar as long as its part. */
export function Component() {
  return (
    <Bars value={share}>
      <Filters takes={TAKES} />
      <Report path="/v1/gap-sharing" />
    </Bars>
  );
}
