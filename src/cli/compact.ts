import { type Command } from 'commander';
import { type Compacted, compactLog } from '../backup/compact-log.js';
import { environment, readConfig } from '../config.js';
import { demandLedger } from '../data-place.js';
import { isBeingPlaced } from '../put-in-place.js';
import { LedgerError, type Text, text } from '../errors.js';
import { visible } from '../text/foreign-text.js';
import { both, globalsOf } from './globals.js';
import { phaseBars } from './progress-bar.js';
import { toStandardOutput } from './terminal.js';

/** `tongzhang compact`: the log written anew in blocks, every event compared before the old file goes. */
export function addCompactCommand(program: Command): void {
  program
    .command('compact')
    .description(both(text('重写日志以缩小文件，逐条核对哈希', 'write the log anew, smaller, every hash compared')))
    .addHelpText('after', HELP)
    .action(async (_options: object, command: Command) => {
      const { json, language, dataDir } = globalsOf(command);
      if (readConfig({ ...environment, DATA_DIR: dataDir }).eventStoreUrl !== undefined) throw onServer();
      // Killed while the new log was being put in its place, it is run again.
      if (!isBeingPlaced(dataDir)) demandLedger(dataDir);
      const bars = phaseBars(PHASES);
      const compacted = await compactLog(dataDir, bars).finally(bars.end);
      toStandardOutput(json ? `${JSON.stringify(compacted)}\n` : `${visible(sentence(compacted)[language])}\n`);
    });
}

const HELP = `
先停服务。事件写进压缩的块，位置、编号、字节、哈希、幂等键都不变，查询视图不必重建。新文件逐条核对之后才替换旧文件；
任何时刻被杀，目录中或是旧日志，或是新日志，再运行一次即可。需要的磁盘空间约为现有日志的四分之一。
旧版本写成的日志不经此步也照常可用，服务运行时会逐渐成块，但文件不会自己变小。
Stop the service first. Events are written into compressed blocks; positions, ids, bytes, hashes and keys stay what they
were, and the read tables need not be made anew. The old file goes once every event of the new one has been compared
with it; killed at any moment, the directory holds the old log or the new one: run it again. It takes about a quarter of
the log's size on the disk meanwhile. A log of an earlier version can be used without it: a running service moves
its events into blocks, but its file does not become smaller by itself.

示例  Examples:
  $ npx tongzhang compact
  $ npx tongzhang --data data/restored compact`;

const PHASES: Readonly<Record<'copy' | 'compare', Text>> = {
  copy: text('重写', 'writing anew'),
  compare: text('逐条核对', 'comparing'),
};

const MIB = 1 << 20;
const size = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;

function sentence({ events, bytesBefore, bytesAfter }: Compacted): Text {
  const [before, after] = [size(bytesBefore), size(bytesAfter)];
  return text(
    `已重写日志：${events} 条事件逐条哈希一致，${before} 变为 ${after}`,
    `the log is written anew: ${events} events, every hash is equal, ${before} became ${after}`,
  );
}

const onServer = (): LedgerError =>
  new LedgerError(
    'invalid',
    'compact-on-server',
    text(
      '日志在 EVENT_STORE_URL 所指的服务器上，compact 只用于数据目录中的日志',
      'the log is on the server that EVENT_STORE_URL names; compact is for a log in a data directory',
    ),
  );
