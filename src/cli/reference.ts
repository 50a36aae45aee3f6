import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command } from 'commander';
import { referenceQuestion } from '../../projections/reference/query.js';
import { checkParameters } from '../../projections/asking/parameters.js';
import { text } from '../errors.js';
import { openForReading } from '../reading.js';
import { TABLE_NAMES } from '../reference/columns.js';
import { writeSet } from '../reference/write-set.js';
import { both, type Globals, globalsOf } from './globals.js';
import { ledgerOptions } from './log-place.js';
import { printReport } from './report.js';
import { toStandardOutput } from './terminal.js';
import { writtenWhole } from './whole-file.js';

interface ReferenceOptions {
  readonly at?: string;
  readonly out?: string;
}

/** `tongzhang reference`: what is adopted, to be read, or as the files of a set. */
export function addReferenceCommand(program: Command): void {
  program
    .command('reference')
    .description(
      both(text('基础资料：某日有效者及其变更', 'reference data: what holds on a day and what changed when')),
    )
    .option('--at <day>', both(text('业务日期，默认今天', 'business day, today unless said otherwise')))
    .option('--out <dir>', both(text('写成一套资料文件', 'write it as the files of a set')))
    .addHelpText('after', HELP)
    .action(async ({ at, out }: ReferenceOptions, command: Command) => {
      const globals = globalsOf(command);
      const asked: Record<string, string> = at === undefined ? {} : { at };
      if (out === undefined) await printReport(referenceQuestion, asked, {}, globals);
      else await writeFiles(globals, asked, out);
    });
}

const HELP = `
--out 写出 funds.csv、units.csv、accounts.csv、policies.csv、windows.csv，修改后由 init --reference 采用：未给 --at 时含各日的全部
行，给出时只含该日有效者。
--out writes funds.csv, units.csv, accounts.csv, policies.csv and windows.csv, to be edited and adopted by init
--reference: the rows of every day, or with --at those that hold on it.

示例  Examples:
  $ npx tongzhang reference
  $ npx tongzhang reference --at 2026-01-01`;

async function writeFiles({ dataDir }: Globals, asked: Readonly<Record<string, string>>, out: string): Promise<void> {
  const ledger = await openForReading(dataDir, Date.now, ledgerOptions({ dataDir }));
  try {
    const { at } = checkParameters(referenceQuestion, asked, ledger.reference) as { at?: string };
    const texts = writeSet(at === undefined ? ledger.reference.rowsOfEveryDay : ledger.reference.rowsOn(at));
    mkdirSync(out, { recursive: true });
    for (const table of TABLE_NAMES) {
      const path = join(out, `${table}.csv`);
      writtenWhole(path, (part) => writeFileSync(part, texts[table]));
      toStandardOutput(`${path}\n`);
    }
  } finally {
    await ledger.close();
  }
}
