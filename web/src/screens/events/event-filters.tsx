import { type ReactNode } from 'react';
import { TextFilter } from '../../filters/text-filter.tsx';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';

const FILTERS = text('条件', 'Filters');
const FIELDS = [
  { name: 'stream', label: text('流', 'Stream'), hint: 'book-employee-460100' },
  { name: 'type', label: text('种类', 'Kind'), hint: '缴费 contribution' },
  { name: 'recordedFrom', label: text('入账自', 'Recorded from'), hint: 'YYYY-MM-DD' },
  { name: 'recordedTo', label: text('入账至', 'Recorded to'), hint: 'YYYY-MM-DD' },
  { name: 'q', label: text('原文含', 'Text'), hint: '' },
] as const;
/** Where the page stood is of what was listed before. */
const PAGE = ['after', 'before'];

/** What the log is filtered by; what is typed is judged by the service. */
export function EventFilters({ children }: { readonly children: ReactNode }) {
  const say = useSay();
  return (
    <form className="filters" aria-label={say(FILTERS)} onSubmit={(event) => event.preventDefault()}>
      {FIELDS.map(({ name, label, hint }) => (
        <TextFilter key={name} name={name} label={label} example={text(hint, hint)} clears={PAGE} />
      ))}
      {children}
    </form>
  );
}
