import { Alert, Button } from 'antd';
import { useMemo } from 'react';
import { type Address, useAddress } from '../../address/address.ts';
import { useShow } from '../../address/shown.tsx';
import { useTables } from '../../api/ask.ts';
import { useKnownDays } from '../../api/known-days.ts';
import { type Table, type Tables } from '../../api/tables.ts';
import { Filters } from '../../filters/filters.tsx';
import { useShortcuts } from '../../shell/keyboard.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { Checks } from '../../table/checks.tsx';
import { ExportMenu } from '../../table/export-menu.tsx';
import { ReportTables } from '../../table/report.tsx';
import { useSay } from '../../text/say.ts';
import { type Text, text } from '../../text/text.ts';
import { OVERVIEW } from '../screens.ts';
import { FundCard } from './fund-card.tsx';
import { LedgerState } from './ledger-state.tsx';
import { Ranking } from './ranking.tsx';
import './overview.css';

const AS_TABLES = text('看表', 'As tables');
const AS_CHARTS = text('看图', 'As charts');
const OTHER = text('图与表切换', 'charts or tables');
const NONE = text('账上还没有凭证。', 'There is no voucher in the ledger yet.');

const TABLE = 'table';
const otherForm = ({ get }: Address) => ({ charts: get('charts') === TABLE ? undefined : TABLE });

/** The first page: how each fund stands, what changed, what warns, month by month and unit by unit. */
export function Component() {
  const say = useSay();
  const { asked, get, change } = useAddress();
  const asking = useTables('/v1/overview', asked);
  useShow(asking.data?.pages[0]);
  const areTables = get('charts') === TABLE;
  const given = useMemo(() => [{ keys: 'c', says: OTHER, act: () => change(otherForm) }], [change]);
  useShortcuts(given);
  return (
    <>
      <Filters takes={OVERVIEW.takes}>
        <Button onClick={given[0]!.act} title={`${say(OTHER)} c`}>
          {say(areTables ? AS_CHARTS : AS_TABLES)}
        </Button>
      </Filters>
      <Waiting asking={asking}>
        {() => (areTables ? <ReportTables asking={asking} /> : <Cards answer={asking.data!.pages[0]!} />)}
      </Waiting>
      <LedgerState />
    </>
  );
}

/** Why these days are shown, where they are those that nobody has to ask for. */
function useWhyTheseDays({ from, to }: Tables): Text | undefined {
  const days = from && to ? { from, to } : undefined;
  const { usual } = useKnownDays(days, days !== undefined).data ?? {};
  return usual?.from === from && usual?.to === to ? usual?.says : undefined;
}

const tableIn = ({ tables }: Tables, name: string): Table => tables.find((table) => table.name === name)!;

function Cards({ answer }: { readonly answer: Tables }) {
  const say = useSay();
  const address = useAddress();
  const [funds, compared, trend, units] = ['funds', 'compared', 'trend', 'units'].map((name) => tableIn(answer, name));
  const { rows, notes, checks, title, unit } = funds!;
  const why = useWhyTheseDays(answer);
  const before = compared!.columns[3]!.name;
  const of = ({ rows: all }: Table, name: string) => all.filter(({ cells }) => cells[0]!.text === name);
  const cards = rows.filter(({ role }) => role !== 'rounding');
  return (
    <section className="overview" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {unit !== null && <span className="unit">{unit}</span>}
        <ExportMenu address={address} sheet="funds" hasKeys />
      </header>
      {why && <Alert type="info" showIcon title={say(why)} />}
      {notes.map((note) => (
        <Alert key={note} type="info" showIcon title={note} />
      ))}
      {cards.length === 0 && <p className="note">{say(NONE)}</p>}
      <div className="cards">
        {cards.map((row) => {
          const name = row.cells[0]!.text;
          return (
            <FundCard key={name} row={row} changes={of(compared!, name)} months={of(trend!, name)} before={before} />
          );
        })}
      </div>
      <Checks checks={checks} />
      <div className="cards ranked">
        {cards.map(({ cells }) => (
          <Ranking key={cells[0]!.text} fund={cells[0]!.text} units={units!} />
        ))}
      </div>
      {units!.notes.map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
    </section>
  );
}
