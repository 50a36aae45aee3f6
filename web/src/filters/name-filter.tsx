import { Select } from 'antd';
import { useState } from 'react';
import { useAddress } from '../address/address.ts';
import { type Answer, useAnswer } from '../api/ask.ts';
import { useSettled } from '../api/settled.ts';
import { useSay } from '../text/say.ts';
import { type Text, text } from '../text/text.ts';
import { type Choice, offered, typedAmong } from './choices.ts';
import { NOT_COME, NotCome } from './not-come.tsx';

const ALL = text('全部', 'all');
const LOOKING = text('正在取…', 'fetching…');
const MORE = text('还有更多，请继续输入', 'there are more: go on typing');
const NOT_THERE = 'more';

interface Props {
  /** The parameter of the question, and which names are asked for. */
  readonly name: Answer<'/v1/names'>['of'];
  readonly label: Text;
}

/**
 * A name that is in use, chosen from a list that the service keeps: typing leaves those that hold what is typed, and
 * what is typed or pasted may be taken as it is.
 */
export function NameFilter({ name, label }: Props) {
  const say = useSay();
  const { get, change } = useAddress();
  const asked = get(name) ?? '';
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const q = useSettled(typed.trim());
  // A kind is asked for by its code, and shown by its name.
  const isWanted = isOpen || (asked !== '' && name === 'kind');
  const asking = useAnswer('/v1/names', { of: name, ...(q !== '' && { q }) }, { enabled: isWanted, keeps: true });
  const { data, isLoadingError } = asking;
  const found: readonly Choice[] = data?.names ?? [];
  // Kinds are a closed list: of them what is typed leaves those it means.
  const choices =
    typed === '' || name === 'kind' ? offered(found, typed === '' ? asked : '') : typedAmong(found, typed.trim());
  return (
    <>
      <label className="filter">
        <span>{say(label)}</span>
        <Select
          value={asked}
          aria-label={say(label)}
          popupMatchSelectWidth={false}
          onOpenChange={setOpen}
          showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
          onChange={(value: string) => {
            setTyped('');
            change({ [name]: value });
          }}
          notFoundContent={data ? undefined : say(isLoadingError ? NOT_COME : LOOKING)}
          options={[
            ...(typed === '' ? [{ value: '', label: say(ALL) }] : []),
            ...choices.map((choice) => ({ value: choice.value, label: say(choice.name) })),
            ...(data?.isWhole === false ? [{ value: NOT_THERE, label: say(MORE), disabled: true }] : []),
          ]}
        />
      </label>
      <NotCome of={label} asking={asking} />
    </>
  );
}
