import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { readFileSync } from 'node:fs';
import { type LedgerEvent } from '../../src/books/event.js';
import { type ImportReport } from '../../src/import/report/import-report.js';
import { ACCEPTED, REFUSED } from './bureau-files.js';
import { contributionRow, csvOf, Desk } from './fixture.js';

const notesOf = ({ notes }: ImportReport): string[] => notes.map(({ code, count, line }) => `${code} ${count} ${line}`);

/** What was commanded, without what an import adds of its own. */
const commandOf = ({ source: _, line: __, ...event }: LedgerEvent): unknown => event;

describe('a file as bureaus and spreadsheets write it', () => {
  it.each(ACCEPTED.map((file) => [file.name, file] as const))(
    'is posted as the same commands: %s',
    async (_, { bytes, notes = [] }) => {
      const [plain, desk] = [new Desk(), new Desk()];
      await plain.import('plain.csv', ACCEPTED[0]!.bytes);
      const report = await desk.import('feed.csv', bytes);
      expect(report.errors).toEqual([]);
      expect(report).toMatchObject({ outcome: 'posted', lines: 2, posted: 2, rejected: 0 });
      expect(notesOf(report)).toEqual(notes);
      expect((await desk.events()).map(commandOf)).toEqual((await plain.events()).map(commandOf));
      expect(await desk.import('again.csv', bytes)).toMatchObject({ outcome: 'posted', posted: 0, replayed: 2 });
    },
  );

  it.each(REFUSED.map((file) => [file.name, file] as const))(
    'is refused where it has no one meaning: %s',
    async (_, { bytes, errors }) => {
      const desk = new Desk();
      const report = await desk.import('feed.csv', bytes);
      expect(report).toMatchObject({ outcome: 'refused', posted: 0 });
      expect(report.errors.map(({ line, field, code }) => `${line} ${field} ${code}`)).toEqual(errors);
      expect(await desk.events()).toEqual([]);
    },
  );

  it('has its rejects under its own header, and takes them back once they are corrected', async () => {
    const desk = new Desk();
    const rows = csvOf([contributionRow({ note: '五月' }), contributionRow({ amount: '12,5', note: '六月' })]);
    const text = `海口市缴费表\n${rows.replaceAll('12,5', '12·5').replaceAll(',', ';').replaceAll('"', '')}合计;;;\n`;
    const report = await desk.import('feed.csv', iconv.encode(text.replaceAll('\n', '\r'), 'gb18030'), {
      acceptGood: true,
    });
    expect(report).toMatchObject({ outcome: 'posted', posted: 1, rejected: 1, rejectsFile: expect.any(String) });
    expect(report.errors).toMatchObject([{ line: 4, field: 'amount', code: 'amount-format' }]);
    const [header, rejected, ...more] = readFileSync(report.rejectsFile!, 'utf8').split('\r\n');
    expect(header).toBe(`\ufeff${Object.keys(contributionRow()).join(',')},reasons`);
    expect(rejected).toContain('六月');
    expect(more).toEqual(['']);
    const corrected = await desk.import('corrected.csv', `${header}\r\n${rejected!.replace('12·5', '12.50')}\r\n`);
    expect(corrected).toMatchObject({ outcome: 'posted', posted: 1, notes: [] });
  });
});
