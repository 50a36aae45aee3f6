import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { useAddress } from '../address/address.ts';
import { useSay } from '../text/say.ts';
import { halfWidth } from '../text/digits.ts';
import { type Text } from '../text/text.ts';

interface Props {
  /** The parameter of the question. */
  readonly name: string;
  readonly label: Text;
  /** What may be written there. */
  readonly example?: Text;
  /** Whether it is a figure: full width is taken as half, and separators of thousands are left out. */
  readonly isFigure?: boolean;
}

/** Words or a figure for a parameter of the question; asked once one has done with them. The service judges them. */
export function TextFilter({ name, label, example, isFigure = false }: Props) {
  const say = useSay();
  const { get, change } = useAddress();
  const asked = get(name) ?? '';
  const [typed, setTyped] = useState(asked);
  useEffect(() => setTyped(asked), [asked]);
  const written = isFigure ? halfWidth(typed).replaceAll(/[,\s]/g, '') : typed.trim();
  const take = (): void => {
    if (written !== asked) change({ [name]: written });
  };
  return (
    <label className={isFigure ? 'filter narrow' : 'filter'}>
      <span>{say(label)}</span>
      <Input
        allowClear
        value={typed}
        placeholder={example && say(example)}
        onChange={({ target }) => setTyped(target.value)}
        onClear={() => change({ [name]: undefined })}
        onBlur={take}
        onPressEnter={take}
      />
    </label>
  );
}
