import { hash, randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataDirectory } from '../../src/data-directory.js';
import { JobFolder } from '../../src/import/jobs/job-folder.js';
import { type ImportJob } from '../../src/import/jobs/import-job.js';
import { JobRecords } from '../../src/jobs/job-records.js';
import { leaveDone } from '../../src/last-done.js';
import { contributionRow, csvOf } from '../import/fixture.js';
import { command } from '../one-of-each.js';
import { untilHolds } from '../probe.js';
import {
  type Answered,
  get,
  post,
  runProgram,
  type RunningService,
  startService,
  temporaryDirectory,
} from '../service.js';

const LINES = 6_000;
const feed = csvOf(Array.from({ length: LINES }, (_, index) => contributionRow({ headcount: String(index) })));
const folder = temporaryDirectory();
const other = join(folder, 'other');

/** Every file below a folder, with what is in it. */
function filesOf(path: string): Record<string, string> {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(path, name)).isFile());
  return Object.fromEntries(files.toSorted().map((name) => [name, hash('sha256', readFileSync(join(path, name)))]));
}

/** At once: what is removed file by file while others are made there need not go at all. */
function remove(path: string): void {
  renameSync(path, `${path}.removed`);
  rmSync(`${path}.removed`, { recursive: true });
}

/** Asks for all that writes something in the data directory. */
async function useAll(service: RunningService, key: string): Promise<Answered[]> {
  const upload = await fetch(`${service.address}/v1/imports`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: feed,
  });
  const sent = { status: upload.status, headers: upload.headers, body: (await upload.json()) as Answered['body'] };
  return [
    sent,
    await post(service, ...command('contribution', { headcount: 7 }), key),
    await post(service, '/v1/jobs', { kind: 'verify' }, undefined),
    await get(service, '/readyz'),
  ];
}

/** A service that records, imports and verifies while its data directory is taken from under it. */
async function lose(act: (path: string) => void): Promise<{ path: string; answers: Answered[]; code: unknown }> {
  const service = await startService(temporaryDirectory(), {}, {});
  expect((await useAll(service, 'before')).map(({ status }) => status)).toEqual([202, 201, 202, 200]);
  act(service.dataDir);
  await sleep(700);
  const answers = await useAll(service, 'after');
  await sleep(300);
  return { path: service.dataDir, answers, code: await service.stop() };
}

beforeAll(async () => {
  const service = await startService(other);
  expect((await post(service, ...command('contribution'), 'other')).status).toBe(201);
  expect((await post(service, '/v1/jobs', { kind: 'verify' }, undefined)).status).toBe(202);
  await untilHolds(() => readdirSync(other).includes('last-verification.json'));
  expect(await service.stop()).toBe(0);
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a service whose data directory', () => {
  it.each([
    ['was removed', remove],
    ['was moved away', (path: string) => renameSync(path, join(folder, 'away'))],
  ])(
    '%s, and in whose place another ledger stands, writes nothing there',
    async (_, act) => {
      const { path, answers, code } = await lose((taken) => {
        act(taken);
        cpSync(other, taken, { recursive: true });
      });
      expect(answers.map(({ status, body }) => [status, body['code']])).toEqual([
        [503, 'data-directory-lost'],
        [503, 'log-file-lost'],
        [503, 'data-directory-lost'],
        [503, 'not-ready'],
      ]);
      expect(answers[3]!.body).toMatchObject({
        errors: expect.arrayContaining([expect.objectContaining({ code: 'data-directory-lost' })]),
      });
      expect(code).toBe(0);
      expect(filesOf(path)).toEqual(filesOf(other));
      rmSync(path, { recursive: true });
    },
    240_000,
  );

  it('was removed, and nothing is in its place, makes none', async () => {
    const { path, answers, code } = await lose(remove);
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    expect(code).toBe(0);
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
  }, 240_000);

  it('has another log in it, and the mark of that one, leaves both as they are', async () => {
    const names = ['log.db', 'log.db-wal', 'log.db-shm', 'log.mark'];
    const { path, answers } = await lose((taken) => {
      for (const name of names) rmSync(join(taken, name), { force: true });
      for (const name of ['log.db', 'log.mark']) cpSync(join(other, name), join(taken, name));
    });
    expect(answers.map(({ status }) => status)).toEqual([202, 503, 202, 503]);
    for (const name of ['log.db', 'log.mark'])
      expect([name, filesOf(path)[name]]).toEqual([name, filesOf(other)[name]]);
    // They are the other log's, which they say, and the next start makes them anew.
    rmSync(join(path, 'read.db'));
    const verified = await runProgram(['--lang', 'en', '--data', path, 'verify']);
    expect([verified.code, verified.stderr]).toEqual([0, '']);
    rmSync(path, { recursive: true });
  }, 240_000);
});

const ID = randomUUID();
const AT = '2025-11-22T04:00:00.000Z';
const job = { id: ID, kind: 'verify', status: 'running', askedAt: AT } as const;
const queued: ImportJob = { id: ID, bytes: 1, format: 'csv', dryRun: false, acceptGood: false, status: 'queued' };
const log = { first: '', position: 0, hash: '' };
const verified = {
  at: AT,
  version: '1',
  by: 'job',
  events: 0,
  position: 0,
  breachCount: 0,
  noteCount: 0,
  seconds: 0,
} as const;

/** All that writes a file while others have their turn, once it has looked whether it may. */
const WRITINGS: readonly [string, (directory: DataDirectory, look: () => void) => Promise<unknown>][] = [
  ['the record of a job', ({ anchored }, look) => new JobRecords(anchored.jobs, look).write(ID, () => job)],
  [
    'what a job has written, cleared away',
    ({ anchored }, look) => new JobRecords(anchored.jobs, look).clear(() => false),
  ],
  ['a job, removed', ({ anchored }, look) => new JobRecords(anchored.jobs, look).remove(ID)],
  [
    'the record of an import',
    ({ anchored }, look) =>
      new JobFolder(anchored.imports, look).write(ID, () => Promise.resolve({ job: queued, kept: { attempts: 0 } })),
  ],
  ['an upload', async ({ anchored }, look) => (await new JobFolder(anchored.imports, look).createPart(ID)).close()],
  ['an upload, kept', ({ anchored }, look) => new JobFolder(anchored.imports, look).keepUpload(ID, 'csv')],
  ['an import, removed', ({ anchored }, look) => new JobFolder(anchored.imports, look).removeAll(ID)],
  ['the last verification', ({ anchor }, look) => (look(), leaveDone(anchor, 'verification', { ...verified, log }))],
];

describe('a data directory in whose place another one comes to stand right behind the look at it', () => {
  /** The same names as ours, so that what is written, removed or renamed by its path would be seen. */
  const fill = (path: string, without?: string): void => {
    for (const name of ['jobs', 'imports']) mkdirSync(join(path, name), { recursive: true });
    for (const ending of ['.job.json', '.csv', '.xlsx.part']) writeFileSync(join(path, 'jobs', ID + ending), 'other');
    for (const ending of ['.job.json', '.part', '.errors.csv', '.rejects.csv'].filter((each) => each !== without))
      writeFileSync(join(path, 'imports', ID + ending), 'other');
  };

  it.each(WRITINGS)('keeps %s where it belongs', async (name, write) => {
    const path = join(folder, name);
    fill(path, name === 'an upload' ? '.part' : undefined);
    const directory = DataDirectory.take(path);
    const before = filesOf(path);
    let stands = {};
    await write(directory, () => {
      directory.demandOurs();
      renameSync(path, `${path}.away`);
      fill(path);
      stands = filesOf(path);
    });
    expect(filesOf(path)).toEqual(stands);
    expect(filesOf(`${path}.away`)).not.toEqual(before);
    directory.release();
  });

  it.each(WRITINGS)('makes nothing anew of %s where it was removed', async (name, write) => {
    const path = join(folder, `${name}, removed`);
    fill(path);
    const directory = DataDirectory.take(path);
    const written = await write(directory, () => {
      directory.demandOurs();
      remove(path);
    }).catch((error: NodeJS.ErrnoException) => error.code);
    expect([undefined, 'ENOENT']).toContain(written);
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
    directory.release();
  });
});
