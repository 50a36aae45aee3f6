import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type Page } from 'playwright-core';
import { openBrowser } from '../test/console/open-browser.js';
import { type Figure, median, percentile, within } from './figure.js';
import { generateFeed, importOnce, ledgerOf } from './large-ledger.js';
import { type PlainPages, servePlainPages } from './plain-pages.js';
import { type Service, startService, temporaryDirectory } from './processes.js';

/** The console in a real browser, over a ledger of 100,000 vouchers, beside pages that do next to nothing. */

const VOUCHERS = 100_000;
const LIST = '/audit-trail?from=2025-01-01&to=2025-12-31';
const LIST_PAGE = 500;
const WINDOW = { width: 1440, height: 900 };
const OPENINGS = 7;
const ROUNDS = 3;
const MOTION_MS = 5_000;
/** So long nothing more is on its way before it is said when a page could be used. */
const QUIET_MS = 1_000;
const WITHIN_MS = 600_000;
const LOOK_EACH_MS = 20;

/** What is held: in kilobytes, milliseconds, frames a second. */
const MOST_KILOBYTES = 350;
const MOST_MS = 2_000;
const LEAST_FRAMES = 50;

/** In the page: when its figures are drawn, and when the last task that held up an input had ended. */
const WATCH_OPENING = `
  window.opening = { drawn: 0, held: 0 };
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) opening.held = Math.max(opening.held, task.startTime + task.duration);
  }).observe({ type: 'longtask', buffered: true });
  (function look() {
    const isDrawn = document.querySelector('main .figure') && !document.querySelector('main [aria-busy="true"]');
    if (isDrawn) opening.drawn = performance.now();
    else requestAnimationFrame(look);
  })();`;

/** In the page: the gaps between its frames until it is asked for them. */
const COUNT_FRAMES = `(() => {
  const gaps = [];
  let last = performance.now();
  let isOn = true;
  requestAnimationFrame(function frame(now) {
    gaps.push(now - last);
    last = now;
    if (isOn) requestAnimationFrame(frame);
  });
  window.framesCounted = () => ((isOn = false), gaps.slice(1));
})()`;

/** Size, opening and scrolling; none where there is no browser, which it says. */
export async function consoleInBrowser(say: (message: string) => void): Promise<Figure[]> {
  const open = await openBrowser({ ignoreDefaultArgs: ['--hide-scrollbars'] });
  if (!open) return [];
  const directory = temporaryDirectory();
  generateFeed(directory, VOUCHERS);
  await importOnce(directory);
  const service = await startService(ledgerOf(directory));
  const plain = await servePlainPages(await rowsOf(service), VOUCHERS);
  try {
    say('  打开 opening');
    const opened = await opening(open.browser, service, plain);
    say('  滚动 scrolling');
    return [...opened, ...(await scrolling(open.browser, service, plain))];
  } finally {
    await open.close();
    await plain.close();
    await service.stop();
    rmSync(directory, { recursive: true });
  }
}

/** The texts of the first page of the list. */
async function rowsOf({ address }: Service): Promise<string[][]> {
  const response = await fetch(`${address}/v1${LIST}&limit=${LIST_PAGE}&format=tables`);
  const { tables } = (await response.json()) as { tables: { rows: { cells: { text: string }[] }[] }[] };
  return tables[0]!.rows.map(({ cells }) => cells.map(({ text }) => text));
}

interface Opened {
  /** From when it was gone to until its figures stand there and it takes what one does. */
  readonly ms: number;
  /** What came for it, in bytes, without the answers of the API. */
  readonly bytes: number;
  readonly answers: number;
}

/** Opens an address with nothing kept of earlier ones. */
async function openOnce(browser: Browser, address: string): Promise<Opened> {
  const context = await browser.newContext({ viewport: WINDOW });
  const page = await context.newPage();
  const sizes: Promise<{ readonly isAnswer: boolean; readonly bytes: number }>[] = [];
  page.on('requestfinished', (request) => {
    const isAnswer = new URL(request.url()).pathname.startsWith('/v1/');
    sizes.push(request.sizes().then(({ responseBodySize }) => ({ isAnswer, bytes: responseBodySize })));
  });
  await page.addInitScript(WATCH_OPENING);
  await page.goto(address);
  await becomesTrue(page, 'opening.drawn > 0');
  await page.waitForLoadState('networkidle');
  await sleep(QUIET_MS);
  const ms = await page.evaluate<number>('Math.max(opening.drawn, opening.held)');
  const came = await Promise.all(sizes);
  await context.close();
  const sum = (ofAnswers: boolean): number =>
    came.filter(({ isAnswer }) => isAnswer === ofAnswers).reduce((total, { bytes }) => total + bytes, 0);
  return { ms, bytes: sum(false), answers: sum(true) };
}

/** Waits until an expression is true in the page. Its policy evaluates no words of its own; what debugs it may. */
async function becomesTrue(page: Page, expression: string): Promise<void> {
  const latest = performance.now() + WITHIN_MS;
  while (!(await page.evaluate<boolean>(expression))) {
    if (performance.now() > latest) throw new Error(`${page.url()}: not true within ${WITHIN_MS} ms: ${expression}`);
    await sleep(LOOK_EACH_MS);
  }
}

async function opening(browser: Browser, { address }: Service, plain: PlainPages): Promise<Figure[]> {
  const [ours, empty]: [Opened[], Opened[]] = [[], []];
  for (let round = 0; round < OPENINGS; round += 1) {
    ours.push(await openOnce(browser, `${address}/`));
    empty.push(await openOnce(browser, plain.empty));
  }
  const msOf = (opened: readonly Opened[]): number => median(opened.map(({ ms }) => ms));
  const kilobytes = (bytes: number): number => bytes / 1_000;
  const { bytes, answers } = ours[0]!;
  const [least, most] = [Math.min, Math.max].map((of) => of(...ours.map(({ ms }) => ms)).toFixed(0));
  return [
    within(
      {
        name: 'console: first page, compressed',
        ours: kilobytes(bytes),
        against: null,
        atLeast: MOST_KILOBYTES,
        unit: 'kB',
      },
      `and answers of ${kilobytes(answers).toFixed(0)} kB`,
    ),
    within(
      {
        name: 'console: overview interactive, nothing cached',
        ours: msOf(ours),
        against: msOf(empty),
        atLeast: MOST_MS,
        unit: 'ms',
      },
      `median of ${OPENINGS}, ${least}–${most}; against an empty page`,
    ),
  ];
}

/** How a list is scrolled for some seconds. */
type Motion = (page: Page) => Promise<void>;

async function until(ms: number, act: (step: number) => Promise<void>): Promise<void> {
  const end = performance.now() + ms;
  for (let step = 0; performance.now() < end; step += 1) await act(step);
}

const BOX = '.sheet.long';
/** Where the bar of a list that is at its beginning is taken: behind the arrow at its end. */
const GRIP_PX = 20;
const boxOf = async (page: Page) => (await page.locator(BOX).boundingBox())!;

const MOTIONS: Readonly<Record<string, Motion>> = {
  wheel: async (page) => {
    const { x, y } = await boxOf(page);
    await page.mouse.move(x + 300, y + 300);
    await until(MOTION_MS, async () => {
      await page.mouse.wheel(0, 120);
      await sleep(16);
    });
  },
  'page down': async (page) => {
    await page.locator(BOX).focus();
    await until(MOTION_MS, async () => {
      await page.keyboard.press('PageDown');
      await sleep(33);
    });
  },
  'bar dragged': async (page) => {
    const { x, y, width, height } = await boxOf(page);
    const right = x + width - 6;
    await page.mouse.move(right, y + GRIP_PX);
    await page.mouse.down();
    await until(MOTION_MS, async (step) => {
      const path = height - 60;
      const way = (step * 3) % (2 * path);
      await page.mouse.move(right, y + GRIP_PX + (way < path ? way : 2 * path - way));
      await sleep(16);
    });
    await page.mouse.up();
  },
};

/** The gaps between the frames of a page while something is done to it. */
async function framesDuring(page: Page, motion: Motion): Promise<number[]> {
  await page.evaluate(COUNT_FRAMES);
  await motion(page);
  return page.evaluate<number[]>('framesCounted()');
}

const toTop = (page: Page): Promise<unknown> => page.evaluate(`document.querySelector('${BOX}').scrollTop = 0`);

async function scrolling(browser: Browser, { address }: Service, plain: PlainPages): Promise<Figure[]> {
  const ours = await browser.newPage({ viewport: WINDOW });
  const beside = await browser.newPage({ viewport: WINDOW });
  await ours.goto(`${address}${LIST}`);
  await beside.goto(plain.list);
  for (const page of [ours, beside]) {
    await page.locator(BOX).waitFor();
    await page.evaluate(`document.querySelector('${BOX}').scrollIntoView()`);
  }
  const measure = (page: Page, motion: Motion): Promise<number[]> =>
    page.bringToFront().then(() => framesDuring(page, motion));
  const coming = await measure(ours, MOTIONS['wheel']!);
  const figures = [framesFigure('wheel, while it is fetched', coming, await measure(beside, MOTIONS['wheel']!))];
  await ours.bringToFront();
  const seconds = await fetchAll(ours);
  for (const [name, motion] of Object.entries(MOTIONS)) {
    const [gaps, against]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const page of [ours, beside]) await toTop(page);
      gaps.push(...(await measure(ours, motion)));
      against.push(...(await measure(beside, motion)));
    }
    figures.push(framesFigure(name, gaps, against, `, fetched in ${seconds.toFixed(0)} s`));
  }
  await ours.close();
  await beside.close();
  return figures;
}

/** Scrolls to the end until all vouchers are there; gives the seconds that took. */
async function fetchAll(page: Page): Promise<number> {
  const started = performance.now();
  await becomesTrue(
    page,
    `(() => {
      const box = document.querySelector('${BOX}');
      box.scrollTop = box.scrollHeight;
      return document.querySelector('${BOX} table').getAttribute('aria-rowcount') > ${VOUCHERS};
    })()`,
  );
  return (performance.now() - started) / 1_000;
}

function framesFigure(name: string, gaps: readonly number[], against: readonly number[], more = ''): Figure {
  const rate = (of: readonly number[]): number => (of.length * 1_000) / of.reduce((sum, gap) => sum + gap, 0);
  const frames = (gap: number): string => (1_000 / gap).toFixed(0);
  const note = `median ${frames(median(gaps))}, 5th percentile ${frames(percentile(gaps, 95))}; a plain list's ${frames(
    percentile(against, 95),
  )}${more}`;
  return within(
    {
      name: `console: list of ${VOUCHERS.toLocaleString('en-US')} vouchers, ${name}`,
      ours: rate(gaps),
      against: rate(against),
      atLeast: LEAST_FRAMES,
      unit: 'frames/s',
    },
    note,
  );
}
