import { createContext, useContext, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { type Language } from '../text/text.ts';

/** What of the address is the console's own: how it is shown, never what is asked. */
const OWN = ['lang', 'unitOfMoney', 'charts'] as const;
/** What is of one screen alone: which rows of a tree are closed, which columns left out, which part is shown. */
const OF_SCREEN = ['closed', 'hiddenColumns', 'part'] as const;
/** What of a question other questions take too, so that one looks at the same thing on the next screen. */
const CARRIED = ['fund', 'unit', 'scope', 'from', 'to', 'asOf', 'recordedAsOf'] as const;
const API = '/v1';

export type Changes = Readonly<Record<string, string | undefined>>;

/** What stands in the address: everything that decides what is seen. */
export interface Address {
  /** The path, which is that of the question without `/v1`. */
  readonly path: string;
  readonly language: Language;
  /** `yuan`, `wan` or `yi`; undefined: as the sheet prefers. */
  readonly unitOfMoney: string | undefined;
  /** What is asked: every parameter that is not the console's own. */
  readonly asked: Readonly<Record<string, string>>;
  readonly get: (name: string) => string | undefined;
  /** A part of the address that is of the screen alone, and is not asked. */
  readonly own: (name: (typeof OF_SCREEN)[number]) => string | undefined;
  /** The address of the console for a link of the API or of the console, shown as this one is. */
  readonly link: (to: string) => string;
  /** Another screen, asked about the same: those of `takes` that this one was asked. */
  readonly other: (path: string, takes: readonly string[], shown?: Changes) => string;
}

/** How to go on from where one is. */
interface Acting {
  /**
   * The address at this moment. What a key or a button does begins here: several may be pressed before the page has
   * been drawn once, and each goes on from the one before.
   */
  readonly now: () => Address;
  /** Goes where some parameters are other ones; undefined removes one. What a page was on is not kept. */
  readonly change: (changes: Changes | ((now: Address) => Changes), options?: { readonly replace?: boolean }) => void;
  /** Goes to a link of the API or of the console, shown as the address at this moment is. */
  readonly go: (to: string | ((now: Address) => string)) => void;
}

/** The address that is drawn, and how to go on. */
export type Here = Address & Acting;

interface Place {
  readonly pathname: string;
  readonly search: string;
}

/** Where the console is, or is on its way to, whether that is drawn or not. */
export const PLACE_NOW = createContext<() => Place>(() => location);

export function useAddress(): Here {
  const { pathname, search } = useLocation();
  const placeNow = useContext(PLACE_NOW);
  const navigate = useNavigate();
  const acting = useMemo(
    (): Acting => ({
      now: () => readAddress(placeNow()),
      go: (to) => {
        const now = readAddress(placeNow());
        void navigate(now.link(typeof to === 'function' ? to(now) : to));
      },
      change: (changes, { replace = false } = {}) => {
        const place = placeNow();
        const to = changed(place, typeof changes === 'function' ? changes(readAddress(place)) : changes);
        if (to.search !== written(new URLSearchParams(place.search))) void navigate(to, { replace });
      },
    }),
    [placeNow, navigate],
  );
  return useMemo(() => ({ ...readAddress({ pathname, search }), ...acting }), [pathname, search, acting]);
}

/** What stands in an address. */
export function readAddress({ pathname, search }: Place): Address {
  const parameters = new URLSearchParams(search);
  const get = (name: string): string | undefined => parameters.get(name) ?? undefined;
  const own = Object.fromEntries(OWN.flatMap((name) => (parameters.has(name) ? [[name, parameters.get(name)!]] : [])));
  const isOwn = (name: string): boolean => [...OWN, ...OF_SCREEN].some((each) => each === name);
  return {
    path: pathname,
    language: parameters.get('lang') === 'en' ? 'en' : 'zh',
    unitOfMoney: get('unitOfMoney'),
    asked: Object.fromEntries([...parameters].filter(([name]) => !isOwn(name))),
    get,
    own: get,
    link: (to) => withParameters(to.startsWith(`${API}/`) ? to.slice(API.length) : to, own),
    other: (path, takes, shown = {}) => {
      const carried = CARRIED.filter((name) => takes.includes(name)).map((name) => [name, get(name) ?? shown[name]]);
      return withParameters(path, { ...Object.fromEntries(carried), ...own });
    },
  };
}

/** A place with other parameters, on its first page. */
export function changed({ pathname, search }: Place, changes: Changes): Place {
  const next = new URLSearchParams(search);
  next.delete('cursor');
  for (const [name, value] of Object.entries(changes))
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  return { pathname, search: written(next) };
}

/** The question of an address, for the service: `/v1/<route>` with its parameters and some more. */
export const apiLink = ({ path, asked }: Pick<Address, 'path' | 'asked'>, more: Changes = {}): string =>
  withParameters(`${API}${path === '/' ? '/overview' : path}`, { ...asked, ...more });

function withParameters(to: string, more: Changes): string {
  const [path, search = ''] = to.split('?') as [string, string?];
  const parameters = new URLSearchParams(search);
  for (const [name, value] of Object.entries(more))
    if (value !== undefined && !parameters.has(name)) parameters.set(name, value);
  const query = written(parameters);
  return query === '' ? path : `${path}?${query}`;
}

/** As people read it: a day's hyphens and a moment's colons are no risk in a query. */
const written = (parameters: URLSearchParams): string => parameters.toString().replaceAll('%3A', ':');
