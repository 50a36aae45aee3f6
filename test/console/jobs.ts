import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { show } from './browser.js';
import { BOOK } from './places.js';
import { type RunningService } from '../service.js';
import { onFreshPages } from './stage.js';

/** A job at work, as the service tells it in the middle of a long one. */
const AT_WORK = {
  id: '00000000-0000-4000-8000-000000000001',
  kind: 'verify',
  status: 'running',
  askedAt: '2025-01-02T03:04:05.000Z',
  startedAt: '2025-01-02T03:04:06.000Z',
  progress: {
    title: { zh: '核验不变量', en: 'checking invariants' },
    phase: 2,
    phases: 3,
    counts: 'positions',
    done: 1_250_000,
    total: 5_000_000,
    perSecond: 125_000,
    remainingSeconds: 30,
  },
  links: { job: '/v1/jobs/00000000-0000-4000-8000-000000000001' },
};

const rows = (page: Page) => page.locator('main').getByRole('row');

/** Long work: begun, seen, left and ended on a page. */
onFreshPages.describe('a job', (scene) => {
  it('shows how far it is, how fast it goes and how long it still takes', async () => {
    const { page } = scene;
    await page.route('**/v1/jobs', (route) => route.fulfill({ json: { jobs: [AT_WORK] } }));
    await page.route('**/v1/jobs/*', (route) => route.fulfill({ json: AT_WORK }));
    for (const path of ['/jobs', `/jobs/${AT_WORK.id}`]) {
      await show(page, path);
      const bar = page.locator('main progress');
      await bar.waitFor();
      expect([await bar.getAttribute('value'), await bar.getAttribute('max')]).toEqual(['1250000', '5000000']);
      const said = await page.locator('main .progress').textContent();
      for (const part of ['核验不变量 2/3', '1,250,000 / 5,000,000', '每秒 125,000', '还需（秒） 30'])
        expect(said).toContain(part);
    }
  });

  it('is begun on the page, is there after a reload, and says what came of it', async () => {
    const { page, watched } = scene;
    await show(page, '/jobs');
    await page.getByRole('button', { name: '核验日志' }).click();
    await rows(page).filter({ hasText: '核验' }).first().waitFor();
    await page.reload();
    const done = rows(page).filter({ hasText: '✓ 完成' }).filter({ hasText: '核验' }).first();
    await done.waitFor();
    await done.getByRole('link').first().click();
    await page.waitForURL('**/jobs/*');
    await page.locator('main').getByText('在途').first().waitFor();
    const { verify } = (await answered(scene, new URL(page.url()).pathname)).result as { verify: { events: number } };
    expect(verify.events).toBeGreaterThan(1_000);
    expect(watched.faults).toEqual([]);
  });

  it('says that it was cancelled, where somebody has ended it', async () => {
    const { page } = scene;
    await show(page, '/jobs');
    const cancelled = rows(page).filter({ hasText: '已取消' });
    // It may be done before it can be ended: then another one is begun.
    while ((await cancelled.count()) === 0) {
      await page.getByRole('button', { name: '重放并比对' }).click();
      await page
        .getByRole('button', { name: '取消' })
        .first()
        .click({ timeout: 5_000 })
        .catch(() => undefined);
      await rows(page)
        .filter({ hasText: /已取消|✓ 完成/ })
        .filter({ hasText: '重放' })
        .first()
        .waitFor();
    }
    await page.reload();
    await cancelled.first().waitFor();
    expect(await cancelled.first().textContent()).toContain('重放');
  });

  it('that exports gives the very file that is answered at once', async () => {
    const { page, service } = scene;
    const request = `/v1/audit-trail?${BOOK}&format=csv&lang=zh`;
    const asked = await fetch(`${service.address}/v1/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'zh' },
      body: JSON.stringify({ kind: 'export', request: request.replace('&lang=zh', '') }),
    });
    const { id } = (await asked.json()) as { id: string };
    await show(page, '/jobs');
    const link = page.locator(`main a[href*="${id}"]`).filter({ hasText: '下载文件' });
    await link.waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    const direct = await (await fetch(`${service.address}${request}`)).arrayBuffer();
    expect(readFileSync(await download.path()).equals(Buffer.from(direct))).toBe(true);
  });
});

const answered = async (
  { service }: { readonly service: RunningService },
  path: string,
): Promise<Record<string, unknown>> =>
  (await (await fetch(`${service.address}/v1${path}`)).json()) as Record<string, unknown>;
