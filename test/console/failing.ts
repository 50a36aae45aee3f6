import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Locator, type Page, type Route } from 'playwright-core';
import { OVERVIEW, SCREENS } from '../../web/src/screens/screens.js';
import { type RunningService, startService } from '../service.js';
import { settled, show, type Watched, watch } from './browser.js';
import { addressOf } from './places.js';
import { REFUSAL } from './refusal.js';
import { LONG_MS, theConsole } from './stage.js';

const BETWEEN = { status: 503, contentType: 'text/html', body: '<p>Bad gateway' };

/** Screens that ask the service for nothing before something is typed. */
const ASKS_NOTHING = ['/help', '/search'];
const asking = SCREENS.filter(({ path }) => !ASKS_NOTHING.includes(path)).map(
  (screen) => [screen.path, screen] as const,
);

const WAITS = '服务尚未应答';
const FAILED = '服务不能回答';
const UNREACHABLE = '服务没有应答';
const FAILURES = /服务不能回答|服务没有应答/;
const NONE = /（无）|尚|没有|\(none\)/;

/** Lets the clock of the page go on until something is seen there. */
async function untilSeen(page: Page, seen: Locator): Promise<void> {
  for (;;) {
    await page.clock.fastForward(1_500);
    const found = await seen
      .first()
      .waitFor({ timeout: 250 })
      .then(
        () => true,
        () => false,
      );
    if (found) return;
  }
}

/** What failed says what to do, and nothing on the page looks as if there were nothing. */
async function expectSaid(page: Page, alert: Locator, toDo: string): Promise<void> {
  expect(await alert.first().textContent()).toContain(toDo);
  expect(await page.locator('main td.none').count()).toBe(0);
}

/** A service that is slow, that fails and that has nothing to say: each looks like itself, on every screen. */
theConsole.describe('a service that does not answer', (stage) => {
  let watched: Watched;
  let answer: (route: Route) => Promise<void> | void;
  beforeAll(async () => {
    watched = await watch(stage.browser, stage.service.address);
    await watched.page.clock.install();
    await watched.page.route('**/v1/**', (route) => answer(route));
  });
  afterAll(() => watched.context.close());

  it.each(asking)('is waited for, said to have failed and asked again: %s', async (_, screen) => {
    const { page } = watched;
    const held: Route[] = [];
    answer = (route) => void held.push(route);
    await page.goto(addressOf(screen));
    const main = page.locator('main');
    await untilSeen(page, main.getByText(WAITS));
    expect(await main.getByRole('alert').filter({ hasText: FAILURES }).count()).toBe(0);

    answer = (route) => route.fulfill(REFUSAL);
    await Promise.all(held.splice(0).map((route) => route.fulfill(REFUSAL)));
    const failed = main.getByRole('alert').filter({ hasText: FAILED });
    await untilSeen(page, failed);
    await expectSaid(page, failed, '稍候再试');

    answer = (route) => route.fulfill(BETWEEN);
    // What follows the log has asked again by itself.
    await main.getByRole('alert').filter({ hasText: FAILURES }).getByRole('button').first().click();
    await untilSeen(page, main.getByText(`${UNREACHABLE} (503)`));

    answer = (route) => route.abort();
    await main.getByRole('alert').filter({ hasText: '(503)' }).getByRole('button').first().click();
    const lost = main.getByRole('alert').filter({ hasText: UNREACHABLE }).filter({ hasNotText: '(503)' });
    await untilSeen(page, lost);
    await expectSaid(page, lost, '稍候再试');

    answer = (route) => route.continue();
    const again = main.getByRole('alert').getByRole('button', { name: '再试一次' });
    while ((await again.count()) > 0) {
      // In one step: what follows the log asks again by itself, and its button may be gone by the time of a click.
      await again.evaluateAll((buttons) => (buttons[0] as HTMLElement | undefined)?.click());
      await page.clock.fastForward(1_500);
      await settled(page);
    }
    expect(await main.locator('.report, .overview, .facts').count()).toBeGreaterThan(0);
  });
});

theConsole.describe('a service whose ledger is empty', (stage) => {
  let empty: RunningService;
  let watched: Watched;
  beforeAll(async () => {
    empty = await startService();
    watched = await watch(stage.browser, empty.address);
  }, LONG_MS);
  afterAll(async () => {
    await watched.context.close();
    await empty.stop();
    empty.clean();
  });

  it.each(asking)('says that there is nothing: %s', async (path, screen) => {
    const { page, faults } = watched;
    await show(page, addressOf(screen));
    expect(faults).toEqual([]);
    const main = page.locator('main');
    expect(await main.getByRole('alert').filter({ hasText: FAILURES }).count()).toBe(0);
    expect(await main.getByText(WAITS).count()).toBe(0);
    // Every table has rows, if of zeros, or the word for nothing.
    const bare = await page.evaluate(() =>
      [...document.querySelectorAll('main table')].flatMap((table) =>
        table.querySelector('tbody tr') === null ? [table.closest('[aria-label]')?.getAttribute('aria-label')] : [],
      ),
    );
    expect(bare).toEqual([]);
    if (path === OVERVIEW.path) expect(await main.textContent()).toMatch(NONE);
  });
});
