import { afterEach, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOW } from '../../../test/import/fixture.js';
import { feed, once, send, Service, until } from '../../../test/import/imports-of-service.js';
import { Books } from '../../books/handle.js';
import { DAY_MS, RecordingClock } from '../../time/recording-clock.js';
import { misfits } from '../../../test/answer-schemas.js';
import { untilHolds } from '../../../test/probe.js';
import { told } from '../../http/imports.controller.js';

let service: Service;
const desk = (): Service => (service = new Service());
afterEach(async () => {
  await service.stop();
  rmSync(service.folder, { recursive: true, force: true });
});

const full = (): Error =>
  Object.assign(new Error("ENOSPC: no space left on device, open '/srv/secret'"), { code: 'ENOSPC' });

describe('an import that something passing is in the way of', () => {
  it('is paused with its reason, keeps its file, lets others go on, and goes on by itself', async () => {
    const { target } = desk();
    const broken = { isFull: true };
    const books = new Books(service.store, () => NOW);
    const appendTried = books.appendTried.bind(books);
    books.appendTried = (stream, after, tried, count) =>
      broken.isFull && tried.length > 2 ? Promise.reject(full()) : appendTried(stream, after, tried, count);
    service.over = { ...target, books };
    const jobs = service.start();
    const large = await send(jobs, feed(5, 'large'));
    const paused = await until(jobs, large.id, 'paused');
    expect(paused).toMatchObject({ error: { code: 'disk-full' }, progress: { posted: 0 } });
    expect(JSON.stringify(paused)).not.toContain('secret');
    expect(existsSync(service.file(large.id, 'csv'))).toBe(true);
    const small = await send(jobs, feed(2, 'small'));
    expect(await until(jobs, small.id, 'done')).toMatchObject({ report: { posted: 2 } });
    // It is tried again now and then.
    await untilHolds(() => jobs.state().state === 'paused');
    expect(jobs.state()).toMatchObject({ paused: 1, message: expect.stringContaining('disk') });
    await untilHolds(() => service.record(large.id)['status'] === 'paused');
    broken.isFull = false;
    expect(await until(jobs, large.id, 'done')).toMatchObject({ report: { posted: 5, rejected: 0 } });
    expect(jobs.state()).toMatchObject({ state: 'ok' });
    await untilHolds(() => !existsSync(service.file(large.id, 'csv')));
  });

  it('is paused by a wrong clock, also over a restart, and goes on once it is right', async () => {
    const { target, store } = desk();
    let now = NOW + 4 * 365 * DAY_MS;
    const clock = new RecordingClock(() => now, NOW, 30 * DAY_MS);
    service.over = { ...target, books: new Books(store, clock) };
    const first = service.start();
    const { id } = await send(first, feed(3));
    expect(await until(first, id, 'paused')).toMatchObject({ error: { code: 'clock-out-of-bounds' } });
    await service.stop();
    const jobs = service.start();
    await until(jobs, id, 'paused');
    now = NOW;
    expect(await until(jobs, id, 'done')).toMatchObject({ report: { posted: 3 } });
  });
});

describe('an import that is poison', () => {
  it('is set aside after one more try where a fault was thrown, and others go on', async () => {
    const { target } = desk();
    let tries = 0;
    const books = new Books(service.store, () => NOW);
    const stateOf = books.stateOf.bind(books);
    books.stateOf = (stream) => {
      tries += 1;
      return tries <= 2 ? Promise.reject(new TypeError('at /srv/secret')) : stateOf(stream);
    };
    service.over = { ...target, books };
    const jobs = service.start();
    const { id } = await send(jobs, feed(2));
    const other = await send(jobs, feed(2, 'other'));
    const poison = await until(jobs, id, 'set-aside', 'done');
    // It was tried before and behind the other, or twice before it.
    expect(tries).toBeGreaterThanOrEqual(2);
    if (poison.status === 'set-aside') expect(JSON.stringify(poison)).not.toContain('secret');
    expect(await until(jobs, other.id, 'done')).toMatchObject({ report: { posted: 2 } });
  });

  it('is set aside where the process ended under it twice, and its file is kept', async () => {
    desk();
    const once = service.leave({ status: 'running', kept: { attempts: 1 } });
    const twice = service.leave({ status: 'running', kept: { attempts: 2 } }, feed(2, 'other'));
    const jobs = service.start();
    expect(await until(jobs, twice, 'set-aside')).toMatchObject({ error: { code: 'import-set-aside' } });
    expect(await until(jobs, once, 'done')).toMatchObject({ report: { posted: 2 } });
    expect(jobs.state()).toMatchObject({ setAside: 1 });
    expect(existsSync(service.file(twice, 'csv'))).toBe(true);
    await service.stop();
    expect(await service.start().find(twice)).toMatchObject({ status: 'set-aside' });
  });

  it('is counted before it runs', async () => {
    const { target } = desk();
    const books = new Books(service.store, () => NOW);
    let counted: unknown;
    const stateOf = books.stateOf.bind(books);
    books.stateOf = (stream) => {
      counted = readdirSync(service.imports)
        .filter((name) => name.endsWith('.job.json'))
        .map((name) => (JSON.parse(readFileSync(join(service.imports, name), 'utf8')) as { kept: unknown }).kept);
      return stateOf(stream);
    };
    service.over = { ...target, books };
    const jobs = service.start();
    await until(jobs, (await send(jobs, feed(1))).id, 'done');
    expect(counted).toMatchObject([{ attempts: 1 }]);
  });
});

describe('cancelling', () => {
  it('ends what waits and what runs, keeps what was posted, and removes what is left of the rest', async () => {
    const { target } = desk();
    const books = new Books(service.store, () => NOW);
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    let appends = 0;
    const appendTried = books.appendTried.bind(books);
    books.appendTried = async (stream, after, tried, count) => {
      appends += 1;
      const appended = await appendTried(stream, after, tried, count);
      if (appends === 1) await gate;
      return appended;
    };
    service.over = { ...target, books };
    const jobs = service.start();
    const running = await send(jobs, feed(6_000));
    const waiting = await send(jobs, feed(1, 'waits'));
    await untilHolds(() => appends === 1);
    expect(await jobs.cancel(waiting.id)).toMatchObject({ status: 'cancelled' });
    const cancelled = jobs.cancel(running.id);
    go();
    const posted = (await service.store.head().then(async () => cancelled))!;
    expect(posted).toMatchObject({ status: 'cancelled', progress: { phase: 'posting' } });
    const { progress } = posted as { progress: { posted: number } };
    // Of the first 5,060 lines, a thousand at a time; none of the rest.
    expect([progress.posted, appends]).toEqual([await service.store.head(), 6]);
    expect(progress.posted).toBeLessThan(6_000);
    await untilHolds(() => service.record(running.id)['status'] === 'cancelled');
    await untilHolds(() => !existsSync(service.file(running.id, 'csv')));
    expect(await jobs.cancel(running.id)).toBeUndefined();
    await expect(jobs.find(running.id)).rejects.toMatchObject({ code: 'no-such-import' });
    await expect(jobs.cancel(running.id)).rejects.toMatchObject({ code: 'no-such-import' });
    expect(readdirSync(service.imports).filter((name) => name.startsWith(running.id))).toEqual([]);
  });

  it('counts also where the service ended before it took effect', async () => {
    desk();
    const id = service.leave({ status: 'running', kept: { attempts: 1, cancelling: true } });
    expect(await until(service.start(), id, 'cancelled', 'done')).toMatchObject({ status: 'cancelled' });
    expect(await service.events()).toEqual([]);
  });
});

describe('bounds', () => {
  it('refuse what is too much before any of it is read', async () => {
    desk();
    Object.assign(service.limits, { mostWaiting: 3, mostBytes: 1_000_000 });
    const jobs = service.start();
    const uploads = [await jobs.admit(0), await jobs.admit(900_000)];
    await expect(jobs.admit(200_000)).rejects.toMatchObject({ code: 'too-many-imports' });
    uploads.push(await jobs.admit(0));
    await expect(jobs.admit(0)).rejects.toMatchObject({ kind: 'unavailable', code: 'too-many-imports' });
    await expect(jobs.admit(17 * 1024 ** 3)).rejects.toMatchObject({ code: 'body-too-large' });
    for (const upload of uploads) upload.end();
    const again = await jobs.admit(0);
    await expect(again.store(once('x'.repeat(1_000_001)))).resolves.toBeUndefined();
    await expect(jobs.admit(0)).rejects.toMatchObject({ code: 'too-many-imports' });
    again.end();
    await untilHolds(() => readdirSync(service.imports).length === 0);
  });

  it('refuse a file for which there is no room beside a reserve for the log', async () => {
    desk();
    Object.assign(service.limits, { mostBytes: Number.MAX_SAFE_INTEGER });
    const jobs = service.start();
    const upload = await jobs.admit(16 * 1024 ** 3);
    await upload.store(once('x')).then(
      () => undefined,
      (error: unknown) => expect(error).toMatchObject({ kind: 'unavailable', code: 'disk-full' }),
    );
    upload.end();
  });

  it('remove what is old, and never what is still to be imported', async () => {
    desk();
    const failed = (days: number) => ({
      status: 'failed',
      error: { code: 'x', detail: { zh: 'x', en: 'x' } },
      endedAt: new Date(NOW - days * DAY_MS).toISOString(),
    });
    const old = service.leave(failed(91));
    const young = service.leave(failed(89));
    const waiting = service.leave({ status: 'paused', error: failed(0).error, receivedAt: '2001-01-01T00:00:00.000Z' });
    writeFileSync(service.file(old, 'errors.csv'), 'line');
    utimesSync(service.file(waiting, 'csv'), 0, 0);
    const jobs = service.start();
    await until(jobs, waiting, 'done');
    await untilHolds(() => !existsSync(service.file(old, 'job.json')));
    expect(readdirSync(service.imports).filter((name) => name.startsWith(old))).toEqual([]);
    expect(await jobs.find(young)).toMatchObject({ status: 'failed' });
    await expect(jobs.find(old)).rejects.toMatchObject({ code: 'no-such-import' });
  });
});

describe('stopping', () => {
  it('ends uploads and the import in hand, which goes on at the next start', async () => {
    desk();
    const first = service.start();
    const upload = await first.admit(0);
    const { id } = await send(first, feed(6_000));
    await until(first, id, 'running');
    await first.stop();
    expect(upload.signal.reason).toMatchObject({ code: 'stopping' });
    await expect(first.admit(0)).rejects.toMatchObject({ code: 'stopping' });
    expect(service.record(id)).toMatchObject({ status: 'queued', kept: { attempts: 0 } });
    const done = await until(service.start(), id, 'done');
    expect(done).toMatchObject({ report: { outcome: 'posted', lines: 6_000 } });
    expect(await service.store.head()).toBe(6_000);
  });

  it('does not wait for one that hears nothing, which clears its file away once it does', async () => {
    const { target } = desk();
    const books = new Books(service.store, () => NOW);
    let hear: (over: Error) => void = () => undefined;
    books.stateOf = () => new Promise((_, reject) => (hear = reject));
    service.over = { ...target, books };
    const jobs = service.start();
    const { id } = await send(jobs, feed(1));
    await until(jobs, id, 'running');
    const spools = (): string[] => readdirSync(service.imports).filter((name) => name.endsWith('.spool'));
    await untilHolds(() => spools().length === 1);
    // That it ends at all: what is waited for has not come.
    await jobs.stop();
    hear(new Error('over'));
    await untilHolds(() => spools().length === 0);
  });
});

describe('an import as it is told', () => {
  it('is as described, with the name of its file, its control totals, its bad lines and its vouchers', async () => {
    desk();
    const jobs = service.start();
    const control = [{ kind: 'contribution', fund: 'employee', count: 3, sum: '1.00' }];
    const asked = [
      { name: '缴费.csv' },
      { control, name: 'mismatch.csv' },
      { acceptGood: true, acceptDuplicates: true, encoding: 'utf-8' },
      { dryRun: true },
    ];
    for (const [index, request] of asked.entries()) {
      const file = index === 2 ? feed(2, 'again').replace('460100', '999999') : feed(3, String(index));
      const { id } = await send(jobs, file, request);
      const job = await until(jobs, id, 'done', 'failed');
      expect(misfits('Import', told(job))).toEqual([]);
      expect('name' in job ? job.name : undefined).toBe('name' in request ? request.name : undefined);
      expect(told(job).links.vouchers).toMatch(/^\/v1\/audit-trail\?source=[0-9a-f]{32}$/);
    }
    const { imports } = await jobs.list(undefined, 20);
    expect(imports.map(({ name }) => name).filter((name) => name !== undefined)).toEqual(['mismatch.csv', '缴费.csv']);
    expect(misfits('Imports', { imports: imports.map(told) })).toEqual([]);
  });
});
