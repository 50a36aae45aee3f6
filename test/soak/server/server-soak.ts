import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomFrom } from '../../random.js';
import { type Seen, untilHolds, watchServices } from '../../probe.js';
import { KurrentDbDouble } from '../../kurrentdb/double.js';
import { REFERENCE_STREAM } from '../../../src/kinds/kind.js';
import { demandFigures, demandJournal, demandVerified } from './agreement.js';
import { importEverywhere } from './importing.js';
import { PostingClient } from './posting-client.js';
import { SupervisedNode } from './supervised-node.js';
import { type Exposed, storm } from './weather.js';

export interface ServerSoak {
  readonly forMs: number;
  readonly seed: number;
  /** Where the nodes keep their files; they are left there. */
  readonly directory: string;
  /** Hears of every storm. */
  readonly say: (line: string) => void;
}

/** What a soak came to. */
export interface ServerFigures {
  readonly acknowledged: number;
  /** How often a key was sent again. */
  readonly repeated: number;
  /** Lines of files that both nodes imported at the same time, and how often such a file was sent again. */
  readonly lines: number;
  readonly filesAgain: number;
  readonly kills: number;
  readonly storms: number;
  readonly faults: Readonly<Record<string, number>>;
  /** Longest time from a storm's end to the next acknowledged post, and until both nodes were ready, in ms. */
  readonly longestSilenceMs: number;
  readonly longestUnreadyMs: number;
  /** Calls that the server still held at the end and that are no live readers. */
  readonly callsOpen: number;
  readonly seen: Seen;
}

const CLIENTS = 6;
const LINES = 200;
const IMPORT_EVERY_MS = 60_000;
/** Within this time after the last fault both nodes are ready and have acknowledged something. */
const WELL_WITHIN_MS = 120_000;
const LONGEST_CALM_MS = 3_000;
const SAY_EVERY = 10;

/**
 * Two ledger nodes on one server, killed and started again, with clients, imports, probes and scrapes, under everything
 * that the server, its operators, other programs and the network do. Nothing acknowledged is lost, nothing doubled;
 * the nodes agree with each other and with the journal; no call is left open.
 * @throws on the first thing that is wrong
 */
export async function soakServer(soak: ServerSoak): Promise<ServerFigures> {
  const double = new KurrentDbDouble();
  await double.start();
  const nodes = await Promise.all(
    ['node-1', 'node-2'].map((name) => SupervisedNode.start(name, join(soak.directory, name), double.url)),
  );
  const clients: PostingClient[] = [];
  const watching = watchServices(nodes);
  try {
    await untilReady(nodes);
    const liveReaders = double.liveReaders;
    for (let index = 0; index < CLIENTS; index += 1)
      clients.push(new PostingClient(`client-${index}`, nodes, soak.seed + 1 + index));
    const weathered = await weather(soak, { double, nodes }, clients);
    await demandAgreement({ double, nodes }, clients, weathered.lines);
    const seen = await watching.stop();
    demandNone(seen.strange);
    const callsOpen = await demandQuiet(double, liveReaders);
    await Promise.all(nodes.map((node) => node.stop()));
    await Promise.all(nodes.map((node) => demandVerified(node, double.url)));
    return {
      ...weathered,
      acknowledged: countOf(clients),
      repeated: sumOf(clients.map(({ repeated }) => repeated)),
      kills: sumOf(nodes.map(({ kills }) => kills)),
      seen,
      callsOpen,
    };
  } finally {
    await Promise.all([...nodes, ...clients].map((one) => one.abandon()));
    await watching.stop();
    await double.stop();
  }
}

/** Storms and calms until the time is over; in each calm all is well again. @throws where it is not in time */
async function weather({ forMs, seed, directory, say }: ServerSoak, exposed: Exposed, clients: PostingClient[]) {
  const { nodes } = exposed;
  const random = randomFrom(seed);
  const deadline = performance.now() + forMs;
  const importing = importAgainAndAgain(nodes, directory, deadline);
  // What ends an import is thrown where it is waited for.
  importing.catch(() => undefined);
  const faults: Record<string, number> = {};
  let [storms, longestSilenceMs, longestUnreadyMs] = [0, 0, 0];
  while (performance.now() < deadline) {
    await storm(exposed, { random, before: deadline }, faults);
    storms += 1;
    const recovered = await untilWell(nodes, clients);
    longestSilenceMs = Math.max(longestSilenceMs, recovered.silenceMs);
    longestUnreadyMs = Math.max(longestUnreadyMs, recovered.unreadyMs);
    demandNone([...nodes, ...clients].flatMap(({ problems }) => problems));
    if (storms % SAY_EVERY === 0) say(`${storms} storms, ${countOf(clients)} acknowledged`);
    await sleep(random() * LONGEST_CALM_MS);
  }
  const { lines, again: filesAgain } = await importing;
  return { lines, filesAgain, storms, faults, longestSilenceMs, longestUnreadyMs };
}

async function demandAgreement({ double, nodes }: Exposed, clients: PostingClient[], lines: number): Promise<void> {
  await Promise.all(clients.map((client) => client.stop()));
  demandNone(clients.flatMap(({ problems }) => problems));
  const journal = double.events().filter(({ stream }) => stream !== REFERENCE_STREAM);
  demandJournal(journal, new Map(clients.flatMap(({ acknowledged }) => [...acknowledged])), lines);
  await demandFigures(nodes, journal);
}

/** Nothing is open but as many live readers as there were. Returns how many calls are open beside them. */
async function demandQuiet(double: KurrentDbDouble, liveReaders: number): Promise<number> {
  await untilHolds(
    () => double.callsOpen === 0 && double.liveReaders === liveReaders,
    () => `${double.callsOpen} calls are open beside ${double.liveReaders} live readers, not ${liveReaders}`,
  );
  return double.callsOpen;
}

/** One file after the other, each imported by both nodes at the same time. */
async function importAgainAndAgain(nodes: readonly SupervisedNode[], directory: string, deadline: number) {
  const imported = { lines: 0, again: 0 };
  for (let round = 1; performance.now() < deadline; round += 1) {
    imported.again += await importEverywhere(nodes, { directory, round, lines: LINES });
    imported.lines += LINES;
    await sleep(Math.min(IMPORT_EVERY_MS, Math.max(0, deadline - performance.now())));
  }
  return imported;
}

/** Waits until something is acknowledged again, and both nodes are ready. @throws where that takes too long */
async function untilWell(nodes: readonly SupervisedNode[], clients: readonly PostingClient[]) {
  const began = performance.now();
  const unready = untilReady(nodes).then(() => performance.now() - began);
  const silent = untilHolds(
    () => clients.some(({ acknowledgedAtMs }) => acknowledgedAtMs > began),
    () => `nothing is acknowledged any more:\n${lastWords(nodes)}`,
    WELL_WITHIN_MS,
  ).then(() => performance.now() - began);
  const [unreadyMs, silenceMs] = await Promise.all([unready, silent]);
  return { unreadyMs, silenceMs };
}

async function untilReady(nodes: readonly SupervisedNode[]): Promise<void> {
  await Promise.all(
    nodes.map((node) =>
      untilHolds(
        () => node.isReady(),
        () => `${node.name} is not ready:\n${lastWords([node])}`,
        WELL_WITHIN_MS,
      ),
    ),
  );
}

const lastWords = (nodes: readonly SupervisedNode[]): string =>
  nodes.map(({ name, lines }) => `${name}:\n${lines.slice(-20).join('\n')}`).join('\n');

function demandNone(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
const countOf = (clients: readonly PostingClient[]): number =>
  sumOf(clients.map(({ acknowledged }) => acknowledged.size));
