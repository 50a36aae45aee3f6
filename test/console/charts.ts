import { expect, it } from '@jest/globals';
import { groupDigits } from '../../web/src/text/digits.js';
import { settled, show } from './browser.js';
import { onFreshPages } from './stage.js';

const YEAR = '/?fund=employee&unit=460100&from=2024-01-01&to=2024-12-31';

interface Tables {
  readonly tables: readonly {
    readonly name: string;
    readonly rows: readonly { readonly cells: readonly { readonly text: string; readonly exact?: string }[] }[];
  }[];
}

/** A chart is a table seen otherwise. */
onFreshPages.describe('a chart', (scene) => {
  it.each([
    ['zh', '逐月', /亿元|万元/],
    ['en', 'Month by month', /100m yuan|10k yuan/],
  ])('draws the figures of its table, one key away, with the units on its sides: %s', async (lang, label, unit) => {
    const { page, watched, service } = scene;
    // What is written on a canvas is heard as it is written.
    await page.addInitScript(() => {
      const written: string[] = [];
      Object.assign(globalThis, { written });
      const { prototype } = CanvasRenderingContext2D;
      const write = Reflect.get(prototype, 'fillText') as (...given: unknown[]) => void;
      prototype.fillText = function (...given) {
        written.push(given[0]);
        Reflect.apply(write, this, given);
      };
    });
    await show(page, `${YEAR}&lang=${lang}`);
    const chart = page.locator('main .chart[role="img"]');
    await chart.first().waitFor();
    expect(await chart.first().getAttribute('aria-label')).toContain(label);
    await page.waitForFunction(() => (globalThis as unknown as { written: string[] }).written.length > 4);
    const written = await page.evaluate(() => (globalThis as unknown as { written: string[] }).written);
    expect(written.filter((text) => unit.test(text)).length).toBeGreaterThan(1);
    expect(written).toEqual(expect.arrayContaining(['2024-01']));

    await page.keyboard.press('c');
    await page.waitForFunction(() => new URLSearchParams(location.search).get('charts') === 'table');
    await settled(page);
    await chart.first().waitFor({ state: 'detached' });
    const { tables } = (await (
      await fetch(`${service.address}/v1/overview${YEAR.slice(1)}&format=tables`, {
        headers: { 'accept-language': lang },
      })
    ).json()) as Tables;
    const trend = tables.find(({ name }) => name === 'trend')!;
    const shown = await page
      .locator('main .report')
      .nth(2)
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)));
    expect(shown).toEqual(
      trend.rows.map(({ cells }) => cells.map(({ text }, at) => (at < 2 ? text : groupDigits(text)))),
    );
    await page.keyboard.press('c');
    await chart.first().waitFor();
    expect(watched.faults).toEqual([]);
  });
});
