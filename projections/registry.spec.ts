import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Books } from '../src/books/handle.js';
import { linksOf } from '../src/http/links.js';
import { exportOf } from '../src/report/export.js';
import { fieldsOf } from '../src/kinds/fields.js';
import { FollowedLog } from '../test/followed-log.js';
import { event, type Incoming, requestOf } from '../test/given-when-then.js';
import { ask } from './asking/ask.js';
import { type LongSheet, type Sheet, sheetPattern } from './asking/question.js';
import { PROJECTIONS, QUESTIONS } from './registry.js';

const FOLLOWED = PROJECTIONS.filter(({ name }) => name !== 'recorded-time');

describe.each(QUESTIONS.map((question) => [question.name, question] as const))('the sheets of %s', (_, question) => {
  it('have names of their own, in small letters', () => {
    expect(new Set(question.sheets).size).toBe(question.sheets.length);
    for (const name of question.sheets) expect(name).toMatch(/^[a-z]+(-[a-z]+)*(-<fund>)?$/);
  });

  it('are those of the answer, in the order in which they are listed', async () => {
    const log = new FollowedLog(FOLLOWED);
    await log.append({ ...event([], { kind: 'contribution' }) });
    await log.follow();
    const { sheets } = await question.ask(log.asking(), {});
    const names = sheets.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toMatch(new RegExp(sheetPattern(question)));
    const family = (name: string): number =>
      question.sheets.findIndex((each) => new RegExp(sheetPattern({ sheets: [each] })).test(name));
    expect(names.map(family)).toEqual(names.map(family).toSorted((one, other) => one - other));
    for (const { columns } of sheets)
      for (const language of ['zh', 'en'] as const) {
        const heads = columns.map((column) => (column.apart ?? column.name)[language]);
        expect(heads.filter((head, index) => heads.indexOf(head) !== index)).toEqual([]);
      }
    log.close();
  });
});

/** More than any answer lists by itself: pairs of one payment, and penalties outside what their article allows. */
const MANY: readonly Incoming[] = [
  ...Array.from({ length: 1_020 }, (_, index): Incoming => {
    const amount = `${1 + (index >> 1)}.00`;
    return { kind: 'contribution', amount, poolShare: undefined, personalShare: undefined };
  }),
  ...Array.from({ length: 210 }, (_, index): Incoming => {
    return { kind: 'penalty', amount: '900000.00', base: '100000.00', caseId: `HK-2025-${1_000 + index}` };
  }),
];

/** What a question is asked about that is of one account: where those stand. */
const ABOUT: Readonly<Record<string, object>> = { 'account-ledger': { unit: '460100', account: 'treasury' } };

describe('an answer that does not list all', () => {
  const log = new FollowedLog(FOLLOWED);
  beforeAll(async () => {
    const books = new Books(log.store, () => Date.UTC(2026, 11, 31));
    await Promise.all(MANY.map((command, index) => books.post(requestOf(command, `key-${index}`))));
    await log.follow();
  }, 240_000);
  afterAll(() => log.close());

  /** Of each sheet of a question, whether what is asked has fewer rows than what is exported. */
  async function compare(question: (typeof QUESTIONS)[number]) {
    const answer = await ask(question, log.asking(), { ...ABOUT[question.name] });
    const whole = await exportOf(question, log.asking(), { ...ABOUT[question.name] });
    const counts = await Promise.all(whole.sheets.map(async (sheet) => [sheet.name, await rowsIn(sheet)] as const));
    const short = counts.filter(
      ([name, count]) => count !== answer.sheets.find((each) => each.name === name)!.rows.length,
    );
    return { answer, whole, short: short.map(([name]) => name) };
  }

  it.each(QUESTIONS)('says where it ends and how to go on: $name', async (question) => {
    const { answer, short } = await compare(question);
    const url = `/v1/${question.route}?format=json`;
    const { next = null, notListed = {} } = answer.body;
    if (short.length === 0) return expect([next, notListed, linksOf(url, answer)]).toEqual([null, {}, {}]);
    for (const name of short) {
      const sheet = answer.sheets.find((each) => each.name === name)!;
      const said = [...(sheet.notes ?? []), ...(sheet.ways ?? [])].at(-1);
      for (const words of [said?.zh, said?.en]) expect(words).toMatch(/--cursor \S+|[0-9]+ .*--format csv --sheet /);
      expect(next !== null || notListed[name]! > 0).toBe(true);
    }
    expect(linksOf(url, answer).link).toMatch(next === null ? /&sheet=.*; rel="alternate"/ : /cursor=.*; rel="next"/);
  });

  it('is what these are, so that there is something to say', async () => {
    const short = await Promise.all(QUESTIONS.map(async (question) => (await compare(question)).short));
    expect(short.flat()).toEqual(expect.arrayContaining(['journal', 'findings', 'duplicates']));
  });

  it.each(QUESTIONS)('is a file only where so many were asked for, and says so too: $name', async (question) => {
    const { whole } = await compare(question);
    expect(linksOf('/v1/x', whole)).toEqual({});
    if (!fieldsOf(question.parameters).some(({ property }) => property === 'limit')) return;
    const page = await exportOf(question, log.asking(), { limit: '2', ...ABOUT[question.name] });
    expect(linksOf('/v1/x?format=csv&limit=2', page).link).toMatch(
      /limit=2&cursor=.*"next"|sheet=[a-z]+>.*"alternate"/,
    );
    const said = page.sheets.flatMap(({ notes = [], ways = [] }) => [...notes, ...ways].map(({ en }) => en));
    expect(said.join('\n')).toMatch(/--cursor \S+|[0-9]+ .*--format csv --sheet [a-z]+ without --limit/);
  });
});

async function rowsIn({ rows }: Sheet | LongSheet): Promise<number> {
  if (!(Symbol.asyncIterator in rows)) return rows.length;
  let count = 0;
  for await (const some of rows) count += some.length;
  return count;
}
