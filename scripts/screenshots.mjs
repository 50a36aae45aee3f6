#!/usr/bin/env node
/**
 * `npm run screenshots`: a picture of every screen of the console in both languages, over the ledger of the demo with
 * its years 2024 and 2025, in `screenshots/`, which git ignores. They are there to be looked at. Chromium must be on
 * the machine: at `/usr/bin/chromium`, or where `CHROMIUM` says. Runs on Node 24.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { isReady, nodeBinary, ROOT } from './ready.mjs';

const INTO = join(ROOT, 'screenshots');
const PORT = process.env.PORT ?? '3900';
const AT = `http://127.0.0.1:${PORT}`;
const LANGUAGES = ['zh', 'en'];
const READY_WITHIN_MS = 180_000;
const WINDOW = { width: 1440, height: 900 };
/** Where the days of the example are seen, and a book of it. */
const DAYS = 'from=2025-01-01&to=2025-05-31';
const BOOK = `fund=employee&unit=460100&${DAYS}`;
/** Beside the screens of the navigation: what one comes to from them. */
const MORE = {
  'trial-balance-book': `/trial-balance?${BOOK}`,
  'balance-sheet-book': `/balance-sheet?${BOOK}`,
  'account-ledger-book': `/account-ledger?${BOOK}&account=fiscal-account`,
  'difference-book': '/difference?fund=employee&unit=460100&asOf=2025-05-31&againstAsOf=2025-04-30',
  'periods-2024': '/periods?from=2024-01-01&to=2024-12-31',
  voucher: '/vouchers/book-employee-460100-112',
  search: '/search?q=1,333,306.61',
};

const tongzhang = (...args) => {
  const program = [join(ROOT, 'dist', 'src', 'cli.js'), ...args];
  return spawn(nodeBinary(), program, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, PORT } });
};
const ended = (child) => new Promise((resolve) => child.once('exit', resolve));

/** Waits until the service answers that it is ready; not for one that has ended, nor for ever. */
async function untilReady(service) {
  for (const latest = performance.now() + READY_WITHIN_MS; performance.now() < latest; await sleep(200)) {
    if (service.exitCode !== null) throw new Error(`the service ended with ${service.exitCode}`);
    const ready = await fetch(`${AT}/readyz`).catch(() => undefined);
    if (ready?.ok) return;
  }
  throw new Error(`the service at ${AT} was not ready within ${READY_WITHIN_MS / 1_000} s`);
}

/** Goes to an address and waits until all that it asks for has come. */
async function show(page, address) {
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(
    () =>
      document.querySelector('main') && !document.querySelector('.shell[aria-busy="true"], main [aria-busy="true"]'),
  );
}

/** The screens as the navigation has them, by name. */
async function screensOf(page) {
  await show(page, `/?${DAYS}`);
  const paths = await page.locator('nav.navigation a').evaluateAll((links) => links.map((link) => link.pathname));
  const named = paths.map((path) => [path === '/' ? 'overview' : path.slice(1).replaceAll('/', '-'), path]);
  return { ...Object.fromEntries(named), ...MORE };
}

async function take(browser) {
  const page = await browser.newPage({ baseURL: AT, viewport: WINDOW });
  const screens = await screensOf(page);
  for (const [name, path] of Object.entries(screens))
    for (const lang of LANGUAGES) {
      const address = path.includes('?') ? path : ((await addressAt(page, path)) ?? path);
      await show(page, `${address}${address.includes('?') ? '&' : '?'}lang=${lang}`);
      await page.screenshot({ path: join(INTO, `${name}.${lang}.png`) });
      process.stdout.write(`${name}.${lang}.png\n`);
    }
}

/** The link of the navigation to a screen, with the days that are looked at. */
async function addressAt(page, path) {
  await show(page, `/?${DAYS}`);
  const links = page.locator('nav.navigation a');
  const hrefs = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href')));
  return hrefs.find((href) => href.split('?')[0] === path);
}

if (await isReady(1)) {
  const data = mkdtempSync(join(tmpdir(), 'tongzhang-screenshots-'));
  mkdirSync(INTO, { recursive: true });
  await ended(tongzhang('--data', data, 'demo', '--year', '--once'));
  const service = tongzhang('--data', data, 'serve');
  try {
    await untilReady(service);
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-background-networking'],
    });
    await take(browser);
    await browser.close();
  } finally {
    service.kill('SIGTERM');
    await ended(service);
    rmSync(data, { recursive: true, force: true });
  }
}
