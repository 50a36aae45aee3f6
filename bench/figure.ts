import { readFileSync } from 'node:fs';

/** One line of the table: what was done, beside what it is held against. */
export interface Figure {
  readonly name: string;
  readonly ours: number;
  /** What was run beside it, in the same unit; null where a bound stands alone. */
  readonly against: number | null;
  /** `ours / against` of a rate of events; of everything else, which has a bound, `ours` itself. */
  readonly ratio: number;
  /** The least ratio, or the least frames a second; of everything else the most. */
  readonly atLeast: number;
  readonly holds: boolean;
  readonly unit: 'events/s' | 'ms' | 'kB' | 'MB' | 'bytes' | 'frames/s' | 'times';
  /** What else was seen, e.g. memory. */
  readonly note?: string;
}

/** A rate held against another. */
export function ratioOf(name: string, ours: number, against: number, atLeast: number, note?: string): Figure {
  const ratio = ours / against;
  return { name, ours, against, ratio, atLeast, holds: ratio >= atLeast, unit: 'events/s', ...(note && { note }) };
}

/** A time that must not be longer. */
export const atMost = (name: string, ours: number, most: number, note?: string): Figure =>
  within({ name, ours, against: null, atLeast: most, unit: 'ms' }, note);

/** A figure with a bound of its own, and beside it what something simple takes, where there is such a thing. */
export const within = (figure: Omit<Figure, 'ratio' | 'holds' | 'note'>, note?: string): Figure => ({
  ...figure,
  ratio: figure.ours,
  holds: figure.unit === 'frames/s' ? figure.ours >= figure.atLeast : figure.ours <= figure.atLeast,
  ...(note && { note }),
});

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))]!;
}

/** Holds each rate against the same work in an earlier run, of another size: none may be much slower. */
export function againstBaseline(figures: readonly Figure[], path: string, atLeast: number): Figure[] {
  const earlier = JSON.parse(readFileSync(path, 'utf8')) as Figure[];
  return figures.flatMap((figure) => {
    const before = earlier.find(({ name, unit }) => name === figure.name && unit === figure.unit);
    if (!before || before.unit !== 'events/s') return [];
    // Other work on the machine slows both down: what was run beside them is the common measure.
    return [ratioOf(`${figure.name}, beside the baseline`, figure.ratio, before.ratio, atLeast)];
  });
}

const thousands = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);

function boundOf({ unit, atLeast }: Figure): string {
  if (unit === 'events/s') return `${atLeast} ×`;
  return `${unit === 'frames/s' ? '≥' : '≤'} ${atLeast} ${unit}`;
}

const HEADINGS = ['work', 'ours', 'against', 'ratio', 'at least', 'holds', ''];

/** The figures as an aligned table. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${thousands(figure.ours)} ${figure.unit}`,
    figure.against === null ? '' : thousands(figure.against),
    figure.unit === 'events/s' ? `${figure.ratio.toFixed(2)} ×` : '',
    boundOf(figure),
    figure.holds ? 'yes' : 'NO',
    figure.note ?? '',
  ]);
  const widths = HEADINGS.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ');
  return [HEADINGS, ...rows].map((cells) => line(cells).trimEnd()).join('\n');
}

const isText = (column: number): boolean => column === 0 || column >= HEADINGS.length - 2;
