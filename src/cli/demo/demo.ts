import { type Command } from 'commander';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { areEqual, comparePublished, comparisonSheet } from '../../../examples/hainan-2025/compare.js';
import { DEFAULT_EVENTS, DEFAULT_SEED } from '../../../examples/hainan-2025/generate.js';
import { AS_OF, ENFORCEMENT_TO, FISCAL_YEAR_START } from '../../../examples/hainan-2025/published.js';
import { type Answer, type Sheet } from '../../../projections/asking/question.js';
import { environment, readConfig } from '../../config.js';
import { text, type Text } from '../../errors.js';
import { type Ledger, openLedger } from '../../ledger.js';
import { renderSheets } from '../../report/render.js';
import { stopSignal } from '../../stop-signal.js';
import { ask } from './asking.js';
import { type DemoVoice, importExample } from './import.js';
import { type DemoDelivery, deliverDemo, deliveredText } from './delivery.js';
import { nextSteps } from './next-steps.js';
import { recordFollowingYear, type RecordedYear, recordYear, yearSheets } from './year.js';
import { said, writeControl, writeFeed } from '../generate.js';
import { both, EXIT, type Globals, globalsOf } from '../globals.js';
import { toStandardError, toStandardOutput } from '../terminal.js';

interface DemoOptions {
  readonly once?: true;
  readonly port?: string;
  readonly kafka?: true;
  readonly year?: true;
}

/** Where the demo lives: never in the ledger that the environment names. With the year before it, in one of its own. */
const demoDirectory = (year: true | undefined): string => resolve(year ? 'data/demo-year' : 'data/demo');

/** `tongzhang demo`: the worked example from its feed to the published table, and then the service over it. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description(
      both(text('导入示例并打印公布的收支结余表，然后启动服务', 'import the worked example, print it, serve it')),
    )
    .option('--once', both(text('打印后结束', 'end after printing')))
    .option('--port <port>', both(text('服务端口', 'port of the service')))
    .option(
      '--kafka',
      both(text('另启动本机 Kafka 并投递（需 Java 17 与 Maven）', 'deliver to a Kafka started here (Java 17, Maven)')),
    )
    .option('--year', both(text('先记 2024 全年并结账，再记 2025', 'the whole year 2024 and its closes before it')))
    .addHelpText(
      'after',
      `
示例  Examples:
  $ npm run demo
  $ npm run demo -- --once
  $ npm run demo -- --year --once
  $ npm run demo -- --kafka --once
  $ npx tongzhang --data /tmp/demo demo --port 8080`,
    )
    .action(async (options: DemoOptions, command: Command) => {
      const isChosen = command.getOptionValueSourceWithGlobals('data') === 'cli';
      const globals = globalsOf(command);
      process.exitCode = await demo(options, {
        ...globals,
        dataDir: isChosen ? globals.dataDir : demoDirectory(options.year),
      });
    });
}

async function demo({ once, port, kafka, year }: DemoOptions, globals: Globals): Promise<number> {
  const { dataDir, language } = globals;
  const config = readConfig({ LOG_LEVEL: 'warn', ...environment, DATA_DIR: dataDir, ...(port && { PORT: port }) });
  const print = (message: Text): void => {
    if (!globals.json) toStandardOutput(`${message[language]}\n`);
  };
  const { clockBoundDays } = config;
  const ledger = await openLedger(dataDir, Date.now, { clockBoundDays });
  // A signal would end this process without a word to the broker that it has started.
  for (const signal of SIGNALS) process.on(signal, leave);
  const { code, isReady, delivery, last } = await prepareDemo(ledger, globals, print, { kafka, year }).catch(
    async (error: unknown) => {
      await ledger.close();
      throw error;
    },
  );
  if (once || !isReady) {
    await ledger.close();
    await delivery?.broker.stop('SIGTERM');
    return code;
  }
  const { startService } = await import('../../main.js');
  const stopped = stopSignal((message) => toStandardError(`${message}\n`));
  for (const signal of SIGNALS) process.off(signal, leave);
  // Never to the Kafka that the environment names.
  const service = await startService({ ...config, kafka: delivery?.kafka }, ledger);
  print(nextSteps(service.address, last));
  await stopped;
  print(text('正在停止 …', 'stopping …'));
  await service.stop();
  await delivery?.broker.stop('SIGTERM');
  return EXIT.done;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const leave = (_signal: NodeJS.Signals, number: number): never => process.exit(128 + number);

interface Prepared {
  readonly code: number;
  readonly isReady: boolean;
  readonly delivery?: DemoDelivery | undefined;
  /** The position of the last event of the example. */
  readonly last?: number;
}

/** Generates, imports, asks and prints. Not ready: a feed could not be imported. */
async function prepareDemo(
  ledger: Ledger,
  { dataDir, language, json }: Globals,
  print: (message: Text) => void,
  { kafka, year }: Pick<DemoOptions, 'kafka' | 'year'>,
): Promise<Prepared> {
  mkdirSync(dataDir, { recursive: true });
  const voice = { language, print };
  const before = year && (await recordYear(ledger, dataDir, voice));
  if (before && before.imported.outcome !== 'posted') return { code: EXIT.checkFailed, isReady: false };
  if (before && !json) toStandardOutput(`\n${renderSheets(yearSheets(before), { language })}\n`);
  const imported = await (year ? recordFollowingYear : recordExample)(ledger, dataDir, voice);
  if (imported.outcome !== 'posted') return { code: EXIT.checkFailed, isReady: false };
  const answers = await askAll(ledger, year);
  const compared = comparePublished(answers.balances.body, answers.enforcement.body);
  if (json) {
    const printed = { ...(before && { year: statedIn(before) }), import: imported, ...bodies(answers) };
    toStandardOutput(`${JSON.stringify(printed, undefined, 2)}\n`);
  } else {
    const sheets = [...shortened(answers), comparisonSheet(compared)];
    toStandardOutput(`\n${renderSheets(sheets, { language })}\n`);
  }
  const delivery = kafka && (await deliverDemo(ledger, dataDir, answers.balances, print));
  if (delivery) print(deliveredText(delivery));
  const isEqual = areEqual(compared) && (delivery?.isEqual ?? true);
  const last = (before?.position ?? 1) + imported.posted + imported.replayed;
  return { code: isEqual ? EXIT.done : EXIT.checkFailed, isReady: true, delivery, last };
}

/** Writes and imports the feed of 2025 as it stands by itself. */
function recordExample(ledger: Ledger, directory: string, voice: DemoVoice) {
  const path = join(directory, 'feed.csv');
  const generated = writeFeed({ seed: DEFAULT_SEED, events: DEFAULT_EVENTS, format: 'csv', path });
  writeControl(join(directory, 'feed.control.json'), generated);
  voice.print(said(path, generated));
  return importExample(ledger, path, { control: generated.control }, voice);
}

interface Answers {
  readonly balances: Answer;
  readonly consolidation: Answer;
  readonly enforcement: Answer;
}

/**
 * The three questions of the example: the funds to 31 May, the enforcement to the day of the press conference. Where a
 * year came before, the funds are asked since its end.
 */
const askAll = async (ledger: Ledger, year: true | undefined): Promise<Answers> => ({
  balances: await ask(ledger, 'fund-balance', { ...(year && { from: FISCAL_YEAR_START }), asOf: AS_OF }),
  consolidation: await ask(ledger, 'provincial-consolidation', { from: FISCAL_YEAR_START, to: AS_OF }),
  enforcement: await ask(ledger, 'enforcement', { from: FISCAL_YEAR_START, to: ENFORCEMENT_TO }),
});

const statedIn = ({ imported, statements }: RecordedYear): object => ({
  import: imported,
  ...Object.fromEntries(Object.entries(statements).map(([name, { body }]) => [name, body])),
});

const bodies = ({ balances, consolidation, enforcement }: Answers): object => ({
  balances: balances.body,
  consolidation: consolidation.body,
  enforcement: enforcement.body,
});

/** The sheets that fit a screen: the fund table; summary, eliminations and transfers in transit; enforcement. */
const shortened = ({ balances, consolidation, enforcement }: Answers): Sheet[] => [
  ...balances.sheets.slice(0, 1),
  ...consolidation.sheets.slice(0, 3),
  ...enforcement.sheets.filter(({ rows }) => rows.length > 0),
];
