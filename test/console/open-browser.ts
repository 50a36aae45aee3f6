import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
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
/** Where the browser is; undefined where there is none. */
function placeOfBrowser(): string | undefined {
  const named = process.env['CHROMIUM'];
  return named !== undefined && named !== '' ? named : PLACES.find((place) => existsSync(place));
}

/**
 * A real browser of its own; undefined where there is none, which a test run says in its last lines.
 * @param options e.g. what it is to be started without
 */
export async function openBrowser(options: LaunchOptions = {}): Promise<OpenBrowser | undefined> {
  const executablePath = placeOfBrowser();
  if (executablePath === undefined) {
    sayNotRun(NOT_RUN);
    return undefined;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'tongzhang-browser-'));
  const browser = await chromium.launch({
    executablePath,
    args: QUIET,
    ...options,
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
