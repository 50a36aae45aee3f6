import { expect } from '@jest/globals';
import { type Page } from 'playwright-core';
import { groupDigits } from '../../web/src/text/digits.js';
import { type Printed } from './figures.js';

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
