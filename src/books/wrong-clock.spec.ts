import { describe, expect, it } from '@jest/globals';
import { decidedEvent } from './decided-command.js';
import { type Incoming, requestOf } from '../../test/given-when-then.js';
import { MemoryEventStore } from '../event-store/memory.js';
import { DAY_MS, RecordingClock } from '../time/recording-clock.js';
import { readEvent, type Receipt } from './event.js';
import { Books } from './handle.js';

const NOON = Date.parse('2026-05-31T04:00:00.000Z');
const YEARS = 4 * 365 * DAY_MS;
const BOUND = 30 * DAY_MS;

/** A store whose next append fails, or waits, before it is written or after, where that is asked for. */
class Store extends MemoryEventStore {
  before: (() => Promise<void>) | undefined;
  after: (() => Promise<void>) | undefined;

  override async append(...given: Parameters<MemoryEventStore['append']>) {
    await this.before?.();
    const appended = await super.append(...given);
    await this.after?.();
    return appended;
  }
}

/** Books over a clock that can be set. */
class Ledger {
  now = NOON;
  readonly store = new Store();
  readonly books = new Books(this.store, new RecordingClock(() => this.now, NOON, BOUND));
  private posted = 0;

  /** Posts a contribution of a business day and returns its receipt, or the code of the refusal. */
  async post(businessDate: string, more: Partial<Incoming> = {}): Promise<Receipt | string> {
    this.posted += 1;
    const incoming = { kind: 'contribution', businessDate, ...more };
    try {
      return (await this.books.post(requestOf(incoming, `key-${this.posted}`))).receipt!;
    } catch (error) {
      return (error as { code: string }).code;
    }
  }
}

async function recordedTimes(store: MemoryEventStore): Promise<string[]> {
  const recorded: string[] = [];
  for await (const batch of store.readAll({ after: 0, live: false }))
    recorded.push(...batch.map((stored) => readEvent(stored).recordedAt));
  return recorded;
}

describe('books by a wrong clock', () => {
  it('record nothing years ahead or behind, and are as they were once the clock is right again', async () => {
    const ledger = new Ledger();
    ledger.now = NOON + YEARS;
    expect(await ledger.post('2026-05-31')).toBe('clock-out-of-bounds');
    expect(await ledger.post('2029-12-31')).toBe('clock-out-of-bounds');
    ledger.now = NOON - YEARS;
    expect(await ledger.post('2022-01-31')).toBe('clock-out-of-bounds');
    ledger.now = NOON + 1;
    expect(await ledger.post('2026-06-01')).toBe('date-in-future');
    expect(await ledger.post('2026-05-31')).toMatchObject({ recordedAt: '2026-05-31T04:00:00.001Z' });
    expect(await recordedTimes(ledger.store)).toEqual(['2026-05-31T04:00:00.001Z']);
  });

  it('take no business day later than today after a clock that ran ahead within the bound', async () => {
    const ledger = new Ledger();
    ledger.now = NOON + 20 * DAY_MS;
    expect(await ledger.post('2026-06-20')).toMatchObject({ recordedAt: '2026-06-20T04:00:00.000Z' });
    ledger.now = NOON + 5;
    expect(await ledger.post('2026-06-01')).toBe('date-in-future');
    expect(await ledger.post('2026-05-31')).toMatchObject({ recordedAt: '2026-06-20T04:00:00.000Z' });
  });

  it('are not moved by a dry run, a refusal, or an append that fails', async () => {
    const ledger = new Ledger();
    ledger.now = NOON + 20 * DAY_MS;
    await ledger.books.preview(requestOf({ kind: 'contribution', businessDate: '2026-06-20' }, 'dry'));
    expect(await ledger.post('2026-06-21')).toBe('date-in-future');
    ledger.store.before = () => Promise.reject(new Error('the disk is full'));
    expect(await ledger.post('2026-06-20')).toBe('store-unavailable');
    ledger.store.before = undefined;
    ledger.now = NOON + 5;
    expect(await ledger.post('2026-05-31')).toMatchObject({ recordedAt: '2026-05-31T04:00:00.005Z' });
  });

  it('go on from the time of what was recorded, though its answer was lost', async () => {
    const ledger = new Ledger();
    ledger.now = NOON + DAY_MS;
    ledger.store.after = () => Promise.reject(new Error('no answer'));
    expect(await ledger.post('2026-05-31')).toBe('store-unavailable');
    ledger.store.after = undefined;
    ledger.now = NOON;
    expect(await ledger.post('2026-05-31', { unit: '460200' })).toMatchObject({
      recordedAt: '2026-06-01T04:00:00.000Z',
    });
  });

  it('decide no dry run by a clock that is out of bounds', async () => {
    const ledger = new Ledger();
    ledger.now = NOON + YEARS;
    const request = requestOf({ kind: 'contribution', businessDate: '2029-12-31' }, 'dry');
    await expect(ledger.books.preview(request)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'clock-out-of-bounds',
      details: [{ pointer: 'clock', got: '2030-05-30T04:00:00.000Z' }],
    });
  });

  it('answer a key that was used before, whatever the clock says', async () => {
    const ledger = new Ledger();
    const request = requestOf({ kind: 'contribution', businessDate: '2026-05-12' }, 'k');
    const first = await ledger.books.post(request);
    ledger.now = NOON + YEARS;
    expect(await ledger.books.post(request)).toEqual({ receipt: first.receipt, replayed: true });
  });

  it('refuse one command of two by the clock, and answer the other, which stands', async () => {
    const ledger = new Ledger();
    const request = requestOf({ kind: 'contribution', businessDate: '2026-05-12' }, 'k');
    await ledger.books.post(request);
    ledger.now = NOON + YEARS;
    const [again, other] = await Promise.allSettled([
      ledger.books.post(request),
      ledger.books.post(requestOf({ kind: 'contribution', businessDate: '2026-05-13' }, 'l')),
    ]);
    expect(again).toMatchObject({ status: 'fulfilled', value: { replayed: true } });
    expect(other).toMatchObject({ status: 'rejected', reason: { code: 'clock-out-of-bounds' } });
  });

  it('record nothing whose business day lies behind the day of its recording', async () => {
    const ledger = new Ledger();
    const prepared = requestOf({ kind: 'contribution', businessDate: '2026-06-20' }, 'k');
    ledger.now = NOON + 20 * DAY_MS;
    const { fact } = await ledger.books.preview(prepared);
    ledger.now = NOON;
    const tried = [decidedEvent({ prepared: prepared.prepared, key: { key: 'k' }, fact })];
    await expect(ledger.books.appendTried('book-employee-460100', -1, tried)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'clock-set-back',
      details: [{ expected: { en: 'no later than 2026-05-31' }, got: '2026-06-20' }],
    });
    expect(await recordedTimes(ledger.store)).toEqual([]);
  });

  it('keep recorded times in the order of the log, though the clock is set back between two appends', async () => {
    const store = new Store();
    const times = [50, 40, 45, 30, 60, 10];
    let read = 0;
    const clock = new RecordingClock(() => NOON + times[(read += 1) % times.length]!, NOON, BOUND);
    const books = new Books(store, clock);
    const units = ['460100', '460200', '460300', '460400', '469001'];
    await Promise.all(
      units.map((unit) => books.post(requestOf({ kind: 'contribution', businessDate: '2026-05-12', unit }, unit))),
    );
    const recorded = await recordedTimes(store);
    expect(recorded).toHaveLength(units.length);
    expect(recorded.toSorted()).toEqual(recorded);
  });
});
