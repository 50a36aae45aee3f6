import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '../..');
/** What a clone of today's work tree consists of, and the build, so that it need not be built again. */
const NOT_CLONED = /^(\.git|node_modules|data|coverage|\.ready\.lock)(\/|$)|\.log$/;
/** The names of other machines that command lines mention: here they are this one. */
const HOSTS = ['localhost', 'kafka-1', 'kafka-2'];
const START_TIMEOUT_MS = 240_000;

/** What became of a command line. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line that goes on until it is interrupted. */
export interface Running {
  readonly stdout: () => string;
  /** Resolves once its output matches, or an address answers. @throws with what it printed where it ends before */
  readonly until: (sign: RegExp | string) => Promise<void>;
  /** What Ctrl-C does: a signal to every process of it. */
  readonly interrupt: () => Promise<Ran>;
}

/**
 * A fresh clone on a machine of its own: no port is taken, /tmp and /srv are empty, and nothing that is done there
 * touches anything here. It is a network and a tree of files apart for some processes (Linux namespaces).
 */
export class Stage {
  /** Whether npm's own `npx` has been seen to start the program of the clone. */
  private isStartedByNpx = false;

  private constructor(
    private readonly holder: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Undefined, and why, where the machine has no namespaces to give. */
  static async build(): Promise<Stage | string> {
    const folder = mkdtempSync(join(tmpdir(), 'tongzhang-clone-'));
    copyTree(join(folder, 'clone'));
    mkdirSync(join(folder, 'home'));
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/npx'), NPX);
    chmodSync(join(folder, 'bin/npx'), 0o755);
    writeFileSync(join(folder, 'hosts'), `127.0.0.1 ${HOSTS.join(' ')}\n`);
    const holder = spawn('unshare', ['-rnm', 'bash', '-ec', APART, 'bash', folder, join(ROOT, 'node_modules')]);
    let said = '';
    holder.stdout.on('data', (text: Buffer) => (said += text.toString()));
    holder.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise<string>((resolve) => {
      holder.once('error', (error) => resolve(error.message));
      holder.once('exit', () => resolve(said));
    });
    const isReady = async (): Promise<undefined> => {
      while (!said.includes('ready')) await sleep(20);
    };
    const failure = await Promise.race([ended, isReady()]);
    if (failure === undefined) return new Stage(holder, folder);
    rmSync(folder, { recursive: true, force: true });
    return failure.trim();
  }

  /** Types a line in the clone's folder, and waits for its end. */
  async run(line: string): Promise<Ran> {
    return this.start(line).ended;
  }

  /** Types a line in the clone's folder that goes on. */
  start(line: string): Running & { readonly ended: Promise<Ran> } {
    const words = ['-t', String(this.holder.pid), '-U', '-n', '-m', '--preserve-credentials'];
    const child = spawn('nsenter', [...words, 'bash', '-c', TYPE, line], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: this.isStartedByNpx ? { ...ENVIRONMENT, PATH: `/tmp/bin:${ENVIRONMENT.PATH}` } : ENVIRONMENT,
    });
    const ran = { code: null as number | null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (ran.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (ran.stderr += text));
    let isOver = false;
    const ended = new Promise<Ran>((resolve) => {
      child.once('close', (code) => {
        isOver = true;
        if (code === 0 && line.startsWith('npx tongzhang ')) this.isStartedByNpx = true;
        resolve({ ...ran, code });
      });
    });
    const isThere = async (sign: RegExp | string): Promise<boolean> =>
      typeof sign === 'string' ? (await this.run(`curl -sf ${sign}`)).code === 0 : sign.test(ran.stdout);
    const until = async (sign: RegExp | string): Promise<void> => {
      const deadline = performance.now() + START_TIMEOUT_MS;
      while (!(await isThere(sign))) {
        if (isOver || performance.now() > deadline)
          throw new Error(`${line}\n${isOver ? 'has ended' : 'is late'}\n${ran.stdout}${ran.stderr}`);
        await sleep(50);
      }
    };
    const interrupt = (): Promise<Ran> => {
      if (!isOver) process.kill(-child.pid!, 'SIGINT');
      return ended;
    };
    return { stdout: () => ran.stdout, until, interrupt, ended };
  }

  /** Where a file or folder of the clone is for this process. */
  path(name: string): string {
    return join(this.folder, 'clone', name);
  }

  /** What differs, in files and folders of the clone, from the work tree; empty where nothing does. */
  changes(...names: readonly string[]): string {
    return names
      .map((name) => spawnSync('diff', ['-rq', join(ROOT, name), this.path(name)]).stdout.toString())
      .join('');
  }

  /** Removes files and folders of the clone. */
  remove(...names: readonly string[]): void {
    for (const name of names) rmSync(this.path(name), { recursive: true, force: true });
  }

  async strike(): Promise<void> {
    this.holder.stdin!.end();
    await new Promise((resolve) => this.holder.once('exit', resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Arguments: the folder that becomes /tmp, and the packages. It lasts as long as its input is open. */
const APART = `
ip link set lo up
mount --bind "$1/hosts" /etc/hosts
mount -t tmpfs none /srv
mkdir -p "$1/clone/node_modules"
mount --bind "$2" "$1/clone/node_modules"
mount --rbind "$1" /tmp
echo ready
exec cat`;

/** The line is an argument, so that no sign in it means more than it does where it is typed. */
const TYPE = 'cd /tmp/clone && exec bash -o pipefail -c "$0"';

/**
 * Once npm's own `npx` has been seen to start the program of the clone, what it starts is started without it: npm takes
 * twice as long as the program, and says nothing of it.
 */
const NPX = `#!/bin/sh
if [ "$1" = tongzhang ]; then
  shift
  exec /tmp/clone/node_modules/.bin/node /tmp/clone/scripts/tongzhang.mjs "$@"
fi
PATH="\${PATH#/tmp/bin:}" exec npx "$@"
`;

/** What someone has who has just cloned: none of our variables, none of npm's, and no programs of the packages. */
const ENVIRONMENT = {
  PATH: process.env['PATH']!.split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter),
  HOME: '/tmp/home',
  LANG: 'C.UTF-8',
};

function copyTree(clone: string): void {
  const filter = (source: string): boolean => !NOT_CLONED.test(source.slice(ROOT.length + 1));
  cpSync(ROOT, clone, { recursive: true, preserveTimestamps: true, filter });
  // The folders of the copy are new, and what is built must not be older than they are.
  const later = new Date(Date.now() + 1_000);
  utimesSync(join(clone, 'dist/.built'), later, later);
}

/** The pages whose command lines are run, by their names. */
export const PAGES = globSync('**/*.md', {
  cwd: ROOT,
  exclude: (name) => ['node_modules', 'dist', 'data', '.git', 'CHANGELOG.md'].includes(name),
}).toSorted();
