import { describe, expect, it } from '@jest/globals';
import { readFileSync, statSync } from 'node:fs';
import { MOST_LISTED } from '../../src/import/report/error-list.js';
import { printReport } from '../../src/import/report/print-report.js';
import { findKind } from '../../src/catalogue/registry.js';
import { type Incoming, requestOf } from '../given-when-then.js';
import { contributionRow, csvOf, Desk } from './fixture.js';

const MEBIBYTE = 1024 ** 2;

describe('the errors of a file', () => {
  it('are all counted and listed up to a bound, which the list and the report say', async () => {
    const desk = new Desk();
    const lines = 100_000;
    const report = await desk.import('feed.ndjson', '{}\n'.repeat(lines));
    expect(report).toMatchObject({ outcome: 'refused', lines, rejected: lines, errorCount: lines });
    expect(report.errors).toHaveLength(100);
    const listed = report.errorsListed!;
    expect(listed).toBeLessThanOrEqual(MOST_LISTED);
    expect(statSync(report.errorsFile!).size).toBeLessThan(9 * MEBIBYTE);
    const list = readFileSync(report.errorsFile!, 'utf8').trimEnd().split('\r\n');
    expect(list).toHaveLength(1 + listed + 1);
    expect(list.at(-1)).toBe(
      `,,more-errors,另有 ${lines - listed} 处错误，未列出,"${lines - listed} more errors, which are not listed",,,`,
    );
    expect(printReport(report, 'zh')).toContain(`错误共 ${lines} 处，列出前 ${listed} 处：`);
    expect(printReport(report, 'en')).toContain(`the first ${listed} of ${lines} errors: `);
  }, 240_000);

  it('do not multiply the rejected lines, each of which is listed, if need be without its reason', async () => {
    const desk = new Desk();
    const lines = 100_000;
    const good = JSON.stringify({ kind: 'contribution', ...findKind('contribution')!.example });
    const file = `${good}\n${'{}\n'.repeat(lines)}`;
    const report = await desk.import('feed.ndjson', file, { acceptGood: true });
    expect(report).toMatchObject({ outcome: 'posted', posted: 1, rejected: lines });
    const rejects = readFileSync(report.rejectsFile!, 'utf8').trimEnd().split('\n');
    expect(rejects).toHaveLength(lines);
    expect(rejects.at(-1)).toBe('{"reasons":"not-listed"}');
    expect(Buffer.byteLength(rejects.join('\n'))).toBeLessThan(13 * MEBIBYTE);
  }, 240_000);

  it('of one line are as many as people read, and what they cite of the file is cut', async () => {
    const desk = new Desk();
    const strange = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`strange${index}`, 'x'.repeat(900)]));
    const named = { ['n'.repeat(5_000)]: 1 };
    const line = { kind: 'contribution', ...findKind('contribution')!.example };
    const file = [
      { ...line, ...strange },
      { ...line, ...named },
    ]
      .map((one) => JSON.stringify(one))
      .join('\n');
    const report = await desk.import('feed.ndjson', file);
    const ofFirst = report.errors.filter((error) => error.line === 1);
    expect([report.errorCount, ofFirst.length, ofFirst.at(-1)!.code]).toEqual([41, 21, 'more-errors']);
    for (const { field, got } of report.errors) expect([field.length <= 200, got.length <= 200]).toEqual([true, true]);
  });

  it('of a header are so too', async () => {
    const desk = new Desk();
    const header = `kind,amount,${Array.from({ length: 3_000 }, (_, index) => `strange${index}`).join(',')}`;
    const report = await desk.import('feed.csv', `${header}\n`);
    expect(report.errors.length).toBeLessThanOrEqual(100);
    expect(report.errorsFile && statSync(report.errorsFile).size).toBeLessThan(10_000);
  });
});

describe('what is only tried', () => {
  const penalty = (caseId: string): Incoming => ({ kind: 'penalty', caseId });

  it('keeps no book in memory that is not there: a file of new cases, refused or tried, and previews', async () => {
    const desk = new Desk();
    const { books } = desk.target;
    const { kind, example } = findKind('penalty')!;
    const file = Array.from({ length: 500 }, (_, index) => {
      const evidence = { kind: 'penalty-decision', number: `P-${index}`, sha256: 'ab'.repeat(32) };
      return JSON.stringify({ kind, ...example, caseId: `NEW-${index}`, evidence });
    });
    expect(await desk.import('feed.ndjson', file.join('\n'), { dryRun: true })).toMatchObject({ outcome: 'checked' });
    expect(await desk.import('feed.ndjson', [...file, '{}'].join('\n'))).toMatchObject({ outcome: 'refused' });
    for (let index = 0; index < 50; index += 1) await books.preview(requestOf(penalty(`INVENTED-${index}`), 'k'));
    expect(books.held).toBe(0);
    await books.post(requestOf(penalty('REAL-1'), 'k'));
    await books.preview(requestOf({ ...penalty('REAL-1'), note: 'again' }, 'k'));
    expect(books.held).toBe(1);
  });

  it('and what is posted is held for so many books at most', async () => {
    const desk = new Desk();
    const { books } = desk.target;
    for (let index = 0; index < 5_000; index += 1) await books.post(requestOf(penalty(`REAL-${index}`), 'k'));
    expect(books.held).toBeLessThanOrEqual(4_096);
    expect((await books.post(requestOf(penalty('REAL-0'), 'k'))).replayed).toBe(true);
  }, 240_000);
});

it('a file without an error has no list and no word of a bound', async () => {
  const report = await new Desk().import('feed.csv', csvOf([contributionRow()]));
  expect([report.errorsFile, report.errorsListed]).toEqual([undefined, undefined]);
});
