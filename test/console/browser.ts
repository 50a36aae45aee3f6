import { randomUUID } from 'node:crypto';
import { type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { type OpenBrowser } from './open-browser.js';

export { openBrowser, type OpenBrowser } from './open-browser.js';

/** Machines are shared: what is waited for is the page itself, so long at most. */
const WITHIN_MS = 60_000;

/** A page, and what went wrong on it: errors, what its policy forbade, what it asked of others. */
export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every error of the page and of its console, every breach of its policy, every request to another place. */
  readonly faults: readonly string[];
  /** Forgets the faults so far, where a test has made some. */
  readonly forget: () => void;
}

/** A page on the console at `address`, watched from before its first byte. */
export async function watch(
  { browser }: OpenBrowser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    ...options,
  });
  context.setDefaultTimeout(WITHIN_MS);
  context.setDefaultNavigationTimeout(WITHIN_MS);
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${address}/`) && !/^(data|blob):/.test(url)) faults.push(`request elsewhere: ${url}`);
  });
  return { page, context, faults, forget: () => void faults.splice(0) };
}

/** Goes to an address of the console and waits until all that it asks for has come. */
export async function show(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
}

/** So long nothing may be on its way before a page is at rest: an answer may lead to the next question. */
const AT_REST_MS = 100;

/** Waits until what the address asks for is drawn, and nothing on the page is on its way any more. */
export async function settled(page: Page): Promise<void> {
  const call = randomUUID();
  await page.waitForFunction(
    ([mine, restMs]) => {
      const drawn = document.querySelector<HTMLElement>('.shell')?.dataset.drawn;
      const isDrawn =
        drawn !== undefined && new URL(drawn, location.href).href === location.href.replace(location.hash, '');
      const isBusy = document.querySelector('.shell[aria-busy="true"], main [aria-busy="true"]') !== null;
      const page = globalThis as unknown as { rest?: { readonly of: string; readonly sinceMs: number } };
      if (!isDrawn || isBusy) delete page.rest;
      else if (page.rest?.of !== mine) page.rest = { of: mine, sinceMs: performance.now() };
      return page.rest !== undefined && performance.now() - page.rest.sinceMs >= restMs;
    },
    [call, AT_REST_MS] as const,
  );
}
