import { describe, expect, it } from '@jest/globals';
import { drawBands } from './band.js';

const MONTHS = [
  { level: 'red', from: null, to: '3' },
  { level: 'orange', from: '3', to: '6' },
  { level: 'normal', from: '6', to: '9' },
  { level: 'information', from: '9', to: '15' },
  { level: 'excess', from: '15', to: null },
];
const SURPLUS = [
  { level: 'orange', from: null, to: '0' },
  { level: 'normal', from: '0', to: null },
];

describe('bands as they are drawn', () => {
  it('lie one behind the other from edge to edge, each as wide as it is', () => {
    const { bands, ticks } = drawBands(MONTHS, 7);
    expect(bands.map(({ from }) => from).slice(1)).toEqual(bands.map(({ to }) => to).slice(0, -1));
    expect([bands[0].from, bands.at(-1).to]).toEqual([0, 100]);
    expect(bands[1].to - bands[1].from).toBeCloseTo(bands[2].to - bands[2].from);
    expect(ticks.map(({ says }) => says)).toEqual(['3', '6', '9', '15']);
  });

  it.each([
    [0, 'red'],
    [2.36, 'red'],
    [5.99, 'orange'],
    [7, 'normal'],
    [14.54, 'information'],
    [18, 'excess'],
  ])('have the figure %d within %s', (figure, level) => {
    const { bands, at, isBeyond } = drawBands(MONTHS, figure);
    const own = bands.find((band) => band.level === level);
    expect(at).toBeGreaterThanOrEqual(own.from);
    expect(at).toBeLessThanOrEqual(own.to);
    expect(isBeyond).toBe(false);
  });

  it('say of a figure that lies beyond them that it does', () => {
    expect(drawBands(MONTHS, 46.31)).toMatchObject({ at: 100, isBeyond: true });
    expect(drawBands(MONTHS, -2)).toMatchObject({ at: 0, isBeyond: true });
  });

  it.each([
    [-12_000_000, 0],
    [350, 1],
  ])('with one bound have it in the middle, and %d on its side', (figure, side) => {
    const { bands, at, isBeyond } = drawBands(SURPLUS, figure);
    expect(bands[0].to).toBe(50);
    expect(at).toBeGreaterThan(bands[side].from);
    expect(at).toBeLessThan(bands[side].to);
    expect(isBeyond).toBe(false);
  });

  it('stand there without a figure too', () => {
    expect(drawBands(SURPLUS, undefined)).toMatchObject({ at: undefined, isBeyond: false, ticks: [{ at: 50 }] });
    expect(drawBands(SURPLUS, 0).at).toBe(50);
  });
});
