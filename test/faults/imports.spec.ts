import { request } from 'node:http';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { findKind } from '../../src/catalogue/registry.js';
import { type ImportJob } from '../../src/import/jobs/import-job.js';
import { contributionRow, csvOf } from '../import/fixture.js';
import { get, post, type RunningService, startService } from '../service.js';
import { SmallDisk } from './small-disk.js';
import { untilHolds } from '../probe.js';

const TIMEOUT_MS = 240_000;
const MIB = 1024 ** 2;
const feed = (count: number, note: string): string =>
  csvOf(Array.from({ length: count }, (_, index) => contributionRow({ note, headcount: String(index) })));

type Sent = {
  readonly status: number;
  readonly location: string;
  readonly retryAfter: string | null;
  readonly body: ImportJob & { readonly code?: string };
};

async function send(service: RunningService, body: string | FormData): Promise<Sent> {
  const headers = { ...(typeof body === 'string' && { 'content-type': 'text/csv' }), 'accept-language': 'en' };
  const response = await fetch(`${service.address}/v1/imports`, { method: 'POST', headers, body });
  const location = response.headers.get('location') ?? '';
  const retryAfter = response.headers.get('retry-after');
  return { status: response.status, location, retryAfter, body: (await response.json()) as Sent['body'] };
}

async function until(service: RunningService, location: string, ...states: string[]): Promise<ImportJob> {
  for (;;) {
    const job = (await get(service, location)).body as unknown as ImportJob;
    if (states.includes(job.status)) return job;
    await sleep(50);
  }
}

const ready = async (service: RunningService) =>
  (await get(service, '/readyz')).body as { info: { imports: Record<string, unknown> } };

describe('imports on a full disk', () => {
  let disk: SmallDisk | undefined;
  let service: RunningService | undefined;
  afterEach(async () => {
    await service?.stop();
    await disk?.unmount();
  });

  it(
    'are paused, keep their file and their counts, and go on once there is room, also over a restart',
    async () => {
      disk = await SmallDisk.mount(32 * 1024, 'imports on a full disk');
      if (!disk) return;
      const begin = () => startService(disk!.path, {}, { through: disk!.through });
      service = await begin();
      const first = await send(service, feed(10, 'first'));
      expect(await until(service, first.location, 'done')).toMatchObject({ report: { posted: 10 } });
      const { location } = await send(service, feed(12_000, 'large'));
      await until(service, location, 'running');
      disk.fill();
      const paused = await until(service, location, 'paused', 'done');
      expect(paused).toMatchObject({ status: 'paused', error: { code: 'disk-full' } });
      expect(JSON.stringify(paused)).not.toContain(disk.path);
      expect((await ready(service)).info.imports).toMatchObject({ paused: 1, status: 'up' });
      for (const body of [feed(10, 'refused'), formOf(feed(10, 'refused'))])
        expect(await send(service, body)).toMatchObject({ status: 507, body: { code: 'disk-full' } });
      expect(await service.stop()).toBe(0);
      disk.empty();
      service = await begin();
      const done = (await until(service, location, 'done', 'failed', 'set-aside')) as ImportJob & { status: 'done' };
      const { posted, replayed, rejected } = done.report;
      expect([done.status, posted + replayed, rejected]).toEqual(['done', 12_000, 0]);
      expect((await send(service, feed(10, 'first again'))).status).toBe(202);
      expect(service.lines.filter((line) => line.includes('"level":60'))).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'do not end the service where their errors and their record cannot be written, and recording heals',
    async () => {
      disk = await SmallDisk.mount(16 * 1024, 'bad lines and a record on a full disk');
      if (!disk) return;
      service = await startService(disk.path, {}, { through: disk.through });
      const bad = csvOf(Array.from({ length: 9_000 }, (_, index) => contributionRow({ amount: `x${index}` })));
      const { location } = await send(service, bad);
      disk.fill(64 * 1024);
      await sleep(2_000);
      expect((await fetch(`${service.address}/livez`)).status).toBe(200);
      disk.empty();
      expect(await until(service, location, 'done')).toMatchObject({ report: { outcome: 'refused', posted: 0 } });
      const { route, example } = findKind('contribution')!;
      await untilHolds(async () => (await post(service!, `/v1/${route}`, example, 'key-1')).status === 201);
      expect((await ready(service)).info.imports).toMatchObject({ state: 'ok' });
    },
    TIMEOUT_MS,
  );
});

const formOf = (content: string): FormData => {
  const form = new FormData();
  form.set('file', new Blob([content]), 'feed.csv');
  return form;
};

describe('imports of many and of hostile clients', () => {
  let service: RunningService;
  const parts = (): string[] => readdirSync(join(service.dataDir, 'imports')).filter((name) => name.endsWith('.part'));
  beforeAll(async () => {
    service = await startService(undefined, { IMPORTS_WAITING: '20' });
  }, TIMEOUT_MS);
  afterAll(async () => {
    expect(await service.stop()).toBe(0);
    service.clean();
  }, TIMEOUT_MS);

  /** Begins an upload that does not end. */
  const begin = (headers: Readonly<Record<string, string>>, bytes: string) => {
    const sending = request(`${service.address}/v1/imports`, { method: 'POST', headers });
    const answered = new Promise<number | string>((resolve) => {
      sending.once('response', (response) => {
        response.resume();
        resolve(response.statusCode!);
      });
      sending.once('error', (error) => resolve(error.message));
    });
    sending.write(bytes);
    return { sending, answered };
  };

  it(
    'are refused past the limit with 429 and Retry-After, and each is answered',
    async () => {
      const answers = await Promise.all(Array.from({ length: 120 }, (_, index) => send(service, feed(1, `${index}`))));
      const taken = answers.filter(({ status }) => status === 202);
      expect(answers.filter(({ status }) => status !== 202 && status !== 429)).toEqual([]);
      expect(taken.length).toBeGreaterThan(0);
      expect(taken.length).toBeLessThan(120);
      const refused = answers.filter(({ status }) => status === 429);
      expect(new Set(refused.map(({ retryAfter, body }) => `${retryAfter} ${body.code}`))).toEqual(
        new Set(['1 too-many-imports']),
      );
      for (const { location } of taken) await until(service, location, 'done');
      const page = (await get(service, '/v1/imports?limit=5')).body as { imports: object[]; next: string };
      expect([page.imports.length, page.next]).toEqual([5, expect.stringMatching(/^\/v1\/imports\?limit=5&after=/)]);
      expect((await get(service, page.next)).status).toBe(200);
    },
    TIMEOUT_MS,
  );

  it(
    'that break off leave nothing behind, and give their places back',
    async () => {
      const head = { 'content-type': 'text/csv', 'transfer-encoding': 'chunked' };
      for (let round = 0; round < 3; round += 1) {
        const uploads = Array.from({ length: 16 }, () => begin(head, 'kind,fund\n'));
        while (parts().length < 16) await sleep(20);
        expect(await send(service, feed(1, `crowded ${round}`))).toMatchObject({ status: 429 });
        for (const { sending } of uploads) sending.destroy();
        while (parts().length > 0) await sleep(20);
      }
      expect(await send(service, feed(1, 'free again'))).toMatchObject({ status: 202 });
    },
    TIMEOUT_MS,
  );

  it.each<[string, string]>([
    ['has no end of headers', '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\nX: '],
    ['has no end before its first part', 'x'],
    ['has no end of parts', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(40)],
  ])(
    'as a form that %s are refused before it ends',
    async (_, beginning) => {
      const { sending, answered } = begin({ 'content-type': 'multipart/form-data; boundary=b' }, beginning);
      let isOver = false;
      const over = answered.then((status) => {
        isOver = true;
        return status;
      });
      for (let mebibytes = 0; mebibytes < 64 && !isOver; mebibytes += 1) {
        sending.write(beginning.endsWith('\r\n') ? beginning : 'x'.repeat(MIB));
        await sleep(20);
      }
      expect(await over).toBe(400);
      sending.destroy();
      while (parts().length > 0) await sleep(20);
    },
    TIMEOUT_MS,
  );

  it('are cancelled by DELETE, and gone by another', async () => {
    const { location } = await send(service, feed(3_000, 'to be cancelled'));
    const remove = () => fetch(`${service.address}${location}`, { method: 'DELETE' });
    const first = await remove();
    expect([200, 202]).toContain(first.status);
    expect(await until(service, location, 'cancelled')).toMatchObject({ status: 'cancelled' });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect((await get(service, location)).status).toBe(404);
  });
});
