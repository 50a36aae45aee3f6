import { describe, expect, it } from '@jest/globals';
import { Books } from '../../src/books/handle.js';
import { type ImportOptions } from '../../src/import/report/import-report.js';
import { runImport } from '../../src/import/run-import.js';
import { DAY_MS, RecordingClock } from '../../src/time/recording-clock.js';
import { contributionRow, csvOf, Desk, NOW } from './fixture.js';

const YEARS = 4 * 365 * DAY_MS;

/** A desk over a clock that can be set, beside a log whose last event was recorded at noon. */
class ClockedDesk extends Desk {
  now = NOW;
  private readonly books = new Books(this.store, new RecordingClock(() => this.now, NOW, 30 * DAY_MS));

  /** Imports a file of contributions, one for each business day. */
  take(name: string, days: readonly string[], options: ImportOptions = {}) {
    const content = csvOf(days.map((businessDate) => contributionRow({ businessDate })));
    return runImport({ ...this.target, books: this.books }, this.write(name, content), options);
  }
}

const DAYS = ['2025-05-12', '2025-05-13'];
const refusal = { kind: 'unavailable', code: 'clock-out-of-bounds' };

describe('an import by a wrong clock', () => {
  it('posts nothing, and the same file is posted once the clock is right', async () => {
    const desk = new ClockedDesk();
    for (const now of [NOW + YEARS, NOW - YEARS]) {
      desk.now = now;
      await expect(desk.take('feed.csv', DAYS)).rejects.toMatchObject(refusal);
      await expect(desk.take('feed.csv', DAYS, { dryRun: true })).rejects.toMatchObject(refusal);
      await expect(desk.take('feed.csv', DAYS, { acceptGood: true })).rejects.toMatchObject(refusal);
    }
    expect(await desk.events()).toEqual([]);
    desk.now = NOW + 5;
    expect(await desk.take('feed.csv', DAYS)).toMatchObject({ outcome: 'posted', posted: 2, replayed: 0 });
    expect((await desk.events()).map(({ recordedAt }) => recordedAt)).toEqual([
      '2025-11-22T04:00:00.005Z',
      '2025-11-22T04:00:00.005Z',
    ]);
  });

  it('still says that all of a file was posted before', async () => {
    const desk = new ClockedDesk();
    await desk.take('feed.csv', DAYS);
    desk.now = NOW + YEARS;
    expect(await desk.take('feed.csv', DAYS)).toMatchObject({ outcome: 'posted', posted: 0, replayed: 2 });
  });

  it('refuses days that only a clock ahead within the bound called past', async () => {
    const desk = new ClockedDesk();
    desk.now = NOW + 20 * DAY_MS;
    expect(await desk.take('ahead.csv', ['2025-12-10'], { dryRun: true })).toMatchObject({ outcome: 'checked' });
    desk.now = NOW;
    expect(await desk.take('ahead.csv', ['2025-12-10'])).toMatchObject({ outcome: 'refused', rejected: 1 });
    expect(await desk.take('feed.csv', DAYS)).toMatchObject({ posted: 2 });
    expect((await desk.events())[0]).toMatchObject({ recordedAt: '2025-11-22T04:00:00.000Z' });
  });

  it('stops where the clock goes wrong on its way, and goes on from there', async () => {
    const desk = new ClockedDesk();
    const days = Array.from({ length: 12_000 }, (_, index) => `2025-05-${String(1 + (index % 28)).padStart(2, '0')}`);
    const content = csvOf(days.map((businessDate) => contributionRow({ businessDate })));
    const path = desk.write('long.csv', content);
    const books = new Books(desk.store, new RecordingClock(() => desk.now, NOW, 30 * DAY_MS));
    const target = { ...desk.target, books };
    const run = runImport(target, path, {}, ({ phase, done }) => {
      if (phase === 'posting' && done > 0) desk.now = NOW + YEARS;
    });
    await expect(run).rejects.toMatchObject(refusal);
    const posted = await desk.store.head();
    expect(posted).toBeGreaterThan(0);
    expect(posted).toBeLessThan(12_000);
    desk.now = NOW;
    expect(await runImport(target, path)).toMatchObject({ posted: 12_000 - posted, replayed: posted });
  });
});
