import { type EventStore, type StorePlace } from '../event-store/event-store.js';
import { type Mark, readMark } from '../event-store/sqlite/high-water-mark.js';
import { isNotALog } from '../event-store/sqlite/schema.js';
import { isDamaged, readThrough } from '../sqlite-file.js';
import { openStoreForAudit } from '../event-store/open-store.js';
import { type Breach } from './breach.js';
import { auditLog, type LogAuditResult, MOST_BREACHES } from './log-audit.js';
import { claimsOn, readClaims, type TableClaim } from './read-table-claims.js';
import { type AuditClock } from './time-audit.js';

/** What was audited, and what was found. */
export interface LedgerAudit extends LogAuditResult {
  /** What of the read tables was compared, with their positions. */
  readonly claims: readonly Pick<TableClaim, 'projection' | 'position'>[];
}

/** Hears how far the audit has come: first the store itself, then what its events mean. */
export interface AuditProgress {
  readonly begin: (phase: 'store' | 'walk', head: number) => void;
  readonly update: (position: number) => void;
}

/**
 * Audits a ledger from its files, for reading only: a service may run on them meanwhile. The walk ends where the log
 * ends when it comes there.
 * @param clock the machine's, for what recorded times say about it
 */
export async function auditLedger(
  place: StorePlace,
  readPath: string,
  progress: AuditProgress,
  clock: AuditClock,
): Promise<LedgerAudit> {
  const tables = readClaims(readPath);
  // Read before the log: what was acknowledged by then must be in it.
  const mark: Mark = place.store === 'sqlite' ? readMark(place.mark) : { state: 'whole', position: 0 };
  const opened = await open(place);
  if ('unreadable' in opened) return { ...NOTHING, breaches: [opened.unreadable], breachCount: 1, claims: [] };
  const { store, head } = opened;
  try {
    const ownBreaches = [...shorterThanMark(head, mark.position), ...(await auditStore(store, head, progress))];
    progress.begin('walk', head);
    const claims = await claimsOn(store, tables);
    const walked = await auditLog(store, claims, progress.update, clock);
    const ownNotes = markNotes(mark, head);
    const notes = [...ownNotes, ...walked.notes].slice(0, MOST_BREACHES);
    const noteCount = ownNotes.length + walked.noteCount;
    const breaches = [...ownBreaches, ...walked.breaches].toSorted(byPosition).slice(0, MOST_BREACHES);
    return { ...walked, breaches, breachCount: ownBreaches.length + walked.breachCount, notes, noteCount, claims };
  } finally {
    await store.close();
  }
}

const NOTHING = {
  events: 0,
  position: 0,
  notes: [],
  noteCount: 0,
  transfers: { matched: 0, inTransit: [], unmatched: [], repeated: [] },
};

/** Opens the log; a file that is no longer a database is a finding, not an accident. */
async function open(place: StorePlace): Promise<{ store: EventStore; head: number } | { unreadable: Breach }> {
  try {
    const store = await openStoreForAudit(place);
    return { store, head: await store.head() };
  } catch (error) {
    if (!isDamaged(error) && !isNotALog(error)) throw error;
    if (place.store === 'sqlite') readThrough(place.log);
    return { unreadable: { invariant: 'store', expected: 'a log that can be opened', got: (error as Error).message } };
  }
}

function shorterThanMark(head: number, reached: number): Breach[] {
  if (head >= reached) return [];
  return [{ invariant: 'mark', expected: `a log up to position ${reached}`, got: `its end at position ${head}` }];
}

/** A mark that is not whole cannot tell whether the log has lost its end. */
function markNotes({ state, position }: Mark, head: number): Breach[] {
  if (state === 'whole' || (state === 'missing' && head === 0)) return [];
  const got = position > 0 ? `${state} in part, of which position ${position} is left` : state;
  return [{ invariant: 'mark', expected: `a whole mark that says position ${head}`, got }];
}

async function auditStore(store: EventStore, head: number, progress: AuditProgress): Promise<Breach[]> {
  progress.begin('store', head);
  const breaches: Breach[] = [];
  for await (const { position, code, detail } of store.audit(progress.update, carriesKey))
    breaches.push({ position, invariant: 'store', expected: 'what was stored', got: `${code}: ${detail}` });
  return breaches;
}

/** Whether an event was recorded under a key. One that cannot be read is a finding of its own. */
function carriesKey(data: string, key: string): boolean {
  try {
    return (JSON.parse(data) as { key?: unknown }).key === key;
  } catch {
    return true;
  }
}

/** In order of position; what has none comes last. The sort keeps the order of what stands at one position. */
const byPosition = (one: Breach, other: Breach): number =>
  (one.position ?? Infinity) === (other.position ?? Infinity)
    ? 0
    : (one.position ?? Infinity) - (other.position ?? Infinity);
