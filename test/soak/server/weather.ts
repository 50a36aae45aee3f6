import { setTimeout as sleep } from 'node:timers/promises';
import { APPEND_FAULTS } from '../../kurrentdb/double-appends.js';
import { type KurrentDbDouble } from '../../kurrentdb/double.js';
import { type SupervisedNode } from './supervised-node.js';

/** What bad weather falls on. */
export interface Exposed {
  readonly double: KurrentDbDouble;
  readonly nodes: readonly SupervisedNode[];
}

/** Begins a fault, and returns how it ends where it lasts. */
type Manner = (exposed: Exposed, random: () => number) => (() => void) | undefined;

const MOST_APPENDS_HIT = 4;
const MOST_FOREIGN = 400;
const SLOWEST_APPEND_MS = 400;
const LONGEST_ELECTION_MS = 2_000;

const someOf = (most: number, random: () => number): number => 1 + Math.floor(random() * most);

/** How a server, its operators, its other guests and the network behave, by name. */
const MANNERS: Readonly<Record<string, Manner>> = {
  ...Object.fromEntries(
    APPEND_FAULTS.map((fault): [string, Manner] => [
      fault,
      ({ double }, random) => {
        double.failNextAppends(...Array.from({ length: someOf(MOST_APPENDS_HIT, random) }, () => fault));
        return undefined;
      },
    ]),
  ),
  silence: ({ double }) => {
    double.isSilent = true;
    return () => (double.isSilent = false);
  },
  unauthenticated: ({ double }) => {
    double.refusal = 'unauthenticated';
    return () => (double.refusal = undefined);
  },
  forbidden: ({ double }) => {
    double.refusal = 'forbidden';
    return () => (double.refusal = undefined);
  },
  'slow appends': ({ double }, random) => {
    double.appendDelayMs = someOf(SLOWEST_APPEND_MS, random);
    return () => (double.appendDelayMs = 0);
  },
  'checkpoints ahead': ({ double }) => {
    double.checkpointAhead = true;
    return () => (double.checkpointAhead = false);
  },
  'subscriptions dropped': ({ double }) => {
    double.dropSubscriptions();
    return undefined;
  },
  'connections cut': ({ double }) => {
    double.cutConnections();
    return undefined;
  },
  'connections half open': ({ double }) => double.leaveHalfOpen(),
  'foreign events': ({ double }, random) => {
    double.recordForeign(someOf(MOST_FOREIGN, random));
    return undefined;
  },
  'leader changed': ({ double }, random) => {
    double.changeLeader({ forMs: someOf(LONGEST_ELECTION_MS, random), loses: random() < 0.5 });
    return undefined;
  },
  'node killed': ({ nodes }, random) => {
    nodes[Math.floor(random() * nodes.length)]!.kill();
    return undefined;
  },
};

const LONGEST_STORM_MS = 12_000;
const LONGEST_PAUSE_MS = 600;
/** Longer than a call is waited for, so that its deadline is met too. */
const LONGEST_FAULT_MS = 6_000;

/**
 * Many faults at random times, one upon the other; resolves once all of them have ended. Counts them by kind.
 * @param before when none begins any more, by the clock of the process
 */
export async function storm(
  exposed: Exposed,
  { random, before }: { readonly random: () => number; readonly before: number },
  counts: Record<string, number>,
): Promise<void> {
  const lasting: Promise<void>[] = [];
  const end = Math.min(before, performance.now() + random() * LONGEST_STORM_MS);
  const names = Object.keys(MANNERS);
  do {
    const name = names[Math.floor(random() * names.length)]!;
    counts[name] = (counts[name] ?? 0) + 1;
    const cease = MANNERS[name]!(exposed, random);
    if (cease) lasting.push(sleep(random() * LONGEST_FAULT_MS).then(cease));
    await sleep(random() * LONGEST_PAUSE_MS);
  } while (performance.now() < end);
  await Promise.all(lasting);
  exposed.double.spareNextAppends();
}
