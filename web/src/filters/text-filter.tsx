import { useAddress } from '../address/address.ts';
import { halfWidth } from '../text/digits.ts';
import { useSay } from '../text/say.ts';
import { type Text } from '../text/text.ts';
import { TypedField } from './typed-field.tsx';

interface Props {
  /** The parameter of the question. */
  readonly name: string;
  readonly label: Text;
  /** What may be written there. */
  readonly example?: Text;
  /** Whether it is a figure: full width is taken as half, and separators of thousands are left out. */
  readonly isFigure?: boolean;
  /** Other parameters that belong to what was asked before. */
  readonly clears?: readonly string[];
}

/** Words or a figure for a parameter of the question. The service judges them. */
export function TextFilter({ name, label, example, isFigure = false, clears = [] }: Props) {
  const say = useSay();
  const { get, change } = useAddress();
  const cleared = Object.fromEntries(clears.map((each) => [each, undefined]));
  return (
    <TypedField
      label={label}
      asked={get(name) ?? ''}
      read={isFigure ? figureIn : (typed) => typed.trim()}
      take={(value) => change({ ...cleared, [name]: value })}
      placeholder={example && say(example)}
      isNarrow={isFigure}
      canBeCleared
    />
  );
}

const figureIn = (typed: string): string => halfWidth(typed).replaceAll(/[,\s]/g, '');
