import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Command } from 'commander';
import { BookParameters } from '../../projections/asking/book-parameters.js';
import { openIntervalOf } from '../../projections/asking/interval.js';
import { checkParameters } from '../../projections/asking/parameters.js';
import { readReference } from '../adopting/adopted-in.js';
import { text } from '../errors.js';
import { type EventStore } from '../event-store/event-store.js';
import { generalLedger, publicRecords } from '../exports/gbt24589.js';
import { hledgerJournal } from '../exports/hledger.js';
import { vouchersOf } from '../exports/vouchers.js';
import { FundCode, UnitCode } from '../kinds/adopted-fields.js';
import { Year } from '../kinds/commands.js';
import { type Reference } from '../reference/reference.js';
import { VERSION } from '../version.js';
import { both, type Globals, globalsOf } from './globals.js';
import { openLog } from './log-place.js';
import { progressBar } from './progress-bar.js';
import { pourToStandardOutput, toStandardOutput } from './terminal.js';
import { orUnwritable, pouredWhole } from './whole-file.js';

/** The books, the days, and the file. */
interface HledgerOptions {
  readonly fund?: string;
  readonly unit?: string;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly out?: string;
}

/** `tongzhang export`: the vouchers of the log for other programs. */
export function addExportCommand(program: Command): void {
  const command = program
    .command('export')
    .description(both(text('导出账簿供其他软件读取', 'export for other programs')));
  addHledger(command);
  addGbt24589(command);
}

function addHledger(command: Command): void {
  command
    .command('hledger')
    .description(both(text('hledger 日记账：逐笔凭证', 'a journal of hledger: every voucher')))
    .option('--fund <fund>', both(text('只要一项基金', 'one fund only')))
    .option('--unit <code>', both(text('只要一个核算单位', 'one unit only')))
    .option('--from <day>', both(text('起日；以前的余额结转', 'first day; what was before is brought forward')))
    .option('--to <day>', both(text('截止日', 'last day')))
    .option('--as-of <day>', both(text('截止日，同 --to', 'the last day: the same as --to')))
    .option('--out <file>', both(text('写入文件，默认标准输出', 'file to write; the standard output unless told')))
    .addHelpText('after', HLEDGER_EXAMPLES)
    .action(async (options: HledgerOptions, self: Command) => exportHledger(options, globalsOf(self)));
}

const HLEDGER_EXAMPLES = `
示例  Examples:
  $ npx tongzhang export hledger --out ledger.journal
  $ npx tongzhang export hledger --fund employee --unit 460100 --from 2025-05-01 --to 2025-05-31`;

const exportHledger = ({ out, ...asked }: HledgerOptions, globals: Globals): Promise<void> =>
  whileExporting(globals, async ({ store, reference, onProgress }) => {
    const checked = checkParameters({ parameters: BookParameters }, { ...asked }, reference) as BookParameters;
    const scope = { fund: checked.fund, unit: checked.unit, ...openIntervalOf(checked) };
    const journal = hledgerJournal(vouchersOf(store, scope, onProgress), scope, reference.ever);
    if (out === undefined) await pourToStandardOutput(journal);
    else await writeTo(out, journal);
  });

/** Which year of which book. */
class BookOfYearParameters {
  @FundCode()
  fund!: string;

  @UnitCode()
  unit!: string;

  @Year(text('会计年度', 'fiscal year'))
  year!: string;
}

interface Gbt24589Options {
  readonly fund?: string;
  readonly unit?: string;
  readonly year?: string;
  readonly out: string;
}

function addGbt24589(command: Command): void {
  command
    .command('gbt24589')
    .description(
      both(text('会计核算软件数据接口 GB/T 24589.1：公共档案与总账', 'the national accounting-data interface, in XML')),
    )
    .option('--fund <fund>', both(text('基金', 'fund')))
    .option('--unit <code>', both(text('核算单位', 'unit')))
    .option('--year <year>', both(text('会计年度', 'fiscal year')))
    .option('--out <dir>', both(text('写入目录', 'directory to write to')), '.')
    .addHelpText('after', GBT24589_EXAMPLES)
    .action(async (options: Gbt24589Options, self: Command) => exportGbt24589(options, globalsOf(self)));
}

const GBT24589_EXAMPLES = `
示例  Examples:
  $ npx tongzhang export gbt24589 --fund employee --unit 460100 --year 2025 --out interface`;

const exportGbt24589 = ({ out, ...asked }: Gbt24589Options, globals: Globals): Promise<void> =>
  whileExporting(globals, async ({ store, reference, head, onProgress }) => {
    const parameters = { parameters: BookOfYearParameters };
    const book = checkParameters(parameters, { ...asked }, reference) as BookOfYearParameters;
    const { fund, unit, year } = book;
    const read = () => vouchersOf(store, { fund, unit, to: `${year}-12-31`, upTo: head }, onProgress);
    const name = (part: string): string => join(out, `${fund}-${unit}-${year}-${part}.xml`);
    await orUnwritable(out, () => mkdirSync(out, { recursive: true }));
    await writeTo(name('公共档案'), [publicRecords(book, reference.ever, VERSION)]);
    await writeTo(name('总账'), generalLedger(read, book, reference.ever));
  });

/** What an export reads while the log is open, and how far it has come. */
interface Exporting {
  readonly store: EventStore;
  readonly reference: Reference;
  /** The last position when it began. */
  readonly head: number;
  readonly onProgress: (position: number) => void;
}

async function whileExporting(globals: Globals, write: (exporting: Exporting) => Promise<void>): Promise<void> {
  const store = await openLog(globals);
  const head = await store.head();
  const bar = progressBar(text('导出', 'exporting'), head);
  try {
    await write({ store, reference: await readReference(store), head, onProgress: bar.update });
  } finally {
    bar.stop();
    await store.close();
  }
}

async function writeTo(path: string, pieces: AsyncIterable<string> | Iterable<string>): Promise<void> {
  await orUnwritable(path, () => pouredWhole(path, pieces));
  toStandardOutput(`${path}\n`);
}
