import { Input, type InputRef } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAddress } from '../address/address.ts';
import { useSettled } from '../api/settled.ts';
import { standing, type Typed } from '../filters/typed.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';
import { useShortcuts } from './keyboard.ts';

const SEARCH = text('查找凭证号、科目、单位、案件、金额', 'Search vouchers, accounts, units, cases, amounts');
const KEY = text('查找', 'search');
const SCREEN = '/search';
/** So much is looked for while one types; less only on Enter. */
const ENOUGH = 2;

/**
 * The box that `/` leads to. What is typed is looked for in all of the ledger while one types; Enter leaves the box, so
 * that j, k and Enter are of what was found.
 */
export function SearchBox() {
  const say = useSay();
  const { path, get } = useAddress();
  const asked = path === SCREEN ? (get('q') ?? '') : '';
  const [kept, setTyped] = useState<Typed>();
  const typed = standing(kept, asked);
  if (typed !== kept) setTyped(typed);
  const input = useRef<InputRef>(null);
  const given = useMemo(() => [{ keys: '/', says: KEY, act: () => input.current?.focus() }], []);
  useShortcuts(given);
  const search = useSearch();
  const settled = useSettled(typed && !typed.isDone ? typed.text.trim() : '');
  useEffect(() => {
    if (settled.length >= ENOUGH) search(settled);
  }, [settled, search]);
  const finish = (): void => setTyped(typed && { ...typed, since: asked, isDone: true });
  return (
    <form role="search" className="search" onSubmit={(event) => event.preventDefault()}>
      <Input
        ref={input}
        type="search"
        value={typed?.text ?? asked}
        placeholder={`${say(SEARCH)}  /`}
        aria-label={say(SEARCH)}
        onChange={({ target }) => setTyped({ text: target.value, since: asked, isDone: false })}
        onPressEnter={() => {
          search((typed?.text ?? asked).trim());
          input.current?.blur();
        }}
        onBlur={finish}
        onKeyDown={({ key }) => key === 'Escape' && input.current?.blur()}
      />
    </form>
  );
}

/** Looks for something: the first time on a page of its own, then in place of what was looked for before. */
function useSearch(): (q: string) => void {
  const { now, change, go } = useAddress();
  return useCallback(
    (q: string) => {
      if (q === '') return;
      if (now().path === SCREEN) return change({ q }, { replace: true });
      return go(({ get }) => {
        const recordedAsOf = get('recordedAsOf');
        return `${SCREEN}?${new URLSearchParams({ q, ...(recordedAsOf !== undefined && { recordedAsOf }) })}`;
      });
    },
    [now, change, go],
  );
}
