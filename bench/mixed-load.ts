import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeContributions } from './duplicates.js';
import { atMost, type Figure, median, within } from './figure.js';
import { ledgerOf } from './large-ledger.js';
import { runUntil, type Service, startService } from './processes.js';

/** Single commands while something big is done by the same service. */

const COMMANDS_A_SECOND = 200;
/** Of each kind of other work at least so long. */
const PHASE_MS = 10_000;
const MOST_LINES = 200_000;
/** Against what it is when nothing else is done. */
const TIMES = 3;
const STALL_MS = 50;

/** How long single commands took, and the longest that the thread that answers was held, in milliseconds. */
interface Seen {
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  readonly heldMs: number;
}

type Work = (service: Service) => Promise<void>;

/**
 * The 99th percentile of single commands, against its quiet value, while a file is imported, the read tables are
 * rebuilt beside the service, the longest questions are asked again and again, and everything is exported. It is quiet
 * in between each two, since a disk that others use as well is not as fast at all times.
 */
export async function mixedLoad(directory: string, events: number): Promise<Figure[]> {
  const file = join(directory, 'mixed.csv');
  await writeContributions(file, Math.min(events, MOST_LINES), 'mixed');
  const service = await startService(ledgerOf(directory));
  try {
    await besides(service, 'warm-up', quiet);
    const calm = [await besides(service, 'quiet', quiet)];
    const busy: [name: string, seen: Seen][] = [];
    for (const [name, work] of worksWith(file)) {
      busy.push([name, await besides(service, name, work)]);
      calm.push(await besides(service, `quiet after ${name}`, quiet));
    }
    const [p50, p99, worst, heldMs] = [of(calm, 'p50'), of(calm, 'p99'), of(calm, 'worst'), of(calm, 'heldMs')];
    const still = atMost('longest turn of the answering thread, quiet', heldMs, STALL_MS, noteOf({ p50, p99, worst }));
    return [still, ...busy.flatMap(([name, seen]) => figuresOf(name, seen, p99))];
  } finally {
    await service.stop();
  }
}

const of = (seen: readonly Seen[], what: keyof Seen): number => median(seen.map((one) => one[what]));

function figuresOf(name: string, seen: Seen, quietMs: number): Figure[] {
  const against = { name: `p99 of single commands during ${name}, against quiet`, ours: seen.p99 / quietMs };
  return [
    within({ ...against, against: null, atLeast: TIMES, unit: 'times' }, noteOf(seen)),
    atMost(`longest turn of the answering thread, during ${name}`, seen.heldMs, STALL_MS),
  ];
}

const worksWith = (file: string): [name: string, work: Work][] => [
  ['an import', (service) => importOver(service, file)],
  ['a rebuild', (service) => again(() => rebuildBeside(service))],
  ['the longest question', (service) => again(() => ask(service, '/v1/likely-duplicates'))],
  ['a question of a moment', (service) => again(() => ask(service, '/v1/early-warning?recordedAsOf=1000'))],
  ['an export to CSV', (service) => again(() => ask(service, '/v1/audit-trail?format=csv'))],
  ['an export to a workbook', (service) => again(() => ask(service, '/v1/journal?format=xlsx'))],
];

const noteOf = ({ p50, p99, worst }: Omit<Seen, 'heldMs'>): string =>
  `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, worst ${worst.toFixed(0)} ms`;

const quiet: Work = () => sleep(PHASE_MS);

async function again(work: () => Promise<void>): Promise<void> {
  const started = performance.now();
  while (performance.now() - started < PHASE_MS) await work();
}

async function besides(service: Service, name: string, work: Work): Promise<Seen> {
  await longestTurn(service);
  const word = name.replaceAll(' ', '-');
  const printed = await runUntil(work(service), 'steady.js', service.address, String(COMMANDS_A_SECOND), word);
  const seen = JSON.parse(printed) as Omit<Seen, 'heldMs'> & { readonly failed: number };
  if (seen.failed > 0) throw new Error(`${seen.failed} commands were not recorded during ${name}`);
  return { ...seen, heldMs: await longestTurn(service) };
}

/** The longest turn since this was last asked for, as the service itself has measured it. */
async function longestTurn({ address }: Service): Promise<number> {
  const metrics = await (await fetch(`${address}/metrics`)).text();
  return Number.parseFloat(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(metrics)![1]!) * 1_000;
}

async function ask({ address }: Service, path: string): Promise<void> {
  const response = await fetch(`${address}${path}`);
  await response.body!.pipeTo(new WritableStream());
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
}

/** Sends a file and waits until all of it is posted. */
async function importOver(service: Service, file: string): Promise<void> {
  const headers = { 'content-type': 'text/csv', 'content-length': String(statSync(file).size) };
  const init = { method: 'POST', headers, body: createReadStream(file), duplex: 'half' } as unknown as RequestInit;
  await untilDone(service, '/v1/imports', init);
}

async function rebuildBeside(service: Service): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await untilDone(service, '/v1/jobs', { method: 'POST', headers, body: '{"kind":"replay"}' });
}

const UNFINISHED: ReadonlySet<string> = new Set(['queued', 'waiting', 'running']);

/** Asks for something that is done in the background, and waits for its end. */
async function untilDone({ address }: Service, path: string, init: RequestInit): Promise<void> {
  const asked = await fetch(`${address}${path}`, init);
  if (asked.status !== 202) throw new Error(`${path}: ${asked.status} ${await asked.text()}`);
  for (;;) {
    await sleep(100);
    const job = (await (await fetch(`${address}${asked.headers.get('location')!}`)).json()) as { status: string };
    if (UNFINISHED.has(job.status)) continue;
    if (job.status !== 'done') throw new Error(`${path} ended: ${JSON.stringify(job)}`);
    return;
  }
}
