import { statSync } from 'node:fs';
import { type Command } from 'commander';
import { type Sheet } from '../../projections/asking/question.js';
import { type Language, type Text, text } from '../errors.js';
import { type EventStore, type StorePlace } from '../event-store/event-store.js';
import { type ServerCheck } from '../event-store/server-check.js';
import { openStoreForReading } from '../event-store/open-store.js';
import { lastRecordedAt } from '../ledger.js';
import { asLedgerError } from '../machine-fault.js';
import { renderSheets } from '../report/render.js';
import { both, EXIT, globalsOf } from './globals.js';
import { demandLog } from './log-place.js';
import { toStandardOutput } from './terminal.js';

/** One thing that was looked at. */
interface Checked {
  readonly name: string;
  readonly title: Text;
  /** Whether it is as it should be. */
  readonly holds: boolean;
  readonly found: Text;
}

/** `tongzhang store check`: what an operator should know of the event store before it is trusted. */
export function addStoreCommand(program: Command): void {
  program
    .command('store')
    .description(both(text('事件存储', 'the event store')))
    .command('check')
    .description(
      both(
        text(
          '启用之前查看事件存储：版本、权限、前缀、保留设置、时钟与往返时间',
          'look at the event store before it is trusted: version, rights, prefix, retention, clock, round trips',
        ),
      ),
    )
    .addHelpText('after', HELP)
    .action(async (_options: object, command: Command) => {
      const globals = globalsOf(command);
      const { place } = demandLog(globals);
      const checks = await checkStore(place);
      const ok = checks.every(({ holds }) => holds);
      toStandardOutput(
        globals.json ? `${JSON.stringify(asJson(checks, ok))}\n` : printed(checks, ok, globals.language),
      );
      process.exitCode = ok ? EXIT.done : EXIT.checkFailed;
    });
}

const HELP = `
只读：写权限以一次服务器必然拒绝的写入试出，不留下任何痕迹。有一项不符则退出码 1；配置有误 2；服务器不应答 3。
日志为本机文件时，只查看文件与最后的事件；其内容由 verify 逐条核验。
Writes nothing: the right to write is tried by an append that the server must refuse. Exit code 1 where something is not
as it should be, 2 where what is configured is wrong, 3 where the server does not answer. Where the log is a file, the
file and its last event are looked at; verify checks what is in it.

示例  Examples:
  $ npx tongzhang store check
  $ EVENT_STORE_URL='esdb://127.0.0.1:2113?tls=false' npx tongzhang store check
  $ EVENT_STORE_URL='esdb://127.0.0.1:2113?tls=false' npx tongzhang store check --json`;

async function checkStore(place: StorePlace): Promise<Checked[]> {
  const store = await openStoreForReading(place);
  try {
    if (place.store === 'sqlite') return await checksOfFile(store, place.log);
    return checksOfServer(await store.check!());
  } catch (error) {
    throw asLedgerError(error);
  } finally {
    await store.close();
  }
}

async function checksOfFile(store: EventStore, log: string): Promise<Checked[]> {
  const { size } = statSync(log);
  const [head, lastMs] = [await store.head(), await lastRecordedAt(store)];
  const { failure } = store;
  const megabytes = (size / 1_000_000).toFixed(1);
  return [
    checked('file', text('文件', 'file'), failure === undefined, `${log}, ${megabytes} MB ${failure?.message ?? ''}`),
    checked('events', text('事件', 'events'), true, `${head}, ${isoOf(lastMs)}`),
  ];
}

/** How far the server's clock may lie from this machine's, in milliseconds; it is known to a second. */
const CLOCK_MS = 2_000;

function checksOfServer(check: ServerCheck): Checked[] {
  const { version, roundTripsMs, missingRights, findings } = check;
  const [half, most] = [roundTripsMs[roundTripsMs.length >> 1]!, roundTripsMs.at(-1)!];
  const rights = missingRights.length === 0 ? text('读写均可', 'may read and write') : missingText(missingRights);
  return [
    checked('version', text('服务器版本', 'version'), true, version),
    checked(
      'round-trip',
      text('往返时间', 'round trip'),
      true,
      text(
        `中位 ${half.toFixed(1)} 毫秒，最长 ${most.toFixed(1)} 毫秒`,
        `median ${half.toFixed(1)} ms, longest ${most.toFixed(1)} ms`,
      ),
    ),
    checked('rights', text('权限', 'rights'), missingRights.length === 0, rights),
    checked('prefix', text('前缀', 'prefix'), check.unprefixed === undefined, prefixText(check)),
    ...(findings.length === 0
      ? [
          checked(
            'streams',
            text('账簿的流', 'streams'),
            true,
            text('未被删除、截断或限期', 'nothing was taken or set'),
          ),
        ]
      : findings.map(({ code, detail }) =>
          checked('streams', text('账簿的流', 'streams'), false, `${code}: ${detail}`),
        )),
    clockChecked(check.clock),
  ];
}

const RIGHTS: Readonly<Record<ServerCheck['missingRights'][number], Text>> = {
  write: text('不可写账簿的流', 'may not write the streams of the ledger'),
  'read-metadata': text('不可读流的元数据（$$…）', 'may not read what is written about streams ($$…)'),
};

const missingText = (missing: ServerCheck['missingRights']): Text =>
  text(missing.map((each) => RIGHTS[each].zh).join('；'), missing.map((each) => RIGHTS[each].en).join('; '));

function prefixText({ prefix, events, areMore, lastPosition, unprefixed }: ServerCheck): Text {
  const name = JSON.stringify(prefix);
  if (unprefixed !== undefined)
    return text(
      `${name} 之下没有账簿，但有无前缀的账簿（流 ${unprefixed}）：0.1 版的账簿以 EVENT_STORE_PREFIX= 打开`,
      `no ledger below ${name}, but one without a prefix (stream ${unprefixed}): EVENT_STORE_PREFIX= opens one of 0.1`,
    );
  if (lastPosition === undefined) return text(`${name} 之下尚无账簿`, `no ledger below ${name} yet`);
  const count = areMore ? `≥ ${events}` : String(events);
  return text(
    `${name} 之下有账簿：${count} 个事件，最后位置 ${lastPosition}`,
    `a ledger below ${name}: ${count} events, the last at position ${lastPosition}`,
  );
}

function clockChecked(clock: ServerCheck['clock']): Checked {
  const title = text('时钟', 'clock');
  if (!clock) return checked('clock', title, true, text('服务器未示时间', 'the server says no time'));
  const seconds = (clock.aheadMs / 1_000).toFixed(1);
  if (!clock.isLeast)
    return checked(
      'clock',
      title,
      Math.abs(clock.aheadMs) <= CLOCK_MS,
      text(`服务器领先本机 ${seconds} 秒（±1 秒）`, `the server is ${seconds} s ahead of this machine (±1 s)`),
    );
  const apart = (Math.abs(clock.aheadMs) / 1_000).toFixed(1);
  const said =
    clock.aheadMs > 0
      ? text(
          `服务器最后的事件写于本机时钟之后 ${apart} 秒`,
          `the last event there was written ${apart} s ahead of this machine's clock`,
        )
      : text(
          `服务器最后的事件写于 ${apart} 秒前（按本机时钟），其余未知`,
          `the last event there was written ${apart} s ago by this machine's clock; more is not known`,
        );
  return checked('clock', title, clock.aheadMs <= CLOCK_MS, said);
}

const OK = text('相符', 'ok');
const NOT_OK = text('不符', 'NOT OK');

const checked = (name: string, title: Text, holds: boolean, found: Text | string): Checked => ({
  name,
  title,
  holds,
  found: typeof found === 'string' ? text(found, found) : found,
});

const isoOf = (ms: number | undefined): string => (ms === undefined ? '-' : new Date(ms).toISOString());

const asJson = (checks: readonly Checked[], ok: boolean): object => ({
  ok,
  checks: checks.map(({ name, holds, found }) => ({ name, ok: holds, zh: found.zh, en: found.en })),
});

/** So many characters are seen beside the others; what is longer stands below the table, which is no wider for it. */
const MOST_IN_CELL = 72;

function printed(checks: readonly Checked[], ok: boolean, language: Language): string {
  const below: Text[] = [];
  const cellOf = ({ found }: Checked): Text => {
    if (found[language].length <= MOST_IN_CELL) return found;
    const number = below.push(found);
    return text(`见下 [${number}]`, `see [${number}] below`);
  };
  const rows = checks.map((check) => [check.title, check.holds ? OK : NOT_OK, cellOf(check)]);
  const sheet: Sheet = {
    name: 'store',
    title: text('事件存储', 'The event store'),
    columns: [
      { name: text('项目', 'what'), kind: 'text' },
      { name: text('结果', 'result'), kind: 'text' },
      { name: text('所见', 'found'), kind: 'text' },
    ],
    rows,
    notes: below.map(({ zh, en }, index) => text(`[${index + 1}] ${zh}`, `[${index + 1}] ${en}`)),
  };
  const verdict = ok ? text('可以启用', 'It can be used') : text('请先处理不符之处', 'See first to what is not ok');
  return `${renderSheets([sheet], { language })}${verdict[language]}\n`;
}
