import { Button } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useAddress } from '../address/address.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';

const MORE = text('更多筛选', 'More filters');
const setOf = (count: number) => text(`（已设 ${count} 项）`, ` (${count} set)`);

interface Props {
  /** The parameters that the filters in it are of. */
  readonly names: readonly string[];
  readonly children: ReactNode;
}

/** Filters that few need, behind a button that says how many of them are set; open where the page begins with one. */
export function MoreFilters({ names, children }: Props) {
  const say = useSay();
  const { get } = useAddress();
  const id = useId();
  const count = names.filter((name) => (get(name) ?? '') !== '').length;
  const [isOpen, setOpen] = useState(count > 0);
  return (
    <>
      <Button aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} onClick={() => setOpen(!isOpen)}>
        {say(MORE)}
        {count > 0 && say(setOf(count))} <span aria-hidden="true">{isOpen ? '▴' : '▾'}</span>
      </Button>
      {isOpen && (
        <div id={id} role="group" aria-label={say(MORE)} className="more-filters">
          {children}
        </div>
      )}
    </>
  );
}
