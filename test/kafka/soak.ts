import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { Chaos } from './chaos.js';
import { type FaultKind } from './read-topic.js';
import { startTestBroker } from './test-broker.js';

export interface KafkaSoak {
  readonly kills: number;
  readonly seed: number;
  /** Where the logs are; they are left there. */
  readonly directory: string;
  /** Hears of every round. */
  readonly say: (line: string) => void;
}

/** So many relays are killed before the topic is held against the log; then a new log and a new topic begin. */
const RELAYS_IN_A_ROUND = 50;
const RELAYS_PER_BROKER = 10;
const LONGEST_RELAY_LIFE_MS = 300;
const LONGEST_BROKER_LIFE_MS = 8_000;
const ASLEEP_MS = 500;
/** How a relay ends that was taken over. */
const FENCED = 4;
const FAULTS_NAMED = 10;

const FAULTS: readonly FaultKind[] = ['lost', 'doubled', 'out of order', 'other bytes'];
const NOTHING = { 'relays killed': 0, 'brokers killed': 0, 'zombies woken': 0, events: 0, received: 0 };
const NO_FAULTS = { lost: 0, doubled: 0, 'out of order': 0, 'other bytes': 0 };
type Counts = Readonly<Record<keyof typeof NOTHING | keyof typeof NO_FAULTS, number>>;

/**
 * Kills relays and, meanwhile, the broker with SIGKILL at random moments under load, wakes a relay that was taken over,
 * and holds every topic against its log for who reads committed. False where an event is lost, doubled, out of order or
 * changed; undefined where no broker can be had. @throws where a relay ends by itself
 */
export async function soakKafka({ kills, seed, directory, say }: KafkaSoak): Promise<boolean | undefined> {
  let total: Counts = { ...NOTHING, ...NO_FAULTS };
  for (let round = 1; total['relays killed'] < kills; round += 1) {
    const broker = await startTestBroker();
    if (!broker) return undefined;
    const place = join(directory, String(round));
    mkdirSync(place);
    const chaos = new Chaos(place, broker, `soak.${round}`, seed + round);
    const relays = Math.min(RELAYS_IN_A_ROUND, kills - total['relays killed']);
    total = sumOf(total, await hurt(chaos, relays, say).finally(() => broker.stop()));
    say(
      Object.entries(total)
        .map(([what, count]) => `${count} ${what}`)
        .join(', '),
    );
    if (FAULTS.some((kind) => total[kind] > 0)) return false;
  }
  return true;
}

async function hurt(chaos: Chaos, relays: number, say: KafkaSoak['say']): Promise<Counts> {
  const brokers = Math.ceil(relays / RELAYS_PER_BROKER);
  // Both to their end, also where one fails: whoever restarts the broker must not do so after it was stopped for good.
  const ends = await Promise.allSettled([
    chaos.killRelays(relays, LONGEST_RELAY_LIFE_MS),
    chaos.restartBroker(brokers, LONGEST_BROKER_LIFE_MS),
  ]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  const { zombie, successor } = await chaos.wakeZombie(ASLEEP_MS);
  if (zombie !== FENCED || successor !== null)
    throw new Error(`the relay that was woken ended with ${zombie}, its successor with ${successor}`);
  const { events, received, faults } = await chaos.judge();
  for (const { kind, id } of faults.slice(0, FAULTS_NAMED)) say(`${kind}: ${id}`);
  const found = Object.fromEntries(FAULTS.map((kind) => [kind, faults.filter((fault) => fault.kind === kind).length]));
  return {
    'relays killed': relays,
    'brokers killed': brokers,
    'zombies woken': 1,
    events,
    received,
    ...(found as typeof NO_FAULTS),
  };
}

const sumOf = (one: Counts, other: Counts): Counts =>
  Object.fromEntries(Object.entries(one).map(([what, count]) => [what, count + other[what as keyof Counts]])) as Counts;
