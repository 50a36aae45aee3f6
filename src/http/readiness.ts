import { type Checkpoint } from '../../projections/read-tables.js';
import { type ErrorDetail, LedgerError, type Text, text } from '../errors.js';
import { type RunningRelay } from '../kafka/start-relay.js';
import { type Ledger } from '../ledger.js';
import { asLedgerError } from '../machine-fault.js';
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
}

/** How each part of the service stands. Whoever owns a part has an entry here, and a function below. */
export async function readConditions({ ledger, relay }: Watched): Promise<Condition[]> {
  const { store, recordingClock, tables } = ledger;
  const log = await readLog(store);
  return [
    log.condition,
    clockCondition(recordingClock),
    ...tables.checkpoints().map((checkpoint) => projectionCondition(checkpoint, log.head)),
    ...(relay ? [relayCondition(relay, log.head)] : []),
  ];
}

/** @throws LedgerError unavailable `not-ready`, with what is down */
export function demandReady(conditions: readonly Condition[]): void {
  const wrong = conditions.flatMap(({ name, down }): ErrorDetail[] => (down ? [{ pointer: name, ...down }] : []));
  if (wrong.length === 0) return;
  const names = wrong.map(({ pointer }) => pointer).join(', ');
  throw new LedgerError('unavailable', 'not-ready', text(`未就绪：${names}`, `not ready: ${names}`), wrong);
}

/** The log can be read and takes appends. */
async function readLog(store: Ledger['store']): Promise<{ condition: Condition; head: number | undefined }> {
  const name = 'store';
  try {
    const head = await store.head();
    const { failure } = store;
    const down = failure && { code: 'store-refuses-appends', expected: TAKES_APPENDS, got: failure.message };
    return { condition: { name, facts: { position: head }, down }, head };
  } catch (error) {
    const said = asLedgerError(error);
    if (!(said instanceof LedgerError)) throw error;
    const down = { code: said.code, expected: CAN_BE_READ, got: said.text.en };
    return { condition: { name, facts: {}, down }, head: undefined };
  }
}

/** The clock is not out of bounds; one that is wrong within its bound is named. */
function clockCondition(recordingClock: Ledger['recordingClock']): Condition {
  const reading = recordingClock.reading();
  const { state, clockMs, lastMs } = reading;
  const got = clockText(reading).en;
  const facts = {
    state,
    clock: new Date(clockMs).toISOString(),
    lastRecordedAt: lastMs === undefined ? null : new Date(lastMs).toISOString(),
    ...(state !== 'in-step' && { message: got }),
  };
  const down = state === 'out-of-bounds' ? { code: 'clock-out-of-bounds', expected: WITHIN_BOUND, got } : undefined;
  return { name: 'clock', facts, down };
}

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

/** How far a reader lies behind the end of the log; null where nobody knows where that is. */
const lagOf = (position: number, head: number | undefined): number | null =>
  head === undefined ? null : Math.max(0, head - position);

const TAKES_APPENDS = text(
  '能够写入；重新启动服务后再试',
  'takes appends; after a failed write the service must be started again',
);
const CAN_BE_READ = text('能够读取', 'can be read');
const WITHIN_BOUND = text(
  '与最后入账时间相差在界限之内，或由运维确认：npx tongzhang clock --confirm',
  'within the bound of the last recorded time, or confirmed by an operator: npx tongzhang clock --confirm',
);
const TAKES_EVENTS = text('能够接受每个事件', 'takes in every event');
const RELAY_ENDED: Readonly<Record<string, { readonly code: string; readonly expected: Text }>> = {
  fenced: { code: 'relay-fenced', expected: text('是唯一的投递者', 'is the only relay') },
  failed: { code: 'relay-failed', expected: text('一直投递', 'goes on delivering') },
};
