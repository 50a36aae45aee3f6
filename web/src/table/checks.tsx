import { type Table } from '../api/tables.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';

const HOLDS = text('相符', 'holds');
const BROKEN = text('不符', 'does not hold');

/** The check line of a table: what must be equal, and whether it is. */
export function Checks({ checks }: { readonly checks: Table['checks'] }) {
  const say = useSay();
  if (checks.length === 0) return null;
  return (
    <ul className="checks">
      {checks.map(({ says, holds }) => (
        <li key={says} className={holds ? 'holds' : 'broken'}>
          <span aria-hidden="true">{holds ? '✓' : '✗'}</span> {says}
          <span className="hidden">：{say(holds ? HOLDS : BROKEN)}</span>
        </li>
      ))}
    </ul>
  );
}
