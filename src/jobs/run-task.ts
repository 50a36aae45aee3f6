import { type Breach, INVARIANTS } from '../audit/breach.js';
import { auditLedger, type LedgerAudit } from '../audit/ledger-audit.js';
import { replay, type Replay, type Row } from '../audit/replay.js';
import { projectionsOver } from '../../projections/followed.js';
import { dataPaths } from '../data-directory.js';
import { type Text, text } from '../errors.js';
import { identifyLog } from '../event-store/log-identity.js';
import { openStoreForReading } from '../event-store/open-store.js';
import { lastShown } from '../../projections/asking/last-shown.js';
import { readConfirmedClock } from '../time/confirmed-clock.js';
import { type JobProgress, type JobResult, type Replayed, type ToldBreach, type Verified } from './job.js';
import { writeExportFile } from './export-file.js';
import { type HearProgress, type Task, type TaskDone } from './task.js';

/** Does a job. It reads the log and the read tables, and writes into files of its own. @throws what reading throws */
export async function runTask(task: Task, tell: HearProgress): Promise<TaskDone> {
  const result = await resultOf(task, tell);
  const store = await openLog(task);
  try {
    return { result, log: await identifyLog(store) };
  } finally {
    await store.close();
  }
}

async function resultOf(task: Task, tell: HearProgress): Promise<JobResult> {
  const { request } = task;
  if (request.kind === 'verify') return { verify: await verify(task, tell) };
  if (request.kind === 'replay') return { replay: await replayBeside(task, tell) };
  return { file: await writeExportFile(task, request, tell) };
}

const openLog = ({ place, dataDir }: Task) =>
  openStoreForReading(place, undefined, { known: () => lastShown(dataPaths(dataDir).read) });

async function verify({ place, dataDir, boundMs }: Task, tell: HearProgress): Promise<Verified> {
  const { read, confirmedClock } = dataPaths(dataDir);
  const clock = { nowMs: Date.now(), boundMs, confirmed: readConfirmedClock(confirmedClock) };
  const started = performance.now();
  let at: Omit<JobProgress, 'done'> = phase(VERIFYING.store, 1, 2, 'positions', null);
  const progress = {
    begin: (name: keyof typeof VERIFYING, head: number): void => {
      at = phase(VERIFYING[name], name === 'store' ? 1 : 2, 2, 'positions', head);
      tell({ ...at, done: 0 });
    },
    update: (done: number): void => tell({ ...at, done }),
  };
  const audit = await auditLedger(place, read, progress, clock);
  return verified(audit, secondsSince(started));
}

const VERIFYING = {
  store: text('核验存储', 'checking the store'),
  walk: text('核验不变量', 'checking invariants'),
};

const phase = (
  title: Text,
  number: number,
  phases: number,
  counts: JobProgress['counts'],
  total: number | null,
): Omit<JobProgress, 'done'> => ({ title, phase: number, phases, counts, total });

const secondsSince = (started: number): number => Math.round(performance.now() - started) / 1_000;

/** An audit as it is told. */
export function verified(audit: LedgerAudit, seconds: number): Verified {
  const { events, position, breaches, breachCount, notes, noteCount, transfers, claims } = audit;
  const { matched, inTransit, unmatched, repeated } = transfers;
  return {
    ok: breachCount === 0,
    events,
    position,
    seconds,
    breaches: breaches.map(toldBreach),
    breachCount,
    notes: notes.map(toldBreach),
    noteCount,
    transfers: {
      matched,
      inTransit: inTransit.length,
      unmatched: unmatched.length,
      repeated: repeated.length,
    },
    readTables: claims.map((claim) => ({ projection: claim.projection, position: claim.position })),
  };
}

const toldBreach = ({ position, id, invariant, expected, got }: Breach): ToldBreach => ({
  position: position ?? null,
  id: id ?? null,
  invariant,
  name: INVARIANTS[invariant],
  expected: shortened(expected),
  got: shortened(got),
});

/** The tables are rebuilt by this thread alone: a service goes on recording and answering beside it. */
async function replayBeside(task: Task, tell: HearProgress): Promise<Replayed> {
  const { place, dataDir, files } = task;
  const store = await openLog(task);
  try {
    const projections = projectionsOver(place.store);
    // On a server positions are no count of events.
    const total = place.store === 'sqlite' ? await store.head() : null;
    const rebuilding = phase(REPLAYING.rebuild, 1, 2, 'events', total);
    const count = projections.reduce((all, { tables }) => all + tables.length, 0);
    const comparing = phase(REPLAYING.compare, 2, 2, 'tables', count);
    tell({ ...rebuilding, done: 0 });
    const progress = {
      rebuilt: (events: number): void => tell({ ...rebuilding, done: events, total: total && Math.max(total, events) }),
      compared: (tables: number): void => tell({ ...comparing, done: tables }),
    };
    return replayed(await replay(store, dataPaths(dataDir).read, files, projections, progress));
  } finally {
    await store.close();
  }
}

const REPLAYING = {
  rebuild: text('重建查询视图', 'rebuilding the read tables'),
  compare: text('逐行比对', 'comparing row by row'),
};

function replayed({ events, seconds, positions, notThere, tables }: Replay): Replayed {
  const missing = Object.entries(notThere).map(([projection, why]) => ({ projection, why }));
  return {
    equal: missing.length === 0 && tables.every(({ differences }) => differences === 0),
    events,
    seconds: Math.round(seconds * 1_000) / 1_000,
    tables: tables.map(({ first, ...table }) => ({
      ...table,
      position: positions[table.projection]!,
      first: first.map(({ live, rebuilt }) => ({ live: rowText(live), rebuilt: rowText(rebuilt) })),
    })),
    notThere: missing,
  };
}

const rowText = (row: Row | null): string | null => (row === null ? null : shortened(JSON.stringify(row)));

/** A record stays small, whatever stands in a row. */
const MOST_CHARACTERS = 240;
const shortened = (written: string): string =>
  written.length > MOST_CHARACTERS ? `${written.slice(0, MOST_CHARACTERS - 3)}...` : written;
