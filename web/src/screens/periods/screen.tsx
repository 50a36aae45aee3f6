import { Link } from 'react-router';
import { useAddress } from '../../address/address.ts';
import { useShow } from '../../address/shown.tsx';
import { type Answer, useAnswer, useTables } from '../../api/ask.ts';
import { Filters } from '../../filters/filters.tsx';
import { Waiting } from '../../shell/waiting.tsx';
import { ReportTable } from '../../table/report.tsx';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import './periods.css';

const TAKES = ['fund', 'unit', 'from', 'to'];
const BOARD = text('结账一览', 'Periods by book');
const BOOK = text('账簿', 'Book');
const YEAR = text('年结', 'Year');
const MADE = text('经办', 'made by');
const REVIEWED = text('复核', 'reviewed by');
const STATES = {
  closed: text('已结', 'closed'),
  next: text('待结', 'next'),
  open: text('未结', 'open'),
  'not-begun': text('未建账', 'not begun'),
};
const NONE = text('（尚无账簿）', '(no book yet)');
const LOOK = text('看结账前检查', 'see what a close looks at');

type Board = Answer<'/v1/periods'>['board'];
type By = Board[number]['yearClosed'];

/** Which months of which books are closed, by whom, and what stops the others. */
export function Component() {
  const say = useSay();
  const { asked } = useAddress();
  const asking = useAnswer('/v1/periods', asked);
  const tables = useTables('/v1/periods');
  useShow(asking.data);
  return (
    <>
      <Filters takes={TAKES} />
      <Waiting asking={asking}>
        {() => (
          <section className="report" aria-label={say(BOARD)}>
            <h2>
              {say(BOARD)} {asking.data!.year}
            </h2>
            <ul className="legend">
              {Object.entries(STATES).map(([state, name]) => (
                <li key={state} className={`month ${state}`}>
                  {say(name)}
                </li>
              ))}
            </ul>
            <BoardTable board={asking.data!.board} />
          </section>
        )}
      </Waiting>
      <Waiting asking={tables}>{() => <ReportTable table={tables.data!.pages[0]!.tables[0]!} hasKeys />}</Waiting>
    </>
  );
}

function BoardTable({ board }: { readonly board: Board }) {
  const say = useSay();
  const { language } = useAddress();
  const months = board[0]?.months.map(({ month }) => month) ?? [];
  return (
    <div className="sheet">
      <table className="board">
        <thead>
          <tr>
            <th scope="col">{say(BOOK)}</th>
            {months.map((month) => (
              <th key={month} scope="col">
                {month.slice(5)}
              </th>
            ))}
            <th scope="col">{say(YEAR)}</th>
          </tr>
        </thead>
        <tbody>
          {board.map(({ fund, fundName, unit, unitName, months: own, yearClosed }) => (
            <tr key={`${fund} ${unit}`}>
              <th scope="row">
                {fundName[language]} {unit} {unitName[language]}
              </th>
              {own.map(({ month, state, by, checklist }) => (
                <Month key={month} state={state} by={by} checklist={checklist} />
              ))}
              <Month state={yearClosed ? 'closed' : 'open'} by={yearClosed} checklist={undefined} />
            </tr>
          ))}
          {board.length === 0 && (
            <tr>
              <td colSpan={2} className="none">
                {say(NONE)}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

interface MonthProps {
  readonly state: keyof typeof STATES;
  readonly by: By;
  readonly checklist: string | undefined;
}

function Month({ state, by, checklist }: MonthProps) {
  const say = useSay();
  const { link } = useAddress();
  const said = say(STATES[state]);
  const who = by === null ? say(LOOK) : `${say(MADE)} ${by.maker}，${say(REVIEWED)} ${by.reviewer}`;
  const to = by === null ? (state === 'not-begun' ? undefined : checklist) : `/v1/vouchers/${by.id}`;
  return (
    <td className={`month ${state}`}>
      {to === undefined ? (
        <span>{said}</span>
      ) : (
        <Link to={link(to)} title={who}>
          {said}
        </Link>
      )}
    </td>
  );
}
