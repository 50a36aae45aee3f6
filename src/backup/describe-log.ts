import { hash } from 'node:crypto';
import { type Breach, type Invariant } from '../audit/breach.js';
import { type AuditProgress } from '../audit/ledger-audit.js';
import { auditLog, type Balances } from '../audit/log-audit.js';
import { type AuditClock } from '../audit/time-audit.js';
import { readEvent } from '../books/event.js';
import { type EventStore, eventId, type StoredEvent, type StorePlace } from '../event-store/event-store.js';
import { openStoreForAudit } from '../event-store/open-store.js';
import { type Fen, formatFen } from '../money.js';
import { bookStream } from '../kinds/kind.js';
import { type EventMark, type LogSummary } from './manifest.js';

/** What a log holds, and what was found wrong in it. */
export interface DescribedLog {
  readonly summary: LogSummary;
  /** Bytes, places or keys that are not as they were written; of no use to anybody. */
  readonly damage: readonly Breach[];
  /** What else does not hold: a rule of the ledger, which was broken when it was recorded. */
  readonly otherBreaches: number;
}

/** What only damage does. */
const DAMAGE: ReadonlySet<Invariant> = new Set<Invariant>([
  'store',
  'readable',
  'canonical',
  'known-type',
  'shape',
  'stream',
  'revision',
  'key-once',
]);

/** Reads a log file from its beginning to its end, checks all that can be checked, and adds up its balances. */
export async function describeLog(
  place: StorePlace,
  progress: AuditProgress,
  clock: AuditClock,
): Promise<DescribedLog> {
  const store = await openStoreForAudit(place);
  try {
    const head = await store.head();
    progress.begin('store', head);
    const damage: Breach[] = [];
    for await (const { position, code, detail } of store.audit(progress.update))
      damage.push({ position, invariant: 'store', expected: 'what was stored', got: `${code}: ${detail}` });
    progress.begin('walk', head);
    let balances: Balances = new Map();
    const atEnd = {
      position: head,
      compare: (walked: { readonly balances: Balances }): Breach[] => {
        ({ balances } = walked);
        return [];
      },
    };
    const { events, position, breaches, breachCount } = await auditLog(store, [atEnd], progress.update, clock);
    damage.push(...breaches.filter(({ invariant }) => DAMAGE.has(invariant)));
    const otherBreaches = breachCount - breaches.filter(({ invariant }) => DAMAGE.has(invariant)).length;
    const marks = damage.length > 0 ? NO_MARKS : await marksOf(store);
    return { summary: { events, position, ...marks, balances: byFund(balances) }, damage, otherBreaches };
  } finally {
    await store.close();
  }
}

const NO_MARKS = { firstEvent: null, lastEvent: null };

async function marksOf(store: EventStore): Promise<Pick<LogSummary, 'firstEvent' | 'lastEvent'>> {
  const last = await store.last();
  if (!last) return NO_MARKS;
  let first = last;
  for await (const [event] of store.readAll({ after: 0, live: false, batch: 1 })) {
    first = event!;
    break;
  }
  return { firstEvent: markOf(first), lastEvent: markOf(last) };
}

/** An event by its id, its time and its digest. */
export const markOf = (stored: StoredEvent): EventMark => ({
  id: eventId(stored.stream, stored.revision),
  recordedAt: readEvent(stored).recordedAt,
  sha256: hash('sha256', stored.data, 'hex'),
});

/** The balances of all units of each fund, by ledger line. */
function byFund(balances: Balances): LogSummary['balances'] {
  const keys = new Set([...balances.keys()].flatMap((stream) => /^book-(.+)-[0-9]{6}$/.exec(stream)?.[1] ?? []));
  const funds = [...keys].map((key) => {
    const sums = new Map<string, Fen>();
    for (const [stream, lines] of balances) {
      if (!stream.startsWith(bookStream(key, ''))) continue;
      for (const [line, balance] of lines) sums.set(line, (sums.get(line) ?? 0n) + balance);
    }
    const written = [...sums].toSorted(([one], [other]) => (one < other ? -1 : 1));
    return [key, Object.fromEntries(written.map(([line, sum]) => [line, formatFen(sum)]))] as const;
  });
  return Object.fromEntries(funds.filter(([, lines]) => Object.keys(lines).length > 0));
}
