import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lastDayOf } from '../../src/books/periods.js';
import { formatFen } from '../../src/money.js';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { type FollowedLog } from '../../test/followed-log.js';
import { smallLedger } from '../../test/small-ledger.js';
import { ask } from '../asking/ask.js';
import { checkParameters } from '../asking/parameters.js';
import { type Answer, type Cell, type Sheet } from '../asking/question.js';
import { QUESTIONS } from '../registry.js';

const TODAY = '2025-12-31';
const question = (name: string) => QUESTIONS.find((each) => each.name === name || each.route === name)!;

/** What of the answer a figure is, by its statement, its column and the line that it leads to. */
type Measure = 'opening' | 'debit' | 'credit' | 'closing';

const TRIAL_BALANCE: readonly Measure[] = [
  'opening',
  'opening',
  'debit',
  'credit',
  'debit',
  'credit',
  'closing',
  'closing',
  'debit',
  'credit',
  'closing',
  'closing',
];

function measureOf(name: string, sheet: string, column: number, line: string): Measure {
  if (name === 'trial-balance') return TRIAL_BALANCE[column - 2]!;
  if (name === 'balance-sheet' && sheet.startsWith('form')) return column === 1 || column === 4 ? 'opening' : 'closing';
  if (name === 'net-assets' && line.startsWith('net-assets/opening')) return 'opening';
  if (line === 'balance-sheet/in-transit' && name === 'balances' && column === 1) return 'opening';
  return 'closing';
}

/** Every figure of a sheet that leads somewhere: what it says, where it is, and where it leads. */
const figuresOf = ({ rows, marks = [] }: Sheet) =>
  rows.flatMap((row, index) =>
    row.flatMap((cell, column) => {
      const link = marks[index]?.links?.[column];
      return typeof cell === 'bigint' && link !== undefined ? [{ cell, row: index, column, link }] : [];
    }),
  );

/** Whether a row says of the one before it what of it is in transit. */
const isTransitOf = (row: readonly Cell[], behind: number): boolean =>
  behind === 1 && typeof row[0] === 'object' && row[0]?.zh === '  其中：在途';

/** The amounts that lead nowhere, but for what is worked out of others beside them or above. */
const withoutLinks = ({ name, rows, marks = [], columns, footing }: Sheet): string[] =>
  rows.flatMap((row, index) =>
    row.flatMap((cell, column) => {
      const isChange = /增减|变动|Δ/.test(columns[column]!.name.zh);
      const isTotal =
        /^(accounts-|funds$)/.test(name) &&
        (footing?.rows ?? []).some(({ total }) => total === index || isTransitOf(row, index - total));
      const isCheck = typeof row[1] === 'object' && row[1]?.zh.startsWith('试算平衡');
      const isLinked = marks[index]?.links?.[column] !== undefined;
      const isKnown = isChange || isTotal || isCheck || isLinked;
      return typeof cell !== 'bigint' || isKnown ? [] : [`${name} ${index} ${column}`];
    }),
  );

describe('what the figures of statements lead to', () => {
  let log: FollowedLog;
  beforeAll(async () => {
    const small = await smallLedger();
    ({ log } = small);
    // The first year of one book is closed: what a close carries is in accounts, and in no statement.
    const book = { fund: 'employee', unit: '460100' };
    for (let month = 1; month <= 12; month += 1) {
      const businessDate = lastDayOf(`2024-${String(month).padStart(2, '0')}`);
      await small.post({ kind: 'period-close', ...book, businessDate });
    }
    await small.post({ kind: 'year-close', ...book, businessDate: '2024-12-31' });
    await log.follow();
  });
  afterAll(() => log.close());

  const answerTo = (name: string, parameters: Record<string, string>): Promise<Answer> =>
    ask(question(name), log.asking(TODAY), checkParameters(question(name), parameters, BEFORE_ADOPTION));

  const known = new Map<string, Promise<Answer>>();
  /** What a link leads to; many figures lead to the same. */
  function follow(link: string): Promise<Answer> {
    const [path, query] = link.split('?') as [string, string];
    const found =
      known.get(link) ?? answerTo(path.slice('/v1/'.length), Object.fromEntries(new URLSearchParams(query)));
    known.set(link, found);
    return found;
  }

  const ASKED = ['balances', 'balance-sheet', 'income-expenditure', 'net-assets', 'final-accounts', 'trial-balance'];
  const CITY = { unit: '460100', asOf: '2025-05-31' };
  const PROVINCE = { asOf: '2025-05-31' };
  const CASES: readonly (readonly [string, Record<string, string>])[] = [
    ...ASKED.map((name) => [name, PROVINCE] as const),
    ...ASKED.map((name) => [name, { ...CITY, fund: 'employee', from: '2025-03-01' }] as const),
    ...ASKED.map((name) => [name, { ...CITY, fund: 'employee', asOf: '2024-12-31' }] as const),
    ...ASKED.map((name) => [name, { ...PROVINCE, fund: 'resident', recordedAsOf: '20' }] as const),
    ['income-expenditure', { ...CITY, form: 'yearly' }],
    ['trial-balance', { ...PROVINCE, level: '3', zeros: 'show' }],
    ['trial-balance', { unit: '460100', period: '2025-05', compareWith: '2024-05' }],
    ['final-accounts', { unit: '460000', asOf: '2025-05-31' }],
  ];
  it.each(CASES)('%s of %j: each adds up to its figure, entry by entry', async (name, parameters) => {
    const { sheets } = await answerTo(name, parameters);
    const wrong: unknown[] = [];
    let count = 0;
    for (const sheet of sheets)
      for (const { cell, row, column, link } of figuresOf(sheet)) {
        if (!link.startsWith('/v1/account-ledger?')) continue;
        count += 1;
        const { body, sheets: ledger } = await follow(`${link}&limit=500`);
        const measure = measureOf(name, sheet.name, column, body['line'] as string);
        const figure = body[measure] as string;
        const isSame = [cell, -cell].map(formatFen).includes(figure) || (name === 'trial-balance' && isOther(cell));
        if (!isSame || ledger[0]!.checks!.some(({ holds }) => !holds))
          wrong.push({ sheet: sheet.name, row: sheet.rows[row], column, link, figure, checks: ledger[0]!.checks });
      }
    expect(wrong).toEqual([]);
    expect(sheets.flatMap(withoutLinks)).toEqual([]);
    expect(count).toBeGreaterThan(0);
  });

  /** A balance stands on one side, and nothing on the other. */
  const isOther = (cell: bigint): boolean => cell === 0n;
});
