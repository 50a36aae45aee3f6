import { basename, resolve } from 'node:path';
import { type Command } from 'commander';
import { adoptSet, BUILT_IN_SET, checkSet, type GivenSet } from '../adopting/begin-ledger.js';
import { type ErrorDetail, type Language, LedgerError, show, text } from '../errors.js';
import { openUnbegun } from '../ledger.js';
import { TABLE_NAMES } from '../reference/columns.js';
import { readSetFolder } from '../reference/set-folder.js';
import { both, type Globals, globalsOf } from './globals.js';
import { ledgerOptions } from './log-place.js';
import { toStandardOutput } from './terminal.js';

interface InitOptions {
  readonly reference?: string;
  readonly set?: string;
  readonly maker?: string;
  readonly reviewer?: string;
  readonly note?: string;
}

/** `tongzhang init`: the reference set that a ledger begins with. */
export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description(both(text('建账：采用基础资料', 'begin a ledger: adopt its reference set')))
    .option(
      '--reference <dir>',
      both(text('基础资料所在目录，默认内置（海南）', 'folder of the set; the built-in one (Hainan) without it')),
    )
    .option('--set <name>', both(text('资料名称，默认目录名', 'name of the set; the name of the folder without it')))
    .option('--maker <who>', both(text('经办', 'who made it')))
    .option('--reviewer <who>', both(text('复核', 'who reviewed it')))
    .option('--note <text>', both(text('摘要', 'note')))
    .addHelpText('after', HELP)
    .action(async (options: InitOptions, command: Command) => {
      const globals = globalsOf(command);
      const given = givenSet(options);
      const position = await begin(globals, given);
      toStandardOutput(`${globals.json ? asJson(given, position) : printed(given, position, globals.language)}
`);
    });
}

const HELP = `
目录中有 funds.csv、units.csv、accounts.csv、policies.csv、windows.csv；任何一处有误即一项也不采用，并列出文件、行、列。
采用自己的资料须有 --maker 与 --reviewer 两人；已有资料的账簿拒绝再次采用，以后逐项变更。
The folder holds funds.csv, units.csv, accounts.csv, policies.csv and windows.csv; where anything is wrong, nothing is
adopted, and file, line and column are named. A set of one's own needs two people, --maker and --reviewer; a ledger that
has a set refuses another, and is changed piece by piece.

退出码  Exit codes: 1 已有资料或资料前后不一致 a set is there, or does not hold together   2 文件或选项有误 bad file or option
  3 不可用 unavailable   4 被占用，或他人先采用 in use, or somebody else was faster

示例  Examples:
  $ npx tongzhang --data data/new init
  $ npx tongzhang --data data/new reference --out my-province
  $ npx tongzhang --data data/mine init --reference my-province --maker E-0001 --reviewer E-0002`;

function givenSet({ reference, set, maker, reviewer, note }: InitOptions): GivenSet {
  const people = { maker, reviewer, note };
  if (reference === undefined) return { ...BUILT_IN_SET, ...people, ...(set !== undefined && { name: set }) };
  const missing = Object.entries({ maker, reviewer }).flatMap(([name, who]): ErrorDetail[] =>
    who === undefined
      ? [{ pointer: `--${name}`, code: 'required', expected: text('人员编号', 'who it is'), got: show(who) }]
      : [],
  );
  if (missing.length > 0)
    throw new LedgerError(
      'invalid',
      'option',
      text('自己的基础资料须有经办和复核两人', 'a set of one’s own needs two people'),
      missing,
    );
  const texts = readSetFolder(reference);
  const name =
    set ??
    basename(resolve(reference))
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '');
  return { name: name || 'reference-set', texts, read: checkSet(texts), ...people };
}

async function begin(globals: Globals, given: GivenSet): Promise<number> {
  const ledger = await openUnbegun(globals.dataDir, Date.now, ledgerOptions(globals));
  try {
    const { receipt } = await adoptSet(ledger, given);
    return receipt!.position;
  } finally {
    await ledger.close();
  }
}

const counts = ({ read }: GivenSet) => Object.fromEntries(TABLE_NAMES.map((table) => [table, read.rows[table].length]));

const asJson = (given: GivenSet, position: number): string =>
  JSON.stringify({ set: given.name, position, ...counts(given) });

function printed(given: GivenSet, position: number, language: Language): string {
  const { funds, units, accounts, policies, windows } = counts(given);
  return text(
    `已采用基础资料 ${given.name}：基金 ${funds}，核算单位 ${units}，科目 ${accounts}，参数 ${policies}，缴费期 ${windows}；日志位置 ${position}`,
    `the set is adopted: ${given.name}, ${funds} funds, ${units} units, ${accounts} accounts, ${policies} policies, ` +
      `${windows} collection windows; position ${position}`,
  )[language];
}
