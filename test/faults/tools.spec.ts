import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { get, NODE, post, runProgram, startService, temporaryDirectory } from '../service.js';
import { command } from '../one-of-each.js';
import { cutEnd, flipBit, garbage, overwrite, swap } from './damage.js';
import { SmallDisk } from './small-disk.js';
import { callsIn, canFailCalls, failCalls, faulty, traced } from './system-calls.js';

const directory = temporaryDirectory();
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A program that writes a line to a file again and again, and says what became of each. */
const WRITER = `
const { openSync, writeSync } = require('node:fs');
const file = openSync(process.argv[1], 'a');
for (let line = 1; line <= 4; line += 1) {
  try { writeSync(file, 'a line\\n'); console.log(line, 'written'); } catch ({ code }) { console.log(line, code); }
}`;

async function write(through: readonly string[], path: string): Promise<string> {
  const words = [...through, NODE, '-e', WRITER, path];
  const child = spawn(words[0]!, words.slice(1), { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  const how = await new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)));
  return `${said.trim().replaceAll('\n', ', ')}; ${String(how)}`;
}

describe('a small disk', () => {
  it('is full, empty and read-only as it is told, for the programs on it and for no others', async () => {
    const disk = await SmallDisk.mount(256, 'a small disk');
    if (!disk) return;
    const path = join(disk.path, 'lines');
    const all = '1 written, 2 written, 3 written, 4 written; 0';
    expect(await write(disk.through, path)).toBe(all);
    disk.fill();
    const other = join(disk.path, 'others');
    expect(await write(disk.through, other)).toMatch(/^1 ENOSPC, 2 ENOSPC/);
    disk.empty();
    disk.fill(8_192);
    expect(disk.free).toBe(8_192);
    expect(await write(disk.through, other)).toBe(all);
    disk.remount('ro');
    expect(await write(disk.through, path)).toBe('; 1');
    disk.remount('rw');
    expect(readFileSync(disk.file('lines'), 'utf8')).toBe('a line\n'.repeat(4));
    expect(() => readFileSync(path)).toThrow('ENOENT');
    await disk.unmount();
  });

  it('takes a service, which can be asked and stopped as any other', async () => {
    const disk = await SmallDisk.mount(16_384, 'a service on a small disk');
    if (!disk) return;
    const service = await startService(disk.path, {}, { through: disk.through });
    expect((await post(service, ...command('contribution'), 'first')).status).toBe(201);
    expect((await get(service, '/v1/balances?after=2')).status).toBe(200);
    expect(await service.stop()).toBe(0);
    expect((await runProgram(['--data', disk.path, 'verify'], {}, disk.through)).code).toBe(0);
    await disk.unmount();
  });
});

describe('system calls', () => {
  const path = join(directory, 'lines');

  it('fail on the files named and on no others, each that was named', async () => {
    if (!canFailCalls('failing system calls')) return;
    const fault = { calls: 'write', paths: [path], when: '2' };
    expect(await write(faulty({ ...fault, with: 'ENOSPC' }), path)).toBe(
      '1 written, 2 ENOSPC, 3 written, 4 written; 0',
    );
    expect(await write(faulty({ ...fault, with: 'EIO', when: '3+' }), path)).toMatch(/2 written, 3 EIO, 4 EIO; 0$/);
    expect(await write(faulty({ ...fault, with: 'SIGKILL' }), path)).toBe('1 written; SIGKILL');
    expect(await write(faulty({ ...fault, with: 'EIO' }), join(directory, 'other'))).toMatch(/4 written; 0$/);
  });

  it('are written down in their order', async () => {
    if (!canFailCalls('tracing system calls')) return;
    const output = join(directory, 'trace');
    await write(traced(output, 'write,openat', [path]), path);
    expect(callsIn(output).map(({ call, path: on }) => `${call} ${on}`)).toEqual([
      `openat ${path}`,
      ...Array.from({ length: 4 }, () => `write ${path}`),
    ]);
  });

  it('of a running process fail for a while', async () => {
    if (!canFailCalls('failing system calls of a running process')) return;
    const child = spawn(NODE, ['-e', PATIENT, path], { stdio: ['pipe', 'pipe', 'inherit'] });
    const said = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const tried = async (): Promise<string> => {
      child.stdin.write('.');
      return ((await said.next()).value as Buffer).toString();
    };
    expect(await tried()).toBe('written');
    const faults = await failCalls(child.pid!, { calls: 'write', paths: [path], with: 'EIO' });
    expect(await tried()).toBe('EIO');
    await faults.end();
    expect(await tried()).toBe('written');
    child.stdin.end();
    await new Promise((resolve) => child.once('exit', resolve));
  });
});

/** Writes whenever it is told to. */
const PATIENT = `
const { openSync, writeSync } = require('node:fs');
const file = openSync(process.argv[1], 'a');
process.stdin.on('data', () => {
  let said = 'written';
  try { writeSync(file, '.'); } catch ({ code }) { said = code; }
  process.stdout.write(said);
});`;

describe('damage', () => {
  it('is what it is called', () => {
    const [one, other] = [join(directory, 'one'), join(directory, 'other-one')];
    writeFileSync(one, 'abcdef');
    writeFileSync(other, 'other');
    overwrite(one, 2, Buffer.from('XY'));
    flipBit(one, 0);
    cutEnd(one, 1);
    swap(one, other);
    expect([readFileSync(one, 'utf8'), readFileSync(other, 'utf8')]).toEqual(['other', '`bXYe']);
    cutEnd(one);
    expect(readFileSync(one, 'utf8')).toBe('');
    expect(garbage(1_000, 7)).toEqual(garbage(1_000, 7));
    expect(new Set(garbage(1_000)).size).toBeGreaterThan(200);
  });
});
