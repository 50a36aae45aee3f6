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

/** The lines on a canvas as they are drawn, each by the heights of its points in pixels from above. */
type Drawn = readonly (readonly number[])[];

/** Figures, and the line that is most like them. */
interface Compared {
  readonly figures: readonly number[];
  readonly heights: readonly number[];
}

/** What is drawn and written on a canvas is heard as it is: of paths that are stroked, the points they lead through. */
const hearCanvas = (): void => {
  const written: string[] = [];
  const drawn: number[][] = [];
  Object.assign(globalThis, { written, drawn });
  const heights = new WeakMap<Path2D, number[]>();
  const replace = (prototype: object, name: string, hear: (on: object, given: unknown[]) => void): void => {
    const own = Reflect.get(prototype, name) as (...given: unknown[]) => unknown;
    Reflect.set(prototype, name, function (this: object, ...given: unknown[]) {
      hear(this, given);
      return Reflect.apply(own, this, given);
    });
  };
  const leadTo = (on: object, [, height]: unknown[]): void => {
    const path = on as Path2D;
    heights.set(path, [...(heights.get(path) ?? []), height as number]);
  };
  replace(Path2D.prototype, 'moveTo', leadTo);
  replace(Path2D.prototype, 'lineTo', leadTo);
  replace(CanvasRenderingContext2D.prototype, 'fillText', (_, [text]) => written.push(text as string));
  replace(CanvasRenderingContext2D.prototype, 'stroke', (_, [path]) => {
    const found = path instanceof Path2D && heights.get(path);
    if (found) drawn.push(found);
  });
};

/** How far a line is, at its worst point, from one that shows the figures true to scale; in pixels. */
function missBy(heights: readonly number[], figures: readonly number[]): number {
  const [least, most] = [Math.min(...figures), Math.max(...figures)];
  const [low, high] = [heights[figures.indexOf(least)]!, heights[figures.indexOf(most)]!];
  const misses = figures.map((figure, at) => {
    const due = low + ((figure - least) / (most - least)) * (high - low);
    return Math.abs(heights[at]! - due);
  });
  return high < low ? Math.max(...misses) : Infinity;
}

/** A chart is a table seen otherwise. */
onFreshPages.describe('a chart', (scene) => {
  it.each([
    ['zh', '逐月', /亿元|万元/],
    ['en', 'Month by month', /100m yuan|10k yuan/],
  ])('draws the figures of its table, one key away, with the units on its sides: %s', async (lang, label, unit) => {
    const { page, watched, service } = scene;
    await page.addInitScript(hearCanvas);
    await show(page, `${YEAR}&lang=${lang}`);
    const chart = page.locator('main .chart[role="img"]');
    await chart.first().waitFor();
    expect(await chart.first().getAttribute('aria-label')).toContain(label);
    await page.waitForFunction(() => (globalThis as unknown as { written: string[] }).written.length > 4);
    const written = await page.evaluate(() => (globalThis as unknown as { written: string[] }).written);
    expect(written.filter((text) => unit.test(text)).length).toBeGreaterThan(1);
    expect(written).toEqual(expect.arrayContaining(['2024-01']));
    const drawn = await page.evaluate(() => (globalThis as unknown as { drawn: Drawn }).drawn);

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
    const months = trend.rows.length;
    expect(months).toBe(12);
    const lines = drawn.filter(({ length }) => length === months);
    // Income and expenditure are on one scale, the balance at the end of the month on one of its own.
    const compared = (column: number): Compared => {
      const figures = trend.rows.map(({ cells }) => parseFloat(cells[column]!.exact ?? cells[column]!.text));
      return { figures, heights: lines.toSorted((one, other) => missBy(one, figures) - missBy(other, figures))[0]! };
    };
    const [income, expenditure, balance] = [compared(3), compared(4), compared(5)];
    const { figures, heights } = expenditure;
    expect(missBy([...income.heights, ...heights], [...income.figures, ...figures])).toBeLessThan(1.5);
    expect(missBy(balance.heights, balance.figures)).toBeLessThan(1.5);
    await page.keyboard.press('c');
    await chart.first().waitFor();
    expect(watched.faults).toEqual([]);
  });
});
