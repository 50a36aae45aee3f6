import { Link } from 'react-router';
import { useAddress } from '../../address/address.ts';
import { useShow } from '../../address/shown.tsx';
import { useTables } from '../../api/ask.ts';
import { type Row, type Table } from '../../api/tables.ts';
import { Bands } from '../../chart/bands.tsx';
import { Filters } from '../../filters/filters.tsx';
import { Waiting } from '../../shell/waiting.tsx';
import { ReportTables } from '../../table/report.tsx';
import { toneOf } from '../../table/tones.ts';
import { groupAmounts, groupDigits } from '../../text/digits.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import { boardOf, type Judged } from './board.ts';

const TAKES = ['fund', 'unit', 'from', 'to'];
const BOARD = text('预警一览', 'Warnings at a glance');
const VOUCHERS = text('依据的凭证', 'the vouchers behind it');

/** What tells early that a fund runs short or hoards: how far each figure stands within its bands, and the tables. */
export function Component() {
  const asking = useTables('/v1/early-warning');
  useShow(asking.data?.pages[0]);
  return (
    <>
      <Filters takes={TAKES} />
      <Waiting asking={asking}>
        {() => (
          <>
            <Board tables={asking.data!.pages[0]!.tables} />
            <ReportTables asking={asking} />
          </>
        )}
      </Waiting>
    </>
  );
}

/** A card for each fund, or, where a unit is asked about, for each of its books. */
function Board({ tables }: { readonly tables: readonly Table[] }) {
  const say = useSay();
  return (
    <section className="warned" aria-label={say(BOARD)}>
      {boardOf(tables).map(({ name, rows }) => (
        <article key={name} className="card" aria-label={name}>
          <h2>{name}</h2>
          {rows.map(({ row, ...judged }) => (
            <One key={judged.indicator} judged={judged} scale={row.scale} />
          ))}
        </article>
      ))}
    </section>
  );
}

function One({ judged, scale }: { readonly judged: Omit<Judged, 'row'>; readonly scale: Row['scale'] }) {
  const say = useSay();
  const { link } = useAddress();
  const { indicator, figure, level, basis, action, to } = judged;
  const tone = toneOf(level);
  return (
    <div className="one">
      <p className="words">
        <span>{indicator}</span>
        <span className={figure.startsWith('-') ? 'figure negative' : 'figure'}>{groupDigits(figure)}</span>
        {level !== '' && <span className={`tone ${tone ?? 'quiet'}`}>{level}</span>}
        {action !== '' && <span>{action}</span>}
        {to !== undefined && <Link to={link(to)}>{say(VOUCHERS)}</Link>}
      </p>
      {scale && <Bands scale={scale} figure={figure} says={`${indicator} ${figure} ${level}: ${scale.says}`} />}
      {scale && <p className="note">{scale.says}</p>}
      <p className="note">{groupAmounts(basis)}</p>
    </div>
  );
}
