import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Command } from 'commander';
import { runTogether } from '../faults/everything-at-once.js';
import { isOfOurs, pointText, ScriptedRun } from '../faults/kill-points.js';
import { replaySeed, runSeeds } from '../faults/simulation/seeds.js';
import { figuresOf } from '../faults/together/figures.js';
import { canFailCalls } from '../faults/system-calls.js';
import { soakKafka } from '../kafka/soak.js';
import { killAgainAndAgain } from './kill.js';
import { killImports } from './kill-imports.js';
import { soakServer } from './server/server-soak.js';

/**
 * `npm run soak`: thousands of kills with progress. Exit code 1 with the reason, and the directory kept, if one hurts;
 * 3 where there is no Kafka to be had.
 */

const UNAVAILABLE = 3;

interface Options {
  readonly kills: number;
  readonly seed: number;
  readonly seeds: number;
  readonly minutes?: number;
  readonly connections: number;
  readonly imports?: true;
  readonly kafka?: true;
  readonly faults?: true;
  readonly server?: true;
  readonly systemCalls?: true;
  readonly together?: true;
}

const EXAMPLES = `
示例 Examples:
  npm run soak -- --kills 2000 --seed 7
  npm run soak -- --imports --kills 300
  npm run soak -- --kafka
  npm run soak -- --server
  npm run soak -- --server --minutes 2 --seed 7
  npm run soak -- --faults
  npm run soak -- --faults --seed 7 --seeds 1
  npm run soak -- --system-calls
  npm run soak -- --together --minutes 5`;

const count = (value: string): number => Number.parseInt(value, 10);
const options = new Command('soak')
  .description(
    '杀死写入进程（或投递进程与 Kafka）成千上万次，检查一张不少、一张不重\n' +
      'Kill the writing process, or the relay and its Kafka, again and again: nothing is lost, nothing doubled',
  )
  .option('--kills <count>', '次数 how many times', count, 1_000)
  .option('--seed <number>', '随机种子 seed of the random moments', count, Date.now() % 1_000_000)
  .option('--imports', '杀死导入进程 kill imports')
  .option('--kafka', '杀死投递进程与 Kafka（需 Docker，或 Java 17 与 Maven） kill relays and a real Kafka broker')
  .option(
    '--faults',
    '在模拟的日志上演练各种故障；--seeds 1 打印全过程 faults of a simulated log; --seeds 1 prints it all',
  )
  .option('--system-calls', '在每个写盘调用处杀死或出错 a kill, or an error, at every call of an import that writes')
  .option(
    '--server',
    '两个节点与事件存储的双，在其各种脾气之下 two nodes on the double of a server, under all its manners at once',
  )
  .option('--together', '满盘、损坏的查询表与恶意连接一齐来 a full disk, damaged tables and hostile clients at once')
  .option('--minutes <count>', '--server（30）或 --together（5）几分钟 how long they run', count)
  .option('--connections <count>', '--together 同时多少恶意连接 how many hostile connections at once', count, 500)
  .option('--seeds <count>', '演练多少个种子 how many seeds of --faults', count, 100_000)
  .addHelpText('after', EXAMPLES)
  .parse()
  .opts<Options>();

const directory = mkdtempSync(join(tmpdir(), 'soak-'));
const started = performance.now();
const say = (line: string): void => {
  const seconds = Math.round((performance.now() - started) / 1_000);
  process.stdout.write(`${line}, ${seconds} s\n`);
};

async function killWriters(): Promise<number> {
  process.stdout.write(`seed ${options.seed}, ${options.kills} kills, ${directory}\n`);
  await killAgainAndAgain({
    ...options,
    directory,
    progress: (done, { posted, replayed }) => {
      if (done % 50 !== 0 && done !== options.kills) return;
      say(`${done}/${options.kills} kills, ${posted} acknowledged, ${replayed} replayed`);
    },
  });
  process.stdout.write('已确认的一张不少、一张不重 nothing acknowledged lost, nothing doubled\n');
  return 0;
}

/** Lines of the file whose import is killed: it takes about two seconds. */
const LINES = 15_000;

async function killImporters(): Promise<number> {
  process.stdout.write(`seed ${options.seed}, ${options.kills} kills, ${directory}\n`);
  await killImports({
    ...options,
    directory,
    lines: LINES,
    progress: (done, files) => {
      if (done % 20 === 0 || done === options.kills) say(`${done}/${options.kills} kills, ${files} files`);
    },
  });
  process.stdout.write('每行恰好一张 every line stands exactly once\n');
  return 0;
}

async function killRelays(): Promise<number> {
  process.stdout.write(`seed ${options.seed}, ${options.kills} kills, ${directory}\n`);
  const isWhole = await soakKafka({ ...options, directory, say });
  if (isWhole === undefined) return UNAVAILABLE;
  if (!isWhole) throw new Error(`seed ${options.seed}: 投递有误 delivery is not what the log is`);
  process.stdout.write('一条不少、一条不重、次序不变 nothing lost, nothing doubled, in order\n');
  return 0;
}

async function simulateFaults(): Promise<number> {
  const { seed, seeds } = options;
  process.stdout.write(`seeds ${seed} … ${seed + seeds - 1}\n`);
  await (seeds === 1 ? replaySeed({ seed, seeds, say }) : runSeeds({ seed, seeds, say }));
  process.stdout.write(
    '已确认的一张不少、一张不重，无一停滞 nothing acknowledged lost, nothing doubled, nothing hangs\n',
  );
  return 0;
}

async function weatherServers(): Promise<number> {
  const { seed, minutes = 30 } = options;
  process.stdout.write(`seed ${seed}, ${minutes} min, ${directory}\n`);
  const { faults, seen, ...counts } = await soakServer({ forMs: minutes * 60_000, seed, directory, say });
  for (const figures of [counts, faults, { ...seen.answers, unanswered: seen.unanswered }])
    process.stdout.write(`${inspect(figures, { breakLength: 120 })}\n`);
  process.stdout.write(
    '已确认的一张不少、一张不重，没有未结束的调用 nothing lost, nothing doubled, no call left open\n',
  );
  return 0;
}

/** Every point of the scripted run: killed at, and, where it is a file of ours, with a disk that is full or broken. */
async function stopAtCalls(): Promise<number> {
  if (!canFailCalls('the kill points of an import')) return UNAVAILABLE;
  const scripted = new ScriptedRun();
  const points = await scripted.points();
  const wrong: string[] = [];
  for (const [index, point] of points.entries()) {
    const found = [await scripted.kill(point)];
    for (const error of isOfOurs(point) ? (['ENOSPC', 'EIO'] as const) : [])
      found.push(await scripted.fail(point, error, index % 2 === 0));
    for (const what of found) if (what !== undefined) wrong.push(`${pointText(point)}: ${what}`);
    if ((index + 1) % 10 === 0) say(`${index + 1}/${points.length} points, ${wrong.length} wrong`);
  }
  scripted.remove();
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  process.stdout.write('每一处都能接着完成，一张不少、一张不重 finished after each, nothing lost, nothing doubled\n');
  return 0;
}

/** How long a phase of `--together` lasts; a round has four of them. */
const PHASE_MS = 8_000;

async function allTogether(): Promise<number> {
  const { seed, minutes = 5, connections } = options;
  process.stdout.write(`seed ${seed}, ${minutes} minutes, ${connections} hostile connections\n`);
  const rounds = Math.max(1, Math.round((minutes * 60_000) / (4 * PHASE_MS)));
  const seen = await runTogether({ seed, rounds, connections, phaseMs: PHASE_MS, say });
  if (!seen) return UNAVAILABLE;
  process.stdout.write(`${figuresOf(seen).join('\n')}\n`);
  if (seen.wrong.length > 0) throw new Error(`seed ${seed}:\n${seen.wrong.slice(0, 100).join('\n')}`);
  process.stdout.write('诚实的一张不少、一张不重，答复皆真 nothing lost, nothing doubled, every answer was true\n');
  return 0;
}

const runs: readonly (readonly [isWanted: true | undefined, run: () => Promise<number>])[] = [
  [options.together, allTogether],
  [options.systemCalls, stopAtCalls],
  [options.faults, simulateFaults],
  [options.server, weatherServers],
  [options.imports, killImporters],
  [options.kafka, killRelays],
];
const [, run] = runs.find(([isWanted]) => isWanted) ?? [true, killWriters];
try {
  process.exitCode = await run();
  rmSync(directory, { recursive: true });
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n${inspect((error as Error).cause)}\n${directory}\n`);
  process.exitCode = 1;
}
