import { Input, type InputRef } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useAddress } from '../address/address.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';
import { useShortcuts } from './keyboard.ts';

const SEARCH = text('查找凭证号、科目、单位、案件、金额', 'Search vouchers, accounts, units, cases, amounts');
const KEY = text('查找', 'search');

/** The box that `/` leads to. What is typed is looked for in all of the ledger. */
export function SearchBox() {
  const say = useSay();
  const { go } = useAddress();
  const [typed, setTyped] = useState('');
  const input = useRef<InputRef>(null);
  const given = useMemo(() => [{ keys: '/', says: KEY, act: () => input.current?.focus() }], []);
  useShortcuts(given);
  const search = (): void => {
    if (typed.trim() !== '') go(`/search?${new URLSearchParams({ q: typed.trim() })}`);
  };
  return (
    <form role="search" className="search" onSubmit={(event) => event.preventDefault()}>
      <Input
        ref={input}
        type="search"
        value={typed}
        placeholder={`${say(SEARCH)}  /`}
        aria-label={say(SEARCH)}
        onChange={({ target }) => setTyped(target.value)}
        onPressEnter={search}
        onKeyDown={({ key }) => key === 'Escape' && input.current?.blur()}
      />
    </form>
  );
}
