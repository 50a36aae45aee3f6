import { Input } from 'antd';
import { useState } from 'react';
import { useSay } from '../text/say.ts';
import { type Text } from '../text/text.ts';
import { finished, standing, type Typed } from './typed.ts';

interface Props {
  readonly label: Text;
  /** What the address asks for, as it is shown where nobody types. */
  readonly asked: string;
  /** What a text asks for, empty for nothing; undefined where it is wrong. */
  readonly read: (text: string) => string | undefined;
  /** Asks for it, once one has done with typing. */
  readonly take: (value: string) => void;
  /** What is said of a text that is wrong. */
  readonly expected?: Text;
  readonly placeholder?: string | undefined;
  readonly isNarrow?: boolean;
  /** Whether a button empties it. */
  readonly canBeCleared?: boolean;
}

/**
 * A field for a part of the address: it shows what is asked, and asks for what is typed on Enter or when it is left.
 * What is wrong is said so and asked nobody; Escape takes it back. While one types, an address that changes by a key or
 * a button leaves the text alone.
 */
export function TypedField({ label, asked, read, take, expected, placeholder, isNarrow, canBeCleared }: Props) {
  const say = useSay();
  const [kept, setTyped] = useState<Typed>();
  const typed = standing(kept, asked);
  if (typed !== kept) setTyped(typed);
  const text = typed?.text ?? asked;
  const isWrong = read(text) === undefined;
  const finish = (written: string): void => {
    const done = finished(written, asked, read);
    setTyped(done.typed);
    if (done.take !== undefined) take(done.take);
  };
  return (
    <label className={isNarrow ? 'filter narrow' : 'filter'}>
      <span>{say(label)}</span>
      <Input
        allowClear={canBeCleared ?? false}
        value={text}
        status={isWrong ? 'error' : ''}
        aria-invalid={isWrong}
        title={isWrong && expected ? say(expected) : undefined}
        placeholder={placeholder}
        onChange={({ target }) => setTyped({ text: target.value, since: asked, isDone: false })}
        onClear={() => finish('')}
        onBlur={() => typed && !typed.isDone && finish(text)}
        onPressEnter={() => finish(text)}
        onKeyDown={({ key }) => key === 'Escape' && setTyped(undefined)}
      />
      {isWrong && expected && (
        <span role="alert" className="wrong">
          {say(expected)}
        </span>
      )}
    </label>
  );
}
