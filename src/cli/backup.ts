import { resolve } from 'node:path';
import { type Command } from 'commander';
import { type Backup, makeBackup } from '../backup/make-backup.js';
import { environment, readConfig } from '../config.js';
import { show, type Text, text } from '../errors.js';
import { visible } from '../text/foreign-text.js';
import { DAY_MS } from '../time/recording-clock.js';
import { both, globalsOf } from './globals.js';
import { leaveRecord } from './leave-record.js';
import { demandLog } from './log-place.js';
import { phaseBars } from './progress-bar.js';
import { toStandardOutput } from './terminal.js';

/** `tongzhang backup`: a checked copy of the log in a directory of its own, also while a service records. */
export function addBackupCommand(program: Command): void {
  program
    .command('backup <dir>')
    .description(both(text('备份日志到一个空目录并核验', 'back the log up into an empty directory, checked')))
    .addHelpText('after', HELP)
    .action(async (dir: string, _options: object, command: Command) => {
      const globals = globalsOf(command);
      const { json, language, dataDir } = globals;
      const directory = resolve(dir);
      const { place } = demandLog({ dataDir });
      const { clockBoundDays } = readConfig({ ...environment, DATA_DIR: dataDir });
      const clock = { nowMs: Date.now(), boundMs: clockBoundDays * DAY_MS };
      const bars = phaseBars(PHASES);
      const backup = await makeBackup(place, directory, dataDir, bars, clock).finally(bars.end);
      const { manifest, otherBreaches } = backup;
      const { events, position, file } = manifest;
      const { bytes, sha256 } = file;
      await leaveRecord(globals, 'backup', { directory, events, position, bytes, sha256 });
      if (json) toStandardOutput(`${JSON.stringify({ directory, ...manifest, otherBreaches })}\n`);
      else
        toStandardOutput(
          sentences(directory, backup)
            .map((each) => `${visible(each[language])}\n`)
            .join(''),
        );
    });
}

const HELP = `
不占用数据目录，服务可照常记账；备份到开始时的日志末尾。写完后从磁盘逐条核验：哈希、位置、幂等键、余额；最后才写
backup.json，没有它的目录不是备份。数据目录中的 last-backup.json 记下最近一次。日志损坏则指明何处损坏，不留备份，退出码 1；磁盘已满退出码 3。
日志在 KurrentDB 时（EVENT_STORE_URL）同样可用。备份目录可用 verify 核验，用 restore 恢复。
Takes no lock: a service may go on recording. The copy reaches to where the log ended when it began. Every hash, place,
key and balance of it is checked from the disk, and backup.json is written last: without it a directory is no backup.
last-backup.json in the data directory remembers the last one.
Where the log is damaged it says where, leaves no backup and ends with exit code 1; on a full disk with 3. It works for
a log in KurrentDB (EVENT_STORE_URL), too. verify checks a backup as it does a data directory; restore puts it back.

示例  Examples:
  $ npx tongzhang backup /srv/backup/2026-05-31
  $ npx tongzhang --data /srv/backup/2026-05-31 verify`;

const PHASES: Readonly<Record<'copy' | 'store' | 'walk', Text>> = {
  copy: text('复制', 'copying'),
  store: text('核验存储', 'checking the store'),
  walk: text('核验不变量', 'checking invariants'),
};

function sentences(directory: string, { manifest, otherBreaches }: Backup): Text[] {
  const { events, position, lastEvent, file } = manifest;
  const last = lastEvent ? `${lastEvent.id} ${lastEvent.recordedAt}` : '-';
  return [
    text(
      `已备份 ${events} 条事件至 ${show(directory)}，到位置 ${position}，最后一条 ${last}`,
      `backed up ${events} events into ${show(directory)}, up to position ${position}, the last one ${last}`,
    ),
    text(
      `哈希、位置、幂等键与余额均已从磁盘核验；log.db ${file.bytes} 字节，SHA-256 ${file.sha256}`,
      `hashes, places, keys and balances were checked; log.db: ${file.bytes} bytes, SHA-256 ${file.sha256}`,
    ),
    ...(otherBreaches === 0
      ? []
      : [
          text(
            `账簿有 ${otherBreaches} 处不符规则，备份与之相同；npx tongzhang verify 可列出`,
            `the ledger breaks rules in ${otherBreaches} places, and so does its copy: npx tongzhang verify lists them`,
          ),
        ]),
  ];
}
