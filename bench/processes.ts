import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type NodeOptions, nodeOptionsFor } from '../src/node-options.js';

const BUILT = join(import.meta.dirname, '..');
const CLI = join(BUILT, 'src/cli.js');
const SERVE = [CLI, 'serve'];
/** A service that does the least there is to do. */
export const BARE = [join(BUILT, 'bench/bare-service.js')];

export const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'tongzhang-bench-'));

/** A service in a process of its own. */
export interface Service {
  readonly address: string;
  /** From the start of the process to the first 200 of `/readyz`. */
  readonly startedInMs: number;
  readonly stop: () => Promise<void>;
}

/** Starts the service on a free port over a data directory, as `npm start` does. */
export async function startService(
  directory: string,
  environment: Readonly<Record<string, string>> = {},
  program: readonly string[] = SERVE,
): Promise<Service> {
  const started = performance.now();
  const flags = program === SERVE ? nodeOptionsFor(SERVE).flags : [];
  const child = spawn(process.execPath, [...nodeOptions(), ...flags, ...program], {
    env: { ...process.env, DATA_DIR: directory, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = endOf(child);
  const address = await Promise.race([addressOf(child), ended.then(() => undefined)]);
  if (address === undefined) throw new Error('the service did not start');
  for (;;) {
    const { status } = await fetch(`${address}/readyz`);
    if (status === 200) break;
    await sleep(5);
  }
  const startedInMs = performance.now() - started;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { address, startedInMs, stop };
}

/** The options of this process, and with `BENCH_CPU_PROF=DIR` CPU profiles of what is started are written there. */
function nodeOptions(): string[] {
  const directory = process.env['BENCH_CPU_PROF'];
  return [...process.execArgv, ...(directory ? ['--cpu-prof', `--cpu-prof-dir=${directory}`] : [])];
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const found = /"address":"([^"]+)"/.exec(line);
      if (found) resolve(found[1]!);
    });
  });
}

const endOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('close', (code) => resolve(code)));

/** Runs a file of this folder to its end and returns what it printed. @throws where it fails */
export const run = (file: string, ...words: readonly string[]): Promise<string> => runWith({}, file, ...words);

/** The same, with options of Node. */
export const runWith = (options: Partial<NodeOptions>, file: string, ...words: readonly string[]): Promise<string> =>
  printedBy(begin(options, file, words));

/** Runs a file of this folder until some work is done, which it is told by the end of its input. */
export async function runUntil(work: Promise<void>, file: string, ...words: readonly string[]): Promise<string> {
  const begun = begin({}, file, words);
  const printed = printedBy(begun);
  await Promise.race([work, printed]).finally(() => begun.child.stdin!.end());
  await work;
  return printed;
}

interface Begun {
  readonly child: ChildProcess;
  readonly called: string;
}

function begin({ flags = [], environment }: Partial<NodeOptions>, file: string, words: readonly string[]): Begun {
  const script = join(import.meta.dirname, file);
  const command = [...nodeOptions(), ...flags, script, ...words];
  const child = spawn(process.execPath, command, {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return { child, called: `${file} ${words.join(' ')}` };
}

async function printedBy({ child, called }: Begun): Promise<string> {
  let printed = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const code = await endOf(child);
  if (code !== 0) throw new Error(`${called} ended with ${code}: ${printed}`);
  return printed;
}
