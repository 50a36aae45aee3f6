import { useShow } from '../../address/shown.tsx';
import { useTables } from '../../api/ask.ts';
import { type Row, type Table } from '../../api/tables.ts';
import { lengthOf } from '../../chart/length.ts';
import { Stack } from '../../chart/stack.tsx';
import { ChoiceFilter } from '../../filters/choice-filter.tsx';
import { Filters } from '../../filters/filters.tsx';
import { Waiting } from '../../shell/waiting.tsx';
import { type BarOf, Bars } from '../../table/bars.ts';
import { ReportTables } from '../../table/report.tsx';
import { groupDigits } from '../../text/digits.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import { agesOf, OPEN } from './ages.ts';

const TAKES = ['fund', 'unit', 'from', 'to'];
const AGES = text('未结清款项的账龄', 'Ageing of what is open');
const REGISTER = text('登记簿', 'Register');
const REGISTERS = [
  { value: 'advances', name: text('暂付款', 'Advances') },
  { value: 'suspense', name: text('暂收款', 'Money held') },
  { value: 'loans', name: text('借入款项', 'Loans') },
  { value: 'quality-deposits', name: text('质量保证金', 'Quality deposits') },
  { value: 'in-transit', name: text('在途资金', 'In transit') },
];
const OLDEST = 10;

const isOfItems = ({ cells }: Row): boolean => cells.length > OLDEST;

/** What part of an item is of an age; a red bar is of the oldest. */
const byAge: BarOf = (cell, { kind }, row) => {
  const at = row.cells.indexOf(cell);
  if (kind !== 'fen' || at <= OPEN || !isOfItems(row)) return undefined;
  const [part, open] = [lengthOf(cell), lengthOf(row.cells[OPEN]!)];
  return part <= 0 || open <= 0 ? undefined : { part: Math.min(1, part / open), isBeyond: at >= row.cells.length - 1 };
};

/** What is advanced, held, owed and on its way, for whom and how long. */
export function Component() {
  const asking = useTables('/v1/registers');
  useShow(asking.data?.pages[0]);
  return (
    <Bars value={byAge}>
      <Filters takes={TAKES}>
        <ChoiceFilter name="register" label={REGISTER} choices={REGISTERS} />
      </Filters>
      <Waiting asking={asking}>
        {() => (
          <>
            <Ages tables={asking.data!.pages[0]!.tables} />
            <ReportTables asking={asking} />
          </>
        )}
      </Waiting>
    </Bars>
  );
}

/** Each register's total, drawn by how old it is. */
function Ages({ tables }: { readonly tables: readonly Table[] }) {
  const say = useSay();
  const ages = agesOf(tables);
  if (ages.length === 0) return null;
  return (
    <section className="ages" aria-label={say(AGES)}>
      {ages.map(({ title, unit, open, parts }) => (
        <article key={title} className="card" aria-label={title}>
          <h2>{title}</h2>
          <p>
            <strong className="figure">{groupDigits(open.text)}</strong> <span className="muted">{unit}</span>
          </p>
          <Stack parts={parts} says={title} />
        </article>
      ))}
    </section>
  );
}
