import { lazy, Suspense } from 'react';
import { useAddress } from '../../address/address.ts';
import { type Cell, type Row } from '../../api/tables.ts';
import { groupAmounts } from '../../text/digits.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import { Figure } from './figure.tsx';

const Trend = lazy(() => import('./trend.tsx').then(({ Trend: shown }) => ({ default: shown })));

const BALANCE = text('期末结余', 'Balance');
const OPENING = text('期初', 'Opening');
const INCOME = text('收入', 'Income');
const EXPENDITURE = text('支出', 'Expenditure');
const MONTHS = text('可支付月数', 'Payable months');
const WARNINGS = text('预警', 'Warnings');
const IN_TRANSIT = text('其中在途', 'of which in transit');
const NONE = text('无', 'none');
const GRAVEST = text('项，最高等级：', 'in all, the gravest:');

interface Props {
  /** Of the sheet `funds`. */
  readonly row: Row;
  /** Of the sheet `compared`: income, expenditure and balance. */
  readonly changes: readonly Row[];
  /** Of the sheet `trend`. */
  readonly months: readonly Row[];
  /** What it is compared with. */
  readonly before: string;
}

/** One fund: what it has, what came and went beside what did before, how long it lasts, and what warns. */
export function FundCard({ row, changes, months, before }: Props) {
  const say = useSay();
  const [name, opening, income, expenditure, balance, transit, payable, level, basis, count, worst] = row.cells;
  const isTotal = payable!.text === '';
  const change = (index: number) => <Change before={before} row={changes[index]} />;
  return (
    <article className={isTotal ? 'card sum' : 'card'} aria-label={name!.text}>
      <h3>{name!.text}</h3>
      <p className="balance">
        <span className="label">{say(BALANCE)}</span>
        <strong>
          <Figure cell={balance!} />
        </strong>
        {change(2)}
      </p>
      <dl>
        <dt>{say(OPENING)}</dt>
        <dd>
          <Figure cell={opening!} />
        </dd>
        <dt>{say(INCOME)}</dt>
        <dd>
          <Figure cell={income!} /> {change(0)}
        </dd>
        <dt>{say(EXPENDITURE)}</dt>
        <dd>
          <Figure cell={expenditure!} /> {change(1)}
        </dd>
        {!/^0(\.0+)?$/.test(transit!.text) && (
          <>
            <dt>{say(IN_TRANSIT)}</dt>
            <dd>
              <Figure cell={transit!} />
            </dd>
          </>
        )}
        {!isTotal && <Judged payable={payable!} level={level!} basis={basis!} count={count!} worst={worst!} />}
      </dl>
      {months.length > 1 && (
        <Suspense fallback={<div className="chart" />}>
          <Trend fund={name!.text} months={months} />
        </Suspense>
      )}
    </article>
  );
}

/** By how many per cent a figure is more or less than the one it is compared with; nothing where there is none. */
function Change({ before, row }: { readonly before: string; readonly row: Row | undefined }) {
  const { language } = useAddress();
  const rate = row?.cells[5];
  if (rate === undefined || rate.text === '') return null;
  const figure = <Figure cell={rate} sign />;
  return language === 'zh' ? (
    <span className="change">
      较{before} {figure}%
    </span>
  ) : (
    <span className="change">
      {figure}% on the {before}
    </span>
  );
}

type JudgedCells = Readonly<Record<'payable' | 'level' | 'basis' | 'count' | 'worst', Cell>>;

/** How long the pool lasts, or why nobody can tell, and what warns. */
function Judged({ payable, level, basis, count, worst }: JudgedCells) {
  const say = useSay();
  return (
    <>
      <dt>{say(MONTHS)}</dt>
      <dd>
        <Figure cell={payable} /> <Figure cell={level} />
        <span className="basis">{groupAmounts(basis.text)}</span>
      </dd>
      <dt>{say(WARNINGS)}</dt>
      <dd>
        {count.text === '0' ? (
          say(NONE)
        ) : (
          <>
            <Figure cell={count} /> {say(GRAVEST)} <Figure cell={worst} />
          </>
        )}
      </dd>
    </>
  );
}
