import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { killAgainAndAgain } from './kill.js';

/**
 * `npm run soak`: thousands of kills with progress. Exit code 1 with the reason, and the directory kept, if one hurts.
 */

const count = (value: string): number => Number.parseInt(value, 10);
const options = new Command('soak')
  .description('杀死写入进程成千上万次，检查已确认的凭证一张不少、一张不重 Kill the writing process again and again')
  .option('--kills <count>', '次数 how many times', count, 1_000)
  .option('--seed <number>', '随机种子 seed of the random moments', count, Date.now() % 1_000_000)
  .addHelpText('after', '\n示例 Examples:\n  npm run soak -- --kills 2000 --seed 7')
  .parse()
  .opts<{ kills: number; seed: number }>();

const directory = mkdtempSync(join(tmpdir(), 'soak-'));
const started = performance.now();
process.stdout.write(`seed ${options.seed}, ${options.kills} kills, ${directory}\n`);
try {
  await killAgainAndAgain({
    ...options,
    directory,
    progress: (done, { posted, replayed }) => {
      if (done % 50 !== 0 && done !== options.kills) return;
      const seconds = Math.round((performance.now() - started) / 1_000);
      process.stdout.write(
        `${done}/${options.kills} kills, ${posted} acknowledged, ${replayed} replayed, ${seconds} s\n`,
      );
    },
  });
  process.stdout.write('已确认的一张不少、一张不重 nothing acknowledged lost, nothing doubled\n');
  rmSync(directory, { recursive: true });
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n${directory}\n`);
  process.exitCode = 1;
}
