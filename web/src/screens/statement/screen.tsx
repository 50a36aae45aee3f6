import { useLocation } from 'react-router';
import { ChoiceFilter } from '../../filters/choice-filter.tsx';
import { Filters } from '../../filters/filters.tsx';
import { MonthFilter } from '../../filters/month-filter.tsx';
import { useAddress } from '../../address/address.ts';
import { Report } from '../../table/report.tsx';
import { text } from '../../text/text.ts';
import { questionAt } from '../screens.ts';

const FORM = text('表式', 'Form');
const FORMS = [
  { value: 'monthly', name: text('月报', 'monthly') },
  { value: 'yearly', name: text('年报', 'yearly') },
] as const;
/** What a statement takes that has a monthly form and a yearly one. */
const HAVE_FORMS: readonly string[] = ['/balance-sheet', '/income-expenditure'];

/** A statutory statement as it is printed: of a fund and a unit, or all below it as one, up to the end of a month. */
export function Component() {
  const { pathname } = useLocation();
  const { get } = useAddress();
  const { question, takes } = questionAt(pathname);
  const isYearly = get('form') === 'yearly';
  return (
    <>
      <Filters takes={takes.filter((name) => name !== 'from')}>
        <MonthFilter isYearly={isYearly} />
        {HAVE_FORMS.includes(pathname) && <ChoiceFilter name="form" label={FORM} choices={FORMS} />}
      </Filters>
      <Report key={question} path={question} />
    </>
  );
}
