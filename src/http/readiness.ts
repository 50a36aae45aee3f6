import { type Checkpoint } from '../../projections/following/read-tables.js';
import { type StoreFailureCode } from '../event-store/event-store.js';
import { type ErrorDetail, LedgerError, type Text, text } from '../errors.js';
import { type ImportJobs } from '../import/jobs/import-jobs.js';
import { type RunningRelay } from '../kafka/start-relay.js';
import { type Ledger } from '../ledger.js';
import { asLedgerError } from '../machine-fault.js';
import { isOverWithin } from '../time/within.js';
import { clockText } from '../time/recording-clock.js';

/**
 * How one part of the service stands. What stops recording or answering is down; what is only disposable or auxiliary,
 * and heals by itself, is named with its state and its reason, and stays up.
 */
export interface Condition {
  /** The name of the part: what is wrong is told under it. */
  readonly name: string;
  /** What is seen of it: a position, a state, a message. */
  readonly facts: Readonly<Record<string, string | number | null>>;
  /** What is wrong with it; absent where it is up. */
  readonly down?: Pick<ErrorDetail, 'code' | 'expected' | 'got'> | undefined;
}

/** The parts of a running service. */
export interface Watched {
  readonly ledger: Ledger;
  readonly relay: RunningRelay | null;
  readonly imports: ImportJobs;
}

/** How each part of the service stands. Whoever owns a part has an entry here, and a function below. */
export async function readConditions({ ledger, relay, imports }: Watched): Promise<Condition[]> {
  const { store, directory, recordingClock, tables } = ledger;
  const log = await readLog(store);
  return [
    log.condition,
    ...markConditions(store),
    ...streamConditions(store),
    directoryCondition(directory),
    clockCondition(recordingClock),
    tablesCondition(tables),
    ...tables.checkpoints().map((checkpoint) => projectionCondition(checkpoint, log.head)),
    ...(relay ? [relayCondition(relay, log.head)] : []),
    importsCondition(imports),
  ];
}

/** @throws LedgerError unavailable `not-ready`, with what is down */
export function demandReady(conditions: readonly Condition[]): void {
  const wrong = conditions.flatMap(({ name, down }): ErrorDetail[] => (down ? [{ pointer: name, ...down }] : []));
  if (wrong.length === 0) return;
  const names = wrong.map(({ pointer }) => pointer).join(', ');
  throw new LedgerError('unavailable', 'not-ready', text(`未就绪：${names}`, `not ready: ${names}`), wrong);
}

/** Whoever probes waits for a second or so: a log that has not answered by then is not ready. */
const ANSWER_WITHIN_MS = 800;

/** The log can be read and takes appends. */
async function readLog(store: Ledger['store']): Promise<{ condition: Condition; head: number | undefined }> {
  const name = 'store';
  try {
    const asked = store.head();
    if (!(await isOverWithin(asked, ANSWER_WITHIN_MS))) {
      const got = `no answer within ${ANSWER_WITHIN_MS} ms`;
      return {
        condition: { name, facts: {}, down: { code: 'store-unavailable', expected: CAN_BE_READ, got } },
        head: undefined,
      };
    }
    const head = await asked;
    const { failure } = store;
    const down = failure && { code: failure.code, expected: TAKES_APPENDS[failure.code], got: failure.message };
    return { condition: { name, facts: { position: head }, down }, head };
  } catch (error) {
    const said = asLedgerError(error);
    if (!(said instanceof LedgerError)) throw error;
    const down = { code: said.code, expected: CAN_BE_READ, got: said.text.en };
    return { condition: { name, facts: {}, down }, head: undefined };
  }
}

/** The mark beside the log says how far it has come. That it cannot be written, or was lost, is named. */
const markConditions = ({ mark }: Ledger['store']): Condition[] => (mark ? [{ name: 'mark', facts: { ...mark } }] : []);

/**
 * Nobody else has a hand in our streams. What somebody has done to one is named; it touches no other. So is that it
 * would not be heard of.
 */
function streamConditions({ findings, unheard }: Ledger['store']): Condition[] {
  if (!findings) return [];
  const said = findings.slice(0, MOST_FINDINGS).map(({ detail }) => detail);
  if (findings.length > MOST_FINDINGS) said.push(`and ${findings.length - MOST_FINDINGS} more: \`verify\` names all`);
  if (unheard !== undefined) said.push(`what is done to the streams is not heard, tried again until it is: ${unheard}`);
  const state = findings.length > 0 ? 'touched' : unheard === undefined ? 'untouched' : 'not-heard';
  const told = { findings: findings.length, message: said.join('; ') };
  return [{ name: 'streams', facts: { state, ...(said.length > 0 && told) } }];
}

/** The data directory is this process's; that its lock was removed and taken again is named. */
function directoryCondition(directory: Ledger['directory']): Condition {
  const { state, message } = directory.condition();
  const got = message ?? state;
  const down = state === 'lost' ? { code: 'data-directory-lost', expected: IS_OURS, got } : undefined;
  return { name: 'data-directory', facts: { state, ...(message !== undefined && { message }) }, down };
}

/** The clock is not out of bounds; one that is wrong within its bound is named. */
function clockCondition(recordingClock: Ledger['recordingClock']): Condition {
  const reading = recordingClock.reading();
  const { state, clockMs, lastMs, server } = reading;
  const got = clockText(reading).en;
  const facts = {
    state,
    clock: new Date(clockMs).toISOString(),
    lastRecordedAt: lastMs === undefined ? null : new Date(lastMs).toISOString(),
    ...(server && {
      server: new Date(state === 'ahead-of-server' ? server.latestMs : server.earliestMs).toISOString(),
    }),
    ...(state !== 'in-step' && { message: got }),
  };
  const down = state === 'out-of-bounds' ? { code: 'clock-out-of-bounds', expected: WITHIN_BOUND, got } : undefined;
  return { name: 'clock', facts, down };
}

/** Questions are answered. What stops the follower is named, and heals by itself: they go on to be answered. */
function tablesCondition(tables: Ledger['tables']): Condition {
  const { state, position, head, reason } = tables.status;
  const facts = { state, ...(reason !== undefined && { message: reason }) };
  if (tables.isAnswering) return { name: 'read-tables', facts };
  const got = `position ${position} of ${head}${reason === undefined ? '' : `: ${reason}`}`;
  return { name: 'read-tables', facts, down: { code: 'read-tables-rebuilding', expected: NEAR_END, got } };
}

/** Most that is told of our streams; the log and `verify` tell all. */
const MOST_FINDINGS = 10;

/** No event has stopped the projection. */
function projectionCondition({ projection, position, failure }: Checkpoint, head: number | undefined): Condition {
  const down = failure === null ? undefined : { code: 'projection-stopped', expected: TAKES_EVENTS, got: failure };
  return { name: projection, facts: { position, lag: lagOf(position, head) }, down };
}

/** No other relay has taken over. A broker that is down is named: recording goes on. */
function relayCondition({ status }: RunningRelay, head: number | undefined): Condition {
  const { state, position, failure: message } = status;
  const ended = RELAY_ENDED[state];
  const facts = { state, position, lag: lagOf(position, head), ...(message !== undefined && { message }) };
  return { name: 'relay', facts, down: ended && { ...ended, got: message ?? state } };
}

/** Never down: what is in the way of an import is no matter of recording, and is tried again. */
const importsCondition = (imports: ImportJobs): Condition => ({ name: 'imports', facts: { ...imports.state() } });

/** How far a reader lies behind the end of the log; null where nobody knows where that is. */
const lagOf = (position: number, head: number | undefined): number | null =>
  head === undefined ? null : Math.max(0, head - position);

const TAKES_APPENDS: Readonly<Record<StoreFailureCode, Text>> = {
  'disk-full': text('磁盘有空间；腾出后自行恢复', 'room on the disk; it goes on by itself once there is'),
  'log-write-failed': text(
    '能够写入并落盘；服务自行核对日志并重试',
    'takes appends and brings them to disk; the log is checked and tried again by itself',
  ),
  'log-file-lost': text(
    '日志的文件都在原处；放回后自行恢复',
    'every file of the log in its place; it goes on by itself once they are back',
  ),
  'store-refuses-appends': text(
    '日志与服务所知一致；核验并重新启动服务后再试',
    'the log as the service knows it; verify it and start the service again',
  ),
};
const IS_OURS = text(
  '由本进程独占；停止其中一个服务后重新启动',
  'held by this process alone; stop one of the services and start this one again',
);
const CAN_BE_READ = text('能够读取', 'can be read');
const WITHIN_BOUND = text(
  '与最后入账时间相差在界限之内，或由运维确认：npx tongzhang clock --confirm',
  'within the bound of the last recorded time, or confirmed by an operator: npx tongzhang clock --confirm',
);
const NEAR_END = text(
  '已接近日志末尾；自行重建，记账不受影响',
  'near the end of the log; they are made by themselves, and recording goes on',
);
const TAKES_EVENTS = text('能够接受每个事件', 'takes in every event');
const RELAY_ENDED: Readonly<Record<string, { readonly code: string; readonly expected: Text }>> = {
  fenced: { code: 'relay-fenced', expected: text('是唯一的投递者', 'is the only relay') },
  failed: { code: 'relay-failed', expected: text('一直投递', 'goes on delivering') },
};
