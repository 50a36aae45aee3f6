import { type Clock, dayInShanghai } from './clock.js';
import { LedgerError, type Text, text } from '../errors.js';
import { FINAL_AFTER_MS } from './effective-time.js';

/**
 * How far the clock may lie from the last recorded time where nobody has said otherwise. Offices are closed for ten
 * days at the most, so that a ledger in use is never stopped by it; clocks that are wrong are wrong by years.
 */
export const USUAL_BOUND_DAYS = 30;

/** A day in milliseconds. */
export const DAY_MS = 86_400_000;

/** A difference between machines, or between two readings, and no more. */
const NOISE_MS = 1_000;

/**
 * A log that holds nothing has no last time to compare with, but no book is kept here of a time before its accounting
 * system held (财会〔2017〕28号, from 1 January 2018): a clock that says so has lost its battery.
 */
const IN_FORCE_MS = Date.UTC(2018, 0, 1);

/** That an operator has looked at a clock and says that it is right. */
export interface ConfirmedClock {
  /** The last recorded time it was compared with; it says nothing about any other. */
  readonly lastMs: number;
  /** What the clock said then, or when something was last recorded by it since. */
  readonly clockMs: number;
  /** Who says so, and why. */
  readonly by: string;
  readonly reason: string;
}

/**
 * - in-step: nothing is wrong that can be seen.
 * - behind: it lies behind the last recorded time, within the bound or as confirmed. What is recorded now gets that
 *   time, since recorded time never runs backwards.
 * - ahead: it lies beyond the bound, as confirmed.
 * - behind-server, ahead-of-server: it differs from the server's by more than instants wait to be final. Recording goes
 *   on: what is recorded too late counts by the server's time, and the stamps keep as near to that as the bound.
 * - out-of-bounds: it lies beyond the bound on either side, and nobody has confirmed it. Nothing is recorded.
 */
export type ClockState = 'in-step' | 'behind' | 'ahead' | 'behind-server' | 'ahead-of-server' | 'out-of-bounds';

/** Between which times a server's clock says what it says now; nothing is known beyond either of them. */
export interface ServerBounds {
  readonly earliestMs: number;
  readonly latestMs: number;
}

/** The machine's clock beside the last recorded time. */
export interface ClockReading {
  readonly state: ClockState;
  readonly clockMs: number;
  /** Undefined in an empty log: there is nothing to compare with. */
  readonly lastMs: number | undefined;
  readonly boundMs: number;
  /** The confirmation that counts, where there is one. */
  readonly confirmed: ConfirmedClock | undefined;
  /** The server's clock, where there is one and it is known. */
  readonly server?: ServerBounds | undefined;
}

/** Compares a clock with the last recorded time. */
export function readClock(
  clockMs: number,
  lastMs: number | undefined,
  boundMs: number,
  confirmation?: ConfirmedClock,
  server?: ServerBounds,
): ClockReading {
  const confirmed = confirmation?.lastMs === lastMs ? confirmation : undefined;
  const state =
    lastMs === undefined ? firstState(clockMs, boundMs, server) : stateOf(clockMs, lastMs, boundMs, confirmed);
  const beside = state === 'out-of-bounds' ? undefined : besideServer(clockMs, server);
  return { state: beside ?? state, clockMs, lastMs, boundMs, confirmed, ...(server && { server }) };
}

/** Between which times a clock may be by which the first event of all is recorded. */
function firstBounds(boundMs: number, server?: ServerBounds): ServerBounds {
  if (boundMs === Infinity) return { earliestMs: -Infinity, latestMs: Infinity };
  const { earliestMs, latestMs } = server ?? { earliestMs: -Infinity, latestMs: Infinity };
  return { earliestMs: Math.max(IN_FORCE_MS, earliestMs - boundMs), latestMs: latestMs + boundMs };
}

function firstState(clockMs: number, boundMs: number, server?: ServerBounds): ClockState {
  const { earliestMs, latestMs } = firstBounds(boundMs, server);
  return clockMs < earliestMs || clockMs > latestMs ? 'out-of-bounds' : 'in-step';
}

function besideServer(clockMs: number, server: ServerBounds | undefined): ClockState | undefined {
  if (!server) return undefined;
  if (clockMs < server.earliestMs - FINAL_AFTER_MS) return 'behind-server';
  return clockMs > server.latestMs + FINAL_AFTER_MS ? 'ahead-of-server' : undefined;
}

/**
 * What a clock says, brought near to the server's: not so far behind that what is stamped would count by the server's
 * time, which leaves half the bound for the append; and not so far ahead that all who have seen it stamp the future.
 * A server beyond the bound of days is not followed: nobody knows then who is right.
 */
function nearServer(clockMs: number, boundMs: number, { earliestMs, latestMs }: ServerBounds): number {
  const [least, most] = [earliestMs - FINAL_AFTER_MS / 2, latestMs + FINAL_AFTER_MS];
  if (least - clockMs > boundMs || clockMs - most > boundMs) return clockMs;
  return Math.min(Math.max(clockMs, least), most);
}

function stateOf(clockMs: number, lastMs: number, boundMs: number, confirmed: ConfirmedClock | undefined): ClockState {
  const isNear = (instantMs: number): boolean => Math.abs(clockMs - instantMs) <= boundMs;
  // A clock confirmed behind the last time says that time is wrong: then only what was confirmed counts.
  const isBelieved = confirmed === undefined || confirmed.clockMs >= lastMs;
  if (!(isBelieved && isNear(lastMs)) && !(confirmed && isNear(confirmed.clockMs))) return 'out-of-bounds';
  if (clockMs < lastMs - NOISE_MS) return 'behind';
  return clockMs > lastMs + boundMs ? 'ahead' : 'in-step';
}

/** What else is known of the last recorded time and of the clock. */
export interface ClockWitness {
  /** The last recorded time, also of what other nodes have recorded; undefined where nobody else does. */
  readonly lastMs: () => number | undefined;
  /** What the server's clock says; undefined where there is none, or nothing is known of it. */
  readonly serverNow?: () => ServerBounds | undefined;
  /** What an operator confirmed last. */
  readonly confirmed: () => ConfirmedClock | undefined;
  /** Keeps a confirmation that has gone on with the clock. */
  readonly keep: (confirmed: ConfirmedClock) => void;
  /** Hears each time that the state is another than before. */
  readonly changed: (reading: ClockReading) => void;
}

const NOBODY: ClockWitness = {
  lastMs: () => undefined,
  confirmed: () => undefined,
  keep: () => undefined,
  changed: () => undefined,
};

/**
 * The clock by which events are recorded. Today is what the machine says now; recorded time never runs backwards, and
 * moves only by what was really appended. Where the machine's clock lies too far from the last recorded time, nothing
 * is recorded until an operator has confirmed it.
 */
export class RecordingClock {
  /** The times of appends on their way, in the order in which they were given out, which is their own. */
  private readonly inFlight: number[] = [];
  private confirmed: ConfirmedClock | undefined;
  private keptMs = 0;
  private state: ClockState = 'in-step';

  /** @param lastMs the last recorded time; undefined in an empty log */
  constructor(
    private readonly clock: Clock,
    private lastMs?: number | undefined,
    private readonly boundMs: number = Infinity,
    private readonly witness: ClockWitness = NOBODY,
  ) {
    this.confirmed = witness.confirmed();
  }

  /** Today in Asia/Shanghai. @throws LedgerError unavailable, where the clock is out of bounds */
  today(): string {
    return dayInShanghai(this.demand().clockMs);
  }

  /**
   * Runs an append with the time it is to be recorded at; the time counts once the append has succeeded. The append
   * must reach the store before this returns, so that times stand in the order of the log.
   * @param lastDay the last business day in it: none lies behind the day of its recording
   * @throws LedgerError unavailable, where the clock is out of bounds, or was set back since the decision
   */
  async record<T>(append: (recordedAtMs: number) => Promise<T>, lastDay = ''): Promise<T> {
    const { clockMs, server } = this.demand();
    const nowMs = server ? nearServer(clockMs, this.boundMs, server) : clockMs;
    const recordedAtMs = Math.max(nowMs, this.lastMs ?? nowMs, this.inFlight.at(-1) ?? nowMs);
    if (lastDay > dayInShanghai(recordedAtMs)) throw clockSetBack(recordedAtMs, lastDay);
    this.inFlight.push(recordedAtMs);
    try {
      const appended = await append(recordedAtMs);
      this.goOn(recordedAtMs, clockMs);
      return appended;
    } finally {
      this.inFlight.splice(this.inFlight.indexOf(recordedAtMs), 1);
    }
  }

  /** Something was recorded at a time, by whomever: nothing is recorded earlier from now on. */
  see(recordedAtMs: number): void {
    if (this.lastMs === undefined || recordedAtMs > this.lastMs) this.lastMs = recordedAtMs;
  }

  /** How the clock stands now. What others have recorded by then counts as well. */
  reading(): ClockReading {
    const elsewhereMs = this.witness.lastMs();
    if (elsewhereMs !== undefined) this.see(elsewhereMs);
    const clockMs = this.clock();
    const server = this.witness.serverNow?.();
    let reading = readClock(clockMs, this.lastMs, this.boundMs, this.confirmed, server);
    if (reading.state === 'out-of-bounds') {
      this.confirmed = this.witness.confirmed();
      reading = readClock(clockMs, this.lastMs, this.boundMs, this.confirmed, server);
    }
    if (reading.state !== this.state) this.witness.changed(reading);
    this.state = reading.state;
    return reading;
  }

  private demand(): ClockReading {
    const reading = this.reading();
    if (reading.state === 'out-of-bounds') throw clockOutOfBounds(reading);
    return reading;
  }

  private goOn(recordedAtMs: number, clockMs: number): void {
    this.see(recordedAtMs);
    const { confirmed } = this;
    if (!confirmed || confirmed.lastMs !== this.lastMs || clockMs <= confirmed.clockMs) return;
    // Recorded behind the last time: what the clock is compared with goes on with it, or it would soon lie beyond.
    this.confirmed = { ...confirmed, clockMs };
    if (clockMs - this.keptMs < DAY_MS) return;
    this.keptMs = clockMs;
    this.witness.keep(this.confirmed);
  }
}

/** How a clock stands, in a sentence. */
export function clockText(reading: ClockReading): Text {
  const { state, clockMs, lastMs, boundMs, confirmed, server } = reading;
  if (server && (state === 'behind-server' || state === 'ahead-of-server')) return serverText(state, clockMs, server);
  if (lastMs === undefined) return state === 'out-of-bounds' ? firstText(reading) : NOTHING_TO_COMPARE;
  const span = spanText(Math.abs(clockMs - lastMs));
  const [clock, last] = [new Date(clockMs).toISOString(), new Date(lastMs).toISOString()];
  const differs =
    clockMs < lastMs
      ? text(
          `机器时钟 ${clock} 落后于最后入账时间 ${last} 达 ${span.zh}`,
          `the clock, ${clock}, is ${span.en} behind the last recorded time, ${last}`,
        )
      : text(
          `机器时钟 ${clock} 超前于最后入账时间 ${last} 达 ${span.zh}`,
          `the clock, ${clock}, is ${span.en} ahead of the last recorded time, ${last}`,
        );
  const what = consequence(state, boundMs / DAY_MS);
  const said = confirmed ? confirmationText(confirmed) : text('', '');
  return text(`${differs.zh}；${what.zh}${said.zh}`, `${differs.en}; ${what.en}${said.en}`);
}

const NOTHING_TO_COMPARE = text('日志为空，时钟无从比对', 'the log is empty: nothing to compare the clock with');

/** By which clock a log is not begun. */
function firstText({ clockMs }: ClockReading): Text {
  const clock = new Date(clockMs).toISOString();
  return text(
    `日志为空，而机器时钟 ${clock} 不可能无误；在校正之前不开账、不记账`,
    `the log is empty, and the clock, ${clock}, cannot be right: nothing is recorded until it is set right`,
  );
}

/** Where a clock must lie for the first event of all. */
function firstExpected({ clockMs, boundMs, server }: ClockReading): Text {
  const { earliestMs, latestMs } = firstBounds(boundMs, server);
  if (clockMs > latestMs) {
    const latest = new Date(latestMs).toISOString();
    return text(`不晚于 ${latest}（服务器时间）的时钟`, `a clock no later than ${latest}, by the server's`);
  }
  const earliest = new Date(earliestMs).toISOString();
  return earliestMs > IN_FORCE_MS
    ? text(`不早于 ${earliest}（服务器时间）的时钟`, `a clock no earlier than ${earliest}, by the server's`)
    : text(
        `不早于 ${earliest}（财会〔2017〕28号施行）的时钟`,
        `a clock no earlier than ${earliest}, when 财会〔2017〕28号 began`,
      );
}

/** How a clock stands to the server's, with both times. */
function serverText(state: 'behind-server' | 'ahead-of-server', clockMs: number, server: ServerBounds): Text {
  const isBehind = state === 'behind-server';
  const serverMs = isBehind ? server.earliestMs : server.latestMs;
  const [ours, theirs] = [new Date(clockMs).toISOString(), new Date(serverMs).toISOString()];
  const [span, seconds] = [spanText(Math.abs(clockMs - serverMs)), FINAL_AFTER_MS / 1_000];
  return text(
    `机器时钟 ${ours} ${isBehind ? '落后于' : '超前于'}服务器时间 ${theirs} 达 ${span.zh}；` +
      `照常记账，入账时间与服务器时间相差不超过 ${seconds} 秒；请校正时钟`,
    `the clock, ${ours}, is ${span.en} ${isBehind ? 'behind' : 'ahead of'} the server's, ${theirs}; posting goes on, ` +
      `and recorded time keeps within ${seconds} s of the server's; set the clock right`,
  );
}

function confirmationText({ by, clockMs, reason }: ConfirmedClock): Text {
  const at = new Date(clockMs).toISOString();
  return text(`；${by} 曾确认时钟 ${at}（${reason}）`, `; ${by} has confirmed the clock at ${at} (${reason})`);
}

function consequence(state: ClockState, bound: number): Text {
  if (state === 'out-of-bounds')
    return text(
      `超过 ${bound} 天的界限，在运维确认之前停止记账`,
      `that is beyond the bound of ${bound} days: nothing is recorded until an operator has confirmed the clock`,
    );
  if (state === 'behind')
    return text(
      '照常记账，但入账时间停在最后入账时间，直至时钟越过它',
      'posting goes on, but recorded time stands still until the clock has passed it',
    );
  return text('照常记账', 'posting goes on');
}

function spanText(spanMs: number): Text {
  const [seconds, hours, days] = [1_000, 3_600_000, DAY_MS].map((unitMs) => Math.floor(spanMs / unitMs)) as Three;
  if (days > 0) return text(`${days} 天`, `${days} ${days === 1 ? 'day' : 'days'}`);
  if (hours > 0) return text(`${hours} 小时`, `${hours} h`);
  return text(`${seconds} 秒`, `${seconds} s`);
}
type Three = [number, number, number];

function clockSetBack(recordedAtMs: number, lastDay: string): LedgerError {
  const day = dayInShanghai(recordedAtMs);
  const message = text('时钟在决定之后倒退', 'the clock was set back after the decision');
  return new LedgerError('unavailable', 'clock-set-back', message, [
    {
      pointer: '/businessDate',
      code: 'clock-set-back',
      expected: text(`不晚于 ${day}`, `no later than ${day}`),
      got: lastDay,
    },
  ]);
}

/** The refusal to record by a clock that lies too far from the last recorded time. */
function clockOutOfBounds(reading: ClockReading): LedgerError {
  const { clockMs, lastMs, boundMs } = reading;
  return new LedgerError('unavailable', 'clock-out-of-bounds', clockText(reading), [
    {
      pointer: 'clock',
      code: 'clock-out-of-bounds',
      expected: lastMs === undefined ? firstExpected(reading) : nearTo(lastMs, boundMs / DAY_MS),
      got: new Date(clockMs).toISOString(),
    },
  ]);
}

function nearTo(lastMs: number, days: number): Text {
  const last = new Date(lastMs).toISOString();
  return text(
    `与 ${last} 相差至多 ${days} 天的时钟；时钟若无误，请运维执行 npx tongzhang clock --confirm`,
    `a clock within ${days} days of ${last}; where it is right, an operator says so: npx tongzhang clock --confirm`,
  );
}
