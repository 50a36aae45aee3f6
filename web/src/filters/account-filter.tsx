import { useAccounts } from '../api/reference.ts';
import { type Text, text } from '../text/text.ts';
import { ChoiceFilter } from './choice-filter.tsx';

const ACCOUNT = text('科目', 'Account');

/** An account of the chart, or a detail of one, found by its number, its key or its name. */
export function AccountFilter({ none }: { readonly none: Text }) {
  const choices = useAccounts().map(({ key, number, name }) => ({
    value: key,
    name: text(`${number} ${name.zh}`, `${number} ${name.en}`),
  }));
  return <ChoiceFilter name="account" label={ACCOUNT} choices={choices} none={none} isWide />;
}
