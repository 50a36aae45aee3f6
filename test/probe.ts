import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 100;
/** So long whoever watches a service waits for an answer before it goes away. */
const PATIENCE_MS = 5_000;
/** What is asked, and what may be answered: that it is well, or that it is not, by what is wrong. */
const PATHS = ['/readyz', '/metrics'] as const;
const EXPECTED = [200, 503];

/** A service that is watched, wherever it is just now. */
export interface Watched {
  readonly address: string;
}

/** What those who watch have seen. */
export interface Seen {
  /** Answers by path and status, e.g. `/readyz 503`. */
  readonly answers: Readonly<Record<string, number>>;
  /** How often nobody was there, or nobody answered in time. */
  readonly unanswered: number;
  /** Answers that are neither of the two that there are. */
  readonly strange: readonly string[];
}

/**
 * Watches services as they are watched where they run: a readiness probe and a metrics scrape of each, every 100 ms,
 * whether those before have been answered or not. `stop` waits for the last answer and says what was seen.
 */
export function watchServices(services: readonly Watched[]): { stop: () => Promise<Seen> } {
  const answers: Record<string, number> = {};
  const strange: string[] = [];
  const onTheirWay = new Set<Promise<void>>();
  let unanswered = 0;
  const ask = async (url: string, path: string): Promise<void> => {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
      const body = await response.text();
      const name = `${path} ${response.status}`;
      answers[name] = (answers[name] ?? 0) + 1;
      if (!EXPECTED.includes(response.status)) strange.push(`${name}: ${body}`);
    } catch {
      unanswered += 1;
    }
  };
  const askAll = (): void => {
    for (const { address } of services)
      for (const path of PATHS) {
        const asked = ask(`${address}${path}`, path).finally(() => onTheirWay.delete(asked));
        onTheirWay.add(asked);
      }
  };
  const timer = setInterval(askAll, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(onTheirWay);
      return { answers, unanswered, strange };
    },
  };
}

/** Where a wait ends that is for nothing: what comes about is never late, a busy machine takes its time. */
const IN_VAIN_MS = 180_000;

/** Waits until a condition holds. @throws where it never does, with what is said to be so instead */
export async function untilHolds(
  holds: () => boolean | Promise<boolean>,
  instead: () => string = () => `it did not come about: ${holds.toString()}`,
  withinMs = IN_VAIN_MS,
): Promise<void> {
  for (const deadline = performance.now() + withinMs; performance.now() < deadline; await sleep(20))
    if (await holds()) return;
  throw new Error(instead());
}

/** Waits until a server holds no call open but those of live readers. @throws where some are left open */
export const untilQuiet = (server: { readonly callsOpen: number }): Promise<void> =>
  untilHolds(
    () => server.callsOpen === 0,
    () => `${server.callsOpen} calls are open`,
  );
