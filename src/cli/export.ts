import { type Command } from 'commander';
import { BookParameters } from '../../projections/book-parameters.js';
import { openIntervalOf } from '../../projections/interval.js';
import { checkParameters } from '../../projections/parameters.js';
import { readReference } from '../adopting/adopted-in.js';
import { text } from '../errors.js';
import { type EventStore } from '../event-store/event-store.js';
import { hledgerJournal } from '../exports/hledger.js';
import { type ExportScope, vouchersOf } from '../exports/vouchers.js';
import { type Reference } from '../reference/reference.js';
import { both, type Globals, globalsOf } from './globals.js';
import { openLog } from './log-place.js';
import { progressBar } from './progress-bar.js';
import { pourToStandardOutput, toStandardOutput } from './terminal.js';
import { orUnwritable, pouredWhole } from './whole-file.js';

/** The options of an export: the books, the days, and the file. */
interface ExportOptions {
  readonly fund?: string;
  readonly unit?: string;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly out?: string;
}

/** An export while its log is read. */
interface Exporting {
  readonly store: EventStore;
  readonly reference: Reference;
  readonly scope: ExportScope;
  readonly onProgress: (position: number) => void;
}

/** `tongzhang export`: the vouchers of the log for other programs. */
export function addExportCommand(program: Command): void {
  const command = program
    .command('export')
    .description(both(text('导出账簿供其他软件读取', 'export for other programs')));
  addFormat(
    command,
    'hledger',
    both(text('hledger 日记账：逐笔凭证', 'a journal of hledger: every voucher')),
    ({ store, reference, scope, onProgress }) =>
      hledgerJournal(vouchersOf(store, scope, onProgress), scope, reference.ever),
  );
}

function addFormat(
  command: Command,
  name: string,
  description: string,
  write: (exporting: Exporting) => AsyncIterable<string>,
): void {
  command
    .command(name)
    .description(description)
    .option('--fund <fund>', both(text('只要一项基金', 'one fund only')))
    .option('--unit <code>', both(text('只要一个核算单位', 'one unit only')))
    .option('--from <day>', both(text('起日；以前的余额结转', 'first day; what was before is brought forward')))
    .option('--to <day>', both(text('截止日', 'last day')))
    .option('--as-of <day>', both(text('截止日，同 --to', 'the last day: the same as --to')))
    .option('--out <file>', both(text('写入文件，默认标准输出', 'file to write; the standard output unless told')))
    .addHelpText('after', EXAMPLES)
    .action(async (options: ExportOptions, self: Command) => exportTo(options, globalsOf(self), write));
}

const EXAMPLES = `
示例  Examples:
  $ npx tongzhang export hledger --out ledger.journal
  $ npx tongzhang export hledger --fund employee --unit 460100 --from 2025-05-01 --to 2025-05-31`;

async function exportTo(
  { out, ...asked }: ExportOptions,
  globals: Globals,
  write: (exporting: Exporting) => AsyncIterable<string>,
): Promise<void> {
  const store = await openLog(globals);
  const bar = progressBar(text('导出', 'exporting'), await store.head());
  try {
    const reference = await readReference(store);
    const checked = checkParameters({ parameters: BookParameters }, { ...asked }, reference) as BookParameters;
    const scope = { fund: checked.fund, unit: checked.unit, ...openIntervalOf(checked) };
    const pieces = write({ store, reference, scope, onProgress: bar.update });
    if (out === undefined) await pourToStandardOutput(pieces);
    else {
      await orUnwritable(out, () => pouredWhole(out, pieces));
      toStandardOutput(`${out}\n`);
    }
  } finally {
    bar.stop();
    await store.close();
  }
}
