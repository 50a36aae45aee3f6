import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../projections/asking/ask.js';
import { checkParameters } from '../../projections/asking/parameters.js';
import { type Answer, type Sheet } from '../../projections/asking/question.js';
import { QUESTIONS } from '../../projections/registry.js';
import { readCsv } from '../../test/csv.js';
import { type FollowedLog } from '../../test/followed-log.js';
import { smallLedger } from '../../test/small-ledger.js';
import { type PrintUnit } from '../money.js';
import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { writeCsv } from './csv.js';
import { hideColumns } from './hidden-columns.js';
import { renderSheets } from './render.js';
import { tablesOf } from './tables.js';

const UNITS: readonly PrintUnit[] = ['yuan', 'wan', 'yi'];

async function csvRows(sheet: Sheet, unit: PrintUnit): Promise<string[][]> {
  let written = '';
  for await (const piece of writeCsv(sheet, { language: 'en', unit })) written += piece;
  return readCsv(written);
}

/** Each row without the second of its cells. */
const withoutSecond = <Each>(cells: readonly Each[]): Each[] => cells.filter((_, index) => index !== 1);

describe('columns that are left out', () => {
  let log: FollowedLog;
  beforeAll(async () => {
    ({ log } = await smallLedger());
  });
  afterAll(() => log.close());
  const answerTo = (question: (typeof QUESTIONS)[number]): Promise<Answer> =>
    ask(question, log.asking('2025-05-31'), checkParameters(question, { to: '2025-05-31' }, BEFORE_ADOPTION));

  it.each(QUESTIONS.map((question) => [question.name, question] as const))(
    'of %s change no other cell of a table, a file or the terminal, and are named',
    async (_, question) => {
      const answer = await answerTo(question);
      const wanted = answer.sheets.filter(({ columns }) => columns.length > 1);
      const written = wanted.map(({ name }) => `${name}.2`).join(',');
      const sheets = hideColumns(question, wanted, written);
      for (const unit of UNITS) {
        const [whole, less] = [wanted, sheets].map(
          (each) => tablesOf({ ...answer, sheets: each }, { language: 'en', unit }).tables,
        );
        for (const [index, table] of whole!.entries()) {
          const { columns, hidden, rows, unit: unitLeft, ...others } = less![index]!;
          expect(table).toMatchObject(others);
          expect([table.unit, null]).toContain(unitLeft);
          expect(columns).toEqual(withoutSecond(table.columns));
          expect(hidden).toEqual([{ number: 2, name: table.columns[1]!.name }]);
          expect(rows.map(({ cells }) => cells)).toEqual(table.rows.map(({ cells }) => withoutSecond(cells)));
          const csv = await csvRows(wanted[index]!, unit);
          expect(await csvRows(sheets[index]!, unit)).toEqual(csv.map(withoutSecond));
        }
      }
      expect(renderSheets(sheets, { language: 'en' }).length).toBeLessThan(
        renderSheets(wanted, { language: 'en' }).length,
      );
    },
  );

  it('are refused where there is no such sheet or column, or none would be left', async () => {
    const question = QUESTIONS.find(({ name }) => name === 'fund-balance')!;
    const { sheets } = await answerTo(question);
    const { name, columns } = sheets[0]!;
    const all = columns.map((_, index) => `${name}.${index + 1}`).join(',');
    for (const [written, expected] of [
      ['', 'separated by commas'],
      [name, 'separated by commas'],
      [`${name}.0`, 'separated by commas'],
      [`${name}.1;${name}.2`, 'separated by commas'],
      ['nothing.1', 'its sheets: '],
      [`${name}.${columns.length + 1}`, `${name} has the columns 1 to ${columns.length}`],
      [all, 'at least one column'],
    ] as const)
      expect(() => hideColumns(question, sheets, written)).toThrow(
        expect.objectContaining({
          kind: 'invalid',
          details: [
            expect.objectContaining({
              pointer: 'hiddenColumns',
              expected: expect.objectContaining({ en: expect.stringContaining(expected) }),
            }),
          ],
        }),
      );
    expect(hideColumns(question, sheets, undefined)).toBe(sheets);
  });
});
