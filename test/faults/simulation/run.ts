import { type EventStore } from '../../../src/event-store/event-store.js';
import { randomFrom } from '../../random.js';
import { type Office, workAtDesk, workThroughFile } from './clients.js';
import { Desk } from './commands.js';
import { type Entry } from './journal.js';
import { judgeLog, judgeNode } from './judge.js';
import { Node, type World } from './node.js';
import { Schedule, Trace } from './schedule.js';
import { CALM, SimulatedLog, type Weather } from './store.js';
import { type TwoTables } from './tables.js';

const NOON = Date.parse('2026-05-31T04:00:00.000Z');

export interface RunOptions {
  /** Read tables, which are emptied first. */
  readonly tables: TwoTables;
  /** Keeps every line of the trace, not only its digest. */
  readonly keepTrace?: boolean;
  /** The log under the nodes, where it is to be one that breaks its contract. */
  readonly log?: (schedule: Schedule) => EventStore;
  readonly newKeyOnRetry?: boolean;
}

/** What became of a seed. */
export interface Ran {
  readonly seed: number;
  /** What is wrong; empty where nothing is. */
  readonly findings: readonly string[];
  readonly digest: string;
  readonly trace: readonly string[];
  readonly figures: Figures;
}

export interface Figures {
  readonly acknowledged: number;
  readonly replayed: number;
  readonly refused: number;
  readonly unknown: number;
  readonly nodeDeaths: number;
  readonly followerDeaths: number;
  readonly conflicts: number;
}

/** The figures of several runs, added up. */
export function sumOf(all: readonly Figures[]): Figures {
  const sum: Record<keyof Figures, number> = {
    acknowledged: 0,
    replayed: 0,
    refused: 0,
    unknown: 0,
    nodeDeaths: 0,
    followerDeaths: 0,
    conflicts: 0,
  };
  for (const one of all) for (const name of Object.keys(sum) as (keyof Figures)[]) sum[name] += one[name];
  return sum;
}

/** Runs one seed: clients, files, nodes and a follower over a log with faults, and judges what is left of it. */
export async function runSeed(seed: number, options: RunOptions): Promise<Ran> {
  options.tables.empty();
  const trace = new Trace(options.keepTrace === true);
  const schedule = new Schedule(NOON, randomFrom(seed), trace);
  const accidents: unknown[] = [];
  const accident = (error: unknown): void => void accidents.push(error);
  process.on('unhandledRejection', accident);
  const run = new Run(schedule, options);
  try {
    const findings = await run
      .toEnd()
      .catch((error: unknown) => [`it threw ${String((error as Error).stack ?? error)}`]);
    await new Promise((resolve) => setImmediate(resolve));
    for (const error of accidents) findings.push(`an accident that nobody handled: ${String(error)}`);
    return { seed, findings, digest: trace.digest(), trace: trace.lines, figures: run.figures() };
  } finally {
    process.off('unhandledRejection', accident);
  }
}

class Run {
  private readonly weather: { now: Weather };
  private readonly log: EventStore;
  private readonly journal: Entry[] = [];
  private nodes: Node[] = [];

  constructor(
    private readonly schedule: Schedule,
    private readonly options: RunOptions,
  ) {
    this.weather = { now: forecast(schedule) };
    this.log = options.log?.(schedule) ?? new SimulatedLog();
  }

  async toEnd(): Promise<string[]> {
    const { schedule, weather, log } = this;
    const { isEmbedded } = weather.now;
    const { tables } = this.options;
    tables.writer.uneven = { schedule, probability: () => Math.min(0.03, weather.now.readFails) };
    const world: World = { log, schedule, weather };
    const count = isEmbedded ? 1 : schedule.between(1, 3);
    for (let index = 0; index < count; index += 1)
      this.nodes.push(await Node.start(world, `node-${index}`, index === 0 ? tables : undefined));
    const stop = new AbortController();
    const life = Promise.all(this.nodes.map((node) => node.keepFollowing(stop.signal)));
    const office = this.office(!isEmbedded);
    await schedule.until(this.work(office));
    weather.now = { ...CALM, isEmbedded };
    // What is late arrives, who waits in vain gives up, and the followers see the end.
    await schedule.until(schedule.pause('everything settles', 45_000));
    stop.abort();
    await schedule.until(life);
    const findings = await judgeLog(log, this.journal, isEmbedded);
    tables.writer.uneven = undefined;
    for (const node of this.nodes) findings.push(...(await this.awaited(judgeNode(node, log))));
    return findings;
  }

  figures(): Figures {
    const attempts = this.journal.flatMap((entry) => entry.attempts);
    const count = (how: string): number => attempts.filter(({ told }) => told.how === how).length;
    const sum = (of: (node: Node) => number): number => this.nodes.reduce((total, node) => total + of(node), 0);
    return {
      acknowledged: this.journal.filter((entry) => entry.isAcknowledged).length,
      replayed: attempts.filter(({ told }) => told.how === 'acknowledged' && told.replayed).length,
      refused: count('refused'),
      unknown: count('unknown') + count('not-written'),
      nodeDeaths: sum(({ deaths }) => deaths),
      followerDeaths: sum(({ followerDeaths }) => followerDeaths),
      conflicts: sum(({ conflicts }) => conflicts),
    };
  }

  private async awaited<T>(result: Promise<T>): Promise<T> {
    await this.schedule.until(result);
    return result;
  }

  private office(isLatePossible: boolean): Office {
    const { schedule, nodes, journal, options } = this;
    const ids: string[] = [];
    const desk = new Desk(schedule, ids);
    return { schedule, desk, nodes, journal, ids, isLatePossible, newKeyOnRetry: options.newKeyOnRetry === true };
  }

  /** Clients, files, and what happens to the nodes meanwhile. */
  private async work(office: Office): Promise<void> {
    const { schedule, nodes } = this;
    const work: Promise<void>[] = [];
    const clients = schedule.between(2, 6);
    for (let client = 0; client < clients; client += 1) work.push(workAtDesk(office, schedule.between(1, 5)));
    const files = schedule.between(0, 2);
    for (let file = 0; file < files; file += 1)
      work.push(workThroughFile(office, String(file).repeat(32), schedule.between(1, 12)));
    for (const node of nodes) {
      if (schedule.chance(0.4)) work.push(this.after(3_000, () => node.restart()));
      if (schedule.chance(0.3)) work.push(this.after(3_000, () => node.wrongClock()));
    }
    await Promise.all(work);
  }

  private async after(mostMs: number, act: () => Promise<void>): Promise<void> {
    await this.schedule.pause('fate', 0, mostMs);
    await act();
  }
}

/** The weather of a run: which faults there are, and how often. */
function forecast(schedule: Schedule): Weather {
  const rate = (most: number): number => (schedule.chance(0.5) ? schedule.random() * most : 0);
  const isEmbedded = schedule.chance(0.5);
  return {
    isEmbedded,
    appendFails: rate(0.3),
    appendHangs: rate(0.1),
    answerLost: rate(0.3),
    appendLate: isEmbedded ? 0 : rate(0.15),
    readFails: rate(0.08),
    readerEnds: rate(0.2),
  };
}
