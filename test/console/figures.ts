import { expect } from '@jest/globals';
import { type Page, type Request } from 'playwright-core';
import { groupAmounts, groupDigits } from '../../web/src/text/digits.js';

/** A table of the service as it is printed, as far as its cells go. */
export interface Printed {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly { readonly kind: string }[];
  readonly rows: readonly { readonly cells: readonly Cell[]; readonly role?: string }[];
}
interface Cell {
  readonly text: string;
  readonly exact?: string;
  readonly to?: string;
}

/** What was answered while a page was drawn, in the order of asking: requests without their origin, and bodies. */
export type Answers = readonly (readonly [asked: string, body: string])[];

interface Heard {
  readonly answers: () => Promise<Answers>;
  /** Begins anew. */
  readonly forget: () => void;
  /** Before the page is closed: what it is still asking then is never answered. */
  readonly stop: () => void;
}

/** Hears every answer of the service to a page. */
export function hearAnswers(page: Page): Heard {
  let heard: Promise<readonly [string, string]>[] = [];
  let isOver = false;
  const unlessOver = (error: unknown): string => {
    if (isOver) return 'null';
    throw error;
  };
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith('/v1/'))
      heard.push(
        bodyOf(request)
          .catch(unlessOver)
          .then((body) => [`${pathname}${search}`, body]),
      );
  });
  return {
    answers: () => Promise.all(heard),
    forget: () => (heard = []),
    stop: () => (isOver = true),
  };
}

/** The body of an answer; nothing where none came, as of a request that the page has given up. */
async function bodyOf(request: Request): Promise<string> {
  const response = await request.response();
  return response?.ok() === true ? response.text() : 'null';
}

/** A cell as it is read, what is said where one points at it, and where it leads, without what is the console's own. */
interface Shown {
  readonly text: string;
  readonly exact: string | null;
  readonly to: string | null;
}

/** The sheets on the page by their titles, cell by cell. */
const sheetsOf = (page: Page): Promise<{ title: string; rows: Shown[][] }[]> =>
  page.evaluate(() => {
    const asked = (link: Element): string => {
      const { pathname, searchParams } = new URL((link as HTMLAnchorElement).href);
      for (const own of ['lang', 'unitOfMoney', 'charts']) searchParams.delete(own);
      searchParams.sort();
      return `${pathname}?${searchParams}`;
    };
    return [...document.querySelectorAll('main .sheet:has(> table[aria-rowcount])')].map((sheet) => ({
      title: sheet.getAttribute('aria-label') ?? '',
      rows: [...sheet.querySelectorAll('tbody tr:not(.spacer)')].map((row) =>
        [...row.querySelectorAll('td:not(.none)')].map((cell) => {
          const link = cell.querySelector('a');
          return {
            text: (cell.textContent ?? '').replace(/^[▸▾]/, ''),
            exact: cell.classList.contains('figure') ? cell.getAttribute('title') : null,
            to: link && asked(link),
          };
        }),
      ),
    }));
  });

/** Each sheet is, cell by cell, a table of the service: figures, what is exact where they are rounded, and links. */
export async function expectSheets(page: Page, tables: readonly Printed[]): Promise<void> {
  const shown = await sheetsOf(page);
  expect(shown.map(({ title }) => title)).toEqual(tables.map(({ title }) => title));
  for (const [index, { columns, rows }] of tables.entries()) {
    const printed = rows.map(({ cells }) => cells.map((cell, column) => shownCell(cell, columns[column]!.kind)));
    // A long table draws the rows that are seen, which are the first; of an empty one it is said that it is.
    const { rows: drawn } = shown[index]!;
    expect(drawn).toEqual(printed.length === 0 ? [[]] : printed.slice(0, Math.max(drawn.length, 1)));
  }
}

const shownCell = ({ text, exact, to }: Cell, kind: string): Shown => ({
  text: kind === 'text' ? groupAmounts(text) : groupDigits(text),
  exact: kind !== 'text' && exact !== undefined && exact !== text ? groupDigits(exact) : null,
  to: to === undefined || text === '' ? null : askedBy(to),
});

/** A link of the interface as the console has it. */
function askedBy(to: string): string {
  const { pathname, searchParams } = new URL(to, 'http://here');
  searchParams.sort();
  return `${pathname.replace(/^\/v1\//, '/')}?${searchParams}`;
}

/** The tables among the answers, in the order of asking; a long list with the rows of its further pages. */
export function tablesIn(answers: Answers): Printed[] {
  const whole = new Map<string, Printed[]>();
  for (const [asked, body] of new Map(answers)) {
    const { tables = [] } = (JSON.parse(body) as { tables?: Printed[] } | null) ?? {};
    const question = asked.replace(/&cursor=[^&]*/, '');
    const before = whole.get(question);
    const rowsOf = (name: string) => tables.find((table) => table.name === name)?.rows ?? [];
    whole.set(question, before?.map((table) => ({ ...table, rows: [...table.rows, ...rowsOf(table.name)] })) ?? tables);
  }
  return [...whole.values()].flat();
}

/**
 * The page has asked what its address asks: what the service answers to that, asked anew, is what the page was told.
 * @param asked the address, which is that of the question without `/v1`
 */
export async function expectAsked(origin: string, asked: string, answers: Answers): Promise<void> {
  const { pathname, searchParams: wanted } = new URL(asked, origin);
  for (const own of ['lang', 'charts', 'closed']) wanted.delete(own);
  const language = new URL(asked, origin).searchParams.get('lang') ?? 'zh';
  const path = `/v1${pathname === '/' ? '/overview' : pathname}`;
  const same = answers.find(([each]) => {
    const { pathname: of, searchParams: has } = new URL(each, origin);
    return (
      of === path && has.get('format') === 'tables' && [...wanted].every(([name, value]) => has.get(name) === value)
    );
  });
  expect({ asked, found: same?.[0] }).toEqual({ asked, found: expect.any(String) });
  const limit = new URL(same![0], origin).searchParams.get('limit');
  const query = new URLSearchParams({ ...Object.fromEntries(wanted), format: 'tables', ...(limit && { limit }) });
  const direct = await fetch(`${origin}${path}?${query}`, { headers: { 'accept-language': language } });
  expect(JSON.parse(same![1])).toEqual(await direct.json());
}

/** An instant: as the answer has it, in UTC, or with its zone as it stands on a clock in China. */
const ON_A_CLOCK = /(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})( UTC\+8)?/g;

/** Every number in a text, without the commas between its digits; a hyphen behind a letter or a digit is no sign. */
const numbersIn = (text: string): string[] =>
  [...text.matchAll(/(?:(?<![\w.)-])-)?\d[\d,]*(?:\.\d+)?/g)].map(([number]) => number.replaceAll(',', ''));

/** What the console itself says in figures: the name of a digest. */
const IN_WORDS = ['256'];

/** No number stands on the page that is in none of its answers nor in its address: the console works out none. */
export async function expectOrigins(page: Page, answers: Answers): Promise<void> {
  const { shown, asking } = await page.evaluate(() => ({
    shown: document.querySelector<HTMLElement>('main')!.innerText,
    asking: [...document.querySelectorAll<HTMLElement>('main form')].map(({ innerText }) => innerText).join(' '),
  }));
  const bodies = answers.map(([, body]) => unescaped(body)).join('\n');
  const known = new Set([bodies, decodeURIComponent(page.url()), asking].flatMap(numbersIn).concat(IN_WORDS));
  const unknown = numbersIn(shown.replaceAll(ON_A_CLOCK, ' ')).filter((number) => !known.has(number));
  const untimely = [...shown.matchAll(ON_A_CLOCK)].filter(([, written = '', zone]) =>
    (zone ? [inUtc(written)] : [written, written.replace(' ', 'T')]).every((instant) => !bodies.includes(instant)),
  );
  expect({ unknown, untimely }).toEqual({ unknown: [], untimely: [] });
}

/** What is written with an escape in JSON stands on the page as it is. */
const unescaped = (body: string): string => body.replaceAll(/\\[nrt]/g, ' ').replaceAll('\\', '');

const inUtc = (written: string): string => new Date(`${written.replace(' ', 'T')}+08:00`).toISOString().slice(0, 19);

/** The figures of every table on the page that is no sheet, row by row. */
const otherTablesOf = (page: Page): Promise<string[][][]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main table')]
      .filter((table) => !table.hasAttribute('aria-rowcount') && table.closest('.paper') === null)
      .map((table) =>
        [...table.querySelectorAll('tbody tr')].map((row) =>
          [...row.querySelectorAll('td.figure')].map((cell) => cell.textContent ?? ''),
        ),
      )
      .filter((rows) => rows.some((cells) => cells.length > 0)),
  );

/** Each row of a table that is no sheet is of one thing in the answers, in their order; the last may be their sum. */
export async function expectRows(page: Page, answers: Answers): Promise<void> {
  const lists = answers.flatMap(([, body]) => listsIn(JSON.parse(body) as unknown));
  for (const rows of await otherTablesOf(page)) {
    // Single figures of different things, as the sizes of a log and of a disk, stand for themselves.
    if (rows.every(({ length }) => length === 1)) continue;
    const isFrom = lists.some((list) => isOf(rows, list) || isOf(rows.slice(0, -1), list));
    expect(isFrom ? [] : rows).toEqual([]);
  }
}

/** Every list in an answer, and every thing of parts: of each of them all the numbers. */
function listsIn(value: unknown): string[][][] {
  if (typeof value !== 'object' || value === null) return [];
  const parts: unknown[] = Object.values(value);
  return [parts.map((each) => numbersIn(unescaped(JSON.stringify(each)))), ...parts.flatMap(listsIn)];
}

/** Whether each row's figures are those of a thing of the list, one after the other. */
function isOf(rows: readonly (readonly string[])[], list: readonly (readonly string[])[]): boolean {
  let at = 0;
  for (const row of rows) {
    const figures = row.flatMap(numbersIn);
    while (at < list.length && !figures.every((figure) => list[at]!.includes(figure))) at += 1;
    if (at === list.length) return false;
    at += 1;
  }
  return rows.length > 0;
}
