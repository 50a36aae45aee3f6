import { type LedgerEvent } from '../books/event.js';
import { type StoredEvent } from '../event-store/event-store.js';
import { FINAL_AFTER_MS } from '../time/effective-time.js';
import { clockText, type ConfirmedClock, DAY_MS, readClock } from '../time/recording-clock.js';
import { type Breach, breachAt, type Invariant } from './breach.js';

/** The machine's clock, and how far it may lie from recorded times. */
export interface AuditClock {
  readonly nowMs: number;
  readonly boundMs: number;
  readonly confirmed?: ConfirmedClock | undefined;
}

/** The furthest that something has gone which is worth knowing, and where. */
interface Furthest {
  readonly ms: number;
  readonly note: Breach;
}

/**
 * The order of recorded times. Whoever writes to a stream has read the event before: there they never go back. Across
 * streams they do not either where one process writes the log. Where several do, their appends overlap and the
 * clocks differ: how far times go back is told, and is a breach beyond the bound. An append that came to the server
 * later than that was repeated, or stamped by a clock that lags: it counts by the server's time, and is told of too.
 */
export class TimeAudit {
  readonly breaches: Breach[] = [];
  /** Steps of recorded time, in order of position. */
  readonly steps: Breach[] = [];
  private readonly streams = new Map<string, number>();
  private readonly furthest = new Map<Invariant, Furthest>();
  private latestMs: number | undefined;

  /** @param severalUpTo up to this position several nodes may have written; 0 where one process writes the log */
  constructor(
    private readonly clock: AuditClock,
    private readonly severalUpTo: number,
  ) {}

  take(stored: StoredEvent, { recordedAt }: LedgerEvent): void {
    const recordedMs = Date.parse(recordedAt);
    const { stream, storedAtMs } = stored;
    const [own, latestMs = recordedMs] = [this.streams.get(stream) ?? recordedMs, this.latestMs];
    const lateMs = storedAtMs === undefined ? 0 : storedAtMs - recordedMs;
    if (recordedMs < own) this.breach(stored, own, recordedAt);
    else if (lateMs > FINAL_AFTER_MS) this.keepLate(stored, recordedAt, lateMs);
    else if (recordedMs < latestMs) this.takeStepBack(stored, latestMs, recordedAt);
    if (-lateMs > FINAL_AFTER_MS) this.keepAhead(stored, recordedAt, -lateMs);
    if (recordedMs > latestMs) this.checkStep(stored, latestMs, recordedAt);
    this.streams.set(stream, Math.max(own, recordedMs));
    this.latestMs = Math.max(latestMs, recordedMs);
  }

  /** What is told at the end: the furthest of each kind, and how the machine's clock stands to the last time. */
  notes(): Breach[] {
    const { nowMs, boundMs, confirmed } = this.clock;
    const reading = readClock(nowMs, this.latestMs, boundMs, confirmed);
    const notes = [...this.furthest.values()].map(({ note }) => note);
    if (reading.state === 'in-step') return notes;
    const expected = `a clock at ${isoText(this.latestMs!)}, or up to ${boundMs / DAY_MS} days later`;
    return [...notes, { invariant: 'clock', expected, got: clockText(reading).en }];
  }

  private takeStepBack(stored: StoredEvent, latestMs: number, recordedAt: string): void {
    const ms = latestMs - Date.parse(recordedAt);
    if (stored.position > this.severalUpTo || ms > FINAL_AFTER_MS) return this.breach(stored, latestMs, recordedAt);
    const got = `${recordedAt}, ${ms} ms before it, within the bound of ${FINAL_AFTER_MS} ms: several nodes write`;
    this.keep('recorded-time-order', ms, stored, `${isoText(latestMs)} or later, as where one process writes`, got);
  }

  private keepLate(stored: StoredEvent, recordedAt: string, ms: number): void {
    const expected = `written by the server within ${FINAL_AFTER_MS} ms of ${recordedAt}`;
    const storedAt = isoText(stored.storedAtMs!);
    const got = `${storedAt}, ${ms} ms after it: it counts as recorded ${FINAL_AFTER_MS} ms before that`;
    this.keep('stored-late', ms, stored, expected, got);
  }

  private keepAhead(stored: StoredEvent, recordedAt: string, ms: number): void {
    const expected = `a time at most ${FINAL_AFTER_MS} ms ahead of the server's, ${isoText(stored.storedAtMs!)}`;
    this.keep('recorded-ahead', ms, stored, expected, `${recordedAt}, ${ms} ms ahead of it`);
  }

  private keep(invariant: Invariant, ms: number, stored: StoredEvent, expected: string, got: string): void {
    if (ms <= (this.furthest.get(invariant)?.ms ?? 0)) return;
    this.furthest.set(invariant, { ms, note: breachAt(stored, invariant, expected, got) });
  }

  private breach(stored: StoredEvent, wantedMs: number, recordedAt: string): void {
    this.breaches.push(breachAt(stored, 'recorded-time', `no earlier than ${isoText(wantedMs)}`, recordedAt));
  }

  /** A step beyond the bound is no breach: a ledger may have rested, and what a clock did cannot be taken back. */
  private checkStep(stored: StoredEvent, latestMs: number, recordedAt: string): void {
    const stepMs = Date.parse(recordedAt) - latestMs;
    const { boundMs } = this.clock;
    if (stepMs <= boundMs) return;
    const expected = `at most ${boundMs / DAY_MS} days after ${isoText(latestMs)}`;
    const got = `${recordedAt}, ${Math.floor(stepMs / DAY_MS)} days after it`;
    this.steps.push(breachAt(stored, 'recorded-time-step', expected, got));
  }
}

const isoText = (instantMs: number): string => new Date(instantMs).toISOString();
