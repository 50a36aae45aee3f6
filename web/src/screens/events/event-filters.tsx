import { Input } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useAddress } from '../../address/address.ts';
import { useSay } from '../../text/say.ts';
import { type Text, text } from '../../text/text.ts';

const FILTERS = text('条件', 'Filters');
const FIELDS = [
  { name: 'stream', label: text('流', 'Stream'), hint: 'book-employee-460100' },
  { name: 'type', label: text('种类', 'Kind'), hint: '缴费 contribution' },
  { name: 'recordedFrom', label: text('入账自', 'Recorded from'), hint: 'YYYY-MM-DD' },
  { name: 'recordedTo', label: text('入账至', 'Recorded to'), hint: 'YYYY-MM-DD' },
  { name: 'q', label: text('原文含', 'Text'), hint: '' },
] as const;

/** What the log is filtered by; what is typed is judged by the service. */
export function EventFilters({ children }: { readonly children: ReactNode }) {
  const say = useSay();
  return (
    <form className="filters" aria-label={say(FILTERS)} onSubmit={(event) => event.preventDefault()}>
      {FIELDS.map((field) => (
        <Field key={field.name} {...field} />
      ))}
      {children}
    </form>
  );
}

function Field({ name, label, hint }: { readonly name: string; readonly label: Text; readonly hint: string }) {
  const say = useSay();
  const { get, change } = useAddress();
  const asked = get(name) ?? '';
  const [typed, setTyped] = useState(asked);
  useEffect(() => setTyped(asked), [asked]);
  const take = (): void => {
    if (typed.trim() !== asked) change({ [name]: typed.trim(), after: undefined, before: undefined });
  };
  return (
    <label className="filter">
      <span>{say(label)}</span>
      <Input
        value={typed}
        placeholder={hint}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={take}
        onPressEnter={take}
      />
    </label>
  );
}
