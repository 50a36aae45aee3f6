import { useAddress } from '../address/address.ts';
import { readDay } from '../address/days.ts';
import { halfWidth } from '../text/digits.ts';
import { type Text, text } from '../text/text.ts';
import { TypedField } from './typed-field.tsx';

const EXPECTED = text(
  '日期，如 2025-05-12、2025/5/12、20250512、2025年5月12日',
  'a day, e.g. 2025-05-12, 2025/5/12, 20250512',
);
/** A position of the log, or an instant: a moment of recording that is no day. */
export const MOMENT = /^(\d{1,15}|\d{4}-\d{2}-\d{2}T[0-9:.]+(Z|[+-]\d{2}:\d{2})?)$/;

interface Props {
  readonly name: string;
  readonly label: Text;
  /** What the answer shows where the address says nothing. */
  readonly shown?: string | undefined;
  /** Beside days, this may be asked for: an instant, a position. */
  readonly alsoTakes?: RegExp;
  /** Other parameters that would say something else of the same. */
  readonly clears?: readonly string[];
}

/** A day, typed in any of its spellings. */
export function DayField({ name, label, shown, alsoTakes, clears = [] }: Props) {
  const { get, change } = useAddress();
  const read = (typed: string): string | undefined => {
    const plain = halfWidth(typed).trim();
    return readDay(typed) ?? (plain === '' || alsoTakes?.test(plain) ? plain : undefined);
  };
  const take = (day: string): void => {
    const cleared = Object.fromEntries(clears.map((each) => [each, undefined]));
    change({ ...cleared, [name]: day, period: undefined, ...(name === 'to' && { asOf: undefined }) });
  };
  return (
    <TypedField
      label={label}
      asked={get(name) ?? (name === 'to' ? get('asOf') : undefined) ?? ''}
      read={read}
      take={take}
      expected={EXPECTED}
      placeholder={shown ?? 'YYYY-MM-DD'}
    />
  );
}
