import { type Page } from 'playwright-core';
import { settled } from './browser.js';

/** What the address of a page asks for; null where it says nothing of it. */
export const asked = (page: Page, name: string): string | null => new URL(page.url()).searchParams.get(name);
/** Presses keys one after the other before the page has drawn anything between them. */
export const press = (page: Page, ...keys: readonly string[]): Promise<void> =>
  page.evaluate((pressed) => {
    for (const key of pressed) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  }, keys);
/** Waits until the address says so, and the page has drawn what it then asks. */
export async function untilAsked(page: Page, name: string, value: string): Promise<void> {
  await page.waitForFunction(([key, wanted]) => new URLSearchParams(location.search).get(key) === wanted, [
    name,
    value,
  ] as const);
  await settled(page);
}
