import { rmSync, writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { catchUp } from './catch-up.js';
import { lookForDuplicates } from './duplicates.js';
import { againstBaseline, type Figure, tableOf } from './figure.js';
import { balance, generateFeed, importFile, importOnce, rebuild, start } from './large-ledger.js';
import { closeMonth } from './close-month.js';
import { consoleInBrowser } from './console.js';
import { mixedLoad } from './mixed-load.js';
import { openBook } from './open-book.js';
import { onKafka } from './relay.js';
import { temporaryDirectory } from './processes.js';
import { againstBareClient, besideOthers } from './shared-server.js';
import { batchedCommands, singleCommands } from './single-commands.js';
import { statements } from './statements.js';

/** `npm run bench`: every figure beside something simple, run in the same command on the same machine. */

const NAMES = [
  'single',
  'batches',
  'open',
  'close',
  'import',
  'duplicates',
  'rebuild',
  'balance',
  'statements',
  'start',
  'mixed',
  'relay',
  'catch-up',
  'server',
  'others',
  'console',
] as const;
type Name = (typeof NAMES)[number];
const ON_LARGE_LEDGER: readonly Name[] = ['import', 'duplicates', 'rebuild', 'balance', 'statements', 'start', 'mixed'];

interface Options {
  readonly events: number;
  readonly only?: readonly Name[];
  readonly json?: string;
  readonly baseline?: string;
}

/** A run of another size is as fast as the first but for this. */
const BASELINE_AT_LEAST = 0.9;

const count = (value: string): number => Number.parseInt(value, 10);
const options = new Command('bench')
  .description('速度与内存，每行与同机同时运行的简单做法比较 Speed and memory, each line beside something simple')
  .option('--events <count>', '事件数 size of the ledger', count, 1_000_000)
  .addOption(new Option('--only <names...>', '只运行这些 only these lines').choices([...NAMES]))
  .option('--json <file>', '结果文件 write the figures to a file')
  .option('--baseline <file>', '与另一规模的结果比较 hold the rates against the file of another size')
  .addHelpText('after', '\n示例 Examples:\n  npm run bench -- --events 100000 --only import rebuild')
  .parse()
  .opts<Options>();

const wanted = (name: Name): boolean => options.only?.includes(name) ?? true;
const say = (message: string): void => void process.stderr.write(`${message}\n`);

async function onLargeLedger(): Promise<Figure[]> {
  const directory = temporaryDirectory();
  try {
    say(`生成 ${options.events} 行 generating the lines`);
    generateFeed(directory, options.events);
    say('导入 importing');
    const imported = await importOnce(directory);
    const figures: Figure[] = [];
    const add = async (name: Name, measure: () => Promise<Figure | Figure[]>): Promise<void> => {
      if (!wanted(name)) return;
      say(name);
      figures.push(...[await measure()].flat());
    };
    await add('import', () => importFile(directory, imported, options.events));
    await add('duplicates', () => lookForDuplicates(directory, options.events));
    await add('rebuild', () => rebuild(directory));
    await add('balance', () => balance(directory));
    await add('statements', () => statements(directory));
    await add('start', () => start(directory));
    // Last, because it adds to the ledger.
    await add('mixed', () => mixedLoad(directory, options.events));
    return figures;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const figures: Figure[] = [];
if (wanted('single')) {
  say('single');
  figures.push(...(await singleCommands()));
}
if (wanted('batches')) {
  say('batches');
  figures.push(await batchedCommands());
}
if (wanted('open')) {
  say('open');
  figures.push(await openBook());
}
if (wanted('close')) {
  say('close');
  figures.push(await closeMonth());
}
if (wanted('relay')) {
  say('relay');
  figures.push(...(await onKafka(say)));
}
if (wanted('catch-up')) {
  say('catch-up');
  figures.push(await catchUp());
}
if (wanted('server')) {
  say('server');
  figures.push(...(await againstBareClient()));
}
if (wanted('others')) {
  say('others');
  figures.push(...(await besideOthers()));
}
if (wanted('console')) {
  say('console');
  figures.push(...(await consoleInBrowser(say)));
}
if (ON_LARGE_LEDGER.some(wanted)) figures.push(...(await onLargeLedger()));
if (options.baseline) figures.push(...againstBaseline(figures, options.baseline, BASELINE_AT_LEAST));
process.stdout.write(`\n${options.events} events\n${tableOf(figures)}\n`);
if (options.json) writeFileSync(options.json, `${JSON.stringify(figures, undefined, 2)}\n`);
process.exitCode = figures.every(({ holds }) => holds) ? 0 : 1;
