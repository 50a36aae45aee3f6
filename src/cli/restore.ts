import { resolve } from 'node:path';
import { type Command } from 'commander';
import { type LostEvents } from '../backup/lost-events.js';
import { type Restored, restoreBackup } from '../backup/restore.js';
import { environment, readConfig } from '../config.js';
import { LedgerError, show, type Text, text } from '../errors.js';
import { openForReading } from '../reading.js';
import { visible } from '../text/foreign-text.js';
import { DAY_MS } from '../time/recording-clock.js';
import { readPosition } from '../time/moment.js';
import { both, type Globals, globalsOf } from './globals.js';
import { leaveRecord } from './leave-record.js';
import { phaseBars } from './progress-bar.js';
import { toStandardError, toStandardOutput } from './terminal.js';

interface RestoreOptions {
  readonly lose?: string;
  readonly by?: string;
  readonly reason?: string;
}

/** `tongzhang restore`: a backup in the place of whatever log the data directory holds. */
export function addRestoreCommand(program: Command): void {
  program
    .command('restore <backup>')
    .description(both(text('核验备份并恢复到数据目录', 'check a backup and put it into the data directory')))
    .option('--lose <events>', both(text('将丢失的事件数，须与提示相同', 'how many events are lost, as it says')))
    .option('--by <who>', both(text('何人决定丢失事件', 'who decides that events are lost')))
    .option('--reason <why>', both(text('为何', 'why')))
    .addHelpText('after', HELP)
    .action(async (backup: string, options: RestoreOptions, command: Command) => {
      const globals = globalsOf(command);
      const { json, language, dataDir } = globals;
      const config = readConfig({ ...environment, DATA_DIR: dataDir });
      if (config.eventStoreUrl !== undefined) throw onServer();
      const clock = { nowMs: Date.now(), boundMs: config.clockBoundDays * DAY_MS };
      const word = { ...options, lose: options.lose === undefined ? undefined : readLose(options.lose) };
      const bars = phaseBars(PHASES);
      const say = (lines: readonly Text[]): void =>
        toStandardOutput(lines.map((line) => `${visible(line[language])}\n`).join(''));
      const restored = await restoreBackup(resolve(backup), dataDir, word, bars, clock, (lost) => {
        bars.end();
        if (!json) say(lostLines(lost));
      }).finally(bars.end);
      const { manifest, lost } = restored;
      const { madeAt, events, position } = manifest;
      const from = { directory: resolve(backup), madeAt, events, position, lost: lost?.events ?? 0 };
      if (restored.isChanged) await leaveRecord(globals, 'restore', from);
      await rebuildTables(globals, clock.nowMs);
      if (json) toStandardOutput(`${JSON.stringify(asJson(restored))}\n`);
      else say(sentences(backup, restored));
    });
}

const HELP = `
先停服务。备份逐字节与 backup.json 比对并重新加总，之后才放入数据目录；任何时刻被杀，目录中或是原来的账簿，或是恢复后
的账簿，再运行一次即可。查询视图随后重建。原来的文件移到数据目录下的 replaced-…，它本身也是一个数据目录，可用 verify 与
report 查看。
账簿有备份中没有的事件时拒绝（退出码 1），并列出将丢失的位置、凭证与金额；确要如此，须写明条数、何人与为何，日志中随之
记下一条 LedgerRestored。恢复只到数据目录；要搬到 KurrentDB，恢复后用 copy。
Stop the service first. The backup is compared with its backup.json byte for byte and added up again before anything is
put in place; killed at any moment, the directory holds the ledger as it was, or as it is restored: run it again. Then
the read tables are rebuilt. What stood there goes to replaced-… in the data directory, which is a data directory
itself, for verify and report. Where the ledger has events that the backup has not, it refuses (exit code 1) and lists
the positions, vouchers and sums that would be lost; if that is to be, say how many they are, who and why, and the log
gets a LedgerRestored of its own. It restores into a data directory only; for KurrentDB, copy the restored ledger.

示例  Examples:
  $ npx tongzhang --data data/restored restore /srv/backup/2026-05-31
  $ npx tongzhang restore /srv/backup/2026-05-31 --lose <number> --by zhao --reason 'the disk of the data is broken'`;

const PHASES: Readonly<Record<'copy' | 'store' | 'walk', Text>> = {
  copy: text('复制并比对', 'copying and comparing'),
  store: text('核验存储', 'checking the store'),
  walk: text('重新加总', 'adding up again'),
};

function readLose(written: string): number {
  const lose = readPosition(written);
  if (lose !== undefined) return lose;
  throw new LedgerError('invalid', 'option', text('--lose 不符合要求', '--lose is not as it must be'), [
    { pointer: '--lose', code: 'option', expected: text('一个整数', 'a whole number'), got: show(written) },
  ]);
}

const onServer = (): LedgerError =>
  new LedgerError(
    'invalid',
    'restore-to-server',
    text(
      'restore 只恢复到数据目录，不写入 EVENT_STORE_URL 所指的服务器；恢复到目录后用 npx tongzhang copy 搬去',
      'restore writes into a data directory, never to the server that EVENT_STORE_URL names; ' +
        'restore into a directory, then use npx tongzhang copy',
    ),
  );

/** Builds the read tables, so that the first question need not wait. Where they cannot be, the service does it. */
async function rebuildTables({ dataDir, language }: Globals, nowMs: number): Promise<void> {
  try {
    await (await openForReading(dataDir, () => nowMs)).close();
  } catch (error) {
    const { message } = error as Error;
    const said = text(
      `账簿已恢复；查询视图这次没有重建（${message}），启动服务时会重建`,
      `the ledger is restored; the read tables were not rebuilt now (${message}), the service does so when it starts`,
    );
    toStandardError(`${visible(said[language])}\n`);
  }
}

function asJson({ manifest, lost, ...restored }: Restored): object {
  const { events, position, madeAt } = manifest;
  const { lastEvent, ...rest } = lost ?? {};
  return {
    events,
    position,
    madeAt,
    ...restored,
    event: restored.event ?? null,
    aside: restored.aside ?? null,
    lost: lost ? { ...rest, lastSha256: lastEvent?.sha256 ?? null } : null,
  };
}

/** What a restore takes away: how much, where, whose, and which. */
function lostLines({ from, to, events, unreadable, funds, others, first, last }: LostEvents): Text[] {
  return [
    text(
      `备份中没有位置 ${from} 至 ${to} 的 ${events} 条事件：`,
      `${events} events are not in the backup, positions ${from} to ${to}:`,
    ),
    ...Object.entries(funds).map(([fund, { vouchers, moved }]) =>
      text(
        `  ${fund}：凭证 ${vouchers} 张，发生额 ${moved} 元`,
        `  ${fund}: ${vouchers} vouchers, ${moved} yuan moved`,
      ),
    ),
    ...(others > 0 ? [text(`  备查 ${others} 条`, `  ${others} memos`)] : []),
    ...(unreadable > 0
      ? [text(`  另有 ${unreadable} 条已无法读取`, `  ${unreadable} more can no longer be read`)]
      : []),
    ...(first.length > 0
      ? [
          text(`  最早：${first.join('、')}`, `  first: ${first.join(', ')}`),
          text(`  最晚：${last.join('、')}`, `  last: ${last.join(', ')}`),
        ]
      : []),
  ];
}

function sentences(backup: string, { manifest, isChanged, event, aside }: Restored): Text[] {
  const { events, position, madeAt } = manifest;
  if (!isChanged)
    return [
      text('账簿已是此备份恢复后的样子，未作更改', 'the ledger is as this backup restores it: nothing was changed'),
    ];
  return [
    text(
      `已由 ${show(backup)} 恢复 ${events} 条事件，到位置 ${position}（备份于 ${madeAt}）`,
      `restored ${events} events from ${show(backup)}, up to position ${position} (backed up at ${madeAt})`,
    ),
    ...(event
      ? [
          text(
            `日志记下 ${event.id}，位置 ${event.position}`,
            `the log says so: ${event.id} at position ${event.position}`,
          ),
        ]
      : []),
    ...(aside ? [text(`原来的文件在 ${show(aside)}`, `what stood there is kept in ${show(aside)}`)] : []),
  ];
}
