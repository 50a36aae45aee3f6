import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command } from 'commander';
import { chunksOf } from '../../projections/following/chunks.js';
import { projectionsOver } from '../../projections/followed.js';
import { replay, type Replay, type Row, type TableComparison } from '../audit/replay.js';
import { canWrite } from '../data-place.js';
import { type Language, LedgerError, type Text, text } from '../errors.js';
import { visible } from '../text/foreign-text.js';
import { both, EXIT, globalsOf } from './globals.js';
import { demandLog, openLog } from './log-place.js';
import { type LogProgress, progressBar } from './progress-bar.js';
import { toStandardOutput } from './terminal.js';

/** `tongzhang replay`: the read tables once more from the log, and whether they are the same. */
export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .description(both(text('从日志重建查询视图并逐行比对', 'rebuild the read tables from the log and compare them')))
    .addHelpText('after', HELP)
    .action(async (_options: object, command: Command) => {
      const { json, language, dataDir } = globalsOf(command);
      const result = await replayBeside(dataDir);
      const isEqual = equal(result);
      toStandardOutput(json ? `${JSON.stringify({ equal: isEqual, ...result })}\n` : print(result, language));
      process.exitCode = isEqual ? EXIT.done : EXIT.checkFailed;
    });
}

const HELP = `
重建在数据目录中另一个文件里进行，完成后删除；服务运行时也可执行。有差异则退出码 1。
The tables are rebuilt in a file of their own in the data directory, which goes at the end; a service may run
meanwhile. Ends with exit code 1 where a row differs.

示例  Examples:
  $ npx tongzhang replay
  $ npx tongzhang --data data/demo replay --json`;

async function replayBeside(dataDir: string): Promise<Replay> {
  const { place, paths } = demandLog({ dataDir });
  if (!existsSync(paths.read)) {
    const message = text(`目录 ${dataDir} 中还没有查询视图`, `there are no read tables in ${dataDir} yet`);
    throw new LedgerError('unavailable', 'no-read-tables', message);
  }
  const room = roomFor(dataDir);
  const store = await openLog({ dataDir });
  let bar: LogProgress | undefined;
  try {
    bar = progressBar(text('重建', 'rebuilding'), await store.head());
    const beside = join(room.directory, `replay-${process.pid}`);
    const projections = projectionsOver(place.store);
    return await replay(store, paths.read, beside, projections, { rebuilt: bar.update }, chunksOf(place));
  } finally {
    bar?.stop();
    room.leave();
    await store.close();
  }
}

/** Where the tables are rebuilt: beside the live ones, or, where none can be written there, among temporary files. */
function roomFor(dataDir: string): { readonly directory: string; readonly leave: () => void } {
  if (canWrite(dataDir)) {
    removeLeftovers(dataDir);
    return { directory: dataDir, leave: () => undefined };
  }
  const directory = mkdtempSync(join(tmpdir(), 'tongzhang-'));
  return { directory, leave: () => rmSync(directory, { recursive: true, force: true }) };
}

/** Removes what a replay has left that was ended from outside. */
function removeLeftovers(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const [, pid] = /^replay-([0-9]+)-[0-9]+\.db/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(dataDir, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    return true;
  }
}

const equal = ({ notThere, tables }: Replay): boolean =>
  Object.keys(notThere).length === 0 && tables.every(({ differences }) => differences === 0);

function print(result: Replay, language: Language): string {
  const { events, seconds, notThere, tables } = result;
  const rate = seconds > 0 ? Math.round(events / seconds) : 0;
  const lines = [
    text(
      `重放 ${events} 个事件，用时 ${seconds.toFixed(1)} 秒（每秒 ${rate} 个）`,
      `Replayed ${events} events in ${seconds.toFixed(1)} s (${rate} events/s)`,
    ),
    ...tables.flatMap((table) => [tableLine(table, result.positions[table.projection]!), ...differenceLines(table)]),
    ...Object.entries(notThere).map(([projection, why]) =>
      text(`  ${projection}：无法比对，${why}`, `  ${projection}: not to be compared, ${why}`),
    ),
    equal(result)
      ? text('重建的查询视图与现有的逐行相同', 'The rebuilt read tables equal the live ones row for row')
      : text('重建的查询视图与现有的不同', 'The rebuilt read tables differ from the live ones'),
  ];
  return `${lines.map((line) => visible(line[language])).join('\n')}\n`;
}

function tableLine({ table, liveRows, rebuiltRows, differences }: TableComparison, position: number): Text {
  return text(
    `  ${table}：至位置 ${position}，现有 ${liveRows} 行，重建 ${rebuiltRows} 行，差异 ${differences} 行`,
    `  ${table}: up to position ${position}, ${liveRows} rows live, ${rebuiltRows} rebuilt, ${differences} differ`,
  );
}

function differenceLines({ first, differences }: TableComparison): Text[] {
  const written = (row: Row | null): string => (row === null ? '-' : shorten(JSON.stringify(row)));
  const more = differences - first.length;
  return [
    ...first.map(({ live, rebuilt }) =>
      text(
        `    现有 ${written(live)}，重建 ${written(rebuilt)}`,
        `    live ${written(live)}, rebuilt ${written(rebuilt)}`,
      ),
    ),
    ...(more > 0 ? [text(`    另有 ${more} 行差异`, `    and ${more} more that differ`)] : []),
  ];
}

const shorten = (written: string): string => (written.length > 240 ? `${written.slice(0, 237)}...` : written);
