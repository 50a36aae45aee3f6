import { type Cell } from '../api/tables.ts';
import { groupDigits } from '../text/digits.ts';
import { stackOf } from './stacked.ts';
import './stack.css';

/** A part of a whole, as it came. */
export interface Part {
  readonly name: string;
  readonly cell: Cell;
}

interface Props {
  readonly parts: readonly Part[];
  /** What the whole is, for those who do not see it. */
  readonly says: string;
}

/** What a whole is made of: its parts side by side, each as wide as it is, and the same figures beneath. */
export function Stack({ parts, says }: Props) {
  const drawn = stackOf(parts.map(({ cell }) => cell));
  const words = parts.map(({ name, cell }) => `${name} ${cell.text}`).join('; ');
  return (
    <>
      <div className="stack" role="img" aria-label={`${says}: ${words}`}>
        {parts.map(({ name }, index) => (
          <span key={name} className={`part part-${index}`} style={{ width: `${drawn[index]}%` }} />
        ))}
      </div>
      <ul className="stack-parts">
        {parts.map(({ name, cell }, index) => (
          <li key={name}>
            <span className={`swatch part-${index}`} aria-hidden="true" /> {name}{' '}
            <span className="figure">{groupDigits(cell.text)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
