import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** This file runs from the sources and from the build. */
const ROOT = join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? '..' : '../..');
export const NODE = join(ROOT, 'node_modules/.bin/node');
/** The built program. `TONGZHANG_DIST` names another build, e.g. one made beside the first. */
export const CLI = join(process.env['TONGZHANG_DIST'] ?? join(ROOT, 'dist'), 'src/cli.js');
/** So long a start may take on a busy machine; how long it takes on a quiet one is measured in `bench/`. */
const START_TIMEOUT_MS = 180_000;
/** How many events a new ledger begins with: it has adopted its reference data. */
export const BEGUN = 1;

/** The service as a process of its own, over a data directory that outlives it unless `clean` is called. */
export interface RunningService {
  readonly address: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** Every line the service has logged so far. */
  readonly lines: readonly string[];
  /** Sends a signal and resolves with the exit code, or with the signal that ended the process. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | NodeJS.Signals | null>;
  readonly clean: () => void;
}

/** The result of a command that ran to its end. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'tongzhang-'));

export interface Starting {
  /** The words that go before the program, e.g. those of a small disk it is to run on. */
  readonly through?: readonly string[];
  /** What is waited for: that it says it is ready, or that it answers at all. */
  readonly until?: 'ready' | 'listening';
  /** So long it may take to start. */
  readonly withinMs?: number;
}

/** Starts the built service on a free port and waits until it is ready. */
export async function startService(
  dataDir = temporaryDirectory(),
  environment: Readonly<Record<string, string>> = {},
  { through = [], until = 'ready', withinMs = START_TIMEOUT_MS }: Starting = {},
): Promise<RunningService> {
  const [program, ...words] = [...through, NODE, CLI, 'serve'];
  const child = spawn(program, words, {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'info',
      LANG: 'zh_CN.UTF-8',
      EVENT_STORE_URL: '',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let isUp = false;
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  const address = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        const found = /"address":"([^"]+)"/.exec(line);
        if (found) resolve(found[1]!);
      });
    }
  });
  const failed = Promise.race([ended, sleep(withinMs, 'timeout', { ref: false })]).then((why) => {
    // One that does not come up is not left behind; one that did has long been handed over.
    if (why === 'timeout' && !isUp) child.kill('SIGKILL');
    throw new Error(`the service did not start (${why}):\n${lines.join('\n')}`);
  });
  const ready = address.then(until === 'ready' ? waitUntilReady : undefined);
  await Promise.race([ready, failed]);
  isUp = true;
  failed.catch(() => undefined);
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    return ended;
  };
  const clean = (): void => rmSync(dataDir, { recursive: true, force: true });
  return { address: await address, dataDir, process: child, lines, stop, clean };
}

async function waitUntilReady(address: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const { status } = await fetch(`${address}/readyz`);
    if (status === 200) return;
    await sleep(50);
  }
  throw new Error(`${address} is not ready`);
}

/** Runs one command of the built program to its end; `through` are words that go before it. */
export async function runProgram(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  through: readonly string[] = [],
): Promise<Finished> {
  const [program, ...others] = [...through, NODE, CLI, ...words];
  const child = spawn(program!, others, {
    // A server named for the contract's own test is not the log of any other.
    env: { ...process.env, EVENT_STORE_URL: '', ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}

/** An answer with its parsed body. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/**
 * Posts a body with an idempotency key; `headers` are added to, or take the place of, the usual ones.
 * @param signal ends the wait for an answer
 */
export async function post(
  service: Pick<RunningService, 'address'>,
  path: string,
  body: unknown,
  key: string | undefined,
  headers: Readonly<Record<string, string>> = {},
  signal: AbortSignal | null = null,
): Promise<Answered> {
  const raw = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const response = await fetch(`${service.address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }), ...headers },
    body: raw as NonNullable<RequestInit['body']>,
    signal,
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answered['body'] };
}

/** Asks once, as it is; `get` is for who wants to see the position that a path names. */
export async function getOnce(
  service: Pick<RunningService, 'address'>,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  const response = await fetch(`${service.address}${path}`, { headers });
  const text = await response.text();
  const body = (text.startsWith('{') ? JSON.parse(text) : { text }) as Answered['body'];
  return { status: response.status, headers: response.headers, body };
}

/** Asks, and again where the position that is named is not shown yet: a busy machine takes its time. */
export async function get(...asked: Parameters<typeof getOnce>): Promise<Answered> {
  for (;;) {
    const answer = await getOnce(...asked);
    if (answer.body['code'] !== 'position-not-yet-shown') return answer;
    await sleep(50);
  }
}
