import { useAdopted } from '../api/reference.ts';
import { text } from '../text/text.ts';
import { ChoiceFilter } from './choice-filter.tsx';

const FUND = text('基金', 'Fund');
const ALL_FUNDS = text('各基金', 'all funds');
const UNIT = text('核算单位', 'Unit');
const ALL_UNITS = text('全省', 'the whole province');

export function FundFilter() {
  const { funds } = useAdopted();
  const choices = funds.map(({ key, name }) => ({ value: key, name }));
  return <ChoiceFilter name="fund" label={FUND} choices={choices} none={ALL_FUNDS} />;
}

/** The units, each with its code, those of a lower level set in under those above them. */
export function UnitFilter() {
  const { units } = useAdopted();
  const depth = (parent: string | undefined): number =>
    parent === undefined ? 0 : 1 + depth(units.find(({ key }) => key === parent)?.parent);
  const choices = units.map(({ key, name, parent }) => {
    const before = `${'　'.repeat(depth(parent))}${key} `;
    return { value: key, name: text(before + name.zh, before + name.en) };
  });
  return <ChoiceFilter name="unit" label={UNIT} choices={choices} none={ALL_UNITS} />;
}
