import { Select } from 'antd';
import { useAddress } from '../address/address.ts';
import { useSay } from '../text/say.ts';
import { type Text, text } from '../text/text.ts';
import { type Choice, holds, offered } from './choices.ts';

const ANY = text('（默认）', '(usual)');
/** So few are seen at once; of more, typing leaves those that hold it. */
const FEW = 4;

interface Props {
  /** The parameter of the question. */
  readonly name: string;
  readonly label: Text;
  readonly choices: readonly Choice[];
  /** What is said where nothing is chosen. */
  readonly none?: Text;
  readonly isWide?: boolean;
}

/** One of some values for a parameter of the question; another one that the address asks for is shown as it stands. */
export function ChoiceFilter({ name, label, choices, none = ANY, isWide = false }: Props) {
  const say = useSay();
  const { get, change } = useAddress();
  const asked = get(name) ?? '';
  const options = offered(choices, asked).map((choice) => ({ value: choice.value, label: say(choice.name) }));
  const words = new Map(options.map(({ value, label: called }) => [value, `${called} ${value}`]));
  return (
    <label className={isWide ? 'filter wide' : 'filter'}>
      <span>{say(label)}</span>
      <Select
        value={asked}
        aria-label={say(label)}
        popupMatchSelectWidth={false}
        showSearch={
          choices.length > FEW && {
            filterOption: (typed, option) => holds(typed, words.get(String(option?.value)) ?? ''),
          }
        }
        onChange={(value: string) => change({ [name]: value })}
        options={[{ value: '', label: say(none) }, ...options]}
      />
    </label>
  );
}
