import { Link, useMatches } from 'react-router';
import { useAddress } from '../address/address.ts';
import { OVERVIEW, screenOf } from '../screens/screens.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';

const WHERE = text('所在位置', 'Where you are');

/** Where one is: the group, the screen and what of it. */
export function Breadcrumbs() {
  const say = useSay();
  const { path, link } = useAddress();
  const { group, screen } = screenOf(path);
  const of = Object.values(useMatches().at(-1)?.params ?? {}).filter((value) => value !== undefined && value !== '');
  if (!screen || screen === OVERVIEW) return null;
  return (
    <nav className="breadcrumbs" aria-label={say(WHERE)}>
      <ol>
        <li>
          <Link to={link('/')}>{say(OVERVIEW.name)}</Link>
        </li>
        {group && <li>{say(group.name)}</li>}
        <li aria-current={of.length === 0 ? 'page' : undefined}>
          {of.length === 0 ? say(screen.name) : <Link to={link(screen.path)}>{say(screen.name)}</Link>}
        </li>
        {of.length > 0 && <li aria-current="page">{of.join(' ')}</li>}
      </ol>
    </nav>
  );
}
