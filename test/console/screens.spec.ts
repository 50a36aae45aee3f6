import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { type Screen, SCREENS } from '../../web/src/screens/screens.js';
import { groupAmounts, groupDigits } from '../../web/src/text/digits.js';
import { type RunningService } from '../service.js';
import { barriers, overflow } from './accessible.js';
import { openBrowser, settled, show, type Watched, watch } from './browser.js';
import { DAYS, serveYear } from './year-ledger.js';

const LONG_MS = 600_000;
const browser = await openBrowser();
const SEEN = [
  { language: 'zh', colorScheme: 'light' },
  { language: 'en', colorScheme: 'dark' },
] as const;

/** Which screens are more than the tables of their question. */
const OWN = readFileSync('web/src/screens/routes.tsx', 'utf8');
/** The screens in the list: a new one is tested by standing in it. */
const listed = SCREENS.map((screen) => [screen.path, screen] as const);
/** At double size a window has half the width. */
const AT_200_PERCENT = { width: 720, height: 450 };
const FULL = { width: 1440, height: 900 };

interface Printed {
  readonly columns: readonly { readonly kind: string }[];
  readonly rows: readonly { readonly cells: readonly { readonly text: string }[] }[];
}

/** The cells of every table on the page, as they are read. */
const cellsOf = (page: Page): Promise<string[][][]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main .report .sheet table')].map((table) =>
      [...table.querySelectorAll('tbody tr:not(.spacer)')].map((row) =>
        [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? ''),
      ),
    ),
  );

/** Whether a screen shows the tables of its question as they are, and nothing of its own. */
const isGeneric = (path: string, screen: Screen): boolean => 'question' in screen && !OWN.includes(`'${path}'`);

/** Each table is, cell by cell, what the service answers with `format=tables`, its amounts grouped by three. */
async function expectFigures(page: Page, question: string): Promise<void> {
  const { tables } = (await (await fetch(question)).json()) as { tables: Printed[] };
  const shown = await cellsOf(page);
  expect(shown).toHaveLength(tables.length);
  for (const [index, { columns, rows }] of tables.entries()) {
    const printed = rows.map(({ cells }) =>
      cells.map(({ text }, column) => (columns[column]!.kind === 'text' ? groupAmounts(text) : groupDigits(text))),
    );
    // A long table draws the rows that are seen, which are the first.
    if (printed.length > 0) expect(shown[index]).toEqual(printed.slice(0, shown[index]!.length));
  }
}

if (browser) {
  describe('each screen in a real browser', () => {
    let service: RunningService;
    beforeAll(async () => {
      service = await serveYear();
    }, LONG_MS);
    afterAll(async () => {
      await browser.close();
      await service.stop();
      rmSync(dirname(service.dataDir), { recursive: true, force: true });
    }, LONG_MS);

    const addressOf = (path: string, takes: readonly string[], lang: string): string => {
      const asked = takes.includes('from') ? DAYS : {};
      return `${path}?${new URLSearchParams({ ...asked, lang })}`;
    };

    describe.each(SEEN)('in $language, $colorScheme', ({ language, colorScheme }) => {
      let watched: Watched;
      beforeAll(async () => {
        watched = await watch(browser, service.address, { colorScheme });
      });
      afterAll(() => watched.context.close());

      it.each(listed)('is seen by everybody and shows what the service answers: %s', async (path, screen) => {
        const { page, faults, forget } = watched;
        forget();
        const asked = addressOf(path, screen.takes, language);
        await show(page, asked);
        expect(faults).toEqual([]);
        expect(await page.getAttribute('html', 'lang')).toBe(language === 'zh' ? 'zh-CN' : 'en');
        expect(await page.title()).toContain(screen.name[language]);
        expect(await barriers(page)).toEqual([]);
        if (isGeneric(path, screen)) await expectFigures(page, `${service.address}/v1${asked}&format=tables`);
        await page.setViewportSize(AT_200_PERCENT);
        await settled(page);
        const over = await overflow(page);
        await page.setViewportSize(FULL);
        expect(over).toBe(0);
      });
    });
  });
} else it('says that there is no browser', () => expect(browser).toBeUndefined());
