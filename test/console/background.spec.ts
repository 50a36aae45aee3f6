import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { commandOf } from '../given-when-then.js';
import { post, type RunningService, startService } from '../service.js';
import { openBrowser, show, type Watched, watch } from './browser.js';

const LONG_MS = 240_000;
const browser = await openBrowser();

if (browser) {
  describe('what goes on in the background of the console', () => {
    let service: RunningService;
    let watched: Watched;
    let page: Page;
    let recorded = 0;
    const record = async (): Promise<string> => {
      recorded += 1;
      const { body } = await post(
        service,
        '/v1/penalties',
        commandOf({ kind: 'penalty', amount: `${150_000 + recorded}.00` }),
        `penalty-${recorded}`,
      );
      return (body as { id: string }).id;
    };
    beforeAll(async () => {
      service = await startService();
    }, LONG_MS);
    afterAll(async () => {
      await browser.close();
      await service.stop();
      service.clean();
    }, LONG_MS);
    beforeEach(async () => {
      watched = await watch(browser, service.address);
      ({ page } = watched);
    });
    afterEach(() => watched.context.close());

    it(
      'shows what is recorded while it is recorded, and what came in a pause once, behind it',
      async () => {
        // The line stays open: the network of this page is never idle.
        await page.goto('/events?tail=on');
        await page.getByText('● 实时').waitFor();
        const first = await record();
        const rows = page.locator('main .log tbody tr');
        await rows.first().getByText(first).waitFor();
        await page.getByRole('button', { name: '暂停' }).click();
        await page.getByText('❚❚ 已暂停').waitFor();
        const [second, third] = [await record(), await record()];
        expect(await page.getByText(second).count()).toBe(0);
        await page.getByRole('button', { name: '继续' }).click();
        await rows.first().getByText(third).waitFor();
        const seen = await rows.locator('td:last-child').allTextContents();
        expect(seen.slice(0, 3)).toEqual([third, second, first]);
        expect(new Set(seen).size).toBe(seen.length);
        expect(watched.faults).toEqual([]);
      },
      LONG_MS,
    );

    it(
      'makes a file as a job that a reload does not lose, the same as is had at once',
      async () => {
        await record();
        const address = '/enforcement?from=2025-01-01&to=2025-12-31';
        await show(page, address);
        await page.getByRole('button', { name: '导出' }).first().click();
        await page.getByRole('menuitem', { name: 'CSV，后台生成' }).click();
        const strip = page.getByRole('region', { name: '后台导出' });
        await strip.waitFor();
        await page.reload();
        const link = strip.getByRole('link', { name: '下载' });
        await link.waitFor();
        const made = await (await fetch(`${service.address}${await link.getAttribute('href')}`)).text();
        const atOnce = await fetch(`${service.address}/v1${address}&format=csv&sheet=recoveries`);
        expect(made).toBe(await atOnce.text());
        await strip.getByRole('button', { name: '收起' }).click();
        await strip.waitFor({ state: 'detached' });
        expect(watched.faults).toEqual([]);
      },
      LONG_MS,
    );
  });
} else it('says that there is no browser', () => expect(browser).toBeUndefined());
