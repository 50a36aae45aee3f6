import { type Command } from 'commander';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { areEqual, comparePublished, comparisonSheet } from '../../examples/hainan-2025/compare.js';
import { DEFAULT_EVENTS, DEFAULT_SEED } from '../../examples/hainan-2025/generate.js';
import { AS_OF, ENFORCEMENT_TO, FISCAL_YEAR_START } from '../../examples/hainan-2025/published.js';
import { type Answer, type Sheet } from '../../projections/question.js';
import { QUESTIONS } from '../../projections/registry.js';
import { dayInShanghai } from '../time/clock.js';
import { environment, readConfig } from '../config.js';
import { text, type Text } from '../errors.js';
import { type ImportReport } from '../import/report/import-report.js';
import { printReport } from '../import/report/print-report.js';
import { runImport } from '../import/run-import.js';
import { MOST_WAIT_MS } from '../kept-tables.js';
import { type Ledger, openLedger } from '../ledger.js';
import { renderSheets } from '../report/render.js';
import { stopSignal } from '../stop-signal.js';
import { type DemoDelivery, deliverDemo, deliveredText } from './demo-delivery.js';
import { nextSteps } from './demo-next-steps.js';
import { said, writeControl, writeFeed } from './generate.js';
import { both, EXIT, type Globals, globalsOf } from './globals.js';
import { showProgress } from './import-progress.js';
import { toStandardError, toStandardOutput } from './terminal.js';

interface DemoOptions {
  readonly once?: true;
  readonly port?: string;
  readonly kafka?: true;
}

/** Where the demo lives: never in the ledger that the environment names. */
const DEMO_DIRECTORY = resolve('data/demo');

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
    .addHelpText(
      'after',
      `
示例  Examples:
  $ npm run demo
  $ npm run demo -- --once
  $ npm run demo -- --kafka --once
  $ npx tongzhang --data /tmp/demo demo --port 8080`,
    )
    .action(async (options: DemoOptions, command: Command) => {
      const isChosen = command.getOptionValueSourceWithGlobals('data') === 'cli';
      const globals = globalsOf(command);
      process.exitCode = await demo(options, { ...globals, dataDir: isChosen ? globals.dataDir : DEMO_DIRECTORY });
    });
}

async function demo({ once, port, kafka }: DemoOptions, globals: Globals): Promise<number> {
  const { dataDir, language } = globals;
  const config = readConfig({ LOG_LEVEL: 'warn', ...environment, DATA_DIR: dataDir, ...(port && { PORT: port }) });
  const print = (message: Text): void => {
    if (!globals.json) toStandardOutput(`${message[language]}\n`);
  };
  const { clockBoundDays } = config;
  const ledger = await openLedger(dataDir, Date.now, { clockBoundDays });
  // A signal would end this process without a word to the broker that it has started.
  for (const signal of SIGNALS) process.on(signal, leave);
  const { code, isReady, delivery } = await prepareDemo(ledger, globals, print, kafka).catch(async (error: unknown) => {
    await ledger.close();
    throw error;
  });
  if (once || !isReady) {
    await ledger.close();
    await delivery?.broker.stop('SIGTERM');
    return code;
  }
  const { startService } = await import('../main.js');
  const stopped = stopSignal((message) => toStandardError(`${message}\n`));
  for (const signal of SIGNALS) process.off(signal, leave);
  // Never to the Kafka that the environment names.
  const service = await startService({ ...config, kafka: delivery?.kafka }, ledger);
  print(nextSteps(service.address));
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
}

/** Generates, imports, asks and prints. Not ready: the feed could not be imported. */
async function prepareDemo(
  ledger: Ledger,
  { dataDir, language, json }: Globals,
  print: (message: Text) => void,
  kafka: true | undefined,
): Promise<Prepared> {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'feed.csv');
  const generated = writeFeed({ seed: DEFAULT_SEED, events: DEFAULT_EVENTS, format: 'csv', path });
  writeControl(join(dataDir, 'feed.control.json'), generated);
  print(said(path, generated));
  const progress = showProgress(language);
  const imported = await runImport(ledger, path, { control: generated.control }, progress.take).finally(progress.end);
  print(importedText(imported));
  if (imported.outcome !== 'posted') return { code: EXIT.checkFailed, isReady: false };
  const answers = await askAll(ledger);
  const compared = comparePublished(answers.balances.body, answers.enforcement.body);
  if (json) toStandardOutput(`${JSON.stringify({ import: imported, ...bodies(answers) }, undefined, 2)}\n`);
  else {
    const sheets = [...shortened(answers), comparisonSheet(compared)];
    toStandardOutput(`\n${renderSheets(sheets, { language })}\n`);
  }
  const delivery = kafka && (await deliverDemo(ledger, dataDir, answers.balances, print));
  if (delivery) print(deliveredText(delivery));
  const isEqual = areEqual(compared) && (delivery?.isEqual ?? true);
  return { code: isEqual ? EXIT.done : EXIT.checkFailed, isReady: true, delivery };
}

interface Answers {
  readonly balances: Answer;
  readonly consolidation: Answer;
  readonly enforcement: Answer;
}

/** The three questions of the example: the funds to 31 May, the enforcement to the day of the press conference. */
async function askAll(ledger: Ledger): Promise<Answers> {
  const { tables, store, clock, reference } = ledger;
  const waitFor = (position: number) => tables.waitFor(position, MOST_WAIT_MS);
  const asking = {
    reference: reference.current,
    tables: tables.current(),
    store,
    today: dayInShanghai(clock()),
    clock,
    waitFor,
  };
  const ask = (name: string, parameters: object): Promise<Answer> => {
    const question = QUESTIONS.find((one) => one.name === name);
    if (!question) throw new Error(`there is no question ${name}`);
    return question.ask(asking, parameters);
  };
  return {
    balances: await ask('fund-balance', { asOf: AS_OF }),
    consolidation: await ask('provincial-consolidation', { from: FISCAL_YEAR_START, to: AS_OF }),
    enforcement: await ask('enforcement', { from: FISCAL_YEAR_START, to: ENFORCEMENT_TO }),
  };
}

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

/** What the import came to: in a sentence where it is posted, with all that is wrong where it is not. */
function importedText(report: ImportReport): Text {
  const { outcome, posted, replayed, elapsedMs } = report;
  const seconds = (elapsedMs / 1000).toFixed(1);
  if (outcome !== 'posted')
    return text(
      `${printReport(report, 'zh')}\n示例未导入；目录中若是另一版示例，请删除后再试。`,
      `${printReport(report, 'en')}\nThe example was not imported; if another version of it is there, delete that.`,
    );
  if (posted === 0)
    return text(
      `一张未重复记账：${replayed} 行此前均已入账，本次记账 0 张（${seconds} 秒）。`,
      `nothing was posted twice: all ${replayed} lines had been recorded before, 0 posted now (${seconds} s).`,
    );
  return text(
    `已记账 ${posted} 张，此前已入账 ${replayed} 行（${seconds} 秒）。`,
    `posted ${posted} vouchers, ${replayed} lines had been recorded before (${seconds} s).`,
  );
}
