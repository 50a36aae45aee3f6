import { describe, expect, it } from '@jest/globals';
import {
  appendFileSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type ImportOptions, type ImportProgress } from '../../src/import/report/import-report.js';
import { runImport } from '../../src/import/run-import.js';
import { requestOf } from '../given-when-then.js';
import { contributionRow, csvOf, Desk } from './fixture.js';

const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => contributionRow({ headcount: String(1 + from + index) }));
const LINES = 400;
const file = csvOf(rows(LINES));
const more = csvOf(rows(100, LINES)).split('\n').slice(1).join('\n');

/** What others may do to a file, each in a way that a look at its size, its time or its name alone does not see. */
const CHANGES: Readonly<Record<string, (path: string) => void>> = {
  'grows by whole lines': (path) => appendFileSync(path, more),
  'grows by half a line': (path) => appendFileSync(path, more.slice(0, 40)),
  'loses its end': (path) => truncateSync(path, file.length - 100),
  'is emptied': (path) => truncateSync(path, 0),
  'is taken away': (path) => rmSync(path),
  'is replaced by another of its name': (path) => {
    writeFileSync(`${path}.new`, file.replaceAll('100.00', '200.00'));
    renameSync(`${path}.new`, path);
  },
  'is written over with as many bytes, and its time is set back': (path) => {
    const { atime, mtime } = statSync(path);
    writeFileSync(path, readFileSync(path, 'latin1').replaceAll('E', 'F'), 'latin1');
    utimesSync(path, atime, mtime);
  },
};

/** Imports a file that is changed once, at the first progress that is so. */
async function importing(
  desk: Desk,
  content: string | Uint8Array,
  change: (path: string) => void,
  when: (progress: ImportProgress) => boolean,
  options: ImportOptions = {},
) {
  const path = desk.write('feed.csv', content);
  let isChanged = false;
  return runImport(desk.target, path, options, (progress) => {
    if (isChanged || !when(progress)) return;
    isChanged = true;
    change(path);
  });
}

const atFirst = ({ phase }: ImportProgress): boolean => phase === 'inspecting';
const onceChecked = ({ phase, done, total }: ImportProgress): boolean => phase === 'checking' && done === total;
const whilePosted = ({ phase, done }: ImportProgress): boolean => phase === 'posting' && done > 0;

describe.each(Object.entries(CHANGES))('a file that %s', (_, change) => {
  it.each([
    ['UTF-8', file],
    ['UTF-16', Buffer.from(`\ufeff${file}`, 'utf16le')],
  ])('between its digest and its check is refused, and nothing of it is posted: %s', async (_encoding, content) => {
    const desk = new Desk();
    const run = importing(desk, content, change, atFirst);
    await expect(run).rejects.toMatchObject({
      kind: 'refused',
      code: 'file-changed',
      details: [{ code: 'file-changed' }],
    });
    expect(await desk.events()).toEqual([]);
    expect(await desk.import('feed.csv', content)).toMatchObject({ outcome: 'posted', posted: LINES });
  });

  it('before its rejected lines are listed is refused, and nothing of it is posted', async () => {
    const desk = new Desk();
    const content = csvOf([...rows(LINES), contributionRow({ amount: 'ten' })]);
    await expect(importing(desk, content, change, onceChecked, { acceptGood: true })).rejects.toMatchObject({
      code: 'file-changed',
    });
    expect(await desk.events()).toEqual([]);
  });

  it('once it has been checked is posted as it was checked, under the digest of that', async () => {
    const desk = new Desk();
    const report = await importing(desk, file, change, onceChecked);
    const { digest } = await new Desk().import('feed.csv', file);
    expect(report).toMatchObject({ outcome: 'posted', digest, posted: LINES, totals: [{ count: LINES }] });
    const events = await desk.events();
    expect(new Set(events.map(({ source, amount }) => `${source} ${amount}`))).toEqual(
      new Set([`${digest.slice(0, 32)} 100.00`]),
    );
    expect(await desk.import('feed.csv', file)).toMatchObject({ posted: 0, replayed: LINES });
  });
});

describe('a file that is changed while it is posted', () => {
  it('keeps the list of rejected lines that was made of it as it was checked, and says so', async () => {
    const desk = new Desk();
    const content = csvOf([...rows(LINES), contributionRow({ amount: 'ten' })]);
    const report = await importing(desk, content, CHANGES['grows by whole lines']!, whilePosted, { acceptGood: true });
    expect(report).toMatchObject({ outcome: 'posted', posted: LINES, rejected: 1 });
    expect(report.notes).toMatchObject([{ code: 'changed-since' }]);
    expect(readFileSync(report.rejectsFile!, 'utf8').trim().split('\r\n')).toHaveLength(2);
  });

  it('is not what is listed: of lines that are refused by then the list of errors alone says why', async () => {
    const desk = new Desk();
    const path = desk.write(
      'feed.csv',
      csvOf([contributionRow({ key: 'A' }), contributionRow({ key: 'B', headcount: '3' })]),
    );
    let other: Promise<unknown> | undefined;
    const report = await runImport(desk.target, path, { acceptGood: true }, (progress) => {
      if (!onceChecked(progress) || other) return;
      CHANGES['grows by whole lines']!(path);
      other = desk.target.books.post(requestOf({ kind: 'contribution' }, 'A'));
    });
    await other;
    expect(report).toMatchObject({
      outcome: 'posted',
      posted: 1,
      rejected: 1,
      errors: [{ line: 2, code: 'key-used-before' }],
    });
    expect(report.rejectsFile).toBeUndefined();
    expect(report.listsProblem!.en).toContain('changed after it was checked');
  });
});

it('a file that grows as fast as it is read comes to an end', async () => {
  const desk = new Desk();
  const path = desk.write('feed.csv', file);
  let bytes = 0;
  const growing = setInterval(() => {
    if (bytes < 50_000_000) appendFileSync(path, more.repeat(20));
    bytes += more.length * 20;
  }, 0);
  try {
    await expect(runImport(desk.target, path)).rejects.toMatchObject({ code: 'file-changed' });
  } finally {
    clearInterval(growing);
  }
  expect(await desk.events()).toEqual([]);
});
