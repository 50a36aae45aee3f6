import { userInfo } from 'node:os';
import { type Command } from 'commander';
import { environment, readConfig } from '../config.js';
import { readConfirmedClock, writeConfirmedClock } from '../time/confirmed-clock.js';
import { LedgerError, show, type Text, text } from '../errors.js';
import { isSeen } from '../text/foreign-text.js';
import { lastRecordedAt } from '../ledger.js';
import { type ClockReading, clockText, DAY_MS, readClock } from '../time/recording-clock.js';
import { both, EXIT, type Globals, globalsOf } from './globals.js';
import { demandLog, openLog } from './log-place.js';
import { toStandardOutput } from './terminal.js';

interface ClockOptions {
  /** True where no reason is given. */
  readonly confirm?: string | true;
}

/** `tongzhang clock`: the machine's clock beside the last recorded time, and an operator's word that it is right. */
export function addClockCommand(program: Command): void {
  program
    .command('clock')
    .description(both(text('比对机器时钟与最后入账时间', "compare the machine's clock with the last recorded time")))
    .option(
      '--confirm [reason]',
      both(text('确认机器时钟无误，继续记账', 'say that the clock is right: posting goes on')),
    )
    .addHelpText('after', HELP)
    .action(async ({ confirm }: ClockOptions, command: Command) => {
      const globals = globalsOf(command);
      const reading = await readHere(globals, confirm);
      const { json, language } = globals;
      toStandardOutput(`${json ? JSON.stringify(asJson(reading)) : clockText(reading)[language]}\n`);
      process.exitCode = reading.state === 'out-of-bounds' ? EXIT.checkFailed : EXIT.done;
    });
}

const HELP = `
时钟与最后入账时间相差超过 CLOCK_BOUND_DAYS 天（默认 30）时停止记账，退出码 1。先校正时钟；时钟无误而最后入账时间有误，
或账簿确实久未记账时，才予确认。确认只对现在这条最后的事件有效，运行中的服务无须重启。
Where the clock lies more than CLOCK_BOUND_DAYS (30) days from the last recorded time, nothing is recorded, and the exit
code is 1. Set the clock right first. Confirm it only where it is right: where the last event was recorded by a wrong
clock, or long ago. The word counts for this last event alone; a running service needs no restart.

示例  Examples:
  $ npx tongzhang clock
  $ npx tongzhang --data data/demo clock --json
  $ npx tongzhang clock --confirm 'compared with the time service'`;

/** Reads the clock of this machine, once confirmed where that is asked for and needed. */
async function readHere({ dataDir }: Globals, confirm: string | true | undefined): Promise<ClockReading> {
  const reason = confirm === true || confirm === undefined ? '' : demandReason(confirm);
  const { paths } = demandLog({ dataDir });
  const { clockBoundDays } = readConfig({ ...environment, DATA_DIR: dataDir });
  const store = await openLog({ dataDir });
  const lastMs = await lastRecordedAt(store).finally(() => store.close());
  const server = store.serverTime?.now();
  const read = (): ClockReading =>
    readClock(Date.now(), lastMs, clockBoundDays * DAY_MS, readConfirmedClock(paths.confirmedClock), server);
  const reading = read();
  if (confirm === undefined || lastMs === undefined || reading.state !== 'out-of-bounds') return reading;
  writeConfirmedClock(paths.confirmedClock, { lastMs, clockMs: reading.clockMs, by: userInfo().username, reason });
  return read();
}

const MOST_REASON = 200;

function demandReason(reason: string): string {
  if (isSeen(reason) && reason.length <= MOST_REASON) return reason;
  const expected: Text = text('1 至 200 个可见字符的理由', 'a reason of 1 to 200 visible characters');
  throw new LedgerError('invalid', 'option', text('--confirm 不符合要求', '--confirm is not as it must be'), [
    { pointer: '--confirm', code: 'option', expected, got: show(reason) },
  ]);
}

function asJson({ state, clockMs, lastMs, boundMs, confirmed, server }: ClockReading): object {
  const instant = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());
  return {
    state,
    posting: state !== 'out-of-bounds',
    clock: instant(clockMs),
    lastRecordedAt: instant(lastMs),
    ...(server && { server: instant(server.earliestMs) }),
    differenceSeconds: lastMs === undefined ? null : (clockMs - lastMs) / 1_000,
    boundDays: boundMs / DAY_MS,
    confirmed: confirmed ? { clock: instant(confirmed.clockMs), by: confirmed.by, reason: confirmed.reason } : null,
  };
}
