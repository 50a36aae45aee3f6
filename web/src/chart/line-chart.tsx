import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useAppearanceShown } from '../shell/appearance.ts';

export interface Line {
  readonly name: string;
  /** In yuan, a point for each of the names along the bottom. */
  readonly points: readonly number[];
  /** The name of a colour of the style sheet. */
  readonly colour: string;
  /** Whether it is measured at the right. */
  readonly isRight?: boolean;
}

/** A unit of the scales: the largest that the longest line reaches is taken. */
export interface Unit {
  readonly name: string;
  readonly yuan: number;
}

interface Drawing {
  /** Along the bottom, e.g. `2025-05`. */
  readonly names: readonly string[];
  readonly lines: readonly Line[];
  /** What the scales are named, each with its unit. */
  readonly left: (unit: string) => string;
  readonly right: (unit: string) => string;
  readonly units: readonly Unit[];
}

interface Props extends Drawing {
  /** What is said to those who do not see it. */
  readonly label: string;
}

const HEIGHT_PX = 210;

/** Lines over months, with the units on their scales. */
export function LineChart({ label, names, lines, left, right, units }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const appearance = useAppearanceShown();
  useEffect(() => {
    const at = place.current;
    if (!at) return;
    const data = [names.map((_, index) => index), ...lines.map(({ points }) => [...points])] as UPlot.AlignedData;
    const chart = new UPlot(optionsOf({ names, lines, left, right, units }, at.clientWidth), data, at);
    const watching = new ResizeObserver(() => chart.setSize({ width: at.clientWidth, height: HEIGHT_PX }));
    watching.observe(at);
    return () => {
      watching.disconnect();
      chart.destroy();
    };
  }, [names, lines, left, right, units, appearance]);
  return <div ref={place} role="img" aria-label={label} className="chart" />;
}

/** A canvas knows no style sheet: it is told the colours and the font. */
const colourOf = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const fontOf = (px: number): string => `${px}px ${getComputedStyle(document.documentElement).fontFamily}`;

const seriesOf = ({ name, colour, isRight = false }: Line): UPlot.Series => ({
  label: name,
  scale: isRight ? 'right' : 'left',
  stroke: colourOf(colour),
  width: 2,
  ...(isRight && { dash: [5, 4] }),
  points: { show: true, size: 5, fill: colourOf(colour) },
});

function optionsOf(drawing: Drawing, width: number): UPlot.Options {
  const { names, lines } = drawing;
  return {
    width,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, left: {}, right: {} },
    axes: [
      {
        font: fontOf(11),
        stroke: colourOf('--muted'),
        grid: { show: false },
        size: 28,
        incrs: [1, 2, 3, 6, 12],
        values: (_, splits) => splits.map((index) => names[index] ?? ''),
      },
      axisOf(drawing, false),
      axisOf(drawing, true),
    ],
    series: [{}, ...lines.map(seriesOf)],
  };
}

/** Its sides are numbers in its own order; their names are there for its compiler alone. */
const SIDES = { left: 3, right: 1 } as unknown as Readonly<Record<'left' | 'right', UPlot.Axis.Side>>;

function axisOf({ lines, units, left, right }: Drawing, isRight: boolean): UPlot.Axis {
  const own = lines.filter((line) => (line.isRight ?? false) === isRight);
  const most = Math.max(...own.flatMap(({ points }) => points));
  const unit = units.find(({ yuan }) => most >= yuan) ?? units.at(-1)!;
  return {
    scale: isRight ? 'right' : 'left',
    side: isRight ? SIDES.right : SIDES.left,
    size: 54,
    label: (isRight ? right : left)(unit.name),
    labelSize: 16,
    labelFont: fontOf(11),
    font: fontOf(11),
    stroke: colourOf('--muted'),
    grid: isRight ? { show: false } : { stroke: colourOf('--line'), width: 1 },
    values: (_, splits) => splits.map((yuan) => String(Math.round((yuan / unit.yuan) * 100) / 100)),
  };
}
