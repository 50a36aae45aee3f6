import { describe, expect, it } from '@jest/globals';
import { type ImportPhase } from '../import/report/import-report.js';
import { plainLines } from './import-progress.js';

type Told = readonly [seconds: number, phase: ImportPhase, done: number, total: number];

/** The lines that come of what is told at these times, each with the second it was written in. */
function linesOf(told: readonly Told[]): string[] {
  const written: string[] = [];
  let seconds = 0;
  const shown = plainLines(
    'en',
    (line) => written.push(`${seconds} ${line.trimEnd()}`),
    () => seconds * 1_000,
  );
  for (const [at, phase, done, total] of told) {
    seconds = at;
    shown.take({ phase, done, total, lines: done, errorCount: 0 });
  }
  shown.end();
  return written;
}

const every = (step: number, upTo: number, phase: ImportPhase, from = 0): Told[] =>
  Array.from({ length: upTo / step }, (_, index) => [from + (index + 1) * step, phase, (index + 1) * step, upTo]);

describe('the progress of an import where there is no terminal', () => {
  it('is the first line of a phase, its last, and one every five seconds between them', () => {
    expect(linesOf(every(0.5, 12, 'checking'))).toEqual([
      '0.5 checking 4%  0.5 lines  1 lines/s  12 s left',
      '5.5 checking 45%  5.5 lines  1 lines/s  7 s left',
      '10.5 checking 87%  10.5 lines  1 lines/s  2 s left',
      '12 checking 100%  12 lines  1 lines/s',
    ]);
  });

  it('is no more than two lines for a phase that is over at once, and one where it is told once', () => {
    const quick: Told[] = [
      [0, 'inspecting', 9, 9],
      [0, 'inspecting', 9, 9],
      ...every(0.25, 1, 'checking'),
      ...every(0.25, 2, 'posting', 1),
    ];
    expect(linesOf(quick).map((line) => line.split('%')[0])).toEqual([
      '0 inspecting 100',
      '0.25 checking 25',
      '1.25 checking 100',
      '1.25 posting 12',
      '3 posting 100',
    ]);
  });

  it('counts a phase from the end of the one before', () => {
    const told: Told[] = [...every(1, 4, 'checking'), [6, 'posting', 10, 20], [8, 'posting', 20, 20]];
    expect(linesOf(told).slice(-2)).toEqual([
      '6 posting 50%  10 lines  5 lines/s  2 s left',
      '8 posting 100%  20 lines  5 lines/s',
    ]);
  });

  it('is quiet about a phase that is told of again and again after its end', () => {
    const told: Told[] = [1, 2, 7, 13].map((seconds) => [seconds, 'projecting', 5, 5]);
    expect(linesOf(told)).toEqual(['1 updating the read tables 100%  5 lines  5 lines/s']);
  });

  it('does not speak up each time an end is reached that then moves on', () => {
    const told: Told[] = [
      [1, 'posting', 5, 5],
      [2, 'posting', 5, 9],
      [3, 'posting', 9, 9],
      [4, 'posting', 9, 12],
      [5, 'posting', 12, 12],
    ];
    expect(linesOf(told).map((line) => line.split('%')[0])).toEqual(['1 posting 100', '5 posting 100']);
  });

  it('says where a phase was left that did not come to its end', () => {
    const told: Told[] = [
      [1, 'checking', 1, 9],
      [2, 'checking', 5, 9],
      [3, 'posting', 1, 2],
      [4, 'posting', 1, 2],
    ];
    expect(linesOf(told).map((line) => line.split('%')[0])).toEqual(['1 checking 11', '3 checking 55', '3 posting 50']);
  });
});
