import { afterEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { heldForEver } from '../../../test/held-directory.js';
import { Desk } from '../../../test/import/fixture.js';
import { feed, send, Service, until } from '../../../test/import/imports-of-service.js';
import { untilHolds } from '../../../test/probe.js';

let service: Service;
const desk = (): Service => (service = new Service());
afterEach(async () => {
  await service.stop();
  rmSync(service.folder, { recursive: true, force: true });
});

describe('what an earlier service left', () => {
  it.each<[string, string | object]>([
    ['is empty', ''],
    ['is cut short', '{"id":"'],
    ['is garbage', '\u0000\u0001'],
    ['is JSON of something else', '[1,2]'],
    ['is null', 'null'],
    ['is of another id', { id: randomUUID() }],
    ['has a state that is none', { status: 'flying' }],
    ['is done without a report', { status: 'done' }],
    ['failed without a reason', { status: 'failed' }],
    ['has bytes that are none', { bytes: '12' }],
    ['has a format that is none', { format: '../../log' }],
    ['has an encoding that is none', { encoding: 'latin1' }],
    ['has totals that are none', { control: [{ kind: 1 }] }],
    ['has attempts that are none', { kept: { attempts: 'x' } }],
  ])('is named where a record %s, and the others go on', async (_, record) => {
    desk();
    const good = service.leave({}, feed(2, 'good'));
    const bad = service.leave(typeof record === 'string' ? {} : record);
    if (typeof record === 'string') writeFileSync(service.file(bad, 'job.json'), record);
    const jobs = service.start();
    await until(jobs, good, 'done');
    expect(await jobs.find(bad)).toMatchObject({ status: 'set-aside', error: { code: 'record-unreadable' } });
    expect(jobs.state()).toMatchObject({ setAside: 1 });
    expect(service.said.join('\n')).toContain(bad);
    expect((await jobs.list(undefined, 10)).imports.map(({ id }) => id).toSorted()).toEqual([bad, good].toSorted());
    expect(await jobs.cancel(bad)).toBeUndefined();
    expect(readdirSync(service.imports).filter((name) => name.startsWith(bad))).toEqual([]);
  });

  it('is named where a file is gone, is not what arrived, or has no record', async () => {
    desk();
    const gone = service.leave({});
    rmSync(service.file(gone, 'csv'));
    const short = service.leave({}, feed(3));
    writeFileSync(service.file(short, 'csv'), feed(2));
    const alone = service.leave({});
    rmSync(service.file(alone, 'job.json'));
    writeFileSync(join(service.folder, 'imports', 'other.job.json'), '{}');
    const jobs = service.start();
    expect(await until(jobs, gone, 'set-aside')).toMatchObject({ error: { code: 'upload-missing' } });
    expect(await until(jobs, short, 'set-aside')).toMatchObject({ error: { code: 'upload-missing' } });
    expect(await jobs.find(alone)).toMatchObject({ status: 'set-aside', error: { code: 'record-missing' } });
    expect(service.said.join('\n')).toContain('other.job.json is no record');
    expect(await service.events()).toEqual([]);
  });

  it('goes on where an earlier release left it, and shows what that had done', async () => {
    desk();
    const report = { outcome: 'posted', lines: 1, posted: 1, replayed: 0, rejected: 0, position: 0, errors: [] };
    const done = service.leave({ status: 'done', report });
    rmSync(service.file(done, 'csv'));
    const queued = service.leave({});
    writeFileSync(join(service.imports, `${randomUUID()}.part`), 'half');
    const jobs = service.start();
    expect(await until(jobs, queued, 'done')).toMatchObject({ report: { posted: 2 } });
    expect(await jobs.find(done)).toMatchObject({ status: 'done', report });
    await untilHolds(() => !readdirSync(service.imports).some((name) => name.endsWith('.part')));
  });
});

describe('a folder of imports', () => {
  it.each<[string, () => void, () => void]>([
    ['is a file', () => writeFileSync(service.imports, ''), () => rmSync(service.imports)],
    ['has a folder above it that is a file', () => undefined, () => undefined],
  ])('that %s keeps nobody from starting, is named, and heals', async (what, harm, heal) => {
    desk();
    const above = join(service.folder, 'above');
    if (what.startsWith('has')) {
      writeFileSync(above, '');
      service.over = { ...service.target, directory: heldForEver({ imports: join(above, 'imports') }) };
    }
    harm();
    const jobs = service.start();
    await untilHolds(() => jobs.state().state === 'failing');
    await expect(send(jobs, feed(1))).rejects.toMatchObject({ code: expect.stringMatching(/^E|machine-fault/) });
    await expect(jobs.find(randomUUID())).rejects.toMatchObject({ code: expect.stringMatching(/^E|machine-fault/) });
    heal();
    rmSync(above, { force: true });
    await untilHolds(() => jobs.state().state === 'ok');
    expect(await until(jobs, (await send(jobs, feed(2))).id, 'done')).toMatchObject({ report: { posted: 2 } });
  });

  it('that vanishes while the service runs is made again; what was in it is named', async () => {
    desk();
    const jobs = service.start();
    const { id } = await send(jobs, feed(1));
    await until(jobs, id, 'done');
    await untilHolds(() => service.record(id)['status'] === 'done' && !existsSync(service.file(id, 'csv')));
    rmSync(service.imports, { recursive: true });
    let code: unknown;
    const look = (): void => void jobs.find(id).catch((error: unknown) => (code = (error as { code: string }).code));
    await untilHolds(() => {
      look();
      return code === 'no-such-import';
    });
    expect(await until(jobs, (await send(jobs, feed(2, 'm'))).id, 'done')).toMatchObject({ report: { posted: 2 } });
  });

  it('in which a record cannot be written keeps the result, says so, and writes it once that can be done', async () => {
    desk();
    const jobs = service.start();
    const { id } = await send(jobs, feed(1), { dryRun: true });
    // What is in the way of a record is a folder of its name.
    const blocked = service.file(id, 'job.json.part');
    mkdirSync(blocked);
    await until(jobs, id, 'done', 'paused');
    await untilHolds(() => jobs.state().state !== 'ok');
    rmSync(blocked, { recursive: true });
    await until(jobs, id, 'done');
    await untilHolds(() => jobs.state().state === 'ok' && service.record(id)['status'] === 'done');
  });
});

describe('records of a log', () => {
  it('are not shown as done, nor gone on with, where the log is another', async () => {
    desk();
    const first = service.start();
    const { id } = await send(first, feed(2));
    await until(first, id, 'done');
    await service.stop();
    const half = service.leave({ status: 'running', kept: service.record(id)['kept'] }, feed(3, 'half'));
    const other = new Desk();
    await other.import('feed.csv', feed(9, 'of another ledger'));
    const before = (await other.events()).length;
    service.over = { ...other.target, directory: service.target.directory };
    const jobs = service.start();
    expect(await until(jobs, half, 'set-aside')).toMatchObject({ error: { code: 'of-another-log' } });
    expect(await jobs.find(id)).toMatchObject({ status: 'set-aside', error: { code: 'of-another-log' } });
    expect((await jobs.list(undefined, 10)).imports.every(({ status }) => status === 'set-aside')).toBe(true);
    expect((await other.events()).length).toBe(before);
    await service.stop();
    service.over = service.target;
    const again = service.start();
    expect(await again.find(id)).toMatchObject({ status: 'done', report: { posted: 2 } });
    rmSync(other.folder, { recursive: true });
  });

  it('of an earlier release are judged by where the log ended', async () => {
    desk();
    const report = { outcome: 'posted', lines: 9, posted: 9, replayed: 0, rejected: 0, position: 9, errors: [] };
    const done = service.leave({ status: 'done', report });
    rmSync(service.file(done, 'csv'));
    expect(await until(service.start(), done, 'set-aside')).toMatchObject({ error: { code: 'of-another-log' } });
  });
});
