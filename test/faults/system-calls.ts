import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { sayNotRun } from '../not-run.js';

/** The calls that change what stands on a disk. */
export const WRITING =
  'pwrite64,write,writev,pwritev,fsync,fdatasync,ftruncate,fallocate,rename,renameat,renameat2,unlink,unlinkat,openat';

/** What becomes of some system calls of a program. */
export interface CallFault {
  /** The names of the calls, with commas between; default: all that change a disk. */
  readonly calls?: string;
  /** Only calls on these files or folders, or on what is open of them: whole paths. Default: all. */
  readonly paths?: readonly string[];
  /** The error that the call ends with, and does nothing else, e.g. `ENOSPC`; or the signal that is sent before it. */
  readonly with: `E${string}` | 'SIGKILL';
  /** Which calls: `3` is the third, `3+` that and every later one, `3+2` every second from it. Default: all. */
  readonly when?: string;
}

/** The words that go before a program some of whose calls fail from its start. Its pid and its signals are its own. */
export const faulty = (fault: CallFault): readonly string[] => ['strace', '-D', ...NOTHING_SAID, ...wordsOf(fault)];

/** The words that go before a program whose calls are written to a file, for `callsIn`. */
export function traced(output: string, calls: string, paths: readonly string[]): readonly string[] {
  return ['strace', '-f', '-qq', '-y', '-s', '0', '-o', output, ...pathWords(paths), '-e', `trace=${calls}`];
}

/** A call of a trace: the thread that made it, its name, and the file it was made on where it names one. */
export interface TracedCall {
  readonly thread: number;
  readonly call: string;
  readonly path: string;
}

/** The calls that `traced` wrote to a file, in their order. */
export function callsIn(output: string): TracedCall[] {
  const calls: TracedCall[] = [];
  for (const line of readFileSync(output, 'utf8').split('\n')) {
    const match = /^([0-9]+) +([a-z0-9_]+)\((?:(?:AT_FDCWD<[^>]*>, )?"([^"]*)"|[0-9]+<([^>]*)>)/.exec(line);
    if (!match) continue;
    calls.push({ thread: Number.parseInt(match[1]!, 10), call: match[2]!, path: match[3] ?? match[4] ?? '' });
  }
  return calls;
}

/** Lets calls of a running process fail, from now until `end`. */
export async function failCalls(pid: number, fault: CallFault): Promise<{ readonly end: () => Promise<void> }> {
  const words = ['-p', String(pid), ...NOTHING_SAID.filter((word) => word !== '-qq'), ...wordsOf(fault)];
  const tracer = spawn('strace', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => tracer.once('exit', () => resolve()));
  let said = '';
  const attached = new Promise<void>((resolve) => {
    tracer.stderr.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('attached')) resolve();
    });
  });
  const failed = ended.then(() => {
    throw new Error(`strace does not follow process ${pid}: ${said}`);
  });
  await Promise.race([attached, failed]);
  failed.catch(() => undefined);
  const end = (): Promise<void> => {
    tracer.kill('SIGINT');
    return ended;
  };
  return { end };
}

const NOTHING_SAID = ['-f', '-qq', '-o', '/dev/null'];

const pathWords = (paths: readonly string[]): string[] => paths.flatMap((path) => ['-P', path]);

function wordsOf({ calls = WRITING, paths = [], when, ...fault }: CallFault): string[] {
  const which = when === undefined ? '' : `:when=${when}`;
  const what = fault.with === 'SIGKILL' ? 'signal=KILL' : `error=${fault.with}`;
  return [...pathWords(paths), '-e', `trace=${calls}`, '-e', `inject=${calls}:${what}${which}`];
}

/** Whether calls can be made to fail here; where not, it is said loudly, with what was not tested for want of it. */
export function canFailCalls(what: string): boolean {
  const tried = spawnSync('strace', [
    '-D',
    '-f',
    '-qq',
    '-o',
    '/dev/null',
    '-e',
    'inject=close:error=EIO:when=9',
    'true',
  ]);
  if (tried.status === 0) return true;
  const why = tried.error?.message ?? tried.stderr.toString().trim();
  sayNotRun(`不能注入系统调用错误，未测试 system calls cannot be made to fail here, not tested: ${what}: ${why}`);
  return false;
}
