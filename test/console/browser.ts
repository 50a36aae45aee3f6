import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { sayNotRun } from '../not-run.js';

/** Where a Chromium usually is; `CHROMIUM` names another. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];
/** Nothing but what is tested goes over the network. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const NOT_RUN =
  '没有 Chromium，未在浏览器中测试控制台  the console in a real browser: there is no Chromium, not tested';
/** Machines are shared: what is waited for is the page itself, so long at most. */
const WITHIN_MS = 60_000;

/** Where the browser is; undefined where there is none. */
function placeOfBrowser(): string | undefined {
  const named = process.env['CHROMIUM'];
  return named !== undefined && named !== '' ? named : PLACES.find((place) => existsSync(place));
}

/** A real browser of its own; undefined where there is none, which the test run says in its last lines. */
export async function openBrowser(): Promise<OpenBrowser | undefined> {
  const executablePath = placeOfBrowser();
  if (executablePath === undefined) {
    sayNotRun(NOT_RUN);
    return undefined;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'tongzhang-browser-'));
  const browser = await chromium.launch({
    executablePath,
    args: QUIET,
    // What the browser keeps beside its pages, fonts and the like, is kept here and goes with it.
    env: { ...environment(), XDG_CACHE_HOME: scratch, XDG_CONFIG_HOME: scratch },
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

export interface OpenBrowser {
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

const environment = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));

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

/** Waits until nothing on the page is on its way any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(
    () =>
      document.querySelector('main') !== null &&
      document.querySelector('.shell[aria-busy="true"], main [aria-busy="true"]') === null,
  );
}
