import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../projections/asking/ask.js';
import { checkParameters } from '../projections/asking/parameters.js';
import { type Sheet } from '../projections/asking/question.js';
import { QUESTIONS } from '../projections/registry.js';
import { fieldsOf } from '../src/kinds/fields.js';
import { BEFORE_ADOPTION } from '../src/reference/built-in.js';
import { smallLedger } from './small-ledger.js';

/** What the questions are asked: of the whole, of days, of a unit, and as it was recorded earlier. */
const ASKED: readonly Readonly<Record<string, string>>[] = [
  { to: '2025-05-31' },
  { from: '2025-05-01', to: '2025-05-31', fund: 'resident' },
  { to: '2025-05-31', unit: '460100' },
  { to: '2025-05-31', recordedAsOf: 'position:28' },
];

/** The parameters that a question knows of those asked. */
const known = (question: (typeof QUESTIONS)[number], asked: Readonly<Record<string, string>>): object => {
  const names = fieldsOf(question.parameters).map(({ property }) => property);
  return Object.fromEntries(Object.entries(asked).filter(([name]) => names.includes(name)));
};

let ledger: Awaited<ReturnType<typeof smallLedger>>;
beforeAll(async () => {
  ledger = await smallLedger();
});
afterAll(() => ledger.log.close());

describe.each(QUESTIONS.map((question) => [question.name, question] as const))('what %s leads to', (_, question) => {
  const sheets = async (): Promise<{ asked: Readonly<Record<string, string>>; sheet: Sheet }[]> => {
    const all: { asked: Readonly<Record<string, string>>; sheet: Sheet }[] = [];
    for (const asked of ASKED) {
      const answer = await ask(question, ledger.log.asking('2025-12-31'), known(question, asked));
      all.push(...answer.sheets.map((sheet) => ({ asked, sheet })));
    }
    return all;
  };
  const linksIn = ({ marks = [] }: Sheet): string[] =>
    marks.flatMap((mark) => mark?.links ?? []).filter((to) => !!to) as string[];

  it('is said of rows and columns that there are', async () => {
    for (const { sheet } of await sheets()) {
      expect([sheet.name, ...sheet.rows.filter(({ length }) => length !== sheet.columns.length)]).toEqual([sheet.name]);
      if (!sheet.marks) continue;
      expect(sheet.marks.length).toBeLessThanOrEqual(sheet.rows.length);
      for (const mark of sheet.marks)
        expect(mark?.links?.slice(sheet.columns.length).filter((to) => to !== undefined) ?? []).toEqual([]);
    }
  });

  it('can be asked, and is of the same moment of recording', async () => {
    const addresses = new Set<string>();
    for (const { asked, sheet } of await sheets())
      for (const to of linksIn(sheet)) {
        addresses.add(to);
        const moment = new URL(to, 'http://ledger').searchParams.get('recordedAsOf');
        const isOfMoment = to.includes('/v1/vouchers/') || to.includes('/v1/events') || question.name === 'disclosure';
        // A difference is between two positions, each written in full: what was compared stays what was compared.
        if (question.name === 'difference' && !isOfMoment) expect(moment).toMatch(/^[0-9]+$/);
        else if (!isOfMoment) expect([to, moment ?? undefined]).toEqual([to, asked['recordedAsOf']]);
      }
    for (const to of addresses) await expect(answered(to)).resolves.toBe(true);
  }, 60_000);

  async function answered(to: string): Promise<boolean> {
    const { pathname, searchParams } = new URL(to, 'http://ledger');
    const voucher = /^\/v1\/vouchers\/(.+)-(\d+)$/.exec(pathname);
    if (voucher) return (await ledger.log.store.readStream(voucher[1]!, { limit: 1 })).length > 0;
    if (pathname === '/v1/events') return searchParams.has('after');
    const asked = QUESTIONS.find(({ route }) => pathname === `/v1/${route}`)!;
    const parameters = checkParameters(asked, Object.fromEntries(searchParams), BEFORE_ADOPTION);
    return (await ask(asked, ledger.log.asking('2025-12-31'), parameters)).position > 0;
  }
});

/** Those whose every amount leads on, but for sums of rows that do. */
const LEADING = [
  'overview',
  'budget-execution',
  'registers',
  'enforcement',
  'provincial-consolidation',
  'pooling-matrix',
  'likely-duplicates',
  'disclosure',
];

it.each(LEADING)('every row with an amount leads on in %s', async (name) => {
  const question = QUESTIONS.find((each) => each.name === name)!;
  const { sheets } = await ask(question, ledger.log.asking('2025-12-31'), { to: '2025-05-31' });
  for (const { name: sheet, columns, rows, marks = [], footing } of sheets) {
    if (sheet === 'compared') continue;
    for (const [index, row] of rows.entries()) {
      const isSum = marks[index]?.role !== undefined || footing?.rows?.some(({ total }) => total === index);
      const hasAmount = columns.some(({ kind }, column) => kind === 'fen' && typeof row[column] === 'bigint');
      if (!hasAmount || isSum) continue;
      const said = [sheet, index, marks[index]?.links?.some((to) => to !== undefined)];
      if (sheet.startsWith('worksheet') && !said[2]) continue;
      expect(said).toEqual([sheet, index, true]);
    }
  }
});
