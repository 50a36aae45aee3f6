import { describe, expect, it } from '@jest/globals';
import { afterwards, type Happening, type Live, MOST_IN_SIGHT, NOT_BEGUN } from './live.js';

const row = (position: number) => ({ cells: [{ text: String(position) }] });
const rows = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => row(from + index));
const come = (from: number, to: number, position = to): Happening => ({ what: 'come', position, rows: rows(from, to) });
const after = (...happenings: Happening[]): Live => happenings.reduce(afterwards, NOT_BEGUN);
const seen = ({ rows: all }: Live) => all.map(({ cells }) => cells[0].text);
const begun: Happening = { what: 'begin', position: 7, rows: rows(5, 7) };

describe('the end of the log as it is followed', () => {
  it('has what came last first, behind what was there', () => {
    const live = after(begun, come(8, 8), come(9, 10));
    expect(seen(live)).toEqual(['10', '9', '8', '7', '6', '5']);
    expect(live).toMatchObject({ line: 'open', position: 10, count: 3 });
  });

  it('goes on behind a line that was lost without a double', () => {
    const live = after(begun, come(8, 9), { what: 'line', line: 'lost' }, come(8, 9), come(10, 10));
    expect(seen(live)).toEqual(['10', '9', '8', '7', '6', '5']);
    expect(live).toMatchObject({ line: 'open', count: 3 });
  });

  it('is open again by a word alone, with nothing new', () => {
    const lost = after(begun, come(8, 8), { what: 'line', line: 'lost' });
    expect(afterwards(lost, { what: 'come', position: 8, rows: [] })).toEqual({ ...lost, line: 'open' });
  });

  it('comes further where nothing of it is wanted', () => {
    expect(after(begun, { what: 'come', position: 90, rows: [] })).toMatchObject({ position: 90, count: 0 });
  });

  it('keeps no more in sight than can be looked at', () => {
    const live = after(begun, come(8, 1_000));
    expect(live.rows).toHaveLength(MOST_IN_SIGHT);
    expect(seen(live).slice(0, 2)).toEqual(['1000', '999']);
    expect(live.count).toBe(993);
  });

  it('stays as it is while it is paused', () => {
    const live = after(begun, { what: 'line', line: 'paused' });
    expect([live.line, live.position, seen(live)]).toEqual(['paused', 7, ['7', '6', '5']]);
  });
});
