import { readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { get, type RunningService, runProgram, startService } from '../service.js';
import { garbage, overwrite } from './damage.js';
import { SmallDisk } from './small-disk.js';
import { Crowd, type CrowdFigures } from './together/crowd.js';
import { HonestClients, UNITS } from './together/honest-clients.js';
import { Journal } from './together/journal.js';
import { judge } from './together/judge.js';

/**
 * Everything at once: a service on a small disk that is filled to its last byte and emptied again, whose read tables
 * are overwritten while it runs, with hostile clients of every kind on it, and honest ones who write down what they are
 * told.
 */

export interface Together {
  readonly seed: number;
  /** How long each phase lasts; a round has four. */
  readonly phaseMs: number;
  readonly rounds: number;
  /** How many hostile connections at once. */
  readonly connections: number;
  readonly say?: (line: string) => void;
}

/** How often the service has said something, and as it was said first. */
export interface Said {
  readonly count: number;
  readonly first: string;
}

/** How the process stood. */
export interface Standing {
  readonly residentMib: number;
  readonly peakMib: number;
  readonly files: number;
  readonly sockets: number;
}

/** How long something took to heal, once its cause was gone. */
export interface Healing {
  readonly after: string;
  /** Until a voucher was recorded, until the service was ready, and until it showed that voucher. */
  readonly recordedMs: number;
  readonly readyMs: number;
  readonly shownMs: number;
}

export interface Seen {
  readonly journal: Journal;
  readonly crowd: CrowdFigures;
  readonly healings: readonly Healing[];
  readonly begin: Standing;
  readonly end: Standing;
  readonly stop: { readonly code: number | NodeJS.Signals | null; readonly ms: number };
  /** What the service said, by message. */
  readonly said: ReadonlyMap<string, Said>;
  readonly events: number;
  /** In words; empty where everything is as it should be. */
  readonly wrong: readonly string[];
}

/** That it heals, not how fast: a machine may be busy. */
const HEALS_WITHIN_MS = 180_000;
/** The filler takes what frees itself meanwhile. */
const REFILLED_EVERY_MS = 100;
/** A page of the file's head is left, so that it opens and the harm is met in the middle of the work. */
const HARMED_FROM = 8_192;
const HARMS = ['garbage', 'removed', 'no database'] as const;
const MIB = 1024;

/** Runs it. Undefined where this machine has no small disk, which is said. */
export async function runTogether(options: Together): Promise<Seen | undefined> {
  const seconds = (options.rounds * 4 * options.phaseMs) / 1_000;
  const disk = await SmallDisk.mount((96 + Math.round(seconds)) * MIB, 'everything at once');
  if (!disk) return undefined;
  const run = new Run(options, disk);
  try {
    return await run.run();
  } finally {
    await run.close();
    await disk.unmount();
  }
}

class Run {
  private readonly journal = new Journal();
  private readonly clients: HonestClients;
  private readonly healings: Healing[] = [];
  private readonly wrong: string[] = [];
  private readonly said = new Map<string, Said>();
  private harms = 0;
  private service!: RunningService;

  constructor(
    private readonly options: Together,
    private readonly disk: SmallDisk,
  ) {
    const { journal } = this;
    const { seed } = options;
    const address = (): string => this.service.address;
    this.clients = new HonestClients({
      address,
      journal,
      seed,
      posting: 12,
      asking: 6,
      linesOfFile: 2_000,
      thinkMs: 50,
    });
  }

  async run(): Promise<Seen> {
    const { phaseMs, rounds } = this.options;
    await this.start();
    this.clients.begin();
    await this.phase('calm', () => sleep(phaseMs));
    await this.clients.end();
    const begin = this.standing();
    const crowd = this.gather(1);
    this.clients.begin();
    for (let round = 1; round <= rounds; round += 1) {
      await this.round();
      this.options.say?.(`round ${round}/${rounds}, ${this.journal.answers.length} honest requests`);
    }
    await this.clients.end();
    await this.untilReady('the end of the rounds');
    await this.clients.settle();
    await this.untilFilesEnd();
    const figures = await crowd.end();
    const end = await this.settled(begin);
    const stop = await this.stopInTheMidst();
    await this.start();
    await this.clients.settle();
    await this.untilFilesEnd();
    this.wrong.push(...(await judge(this.service.address, this.journal)));
    const events = Number((await get(this.service, '/v1/balances')).headers.get('x-ledger-position'));
    await this.examine();
    const { journal, healings, said, wrong } = this;
    return { journal, crowd: figures, healings, begin, end, stop, said, events, wrong };
  }

  async close(): Promise<void> {
    await this.clients.end();
    await this.service.stop('SIGKILL');
  }

  private async start(): Promise<void> {
    this.service = await startService(this.disk.path, { LOG_LEVEL: 'info' }, { through: this.disk.through });
  }

  private gather(salt: number): Crowd {
    const { connections, seed } = this.options;
    return new Crowd({ address: this.service.address, connections, seed: seed + salt });
  }

  /** Hostile clients all the time; beside them a full disk, damaged tables, and both. */
  private async round(): Promise<void> {
    const { phaseMs } = this.options;
    await this.phase('hostile clients', () => sleep(phaseMs));
    await this.phase('+ full disk', () => this.stayFull());
    await this.heal('full disk', () => this.disk.empty());
    await this.heal('damaged tables', () => this.damage());
    await this.phase('+ damaged tables', async () => {
      this.damage();
      await sleep(phaseMs);
    });
    await this.phase('+ both', async () => {
      this.disk.fill();
      this.damage();
      await this.stayFull();
    });
    await this.heal('both', () => this.disk.empty());
  }

  private async phase(name: string, work: () => Promise<unknown>): Promise<void> {
    this.journal.phase = name;
    await work();
    this.demandAlive();
  }

  private async stayFull(): Promise<void> {
    const { answers, phase } = this.journal;
    const begun = { at: performance.now(), answers: answers.length };
    const isTold = (): boolean =>
      answers.slice(begun.answers).some((answer) => answer.phase === phase && answer.outcome.startsWith('507'));
    // Until somebody is told, however long this machine takes.
    while (performance.now() < begun.at + this.options.phaseMs || !isTold()) {
      this.disk.fill();
      await sleep(REFILLED_EVERY_MS);
    }
  }

  /** Harms the read tables, each time in another way. */
  private damage(): void {
    const file = this.disk.file('read.db');
    const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
    const harm = HARMS[(this.harms += 1) % HARMS.length]!;
    if (harm === 'removed') rmSync(file, { force: true });
    else if (harm === 'no database') writeFileSync(file, 'this is no database');
    else if (size > HARMED_FROM) overwrite(file, HARMED_FROM, garbage(size - HARMED_FROM, this.options.seed));
  }

  /** How long it takes until all is well again. */
  private async heal(after: string, act: () => void): Promise<void> {
    this.journal.phase = 'healing';
    act();
    const begun = performance.now();
    const since = (): number => performance.now() - begun;
    const wanted = this.clients.want(UNITS[0]!);
    const until = async (holds: () => Promise<boolean>): Promise<number> => {
      while (!(await holds())) {
        if (since() > HEALS_WITHIN_MS) throw new Error(`nothing heals after ${after}: ${await this.readiness()}`);
        await sleep(20);
      }
      return since();
    };
    const recordedMs = await until(async () => (await this.clients.post(wanted)).status === 201);
    const { position } = wanted.receipt!;
    const shownMs = await until(async () => (await this.statusOf(`/v1/balances?after=${position}`)) === 200);
    const readyMs = await until(async () => (await this.statusOf('/readyz')) === 200);
    this.healings.push({ after, recordedMs, shownMs, readyMs });
  }

  private async untilReady(when: string): Promise<void> {
    for (const begun = performance.now(); (await this.statusOf('/readyz')) !== 200; await sleep(50))
      if (performance.now() - begun > HEALS_WITHIN_MS)
        throw new Error(`not ready at ${when}: ${await this.readiness()}`);
  }

  /** How it answers; 0 where it does not, e.g. over a connection that is closed in that moment. */
  private async statusOf(path: string): Promise<number> {
    this.demandAlive();
    return get(this.service, path).then(
      ({ status }) => status,
      () => 0,
    );
  }

  private demandAlive(): void {
    const { exitCode, signalCode } = this.service.process;
    const last = this.service.lines.slice(-5).join('\n');
    if (exitCode ?? signalCode)
      throw new Error(`the service ended (${exitCode ?? signalCode}) in phase ${this.journal.phase}:\n${last}`);
  }

  private async readiness(): Promise<string> {
    return JSON.stringify((await get(this.service, '/readyz')).body);
  }

  /** Every file is taken, and has come to its end. */
  private async untilFilesEnd(): Promise<void> {
    const begun = performance.now();
    for (const file of this.journal.files)
      while (!file.end && !(await this.clients.seeThrough(file))) {
        if (performance.now() - begun > HEALS_WITHIN_MS) return void this.wrong.push(`${file.note} does not end`);
        await sleep(100);
      }
  }

  /** How the process stands once all have gone. */
  private async settled(begin: Standing): Promise<Standing> {
    let end = this.standing();
    for (let waits = 0; waits < 100 && end.files + end.sockets > begin.files + begin.sockets; waits += 1) {
      await sleep(100);
      end = this.standing();
    }
    const kept = end.files - begin.files;
    if (kept > MOST_FILES_KEPT) this.wrong.push(`${kept} more files are open at the end than at the beginning`);
    if (end.sockets > begin.sockets + MOST_FILES_KEPT) this.wrong.push(`${end.sockets} sockets are open at the end`);
    return end;
  }

  private standing(): Standing {
    const { pid } = this.service.process;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const mebibytes = (name: string): number =>
      Math.round(Number(new RegExp(`${name}:\\s+([0-9]+)`).exec(status)![1]) / MIB);
    const open = readdirSync(`/proc/${pid}/fd`).map((each) => linkOf(`/proc/${pid}/fd/${each}`));
    const sockets = open.filter((name) => name.startsWith('socket:')).length;
    return { residentMib: mebibytes('VmRSS'), peakMib: mebibytes('VmHWM'), files: open.length - sockets, sockets };
  }

  /** SIGTERM while all are at it, and a file is on its way. */
  private async stopInTheMidst(): Promise<Seen['stop']> {
    const crowd = this.gather(2);
    this.clients.begin();
    await this.phase('stopping', () => sleep(Math.min(3_000, this.options.phaseMs)));
    const begun = performance.now();
    const code = await this.service.stop('SIGTERM');
    const ms = performance.now() - begun;
    await this.clients.end();
    await crowd.end();
    // A service that has not closed everything within 9 s of the signal is ended by it.
    if (code !== 0) this.wrong.push(`SIGTERM ended with ${code} after ${Math.round(ms)} ms`);
    this.hear();
    return { code, ms };
  }

  /** Counts what the service has said, by message. */
  private hear(): void {
    for (const line of this.service.lines) {
      const { level, msg = line } = (line.startsWith('{') ? JSON.parse(line) : {}) as { level?: number; msg?: string };
      const message = `${level ?? ''} ${msg.replaceAll(/[0-9a-f-]{36}|[0-9]+/g, '…')}`.trim();
      const { count = 0, first = line } = this.said.get(message) ?? {};
      this.said.set(message, { count: count + 1, first });
      if (level === 60) this.wrong.push(`the service said: ${line}`);
    }
  }

  /** What the command line says of it, once it has stopped. */
  private async examine(): Promise<void> {
    const code = await this.service.stop();
    if (code !== 0) this.wrong.push(`the last stop ended with ${code}`);
    // Two commands a run are enough for a soak, and one for a test.
    for (const words of this.options.say ? [['verify'], ['replay']] : [['verify']]) {
      const {
        code: exit,
        stdout,
        stderr,
      } = await runProgram(['--data', this.disk.path, ...words], {}, this.disk.through);
      if (exit !== 0) this.wrong.push(`${words.join(' ')} ended with ${exit}: ${stdout}${stderr}`);
    }
  }
}

/** What may be open at the end beside what was at the beginning, e.g. of threads; a leak grows with each connection. */
const MOST_FILES_KEPT = 16;

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    // It was closed meanwhile.
    return '';
  }
}
