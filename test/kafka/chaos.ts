import { type ChildProcess, spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ExpectedRevision, eventId } from '../../src/event-store/event-store.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { KafkaRelay } from '../../src/kafka/relay.js';
import { type Fault, faultsOf, type LogEntry, readTopic } from './read-topic.js';
import { type TestBroker } from './test-broker.js';
import { randomFrom } from '../random.js';

/** The built relay; `TONGZHANG_DIST` names another build. This file runs from the sources and from the build. */
const ROOT = join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? '../..' : '../../..');
const RELAY = join(process.env['TONGZHANG_DIST'] ?? join(ROOT, 'dist'), 'test/kafka/relay-process.js');
const BOOKS = 24;
/** Events appended at a time, and the pause after them: a load that a relay keeps up with. */
const AT_ONCE = 24;
const PAUSE_MS = 20;
const DRAIN_MS = 120_000;
const PADDING = 'x'.repeat(240);

/** What came of it all. */
export interface Verdict {
  readonly events: number;
  readonly received: number;
  readonly faults: readonly Fault[];
}

/** A relay in a process of its own. */
export interface RelayProcess {
  readonly process: ChildProcess;
  /** Resolves when it says that it delivers. */
  readonly delivering: Promise<void>;
  readonly ended: Promise<number | NodeJS.Signals | null>;
  readonly lines: readonly string[];
}

/** A log that grows without a pause, relays that are killed, and in the end the topic held against the log. */
export class Chaos {
  private readonly random: () => number;
  private readonly store: SqliteEventStore;
  private readonly path: string;
  private readonly stopping = new AbortController();
  private readonly appending: Promise<void>;
  private readonly revisions = new Map<string, ExpectedRevision>();

  constructor(
    directory: string,
    private readonly broker: TestBroker,
    readonly topic: string,
    seed: number,
  ) {
    this.random = randomFrom(seed);
    this.path = join(directory, 'log.db');
    this.store = new SqliteEventStore(this.path, { readonly: false, markPath: join(directory, 'log.mark') });
    this.appending = this.append(randomFrom(seed + 1));
  }

  startRelay(): RelayProcess {
    // kafkajs makes Node 24 warn of a timeout that does no harm.
    const child = spawn(
      process.execPath,
      ['--disable-warning=TimeoutNegativeWarning', RELAY, this.path, this.broker.address, this.topic],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const lines: string[] = [];
    const delivering = Promise.withResolvers<void>();
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (line.includes('delivering')) delivering.resolve();
    });
    const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
      child.once('exit', (code, signal) => resolve(code ?? signal));
    });
    return { process: child, delivering: delivering.promise, ended, lines };
  }

  /** Kills one relay after the other with SIGKILL, some while they start, most while they deliver. */
  async killRelays(kills: number, longestLifeMs: number, progress?: (done: number) => void): Promise<void> {
    for (let kill = 1; kill <= kills; kill += 1) {
      const running = this.startRelay();
      if (this.random() < 0.8) await Promise.race([running.delivering, running.ended]);
      await Promise.race([sleep(this.random() * longestLifeMs), running.ended]);
      running.process.kill('SIGKILL');
      const end = await running.ended;
      if (end !== 'SIGKILL')
        throw new Error(`kill ${kill}: the relay ended by itself with ${end}: ${running.lines.join('; ')}`);
      progress?.(kill);
    }
  }

  /** Kills the broker with SIGKILL after a random while, and brings it back, again and again. */
  async restartBroker(kills: number, longestLifeMs: number): Promise<void> {
    for (let kill = 0; kill < kills; kill += 1) {
      await sleep(this.random() * longestLifeMs);
      await this.broker.kill();
      await this.broker.restart();
    }
  }

  /** Kills the broker under one working relay, which gets over it by itself. */
  async killBroker(kills: number, longestLifeMs: number): Promise<void> {
    const running = this.startRelay();
    await running.delivering;
    await this.restartBroker(kills, longestLifeMs);
    await this.drained();
    running.process.kill('SIGKILL');
    await running.ended;
  }

  /** A relay that sleeps while another takes over, and is woken. Returns how it ended, and its successor's state. */
  async wakeZombie(asleepMs: number): Promise<{ zombie: number | string | null; successor: number | null }> {
    const zombie = this.startRelay();
    await zombie.delivering;
    await sleep(500);
    zombie.process.kill('SIGSTOP');
    const successor = this.startRelay();
    await successor.delivering;
    await sleep(asleepMs);
    zombie.process.kill('SIGCONT');
    const end = await zombie.ended;
    await this.drained();
    const { exitCode } = successor.process;
    successor.process.kill('SIGKILL');
    await successor.ended;
    return { zombie: end, successor: exitCode };
  }

  /** Ends the load, lets a last relay deliver what is left, and holds the topic against the log. */
  async judge(): Promise<Verdict> {
    this.stopping.abort();
    await this.appending;
    const last = this.startRelay();
    await this.drained();
    last.process.kill('SIGKILL');
    await last.ended;
    const log: LogEntry[] = [];
    for await (const batch of this.store.readAll({ after: 0, live: false }))
      for (const { stream, revision, data } of batch)
        log.push({ id: eventId(stream, revision), sha256: hash('sha256', data, 'hex') });
    await this.store.close();
    const received = await readTopic({ broker: this.broker.address, topic: this.topic });
    return { events: log.length, received: received.length, faults: faultsOf(received, log) };
  }

  /** Waits until what the log holds now is delivered. */
  private async drained(): Promise<void> {
    const head = await this.store.head();
    const options = { brokers: [this.broker.address], topic: this.topic, partitions: 6, replication: 1 };
    const looking = new KafkaRelay({ ...options, createTopics: false, source: '/test', debug: () => undefined });
    const deadline = performance.now() + DRAIN_MS;
    for (;;) {
      // A broker that has just come back may not answer yet.
      const progress = await looking.progress().catch(() => undefined);
      if (progress && progress.position >= head) return;
      if (performance.now() > deadline) throw new Error(`delivered up to ${progress?.position} of ${head} in time`);
      await sleep(200);
    }
  }

  private async append(random: () => number): Promise<void> {
    for (let round = 0; !this.stopping.signal.aborted; round += 1) {
      const stream = `book-employee-${String(460_100 + Math.floor(random() * BOOKS))}`;
      const expected = this.revisions.get(stream) ?? 'no-stream';
      const events = Array.from({ length: 1 + Math.floor(random() * AT_ONCE) }, (_, index) => ({
        type: 'ContributionRecorded.v1',
        data: JSON.stringify({ recordedAt: '2025-06-01T00:00:00.000Z', round, index, padding: PADDING }),
        key: `${round}-${index}`,
        keyIndexed: false,
      }));
      const { revision } = await this.store.append(stream, expected, events);
      this.revisions.set(stream, revision);
      await sleep(PAUSE_MS);
    }
  }
}
