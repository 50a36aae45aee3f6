import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { findKind } from '../../src/catalogue/registry.js';
import { contributionRow, csvOf, Desk } from './fixture.js';

const ACCEPT = { acceptGood: true } as const;
const NOTES = ['-', "'-", "''=1+1", '+86 139', '＝1', "'", '0001', '"a, b"'];

/** Imports a file with bad lines, corrects its rejects by replacing a text, and imports them as they then are. */
async function corrected(desk: Desk, name: string, content: string | Uint8Array, from: string, to: string) {
  const first = await desk.import(name, content, ACCEPT);
  const rejects = basename(first.rejectsFile!);
  const written = desk.read(rejects);
  const second = await desk.import(rejects, written.replaceAll(from, to), ACCEPT);
  return { first, written, second };
}

describe('rejected lines', () => {
  it('are read back unchanged once they are corrected, whatever they begin with', async () => {
    const desk = new Desk();
    const rows = NOTES.map((note, index) =>
      contributionRow({ note, amount: 'x', key: `K-${index}`, 'evidence.number': `=${note}-${index}` }),
    );
    const good = contributionRow({ key: 'GOOD' });
    const { first, second } = await corrected(desk, 'feed.csv', csvOf([good, ...rows]), ',x,', ',1.00,');
    expect(first).toMatchObject({ outcome: 'posted', posted: 1, rejected: NOTES.length });
    expect(second).toMatchObject({ outcome: 'posted', posted: NOTES.length, rejected: 0, errors: [] });
    const events = (await desk.events()).slice(1);
    expect(events.map(({ note }) => note)).toEqual(NOTES);
    expect(events.map(({ evidence }) => evidence.number)).toEqual(NOTES.map((note, index) => `=${note}-${index}`));
  });

  it('post once: what was left out posts from the corrected file, what was posted does not again', async () => {
    const desk = new Desk();
    const row = (headcount: string, amount: string) => contributionRow({ headcount, amount });
    const file = csvOf([row('1', '1.00'), row('2', 'x'), row('3', '3.00')]);
    const { first, second } = await corrected(desk, 'feed.csv', file, ',x,', ',2.00,');
    expect([first.posted, second.posted]).toEqual([2, 1]);
    const again = await desk.import(basename(first.rejectsFile!), desk.read(basename(first.rejectsFile!)), ACCEPT);
    expect(again).toMatchObject({ posted: 0, replayed: 1 });
    expect(await desk.import('feed.csv', file, ACCEPT)).toMatchObject({ posted: 0, replayed: 2, rejected: 1 });
    expect(await desk.events()).toHaveLength(3);
  });

  it('may be rejected again: their reasons are those of the last time', async () => {
    const desk = new Desk();
    const row = contributionRow({ amount: 'x', note: "'-", 'payer.kind': 'boss' });
    const { second } = await corrected(desk, 'feed.csv', csvOf([row]), ',x,', ',y,');
    const rejects = desk.read(basename(second.rejectsFile!));
    expect(rejects.split('\r\n')[0]!.match(/reasons/g)).toHaveLength(1);
    expect(rejects).toContain("''-");
    expect(rejects).toContain('got ""y""');
    expect(rejects).not.toContain('got ""x""');
    const third = await desk.import('third.csv', rejects.replace(',y,', ',1.00,').replace('boss', '单位'));
    expect(third).toMatchObject({ posted: 1, errors: [] });
    expect((await desk.events())[0]).toMatchObject({ note: "'-" });
  });

  it('keep a line that cannot be cut into cells as it stands', async () => {
    const desk = new Desk();
    const file = csvOf([contributionRow()]);
    const good = file.split('\n')[1]!;
    const { first, written } = await corrected(desk, 'feed.csv', `${file}"contribution"x,more "words"\n`, '"x', '"x');
    expect(first).toMatchObject({ posted: 1, rejected: 1 });
    expect(written).toContain('"contribution"x,more "words"');
    expect(written).not.toContain(good);
  });

  it('of GB18030 are UTF-8, and come back', async () => {
    const desk = new Desk();
    const bytes = iconv.encode(csvOf([contributionRow({ amount: 'x', note: '五月医保费，医院' })]), 'gb18030');
    const { second } = await corrected(desk, 'feed.csv', bytes, ',x,', ',1.00,');
    expect(second).toMatchObject({ posted: 1, encoding: 'utf-8' });
    expect((await desk.events())[0]).toMatchObject({ note: '五月医保费，医院' });
  });

  it('of a file separated by semicolons come back, and of one with a title above its header', async () => {
    const desk = new Desk();
    const file = csvOf([contributionRow({ amount: 'x', note: '甲' })]).replaceAll(',', ';');
    const { second } = await corrected(desk, 'feed.csv', `缴费明细;;\n${file}`, ',x,', ',1.00,');
    expect(second).toMatchObject({ posted: 1, errors: [] });
  });
});

describe('rejected lines of NDJSON', () => {
  const line = (more: object): string =>
    JSON.stringify({ kind: 'contribution', ...findKind('contribution')!.example, ...more });

  it('are NDJSON: the lines as they stand, with their reasons as a last member that is passed over', async () => {
    const desk = new Desk();
    const evidence = (number: string): object => ({ kind: 'tax-receipt', number, sha256: 'cd'.repeat(32) });
    const quoted = line({ amount: 'x', evidence: evidence('E-1'), note: '=1+1 "引"' });
    const padded = ` ${line({ amount: 'x', evidence: evidence('E-2'), key: 'K' })} `;
    const bad = [quoted, padded, '{}', '{"kind":'];
    const content = [line({}), ...bad, ''].join('\n');
    const { first, written, second } = await corrected(desk, 'feed.ndjson', content, '"x"', '"1234.50"');
    expect(first).toMatchObject({ posted: 1, rejected: 4 });
    expect(first.rejectsFile).toMatch(/feed\.[0-9a-f]{12}\.rejects\.ndjson$/);
    const lines = written.split('\n');
    expect(lines.map((each) => each.replace(/,?"reasons":"(?:[^"\\]|\\.)*"/, ''))).toEqual([...bad, '']);
    expect(JSON.parse(lines[0]!)).toMatchObject({ reasons: expect.stringContaining('amount-format') });
    expect(second).toMatchObject({ posted: 2, rejected: 2 });
    const again = desk.read(basename(second.rejectsFile!));
    expect(again.match(/reasons/g)).toHaveLength(1);
  });
});

describe('the lists beside a report', () => {
  const bad = csvOf([contributionRow(), contributionRow({ amount: 'x' })]);
  const filesOf = (desk: Desk, folder = ''): string[] => readdirSync(desk.path(folder)).toSorted();

  it('are named after the file and its digest, and leave files of others alone', async () => {
    const desk = new Desk();
    for (const name of ['feed.errors.csv', 'feed.rejects.csv']) desk.write(name, 'mine');
    const report = await desk.import('feed.csv', bad, ACCEPT);
    const digits = report.digest.slice(0, 12);
    expect(report).toMatchObject({
      errorsFile: desk.path(`feed.${digits}.errors.csv`),
      rejectsFile: desk.path(`feed.${digits}.rejects.csv`),
    });
    for (const name of ['feed.errors.csv', 'feed.rejects.csv']) expect(desk.read(name)).toBe('mine');
    expect(readdirSync(desk.path('imports')).filter((name) => !name.endsWith('.journal'))).toEqual([]);
  });

  it('are never written over what somebody has made of them', async () => {
    const desk = new Desk();
    const first = await desk.import('feed.csv', bad);
    expect(await desk.import('feed.csv', bad)).toMatchObject({ errorsFile: first.errorsFile });
    writeFileSync(first.errorsFile!, 'corrected');
    const third = await desk.import('feed.csv', bad);
    expect(third.errorsFile).toBe(first.errorsFile!.replace('.errors', '.2.errors'));
    expect(readFileSync(first.errorsFile!, 'utf8')).toBe('corrected');
  });

  it('are not written by a dry run, which writes nothing at all', async () => {
    const desk = new Desk();
    for (const name of ['feed.errors.csv', 'feed.rejects.csv']) desk.write(name, 'mine');
    const report = await desk.import('feed.csv', bad, { dryRun: true, ...ACCEPT });
    expect(report).toMatchObject({ outcome: 'checked', rejected: 1, errorCount: 1 });
    expect(report).not.toHaveProperty('errorsFile');
    expect(report).not.toHaveProperty('rejectsFile');
    expect(filesOf(desk)).toEqual(['feed.csv', 'feed.errors.csv', 'feed.rejects.csv', 'imports']);
    expect(filesOf(desk, 'imports')).toEqual([]);
  });

  it('go to a folder of one’s own', async () => {
    const desk = new Desk();
    const lists = { folder: desk.path('lists'), stem: 'feed' };
    const report = await desk.import('feed.csv', bad, { ...ACCEPT, lists });
    expect(filesOf(desk, 'lists')).toEqual([basename(report.errorsFile!), basename(report.rejectsFile!)].toSorted());
    expect(filesOf(desk)).toEqual(['feed.csv', 'imports', 'lists']);
  });

  it('go to the data directory where their folder cannot be written, and the report says so', async () => {
    const desk = new Desk();
    desk.write('file', '');
    const lists = { folder: desk.path('file/below'), stem: 'feed' };
    const report = await desk.import('feed.csv', bad, { ...ACCEPT, lists });
    expect(report).toMatchObject({ outcome: 'posted', posted: 1, rejected: 1, errorCount: 1 });
    expect(report.listsProblem!.en).toContain(desk.path('file/below'));
    for (const path of [report.errorsFile!, report.rejectsFile!]) {
      expect(path).toContain(desk.path('imports'));
      expect(existsSync(path)).toBe(true);
    }
  });

  it('name the lines of a file that is no text, too', async () => {
    const desk = new Desk();
    mkdirSync(desk.path('imports'), { recursive: true });
    const report = await desk.import('feed.csv', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0xff, 0xff, 0x80]));
    expect(report).toMatchObject({ outcome: 'refused', errorCount: 1 });
    expect(report.errorsFile).toMatch(/feed\.[0-9a-f]{12}\.errors\.csv$/);
  });
});
