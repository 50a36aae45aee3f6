import { Select } from 'antd';
import { useAddress } from '../address/address.ts';
import { useSay } from '../text/say.ts';
import { type Text, text } from '../text/text.ts';

const ANY = text('（默认）', '(usual)');

export interface Choice {
  readonly value: string;
  readonly name: Text;
}

interface Props {
  /** The parameter of the question. */
  readonly name: string;
  readonly label: Text;
  readonly choices: readonly Choice[];
  /** What is said where nothing is chosen. */
  readonly none?: Text;
}

/** One of some values for a parameter of the question. */
export function ChoiceFilter({ name, label, choices, none = ANY }: Props) {
  const say = useSay();
  const { get, change } = useAddress();
  return (
    <label className="filter">
      <span>{say(label)}</span>
      <Select
        value={get(name) ?? ''}
        aria-label={say(label)}
        popupMatchSelectWidth={false}
        showSearch={choices.length > 8 ? { optionFilterProp: 'label' } : false}
        onChange={(value: string) => change({ [name]: value })}
        options={[
          { value: '', label: say(none) },
          ...choices.map((choice) => ({ value: choice.value, label: say(choice.name) })),
        ]}
      />
    </label>
  );
}
