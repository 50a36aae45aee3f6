/** The exports that were begun in this browser and have not been put away: ids of jobs, the last one first. */
export interface KeptExports {
  readonly ids: readonly string[];
  readonly subscribe: (listener: () => void) => () => void;
  readonly keep: (id: string) => void;
  readonly putAway: (id: string) => void;
}

const KEY = 'exports';
/** Of more, nobody knows what they were. */
const MOST = 5;

/** Keeps them where a reload of the page, and another page of this browser, finds them. */
export function keptExports(storage: Pick<Storage, 'getItem' | 'setItem'>, events: Pick<Window, 'addEventListener'>) {
  const listeners = new Set<() => void>();
  let ids = read(storage.getItem(KEY));
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const write = (next: readonly string[]): void => {
    ids = next;
    storage.setItem(KEY, JSON.stringify(ids));
    tell();
  };
  events.addEventListener('storage', ({ key }: StorageEvent) => {
    if (key !== KEY) return;
    ids = read(storage.getItem(KEY));
    tell();
  });
  return {
    get ids() {
      return ids;
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    keep: (id: string) => write([id, ...ids.filter((each) => each !== id)].slice(0, MOST)),
    putAway: (id: string) => write(ids.filter((each) => each !== id)),
  } satisfies KeptExports;
}

/** What is there and is no such list counts as none. */
function read(written: string | null): readonly string[] {
  if (written === null || !/^\["[0-9a-f-]{36}"(,"[0-9a-f-]{36}")*\]$/.test(written)) return [];
  return JSON.parse(written) as readonly string[];
}
