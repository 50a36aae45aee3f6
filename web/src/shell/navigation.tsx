import { useMemo } from 'react';
import { NavLink } from 'react-router';
import { type Address, useAddress } from '../address/address.ts';
import { useShown } from '../address/shown.tsx';
import { GROUPS, OVERVIEW, type Screen, SCREENS } from '../screens/screens.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';
import { useShortcuts } from './keyboard.ts';

const DAYS = ['from', 'to', 'asOf'];
const NAVIGATION = text('导航', 'Navigation');

/** All screens; whoever goes to another one goes on looking at the same fund, unit, days and moment. */
export function Navigation() {
  const say = useSay();
  const address = useAddress();
  const { go } = address;
  const shown = useShown();
  const days = useMemo(
    () => (shown?.from && shown.to ? { from: shown.from, to: shown.to } : undefined),
    [shown?.from, shown?.to],
  );
  const to = ({ path, takes }: Screen, { get, other }: Address): string =>
    other(path, takes, DAYS.some((name) => get(name) !== undefined) ? {} : days);
  const given = useMemo(
    () =>
      SCREENS.flatMap((screen) =>
        screen.letter === undefined
          ? []
          : [{ keys: `g ${screen.letter}`, says: screen.name, act: () => go((now) => to(screen, now)) }],
      ),
    [go, days],
  );
  useShortcuts(given);
  const item = (screen: Screen) => (
    <li key={screen.path}>
      <NavLink to={to(screen, address)} end>
        {say(screen.name)}
        {screen.letter !== undefined && <kbd aria-hidden="true">g {screen.letter}</kbd>}
      </NavLink>
    </li>
  );
  return (
    <nav className="navigation" aria-label={say(NAVIGATION)}>
      <ul>{item(OVERVIEW)}</ul>
      {GROUPS.map((group) => (
        <section key={group.name.en}>
          <h2>{say(group.name)}</h2>
          <ul>{group.screens.map(item)}</ul>
        </section>
      ))}
    </nav>
  );
}
