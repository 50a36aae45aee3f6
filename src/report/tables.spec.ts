import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../projections/asking/ask.js';
import { checkParameters } from '../../projections/asking/parameters.js';
import { type Answer, type Question, type Sheet } from '../../projections/asking/question.js';
import { QUESTIONS } from '../../projections/registry.js';
import { readCsv } from '../../test/csv.js';
import { type FollowedLog } from '../../test/followed-log.js';
import { smallLedger } from '../../test/small-ledger.js';
import { text } from '../errors.js';
import { TABLES } from '../http/openapi/tables.js';
import { parseFen } from '../money.js';
import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { unguarded } from '../text/csv-text.js';
import { writeCsv } from './csv.js';
import { type TablesOptions, tablesOf } from './tables.js';

const isTables = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(TABLES);

const WAYS: readonly TablesOptions[] = [
  { language: 'zh' },
  { language: 'en' },
  { language: 'zh', unit: 'wan' },
  { language: 'en', unit: 'yi' },
];

/** The rows of the same sheet in CSV, without what keeps a spreadsheet from changing a text. */
async function csvRows(sheet: Sheet, { language, unit }: TablesOptions): Promise<string[][]> {
  let written = '';
  for await (const piece of writeCsv(sheet, { language, unit: unit ?? sheet.unit })) written += piece;
  const [, ...rows] = readCsv(written);
  return rows.map((row) => row.map(unguarded));
}

describe('an answer as tables', () => {
  let log: FollowedLog;
  beforeAll(async () => {
    ({ log } = await smallLedger());
  });
  afterAll(() => log.close());

  const answerTo = (question: Question, parameters: Record<string, string>): Promise<Answer> =>
    ask(question, log.asking('2025-05-31'), checkParameters(question, parameters, BEFORE_ADOPTION));

  const ACCOUNT = { fund: 'resident', unit: '460100', account: 'benefits', limit: '2' };
  const ASKED = QUESTIONS.flatMap((question) => {
    const base = { from: '2025-01-01', to: '2025-05-31' };
    const more = question.name === 'audit-trail' ? [base, { ...base, ...ACCOUNT }] : [base];
    return more.map((parameters) => [question.name, parameters, question] as const);
  });
  it.each(ASKED)('to %s %j is of the schema, and says what its CSV says', async (_, parameters, question) => {
    const answer = await answerTo(question, parameters);
    for (const way of WAYS) {
      const shown = tablesOf(answer, way);
      expect([isTables(shown), isTables.errors]).toEqual([true, null]);
      expect(shown).toMatchObject({ position: answer.position, to: '2025-05-31', next: answer.body.next ?? null });
      expect(shown.tables.map(({ name }) => name)).toEqual(answer.sheets.map(({ name }) => name));
      for (const [index, table] of shown.tables.entries()) {
        const rows = table.rows.map(({ cells }) => cells.map((cell) => cell.text));
        expect(rows).toEqual(await csvRows(answer.sheets[index]!, way));
        expect(new Set([table.columns.length, ...rows.map(({ length }) => length)]).size).toBe(1);
        expect(table.notes.join()).not.toContain('--');
      }
    }
  });

  it('says what is rounded to the fen, and which rows rounding has left', async () => {
    const question = QUESTIONS.find(({ name }) => name === 'income-expenditure')!;
    const answer = await answerTo(question, { to: '2025-05-31', fund: 'employee' });
    const [form] = tablesOf(answer, { language: 'zh', unit: 'wan' }).tables;
    expect(form!.unit).toBe('单位：万元');
    const premiums = form!.rows.find(({ cells }) => cells[0]!.text.trim() === '社会保险费收入');
    expect(premiums).toMatchObject({ level: 1, cells: [{}, { text: '0.00', exact: '0.00' }, { exact: '1400.00' }] });
    expect(form!.rows.some(({ role }) => role === 'rounding')).toBe(true);
    const [exact] = tablesOf(answer, { language: 'zh' }).tables;
    expect(exact!.rows.flatMap(({ cells }) => cells).some((cell) => cell.exact !== undefined)).toBe(false);
    expect(exact!.rows.some(({ role }) => role === 'rounding')).toBe(false);
  });

  it('is one sheet of it where one is asked for, and refuses one that is not there', async () => {
    const answer = await answerTo(
      QUESTIONS.find(({ name }) => name === 'fund-balance')!,
      { to: '2025-05-31' },
    );
    expect(tablesOf(answer, { language: 'zh', sheet: 'books' }).tables.map(({ name }) => name)).toEqual(['books']);
    expect(() => tablesOf(answer, { language: 'zh', sheet: 'nothing' })).toThrow(
      expect.objectContaining({ code: 'unknown-sheet' }),
    );
  });
});

describe('a table', () => {
  const fen = (name: string, group?: string) => ({
    name: text(name, name),
    kind: 'fen' as const,
    ...(group !== undefined && { group: text(group, group) }),
  });
  const SHEET: Sheet = {
    name: 't',
    title: text('表', 'table'),
    columns: [{ name: text('名', 'name'), kind: 'text' }, fen('a', 'both'), fen('b', 'both')],
    rows: [
      ['标题', null, null],
      ['  甲', 4_000n, 4_000n],
      ['    乙', parseFen('40.00'), 4_000n],
      ['合计', 8_000n, 8_000n],
    ],
    marks: [{ role: 'heading' }, { links: [undefined, '/v1/account-ledger?account=cash'] }],
    footing: { rows: [{ total: 3, parts: [1, 2] }] },
    checks: [{ says: text('甲 = 乙', 'a = b'), holds: false }],
    ways: [text('后页：--cursor', 'next: --cursor')],
    notes: [text('注', 'note')],
    notListed: 3,
  };

  it('knows what its rows are, how far set in, and where its cells lead, whatever rows rounding has added', () => {
    const [table] = tablesOf(
      { position: 1, body: { from: null, to: null, asOf: null, recordedAsOf: null }, sheets: [SHEET] },
      { language: 'zh', unit: 'wan' },
    ).tables;
    expect(table!.columns[1]).toEqual({ number: 2, name: 'a', kind: 'fen', group: 'both' });
    expect(table!.rows).toEqual([
      { role: 'heading', cells: [{ text: '标题' }, { text: '' }, { text: '' }] },
      {
        level: 1,
        cells: [
          { text: '  甲' },
          { text: '0.00', exact: '40.00', to: '/v1/account-ledger?account=cash' },
          { text: '0.00', exact: '40.00' },
        ],
      },
      { level: 2, cells: [{ text: '    乙' }, { text: '0.00', exact: '40.00' }, { text: '0.00', exact: '40.00' }] },
      { role: 'rounding', cells: [{ text: '舍入差' }, { text: '0.01' }, { text: '0.01' }] },
      { role: 'total', cells: [{ text: '合计' }, { text: '0.01', exact: '80.00' }, { text: '0.01', exact: '80.00' }] },
    ]);
    expect(table).toMatchObject({
      unit: '单位：万元',
      checks: [{ says: '甲 = 乙', holds: false }],
      notes: [expect.stringContaining('舍入差'), '注'],
      notListed: 3,
    });
  });

  it('gives a part of a total that is one itself as a subtotal, and a total of one side alone as none', () => {
    const footing = {
      rows: [
        { total: 1, parts: [2] },
        { total: 3, parts: [1, 1], columns: [1] },
      ],
    };
    const [table] = tablesOf(
      { position: 1, body: { from: null, to: null, asOf: null, recordedAsOf: null }, sheets: [{ ...SHEET, footing }] },
      { language: 'en' },
    ).tables;
    expect(table!.rows.map(({ role }) => role)).toEqual(['heading', 'subtotal', undefined, undefined]);
  });
});
