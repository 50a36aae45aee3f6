import { type ReactNode } from 'react';
import { useReference } from '../api/reference.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';
import { DaysFilter } from './days-filter.tsx';
import { FundFilter, UnitFilter } from './adopted-filters.tsx';
import { ChoiceFilter } from './choice-filter.tsx';
import { NotCome } from './not-come.tsx';

const FILTERS = text('条件', 'Filters');
const SCOPE = text('范围', 'Scope');
const SCOPES = [
  { value: 'unit', name: text('本单位', 'the unit itself') },
  { value: 'consolidated', name: text('汇总（含下级）', 'consolidated') },
] as const;
const ADOPTED = text('基金、核算单位、科目', 'Funds, units and accounts');

interface Props {
  /** Which parameters the question takes; those it has a filter for are shown. */
  readonly takes: readonly string[];
  readonly children?: ReactNode;
}

/** The filters that many questions have; a screen adds its own behind them. What is chosen stands in the address. */
export function Filters({ takes, children }: Props) {
  const say = useSay();
  return (
    <form className="filters" aria-label={say(FILTERS)} onSubmit={(event) => event.preventDefault()}>
      {takes.includes('fund') && <FundFilter />}
      {takes.includes('unit') && <UnitFilter />}
      {takes.includes('scope') && <ChoiceFilter name="scope" label={SCOPE} choices={SCOPES} />}
      {takes.includes('from') && <DaysFilter />}
      {children}
      {(takes.includes('fund') || takes.includes('unit')) && <AdoptedNotCome />}
    </form>
  );
}

function AdoptedNotCome() {
  return <NotCome of={ADOPTED} asking={useReference()} />;
}
