import { type Row } from '../../api/tables.ts';
import { lengthOf } from '../../chart/length.ts';
import { ChoiceFilter } from '../../filters/choice-filter.tsx';
import { Filters } from '../../filters/filters.tsx';
import { type BarOf, Bars } from '../../table/bars.ts';
import { Report } from '../../table/report.tsx';
import { text } from '../../text/text.ts';

const TAKES = ['fund', 'unit', 'from', 'to'];
const REGISTER = text('登记簿', 'Register');
const REGISTERS = [
  { value: 'advances', name: text('暂付款', 'Advances') },
  { value: 'suspense', name: text('暂收款', 'Money held') },
  { value: 'loans', name: text('借入款项', 'Loans') },
  { value: 'quality-deposits', name: text('质量保证金', 'Quality deposits') },
  { value: 'in-transit', name: text('在途资金', 'In transit') },
];
/** Behind fund, unit, account, name, day and days: what is open, and from there on by age. */
const OPEN = 6;
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
  return (
    <Bars value={byAge}>
      <Filters takes={TAKES}>
        <ChoiceFilter name="register" label={REGISTER} choices={REGISTERS} />
      </Filters>
      <Report path="/v1/registers" />
    </Bars>
  );
}
