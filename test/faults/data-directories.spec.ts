import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { DataDirectory } from '../../src/data-directory.js';
import { demandLedger } from '../../src/data-place.js';
import { LedgerError } from '../../src/errors.js';
import { command } from '../one-of-each.js';
import { type Finished, get, post, runProgram, startService, temporaryDirectory } from '../service.js';
import { SmallDisk } from './small-disk.js';

const folder = temporaryDirectory();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: readonly string[]): string => join(folder, ...names);

mkdirSync(at('real'));
writeFileSync(at('file'), '');
symlinkSync(at('real'), at('link'));
symlinkSync(at('nowhere'), at('dangling'));
symlinkSync(at('loop'), at('loop'));

/** Every sign that a shell, a URI, a list or a setting takes for something else. */
const ODD = ` 数据 目录, a=b:c\\d"e'f#g?h%i&j;k*😀`;

const refusal = (act: () => unknown): string => {
  try {
    act();
    return 'taken';
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return `${error.kind} ${error.code}: ${error.text.en}`;
  }
};

describe('a data directory', () => {
  it.each([
    ['there', 'real'],
    ['not there yet', 'new/and/deeper'],
    ['through a link', 'link'],
    ['with a slash behind', 'real/'],
    ['odd', ODD],
    ['as long as it may be', `long/${'a/'.repeat((471 - folder.length - 6) / 2)}`.slice(0, 470 - folder.length)],
  ])('%s is taken', (_, path) => {
    const directory = DataDirectory.take(at(path));
    expect(directory.condition()).toEqual({ state: 'held' });
    expect(readFileSync(at(path, 'owner.pid'), 'utf8')).toBe(`${process.pid}\n`);
    directory.release();
  });

  it.each([
    ['a file', 'file', /^invalid .*not a directory/],
    ['in a file', 'file/in', /^invalid .*not a directory/],
    ['a link that leads nowhere', 'dangling', /^invalid .*not there/],
    ['a link that leads to itself', 'loop', /^invalid .*circle/],
    ['too long a name', 'n'.repeat(300), /^invalid .*too long/],
    ['too long a path', 'p/'.repeat(300), /^invalid .*too long: at most 471 bytes/],
  ])('that is %s is refused in a sentence', (_, path, said) => {
    expect(refusal(() => DataDirectory.take(at(path)))).toMatch(said);
    expect(refusal(() => demandLedger(at(path)))).toMatch(/^(invalid data-directory|unavailable no-ledger)/);
  });

  it.each([
    ['/dev/null', /^invalid .*not a directory/],
    ['/proc/ledger', /^(invalid|unavailable) data-directory/],
    ['/sys/ledger', /^(invalid|unavailable) data-directory/],
  ])('%s is refused in a sentence', (path, said) => {
    expect(refusal(() => DataDirectory.take(path))).toMatch(said);
  });

  it('that another process holds is refused, naming it, or not where nobody can be named', () => {
    const first = DataDirectory.take(at('held'));
    expect(refusal(() => DataDirectory.take(at('held')))).toBe(
      `unavailable data-directory-in-use: data directory ${at('held')} is in use by process ${process.pid}`,
    );
    writeFileSync(at('held/owner.pid'), 'nonsense');
    expect(refusal(() => DataDirectory.take(at('held')))).toContain('in use by another process');
    first.release();
  });

  it('whose log is an empty file holds no ledger yet, unless something of one is left beside it', () => {
    mkdirSync(at('unbegun'));
    writeFileSync(at('unbegun/log.db'), '');
    expect(refusal(() => demandLedger(at('unbegun')))).toMatch(/^unavailable no-ledger/);
    for (const name of ['log.mark', 'log.db-wal']) {
      writeFileSync(at('unbegun', name), 'something');
      expect(refusal(() => demandLedger(at('unbegun')))).toBe('taken');
      rmSync(at('unbegun', name));
    }
  });

  it('whose lock is damaged is taken: it says nothing', () => {
    mkdirSync(at('odd-lock'));
    writeFileSync(at('odd-lock/lock.db'), 'x'.repeat(5_000));
    DataDirectory.take(at('odd-lock')).release();
  });

  it('whose lock was removed under the process that lives is not taken by another', () => {
    mkdirSync(at('removed'));
    writeFileSync(at('removed/owner.pid'), '1\n');
    expect(refusal(() => DataDirectory.take(at('removed')))).toContain('process 1; lock.db is gone');
    writeFileSync(at('removed/owner.pid'), `${2 ** 22 + 1}\n`);
    DataDirectory.take(at('removed')).release();
  });

  it.each([
    ['lock.db removed', (path: string) => rmSync(join(path, 'lock.db')), /^lock\.db was missing/],
    ['lock.db replaced', (path: string) => replace(join(path, 'lock.db')), /^lock\.db was replaced/],
    ['owner.pid removed', (path: string) => rmSync(join(path, 'owner.pid')), /^owner\.pid/],
    ['owner.pid changed', (path: string) => writeFileSync(join(path, 'owner.pid'), '7\n'), /^owner\.pid/],
  ])('notices %s, and takes it again', (name, act, said) => {
    const heard: string[] = [];
    const directory = DataDirectory.take(at(name), (message) => heard.push(message));
    act(at(name));
    expect(directory.condition()).toMatchObject({ state: 'taken-again', message: expect.stringMatching(said) });
    expect(heard).toHaveLength(1);
    expect(directory.lostRight()).toBeUndefined();
    expect(readFileSync(at(name, 'owner.pid'), 'utf8')).toBe(`${process.pid}\n`);
    expect(refusal(() => DataDirectory.take(at(name)))).toContain('in use');
    directory.release();
  });

  it.each([
    ['moved away', (path: string) => renameSync(path, `${path}.away`)],
    ['replaced', (path: string) => (renameSync(path, `${path}.away`), DataDirectory.take(path).release())],
    ['replaced by an empty one', (path: string) => (renameSync(path, `${path}.away`), mkdirSync(path))],
  ])('is lost where it was itself %s, and what stands there is left alone', (name, act) => {
    const directory = DataDirectory.take(at(name));
    act(at(name));
    const left = existsSync(at(name)) ? readdirSync(at(name)) : undefined;
    expect(directory.lostRight()).toBe('the directory was removed or replaced');
    expect(() => directory.demandOurs()).toThrow(expect.objectContaining({ code: 'data-directory-lost' }));
    expect(directory.condition().state).toBe('lost');
    directory.release();
    expect(existsSync(at(name)) ? readdirSync(at(name)) : undefined).toEqual(left);
  });

  it('is lost where another was faster, for good', async () => {
    const directory = DataDirectory.take(at('lost'));
    let told = 0;
    directory.whenLost(() => (told += 1));
    renameSync(at('lost/lock.db'), at('lost/away'));
    const other = DataDirectory.take(at('lost'));
    expect(directory.lostRight()).toContain('another process has taken the directory');
    other.release();
    await sleep(700);
    expect([directory.condition().state, told]).toEqual(['lost', 1]);
    directory.release();
  });
});

function replace(path: string): void {
  writeFileSync(`${path}.new`, '');
  renameSync(`${path}.new`, path);
}

const COMMANDS: readonly (readonly string[])[] = [
  ['serve'],
  ['import', at('feed.ndjson')],
  ['report', 'fund-balance'],
  ['verify'],
  ['replay'],
  ['clock'],
  ['demo', '--once'],
  ['copy', '--from', `sqlite:${at('file')}`, '--to', `sqlite:${at('elsewhere')}`],
];
const SENTENCE = /^[a-z-]+: [^\n]+\n(  [^\n]+\n)?$/;

/** One command in one language: its exit code and what it says. */
const run = (words: readonly string[], language: string, environment = {}): Promise<Finished> =>
  runProgram(['--lang', language, ...words], { PORT: '0', LOG_LEVEL: 'silent', ...environment });

describe('every command', () => {
  it('refuses a directory that is a file, or none, in a sentence, by exit code 2', async () => {
    writeFileSync(at('feed.ndjson'), '{"kind":"contribution"}\n');
    for (const [index, words] of COMMANDS.entries())
      for (const data of ['file', '~']) {
        if (words[0] === 'copy' && data === '~') continue;
        const language = index % 2 === 0 ? 'zh' : 'en';
        const { code, stdout, stderr } = await run(
          ['--data', data === 'file' ? at('file') : '~/ledger', ...words],
          language,
        );
        expect([words[0], data, code, stdout, stderr]).toEqual([
          words[0],
          data,
          2,
          '',
          expect.stringMatching(SENTENCE),
        ]);
        expect(/[\u4e00-\u9fff]/.test(stderr)).toBe(language === 'zh');
      }
    expect(existsSync('~')).toBe(false);
  }, 240_000);

  it('works in a directory with an odd name, by a relative path, through a link', async () => {
    mkdirSync(at('of', ODD), { recursive: true });
    symlinkSync(at('of', ODD), at('odd-link'));
    const data = join(relative(process.cwd(), at('odd-link')), ODD);
    const service = await startService(data);
    expect((await post(service, ...command('contribution'), 'first')).status).toBe(201);
    expect((await get(service, '/v1/balances?after=2')).status).toBe(200);
    expect(await service.stop()).toBe(0);
    const copied = ['copy', '--from', `sqlite:${data}`, '--to', `sqlite:${at(`${ODD} copy`)}`];
    for (const words of [['verify'], ['report', 'fund-balance'], ['replay'], ['clock'], copied])
      expect(await run(['--data', data, ...words], 'en')).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(at('of', ODD, ODD, 'log.db'))).toBe(true);
  }, 240_000);

  it('refuses a directory on a file system that is read-only by exit code 3', async () => {
    const disk = await SmallDisk.mount(1_024, 'a data directory on a read-only disk');
    if (!disk) return;
    mkdirSync(disk.file('data'));
    disk.remount('ro');
    for (const words of COMMANDS.slice(0, 6)) {
      const path = words[0] === 'serve' ? join(disk.path, 'new') : join(disk.path, 'data');
      const environment = { PORT: '0', LANG: 'en_US.UTF-8' };
      const { code, stderr } = await runProgram(['--data', path, ...words], environment, disk.through);
      expect([words[0], code, stderr]).toEqual([words[0], 3, expect.stringMatching(SENTENCE)]);
    }
    await disk.unmount();
  }, 240_000);
});

describe('serve', () => {
  it.each([
    ['a host that is not ours', { HOST: '192.0.2.1' }, 2],
    ['a host without an address', { HOST: 'no-such-host.invalid' }, 2],
    ['a port that is none', { PORT: '65536' }, 2],
  ])('refuses %s in a sentence', async (name, environment, wanted) => {
    const { code, stderr } = await run(['--data', at(name), 'serve'], 'en', environment);
    expect([code, stderr]).toEqual([wanted, expect.stringMatching(SENTENCE)]);
  });

  it('refuses a port in use by exit code 3', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const { code, stderr } = await run(['--data', at('port'), 'serve'], 'zh', { PORT: String(port) });
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^cannot-listen: .*端口已被占用\n$/)]);
    server.close();
  });
});
