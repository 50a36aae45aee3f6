/** Where bands and a figure are drawn, in hundredths of the width of the drawing. For drawing only. */
export interface Drawn {
  readonly bands: readonly { readonly level: string; readonly from: number; readonly to: number }[];
  /** The bounds between them, with the words that stand there. */
  readonly ticks: readonly { readonly at: number; readonly says: string }[];
  /** Where the figure is; undefined where there is none. */
  readonly at: number | undefined;
  /** The figure lies beyond what is drawn. */
  readonly isBeyond: boolean;
}

interface Band {
  readonly level: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What is drawn beyond the bounds, as a part of the stretch between them. */
const MARGIN = 0.35;
/** Where there is but one bound, a figure this far from it is drawn at the edge of the middle of a side. */
const ALONE = 1.6;

/** The bands of a scale and a figure on it, from 0 to 100. */
export function drawBands(bands: readonly Band[], figure: number | undefined): Drawn {
  const bounds = bands.flatMap(({ to }) => (to === null ? [] : [+to]));
  const [first = 0, last = 0] = [bounds[0], bounds.at(-1)];
  const [low, high] = first === last ? around(first, figure) : ends(first, last);
  const place = (value: number): number => Math.min(100, Math.max(0, (100 * (value - low)) / (high - low)));
  return {
    bands: bands.map(({ level, from, to }) => ({
      level,
      from: from === null ? 0 : place(+from),
      to: to === null ? 100 : place(+to),
    })),
    ticks: bands.flatMap(({ to }) => (to === null ? [] : [{ at: place(+to), says: to }])),
    at: figure === undefined ? undefined : place(figure),
    isBeyond: figure !== undefined && (figure < low || figure > high),
  };
}

/** A figure that cannot be below zero is drawn from zero on. */
const ends = (first: number, last: number): readonly [number, number] => {
  const margin = (last - first) * MARGIN;
  return [first >= 0 ? Math.min(0, first) : first - margin, last + margin];
};

/** One bound stands in the middle, and the figure well within its side. */
function around(bound: number, figure = bound): readonly [number, number] {
  const reach = Math.abs(figure - bound) * ALONE || 1;
  return [bound - reach, bound + reach];
}
