import { describe, expect, it } from '@jest/globals';
import { auditLog } from '../../src/audit/log-audit.js';
import { lastDayOf, periodAfter } from '../../src/books/periods.js';
import { Desk } from './fixture.js';
import { commandOf, type Incoming, opened } from '../given-when-then.js';

/** A year of a unit as one file: its opening, a contribution each month, twelve closes, the year, and a January. */
function year(): Incoming[] {
  const lines: Incoming[] = [{ ...opened(), businessDate: '2024-01-01' }];
  let period = '2024-01';
  for (let month = 0; month < 12; month += 1, period = periodAfter(period)) {
    lines.push({ kind: 'contribution', businessDate: `${period}-05` });
    lines.push({ kind: 'period-close', businessDate: lastDayOf(period) });
  }
  lines.push({ kind: 'year-close', businessDate: '2024-12-31' });
  lines.push({ kind: 'contribution', businessDate: '2025-01-05' });
  lines.push({ kind: 'period-close', businessDate: '2025-01-31' });
  return lines;
}

const ndjson = (lines: readonly Incoming[]): string =>
  lines.map((line) => `${JSON.stringify({ kind: line.kind, ...commandOf(line) })}\n`).join('');

const breachesOf = async (desk: Desk) =>
  (await auditLog(desk.store, [], () => undefined, { nowMs: Date.UTC(2025, 10, 22), boundMs: Infinity })).breaches;

describe('a year of one unit, closes and all', () => {
  it('is one file: it is tried, posted, and posted nothing of again', async () => {
    const desk = new Desk();
    const lines = year();
    const tried = await desk.import('year.ndjson', ndjson(lines), { dryRun: true });
    expect(tried).toMatchObject({ outcome: 'checked', lines: lines.length, errorCount: 0 });
    expect(await desk.store.head()).toBe(0);
    expect(await desk.import('year.ndjson', ndjson(lines))).toMatchObject({ outcome: 'posted', posted: lines.length });
    expect(await desk.import('again.ndjson', ndjson(lines))).toMatchObject({ posted: 0, replayed: lines.length });
    expect((await desk.events()).filter(({ closing }) => closing).length).toBe(14);
    expect(await breachesOf(desk)).toEqual([]);
  });

  it('goes on where its import was cut off', async () => {
    const desk = new Desk();
    const lines = year();
    const half = lines.slice(0, 13);
    // What a first import of the same file left behind: its keys are the file's digest and the lines.
    const append = desk.store.append.bind(desk.store);
    desk.store.append = async (stream, expected, events) => {
      desk.store.append = append;
      await append(stream, expected, events.slice(0, half.length));
      throw new Error('killed');
    };
    await expect(desk.import('year.ndjson', ndjson(lines))).rejects.toThrow('killed');
    expect(await desk.store.head()).toBe(half.length);
    const report = await desk.import('year.ndjson', ndjson(lines));
    expect(report).toMatchObject({ posted: lines.length - half.length, replayed: half.length });
    expect(await breachesOf(desk)).toEqual([]);
  });

  it('with a close before its month is whole is refused, with the line that comes too late', async () => {
    const lines = year();
    const late = [...lines, { kind: 'contribution', businessDate: '2025-01-06' }];
    const report = await new Desk().import('year.ndjson', ndjson(late));
    expect(report).toMatchObject({ outcome: 'refused', posted: 0, errorCount: 1 });
  });
});
