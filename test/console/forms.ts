import { expect } from '@jest/globals';
import { type Page } from 'playwright-core';
import { groupDigits } from '../../web/src/text/digits.js';
import { type Answers, type Printed } from './figures.js';

const named = (tables: readonly Printed[], name: string): Printed => tables.find((table) => table.name === name)!;

/** The column with how many warnings there are: the last figure that a card has. */
const LAST_OF_CARD = 9;

/** The overview: a card of each fund has all its figures, and the units of it stand in their order with theirs. */
export async function expectCards(page: Page, tables: readonly Printed[]): Promise<void> {
  const [funds, units] = [named(tables, 'funds'), named(tables, 'units')];
  const shown = await page.evaluate(() => ({
    cards: [...document.querySelectorAll<HTMLElement>('article.card')].map(({ innerText }) => innerText),
    ranked: [...document.querySelectorAll('section.ranking')].map((card) =>
      [...card.querySelectorAll('tbody tr')].map((row) =>
        [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? ''),
      ),
    ),
  }));
  const cards = funds.rows.filter(({ role }) => role !== 'rounding');
  expect(shown.cards).toHaveLength(cards.length);
  for (const [index, { cells }] of cards.entries()) {
    // What rounding leaves over is said of the whole, in the tables.
    const said = cells.flatMap(({ text }, column) =>
      column > LAST_OF_CARD || funds.columns[column]!.kind === 'text' || /^(0(\.0+)?)?$/.test(text)
        ? []
        : [groupDigits(text)],
    );
    expect(said.filter((figure) => !shown.cards[index]!.includes(figure))).toEqual([]);
  }
  const ranked = cards
    .map(({ cells: [fund] }) => units.rows.filter(({ cells }) => cells[0]!.text === fund!.text))
    .filter((rows) => rows.length > 0);
  expect(shown.ranked).toEqual(
    ranked.map((rows) => rows.map(({ cells }) => [1, 2, 6, 7, 8].map((column) => groupDigits(cells[column]!.text)))),
  );
}

/** The board of the periods: how each month of each book stands, and what a month leads to. */
export async function expectBoard(page: Page, tables: readonly Printed[]): Promise<void> {
  const board = await page.evaluate(() =>
    [...document.querySelectorAll('table.board tbody tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) => [
        cell.textContent ?? '',
        cell
          .querySelector('a')
          ?.getAttribute('href')
          ?.replace(/[?&]lang=en/, '') ?? null,
      ]),
    ),
  );
  const printed = named(tables, 'board').rows.map(({ cells: [fund, unit, ...months] }) => [
    [`${fund!.text} ${unit!.text}`, null],
    ...months.map(({ text, to }) => [text, to?.replace('/v1', '') ?? null]),
  ]);
  expect(board).toEqual(printed);
}

interface Hit {
  readonly label: { readonly zh: string; readonly en: string };
  readonly amount?: string | null;
  readonly to: string;
}

/** What a search has found, in the order and under the headings of its answer, and where each leads. */
export async function expectHits(page: Page, answers: Answers, language: 'zh' | 'en'): Promise<void> {
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll('main .sheet tbody tr')].map((row) => {
      const [name, , amount] = [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '');
      return [
        name,
        amount,
        row
          .querySelector('a')
          ?.getAttribute('href')
          ?.replace(/[?&]lang=en/, '') ?? null,
      ];
    }),
  );
  const found = answers.find(([asked]) => asked.startsWith('/v1/search?'));
  const { groups } = JSON.parse(found?.[1] ?? '{"groups":[]}') as {
    groups: { name: Hit['label']; hits: Hit[]; isMore: boolean }[];
  };
  const expected = groups.flatMap(({ name, hits, isMore }) => [
    [name[language], '', null],
    ...hits.map(({ label, amount, to }) => [label[language], groupDigits(amount ?? ''), to.replace('/v1', '')]),
    ...(isMore ? [[expect.stringMatching(/全部|all of them/), '', expect.any(String)]] : []),
  ]);
  expect(shown).toEqual(expected);
}
