import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Command } from 'commander';
import { DEFAULT_EVENTS } from '../examples/hainan-2025/generate.js';
import { LEAST_EVENTS } from '../examples/hainan-2025/plan.js';
import { QUESTIONS } from '../projections/registry.js';
import { buildProgram } from '../src/cli/program.js';
import { dataPaths } from '../src/data-directory.js';
import { openStoreForReading } from '../src/event-store/open-store.js';
import { freePort } from '../src/kafka/local-broker.js';
import { SmallDisk } from './faults/small-disk.js';
import { contributionRow, csvOf } from './import/fixture.js';
import { sayNotRun } from './not-run.js';
import { untilHolds } from './probe.js';
import { BEGUN, CLI, NODE, runProgram, temporaryDirectory } from './service.js';

const LINES = 300;
const directory = temporaryDirectory();
const ledger = join(directory, 'ledger');
const feed = join(directory, 'feed.csv');
const saved = join(directory, 'backup');
/** The same ledger, its month closed. */
const shut = join(directory, 'closed');
const statement = join(directory, 'bank.csv');
/** What was received and paid back, and nobody has recorded yet. */
const BANK = '日期,借方,贷方,余额\n2025-05-20,,5.00,5.00\n2025-05-21,5.00,,0.00\n';
const BOOK = ['--fund', 'employee', '--unit', '460100'];
const PEOPLE = ['--maker', 'E-0001', '--reviewer', 'E-0002'];

/** A command as it is tried: its words, where it may write, and what it has done at its end. */
interface Tried {
  readonly words: (at: string) => readonly string[];
  /** A data directory whose ledger it works on a copy of, at `own`. */
  readonly on?: string;
  /** How it ends where it can say what it has to say; 0 unless it says otherwise. */
  readonly code?: number;
  /** False where it says nothing on its standard output. */
  readonly says?: false;
  readonly done?: (at: string) => unknown;
}

const eventsIn =
  (folder: string, events = BEGUN + LINES) =>
  async (at: string): Promise<void> => {
    const { log, mark } = dataPaths(join(at, folder));
    const store = await openStoreForReading({ store: 'sqlite', log, mark });
    expect(await store.head()).toBe(events);
    await store.close();
  };
const isWhole = (...names: readonly string[]) => {
  return (at: string): void => expect(readdirSync(at).toSorted()).toEqual([...names].toSorted());
};
const NO_KAFKA = { code: 2, says: false } as const;

/** Every command there is. */
const COMMANDS: Readonly<Record<string, Tried>> = {
  init: { words: (at) => ['--data', join(at, 'begun'), 'init'], done: eventsIn('begun', BEGUN) },
  import: { words: (at) => ['--data', join(at, 'own'), 'import', feed], done: eventsIn('own') },
  ...Object.fromEntries(
    QUESTIONS.map(({ name }) => [`report ${name}`, { words: () => ['report', name] } satisfies Tried]),
  ),
  reference: { words: () => ['reference'] },
  voucher: { words: () => ['voucher', 'book-employee-460100-0'] },
  reconcile: { words: () => ['reconcile', '--statement', statement, ...BOOK, '--account', 'fiscal-account'] },
  'export hledger': { words: () => ['export', 'hledger'] },
  'export gbt24589': {
    words: (at) => ['export', 'gbt24589', ...BOOK, '--year', '2025', '--out', join(at, 'interface')],
    done: (at) => expect(readdirSync(join(at, 'interface'))).toHaveLength(2),
  },
  close: {
    on: ledger,
    words: (at) => ['--data', join(at, 'own'), 'close', '2025-05', ...PEOPLE],
    done: eventsIn('own', BEGUN + LINES + 1),
  },
  reopen: {
    on: shut,
    words: (at) => ['--data', join(at, 'own'), 'reopen', '2025-05', '--reason', 'late', ...PEOPLE],
    done: eventsIn('own', BEGUN + LINES + 2),
  },
  verify: { words: () => ['verify'] },
  'store check': { words: () => ['store', 'check'] },
  replay: { words: () => ['replay'] },
  relay: { words: () => ['relay'], ...NO_KAFKA },
  'relay status': { words: () => ['relay', 'status'], ...NO_KAFKA },
  'relay replay': { words: () => ['relay', 'replay', '--from', '0', '--topic', 'other'], ...NO_KAFKA },
  clock: { words: () => ['clock'] },
  copy: {
    words: (at) => ['copy', '--from', `sqlite:${ledger}`, '--to', `sqlite:${join(at, 'copy')}`],
    done: eventsIn('copy'),
  },
  backup: {
    words: (at) => ['backup', join(at, 'backup')],
    done: (at) => expect(existsSync(join(at, 'backup', 'backup.json'))).toBe(true),
  },
  restore: { words: (at) => ['--data', join(at, 'restored'), 'restore', saved], done: eventsIn('restored') },
  compact: {
    words: (at) => {
      cpSync(saved, join(at, 'compacted'), { recursive: true });
      return ['--data', join(at, 'compacted'), 'compact'];
    },
    done: eventsIn('compacted'),
  },
  demo: {
    words: (at) => ['--data', join(at, 'demo'), 'demo', '--once'],
    done: eventsIn('demo', BEGUN + DEFAULT_EVENTS),
  },
  generate: {
    words: (at) => [
      'generate',
      '--events',
      `${LEAST_EVENTS}`,
      '--out',
      join(at, 'feed'),
      '--control',
      join(at, 'sums'),
    ],
    done: isWhole('feed', 'sums'),
  },
};

/** The same commands in other words. */
const MORE: Readonly<Record<string, Tried>> = {
  '--help': { words: () => ['--help'] },
  'report as CSV': { words: () => ['report', 'audit-trail', '--format', 'csv'] },
  'report as JSON': { words: () => ['--json', 'report', 'audit-trail'] },
  'report into a folder': {
    words: (at) => ['report', 'fund-balance', '--as-of', '2025-12-31', '--out', at],
    done: (at) => expect(readdirSync(at).length).toBeGreaterThan(2),
  },
  'import --dry-run': {
    words: (at) => ['--data', join(at, 'own'), 'import', feed, '--dry-run'],
    done: eventsIn('own', 0),
  },
};

/** Tried in one of the two ways: what is long, and the questions after the first, which differ in what they ask. */
const ONCE: ReadonlySet<string> = new Set(['demo', ...QUESTIONS.slice(1).map(({ name }) => `report ${name}`)]);

function namesOf(command: Command): string[] {
  const path = (own: Command): string => [own.parent?.parent ? path(own.parent) : '', own.name()].join(' ').trim();
  const own = command.parent && hasAction(command) ? [path(command)] : [];
  return [...own, ...command.commands.flatMap(namesOf)];
}

/** Commander keeps it to itself. */
const hasAction = (command: Command): boolean =>
  Boolean((command as unknown as Record<string, unknown>)['_actionHandler']);

/** Runs a command in a shell, its output going where `into` says, and says how it ended. */
async function run(words: readonly string[], into: string) {
  const child = spawn('bash', ['-c', `"$@" ${into}; echo "\${PIPESTATUS[0]}" >&2`, 'bash', NODE, CLI, ...words], {
    env: { ...process.env, DATA_DIR: ledger, LANG: 'en_US.UTF-8', EVENT_STORE_URL: '', KAFKA_BROKERS: '' },
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (piece: Buffer) => out.push(piece));
  child.stderr.on('data', (piece: Buffer) => err.push(piece));
  await once(child, 'close');
  const said = Buffer.concat(err).toString().trimEnd().split('\n');
  return { stdout: Buffer.concat(out).toString(), code: said.pop(), said: said.join('\n') };
}

const NOT_WRITTEN = 'could not be written to its end (ENOSPC)';
const hasFull = existsSync('/dev/full');

beforeAll(async () => {
  const rows = Array.from({ length: LINES }, (_, line) => contributionRow({ 'evidence.number': `P-${line}` }));
  writeFileSync(feed, csvOf(rows));
  const first = await runProgram(['--data', ledger, 'import', feed]);
  const second = await runProgram(['--data', ledger, 'backup', saved]);
  cpSync(ledger, shut, { recursive: true });
  const third = await runProgram(['--data', shut, 'close', '2025-05', ...PEOPLE]);
  expect([first.code, second.code, third.code]).toEqual([0, 0, 0]);
  writeFileSync(statement, BANK);
  if (!hasFull) sayNotRun('commands that print to a full disk: there is no /dev/full');
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Output that is not read to its end, or slowly, and a disk that is full. */
describe('what a command prints', () => {
  it('is tried of every command there is', () => {
    expect(Object.keys(COMMANDS).toSorted()).toEqual(
      namesOf(buildProgram('en'))
        .filter((name) => name !== 'serve')
        .toSorted(),
    );
  });

  it.each(Object.entries({ ...COMMANDS, ...MORE }))('may be closed, or meet a full disk: %s', async (name, tried) => {
    const { words, on, code = 0, says = true, done } = tried;
    const place = (): string => {
      const at = temporaryDirectory();
      if (on !== undefined) cpSync(on, join(at, 'own'), { recursive: true });
      return at;
    };
    const closed = async (): Promise<void> => {
      const at = place();
      const ended = await run(words(at), '| true');
      expect(ended).toMatchObject({ code: `${code}`, stdout: '' });
      expect(ended.said).not.toMatch(/EPIPE|Error:|\n +at /);
      await done?.(at);
      rmSync(at, { recursive: true });
    };
    const full = async (): Promise<void> => {
      const at = place();
      const ended = await run(words(at), '> /dev/full');
      expect(ended.code).toBe(says ? '3' : `${code}`);
      expect(ended.said.split(NOT_WRITTEN)).toHaveLength(says ? 2 : 1);
      expect(ended.said).not.toMatch(/\n +at /);
      await done?.(at);
      rmSync(at, { recursive: true });
    };
    await Promise.all([...(ONCE.has(name) ? [] : [closed()]), ...(hasFull ? [full()] : [])]);
  });

  it('may have nobody to tell: the exit code says it', async () => {
    if (hasFull) expect((await run(['--help'], '> /dev/full 2>&1')).code).toBe('3');
  });

  it.each([[['report', 'audit-trail', '--format', 'csv']], [['--json', 'report', 'audit-trail', '--limit', '300']]])(
    'reaches a slow reader to the last byte: %j',
    async (words) => {
      const whole = await run(words, '| cat');
      // More than a pipe holds, before anybody reads, and then in bits.
      expect(Buffer.byteLength(whole.stdout)).toBeGreaterThan(66_000);
      const slowly = await run(words, '| (sleep 1; dd bs=997 status=none)');
      expect(slowly.code).toBe('0');
      expect(slowly.stdout === whole.stdout).toBe(true);
    },
  );
});

describe('a service', () => {
  it.each([['nobody reads', '| true'], ...(hasFull ? [['meets a full disk', '> /dev/full']] : [])])(
    'goes on where its log %s',
    async (_, into) => {
      const port = await freePort();
      const at = temporaryDirectory();
      const words = ['-c', `"$@" ${into} & wait`, 'bash', NODE, CLI, '--data', at, 'serve'];
      const child = spawn('bash', words, {
        env: { ...process.env, PORT: `${port}`, HOST: '127.0.0.1', EVENT_STORE_URL: '' },
      });
      const ask = () =>
        fetch(`http://127.0.0.1:${port}/readyz`).then(
          ({ status }) => status,
          () => 0,
        );
      await untilHolds(async () => (await ask()) === 200);
      for (let n = 0; n < 50; n += 1) expect(await ask()).toBe(200);
      const owner = await runProgram(['--data', at, 'clock', '--json']);
      expect(owner.code).toBe(0);
      process.kill(Number.parseInt(readFileSync(join(at, 'owner.pid'), 'utf8'), 10));
      await once(child, 'close');
      rmSync(at, { recursive: true });
    },
  );
});

describe('a file that a command writes', () => {
  it('is written where it is told, be that a device, and what cannot be taken is said', async () => {
    if (!hasFull) return;
    for (const option of ['--out', '--control']) {
      const at = temporaryDirectory();
      const words = ['generate', '--events', `${LEAST_EVENTS}`, '--out', join(at, 'feed'), option, '/dev/full'];
      const { code, stderr } = await runProgram(['--lang', 'en', ...words]);
      expect([code, stderr.trimEnd().split('\n')]).toEqual([3, [expect.stringMatching(/ENOSPC|full/)]]);
      expect(existsSync('/dev/full.part')).toBe(false);
      rmSync(at, { recursive: true });
    }
  });

  it('is there whole, or not at all', async () => {
    const disk = await SmallDisk.mount(256, 'files of commands on a full disk');
    if (!disk) return;
    const into = { DATA_DIR: ledger };
    const cases = [
      ['generate', '--events', `${LEAST_EVENTS}`, '--out', join(disk.path, 'feed.csv')],
      ['report', 'audit-trail', '--out', disk.path],
    ];
    try {
      disk.fill(16 * 1024);
      for (const words of cases) {
        const { code, stderr } = await runProgram(['--lang', 'en', ...words], into, disk.through);
        expect([code, stderr.trimEnd().split('\n').length, stderr]).toEqual([
          3,
          expect.any(Number),
          expect.stringMatching(/ENOSPC|full/),
        ]);
        expect(stderr).not.toMatch(/\n +at /);
        expect(readdirSync(disk.file()).filter((name) => !name.startsWith('.'))).toEqual([]);
      }
    } finally {
      await disk.unmount();
    }
  });
});
