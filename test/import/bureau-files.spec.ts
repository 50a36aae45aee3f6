import { describe, expect, it } from '@jest/globals';
import { type LedgerEvent } from '../../src/books/event.js';
import { type ImportReport } from '../../src/import/report/import-report.js';
import { ACCEPTED, REFUSED } from './bureau-files.js';
import { Desk } from './fixture.js';

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
});
