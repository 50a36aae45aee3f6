import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { type RunningService } from '../service.js';
import { openBrowser, type OpenBrowser, watch, type Watched } from './browser.js';
import { serveYear } from './year-ledger.js';

/** How long the ledger may take to be made on a machine that others use too. */
export const LONG_MS = 600_000;

/** What a test of the console stands on: a service over a whole year, and a browser. */
interface Stage {
  readonly browser: OpenBrowser;
  /** There while tests run, not while they are named. */
  readonly service: RunningService;
}

/** The same with a page of its own for each test. */
interface Scene extends Stage {
  readonly watched: Watched;
  readonly page: Page;
}

const browser = await openBrowser();
let service: RunningService;
if (browser) {
  beforeAll(async () => {
    service = await serveYear();
  }, LONG_MS);
  afterAll(async () => {
    await browser.close();
    await service.stop();
    rmSync(dirname(service.dataDir), { recursive: true, force: true });
  }, LONG_MS);
} else it('says that there is no browser', () => expect(browser).toBeUndefined());

/** Tests in a real browser over one service for all of a spec; where there is no browser it is said so. */
export const theConsole = {
  describe: (name: string, define: (stage: Stage) => void): void => {
    if (!browser) return;
    const stage = {
      browser,
      get service() {
        return service;
      },
    };
    describe(name, () => define(stage));
  },
};

/** The same, each test with a fresh browser's page. */
export const onFreshPages = {
  describe: (name: string, define: (scene: Scene) => void): void => {
    if (!browser) return;
    let watched: Watched;
    const scene = {
      browser,
      get service() {
        return service;
      },
      get watched() {
        return watched;
      },
      get page() {
        return watched.page;
      },
    };
    describe(name, () => {
      beforeEach(async () => {
        watched = await watch(browser, service.address);
      });
      afterEach(() => watched.context.close());
      define(scene);
    });
  },
};
