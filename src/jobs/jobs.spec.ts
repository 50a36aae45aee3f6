import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer as readAll } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { packLines, unpackLines } from '../../projections/following/packed-lines.js';
import { misfits } from '../../test/answer-schemas.js';
import { type Incoming } from '../../test/given-when-then.js';
import { heldForEver } from '../../test/held-directory.js';
import { LedgerFiles } from '../../test/ledger-files.js';
import { untilHolds } from '../../test/probe.js';
import { readJobRequest } from '../http/jobs.controller.js';
import { readDone } from '../last-done.js';
import { openSqlite } from '../sqlite-file.js';
import { DAY_MS } from '../time/recording-clock.js';
import { type JobRequest } from './job.js';
import { runJob } from './job-thread.js';
import { Jobs, type JobLimits, type ToldJob, USUAL_JOB_LIMITS } from './jobs.js';

const RECEIVED: Incoming = { kind: 'contribution', businessDate: '2025-05-12' };
const VERIFY: JobRequest = { kind: 'verify' };
const REPLAY: JobRequest = { kind: 'replay' };
const exporting = (request: string): JobRequest => ({ kind: 'export', request, language: 'zh' });

let files: LedgerFiles;
let running: Jobs[] = [];
let said: string[] = [];

/** Something that a job waits at before it does anything; `jobs.stop` and a cancel still end it. */
class Gate {
  open: () => void = () => undefined;
  private readonly opened = new Promise<void>((resolve) => (this.open = resolve));
  readonly run: typeof runJob = async (task, tell, signal) => {
    const ended = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error)),
    );
    await Promise.race([this.opened, ended]);
    return runJob(task, tell, signal);
  };
}

function start(limits: Partial<JobLimits> = {}, run = runJob): Jobs {
  const { directory: path, paths } = files;
  const place = { store: 'sqlite', log: paths.log, mark: paths.mark } as const;
  const told = (message: string): void => void said.push(message);
  const all = { ...USUAL_JOB_LIMITS, ...limits };
  const jobs = new Jobs({ place, directory: { anchor: path, ...heldForEver(paths) } }, 30 * DAY_MS, all, told, run);
  jobs.resume();
  running.push(jobs);
  return jobs;
}

async function until(jobs: Jobs, id: string, status: string): Promise<ToldJob> {
  await untilHolds(
    () => jobs.find(id).status === status,
    () => JSON.stringify(jobs.find(id)),
  );
  return jobs.find(id);
}
const done = async (jobs: Jobs, request: JobRequest): Promise<ToldJob> =>
  until(jobs, (await jobs.ask(request)).id, 'done');
const written = (): string[] => readdirSync(files.paths.jobs).toSorted();

beforeEach(async () => {
  said = [];
  running = [];
  files = new LedgerFiles();
  await files.post([RECEIVED, RECEIVED, RECEIVED]);
  await files.follow();
});
afterEach(async () => {
  await Promise.all(running.map((jobs) => jobs.stop()));
  files.remove();
});

describe('a verification as a job', () => {
  it('says that everything holds, as described, and leaves a record of it beside the log', async () => {
    const job = await done(start(), VERIFY);
    expect(job).toMatchObject({
      kind: 'verify',
      result: { verify: { ok: true, events: 3, position: 3, breaches: [], breachCount: 0 } },
      says: { zh: expect.stringContaining('全部通过'), en: expect.stringContaining('everything holds') },
    });
    expect(misfits('Job', job)).toEqual([]);
    await untilHolds(async () => (await readDone(files.directory, 'verification')) !== undefined);
    expect(await readDone(files.directory, 'verification')).toMatchObject({
      by: 'job',
      position: 3,
      breachCount: 0,
      log: { position: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('names what does not hold', async () => {
    files.rewrite(2, (event) => ({ ...event, note: 'changed' }), { hash: false });
    const job = await done(start(), VERIFY);
    expect(job).toMatchObject({
      result: {
        verify: {
          ok: false,
          breaches: expect.arrayContaining([
            expect.objectContaining({
              position: 2,
              invariant: 'store',
              name: expect.objectContaining({ zh: expect.anything() }),
            }),
          ]),
        },
      },
      says: { en: expect.stringContaining('breaches') },
    });
    expect(misfits('Job', job)).toEqual([]);
  });
});

describe('a replay as a job', () => {
  it('compares every table, as described, and leaves nothing but its record', async () => {
    const job = await done(start(), REPLAY);
    expect(job).toMatchObject({ result: { replay: { equal: true, events: 3, notThere: [] } } });
    expect(misfits('Job', job)).toEqual([]);
    await untilHolds(() => written().join() === `${job.id}.job.json`);
  });

  it('says which rows differ, however long they are, and fails where there are no tables', async () => {
    const tables = openSqlite(files.paths.read, 'disposable');
    tables.function('lengthened', (lines: Uint8Array) => packLines(`${unpackLines(lines)}x`));
    tables.exec('UPDATE trail_v8 SET lines = lengthened(lines)');
    tables.close();
    const jobs = start();
    const job = await done(jobs, REPLAY);
    expect(job).toMatchObject({
      result: { replay: { equal: false } },
      says: { en: expect.stringContaining('differ') },
    });
    expect(JSON.stringify(job).length).toBeLessThan(100_000);
    rmSync(files.paths.read);
    const failed = await until(jobs, (await jobs.ask(REPLAY)).id, 'failed');
    expect(failed.error).toMatchObject({ detail: { zh: expect.anything(), en: expect.anything() } });
    expect(JSON.stringify(failed)).not.toContain(files.directory);
  });
});

describe('an export as a job', () => {
  const REQUEST = '/v1/audit-trail?fund=employee&format=csv';

  it('writes the whole file, with its digest, and gives it away as often as it is asked for', async () => {
    const jobs = start();
    const job = await done(jobs, exporting(REQUEST));
    expect(misfits('Job', job)).toEqual([]);
    const read = async (): Promise<Buffer> => readAll((await jobs.openFile(job.id)).file.createReadStream());
    const [content, again] = [await read(), await read()];
    const { facts, file } = await jobs.openFile(job.id);
    await file.close();
    expect(content).toEqual(again);
    expect(createHash('sha256').update(content).digest('hex')).toBe(facts.sha256);
    expect(facts).toMatchObject({ bytes: content.length, format: 'csv', position: 3 });
    expect(content.toString().trim().split('\n')).toHaveLength(1 + 3 * 3);
  });

  it('has no file once that is too old, and is known for longer', async () => {
    const jobs = start({ keepFilesDays: -1 });
    const job = await done(jobs, exporting(REQUEST));
    await untilHolds(() => written().join() === `${job.id}.job.json`);
    await expect(jobs.openFile(job.id)).rejects.toMatchObject({ code: 'no-such-file' });
    expect(jobs.find(job.id)).toMatchObject({ status: 'done' });
  });

  it('fails with the reason where there is no such sheet, and leaves no half of a file', async () => {
    const jobs = start();
    const { id } = await jobs.ask(exporting(`${REQUEST}&sheet=nonsense`));
    expect((await until(jobs, id, 'failed')).error).toMatchObject({ code: 'unknown-sheet' });
    await untilHolds(() => written().join() === `${id}.job.json`);
  });
});

describe('jobs', () => {
  it('are done one after the other, are not done twice, and only so many wait', async () => {
    const gate = new Gate();
    const jobs = start({ mostWaiting: 2 }, gate.run);
    const first = await jobs.ask(VERIFY);
    const second = await jobs.ask(REPLAY);
    expect((await jobs.ask(VERIFY)).id).toBe(first.id);
    expect((await jobs.ask(REPLAY)).id).toBe(second.id);
    await expect(jobs.ask(exporting('/v1/periods?format=csv'))).rejects.toMatchObject({ code: 'too-many-jobs' });
    await until(jobs, first.id, 'running');
    expect(jobs.find(second.id).status).toBe('queued');
    expect(jobs.list().map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(misfits('Jobs', { jobs: jobs.list() })).toEqual([]);
    gate.open();
    await until(jobs, second.id, 'done');
  });

  it('that are asked for at the same moment are bounded as well', async () => {
    const jobs = start({ mostWaiting: 2 }, new Gate().run);
    const asked = ['a', 'b', 'c', 'd'].map((q) => jobs.ask(exporting(`/v1/audit-trail?format=csv&q=${q}`)));
    const came = await Promise.allSettled(asked);
    expect(came.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
  });

  it('are cancelled while they wait and while they run, and are removed once they have ended', async () => {
    const jobs = start({}, new Gate().run);
    const first = await jobs.ask(VERIFY);
    const second = await jobs.ask(REPLAY);
    await until(jobs, first.id, 'running');
    expect(await jobs.cancel(second.id)).toMatchObject({ status: 'cancelled' });
    expect(await jobs.cancel(first.id)).toMatchObject({ status: 'cancelled', endedAt: expect.any(String) });
    await untilHolds(() => written().length === 2);
    expect(await jobs.cancel(first.id)).toBeUndefined();
    expect(await jobs.cancel(second.id)).toBeUndefined();
    expect(written()).toEqual([]);
    await expect(jobs.cancel(first.id)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are known after a restart: results, what was cut off, and what still waits', async () => {
    const first = start({}, new Gate().run);
    const cut = await first.ask(VERIFY);
    const waits = await first.ask(REPLAY);
    await until(first, cut.id, 'running');
    await first.stop();
    await expect(first.ask(VERIFY)).rejects.toMatchObject({ code: 'stopping' });
    writeFileSync(join(files.paths.jobs, `${cut.id}-0.db`), 'left behind');
    const second = start();
    await untilHolds(() => second.list().length === 2);
    expect(second.find(cut.id)).toMatchObject({ status: 'cut-off', error: { code: 'cut-off' } });
    const result = await until(second, waits.id, 'done');
    await second.stop();
    const third = start();
    await untilHolds(() => third.list().length === 2);
    expect(third.find(waits.id)).toEqual(result);
    expect(written()).toEqual([`${cut.id}.job.json`, `${waits.id}.job.json`].toSorted());
  });

  it('that ran when the process was killed are cut off; a record that is none is named and left alone', async () => {
    const first = start({}, new Gate().run);
    const { id } = await first.ask(VERIFY);
    const record = join(files.paths.jobs, `${id}.job.json`);
    await untilHolds(() => readFileSync(record, 'utf8').includes('running'));
    const killed = readFileSync(record, 'utf8');
    await first.stop();
    writeFileSync(record, killed);
    const other = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`;
    writeFileSync(join(files.paths.jobs, `${other}.job.json`), '{"id":');
    const jobs = start();
    await untilHolds(() => jobs.list().length === 1);
    expect(jobs.find(id)).toMatchObject({ status: 'cut-off' });
    expect(said.join()).toContain(`${other}.job.json is no record of a job`);
    expect(written()).toContain(`${other}.job.json`);
  });

  it('that cannot be written down are refused, and nothing of them is left', async () => {
    const jobs = start();
    await done(jobs, VERIFY);
    await untilHolds(() => written().length === 1);
    rmSync(files.paths.jobs, { recursive: true });
    writeFileSync(files.paths.jobs, 'no folder');
    await expect(jobs.ask(REPLAY)).rejects.toThrow();
    expect(jobs.list()).toHaveLength(1);
    rmSync(files.paths.jobs);
    mkdirSync(files.paths.jobs);
    expect(await done(jobs, REPLAY)).toMatchObject({ status: 'done' });
  });

  it('that have ended are kept up to a bound, the oldest go first', async () => {
    const jobs = start({ mostKept: 2 });
    const ids: string[] = [];
    for (const kind of ['verify', 'replay', 'verify'] as const) ids.push((await done(jobs, { kind })).id);
    await untilHolds(() => jobs.list().length === 2);
    expect(jobs.list().map(({ id }) => id)).toEqual([ids[2], ids[1]]);
  });
});

describe('the request of a job', () => {
  it.each<[string, unknown]>([
    ['no object', ['verify']],
    ['no kind', {}],
    ['another kind', { kind: 'import' }],
    ['a kind of the language', { kind: 'constructor' }],
    ['a field that means nothing', { kind: 'verify', request: '/v1/periods?format=csv' }],
    ['an export of nothing', { kind: 'export' }],
    ['an export of no text', { kind: 'export', request: 5 }],
  ])('is refused with %s', (_, body) => {
    expect(() => readJobRequest(body, undefined)).toThrow(expect.objectContaining({ code: 'job-request' }));
  });

  it('is read with the language of its reader', () => {
    expect(readJobRequest({ kind: 'replay' }, 'en')).toEqual({ kind: 'replay' });
    const request = '/v1/periods?format=csv';
    expect(readJobRequest({ kind: 'export', request }, 'en')).toEqual({ kind: 'export', request, language: 'en' });
  });
});
