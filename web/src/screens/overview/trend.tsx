import { useCallback, useMemo } from 'react';
import { type Row } from '../../api/tables.ts';
import { lengthOf } from '../../chart/length.ts';
import { LineChart } from '../../chart/line-chart.tsx';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';

const INCOME = text('收入', 'income');
const EXPENDITURE = text('支出', 'expenditure');
const BALANCE = text('月末结余', 'month-end balance');
const FLOWS = text('收入、支出', 'income, expenditure');
const TREND = text(
  '逐月收入、支出与月末结余；数字见表（c 键）',
  'Month by month; the figures are in the table (key c)',
);
const UNITS = [
  { name: text('亿元', '100m yuan'), yuan: 100_000_000 },
  { name: text('万元', '10k yuan'), yuan: 10_000 },
  { name: text('元', 'yuan'), yuan: 1 },
];

/** What came and went in each month, and what there was at its end, as lines. */
export function Trend({ fund, months }: { readonly fund: string; readonly months: readonly Row[] }) {
  const say = useSay();
  const [income, expenditure, balance, flows] = [INCOME, EXPENDITURE, BALANCE, FLOWS].map(say) as [
    string,
    string,
    string,
    string,
  ];
  const names = useMemo(() => months.map(({ cells }) => cells[1]!.text), [months]);
  const lines = useMemo(() => {
    const points = (column: number): number[] => months.map(({ cells }) => lengthOf(cells[column]!));
    return [
      { name: income, points: points(3), colour: '--income' },
      { name: expenditure, points: points(4), colour: '--expenditure' },
      { name: balance, points: points(5), colour: '--balance', isRight: true },
    ];
  }, [months, income, expenditure, balance]);
  const units = useMemo(() => UNITS.map(({ name, yuan }) => ({ name: say(name), yuan })), [income]);
  const left = useCallback((unit: string) => `${flows} (${unit})`, [flows]);
  const right = useCallback((unit: string) => `${balance} (${unit})`, [balance]);
  return (
    <figure>
      <LineChart label={`${fund}：${say(TREND)}`} names={names} lines={lines} left={left} right={right} units={units} />
      <figcaption>
        {lines.map(({ name, colour, isRight }) => (
          <span key={name}>
            <i
              className={isRight ? 'key dashed' : 'key'}
              style={{ borderColor: `var(${colour})` }}
              aria-hidden="true"
            />
            {name}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
