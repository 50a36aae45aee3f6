import { type Vocabulary } from '../text/codes.js';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { KEY_SCOPE } from '../books/key-scope.js';
import { LedgerError, text } from '../errors.js';
import { readControlFile } from '../import/report/control-file.js';
import { readEncoding } from '../import/read/encodings.js';
import { importOverHttp } from '../import/import-over-http.js';
import { type FileFormat, type ImportOptions, type ImportReport } from '../import/report/import-report.js';
import { type ListPlace, placeBeside } from '../import/report/place-lists.js';
import { isDone, printReport } from '../import/report/print-report.js';
import { runImport } from '../import/run-import.js';
import { openLedger, openUnbegun } from '../ledger.js';
import { both, EXIT, type Globals, globalsOf } from './globals.js';
import { showProgress, type ShownProgress } from './import-progress.js';
import { ledgerOptions } from './log-place.js';
import { toStandardOutput } from './terminal.js';

interface ImportCommandOptions {
  readonly dryRun?: true;
  readonly acceptGood?: true;
  readonly acceptDuplicates?: true;
  readonly control?: string;
  readonly format?: FileFormat;
  readonly encoding?: string;
  readonly out?: string;
  readonly url?: string;
}

const HELP = `
每行一笔业务：kind 列为业务种类，其余各列为该业务的字段（嵌套字段用点，如 payer.kind；列名可用中文，如 金额、
缴费人.缴费人类别）；key 列为该行自己的幂等键（默认：文件摘要与行号）。先检查全文件，有错则一行也不记账。
${KEY_SCOPE.zh}。
One line is one command: its kind in the column kind, its fields in the others (nested ones with a dot, e.g.
payer.kind; Chinese names too), its own key in the column key (default: the file's digest and the line number):
${KEY_SCOPE.en}.
The whole file is checked first; where a line is bad, none is posted.
基础资料的变更（unit-adoption 等）也可导入，行列为 row.code 等；须单独成文件，先于所依之业务导入。
Changes of reference data (unit-adoption and so on; row.code and so on) are imported too, in a file of their own, before
the commands that stand on them.

与已入账的凭证（或本文件前面的行）基金、单位、种类、对方、日期、金额、凭据（种类、号、摘要）都相同的行，视为疑似重复，拒绝并指明
那张凭证；确为两笔时用 --accept-duplicates。
A line that says the same as a voucher that stands, or as an earlier line of the file (fund, unit, kind, counterparty,
day, amount and evidence: kind, number, digest) is refused as a likely duplicate, naming it; where there really were
two, --accept-duplicates.

代码处可写账上的词：缴费、职工基本医疗保险基金、海口市、单位、财政专户存款；记入的仍是代码。
错误与拒绝的行列在文件旁（或 --out 目录）的 FEED.<摘要>.errors.csv 与 FEED.<摘要>.rejects.csv（.ndjson）；试算不写。
拒绝清单改正后可直接导入，reasons 列不读。
Codes may be said in the words that reports print for them: 缴费 or Contribution, 海口市 or Haikou; what is recorded is
the code. Errors and rejected lines are listed beside the file, or in --out, as FEED.<digest>.errors.csv and
FEED.<digest>.rejects.csv (.ndjson); a dry run writes none. The rejects, once corrected, are imported as they are.

--control 的文件为 JSON 数组 [{ "kind": "contribution", "fund": "employee", "count": 12, "sum": "1234.50" }]，或列为
kind,fund,count,sum 的 CSV；合计为金额列之和（期初余额为借方合计，冲销计 0），须列出文件中每一种类与基金，同一种类与
基金的多行相加。与之相比的是新记账的与此前已入账的各行，分别列出；文件内键与内容相同的行只计一次。
The control file is a JSON array [{ "kind", "fund", "count", "sum" }] or CSV with these columns. Sums are those of the
amount column (an opening balance: its debit side; a reversal: 0); every kind and fund of the file must be listed, and
several lines of one add up. They are compared with what is newly posted and what stood before, said apart; lines of
the file with the same key and content count once.

编码由全文判断（UTF-8、GB18030/GBK、UTF-16）；两种读法都通的文件须用 --encoding 说明。表格软件留下和改写的（分号、制表符、表头上的
标题、合计行、空行、千位逗号、￥、全角、2026/5/1 等）只有一种含义的照收，报告中逐项列出；含义不止一种的拒绝。见 docs/import-files.md。
The encoding is judged by the whole file (UTF-8, GB18030/GBK, UTF-16); one that reads well in two must be named by
--encoding. What spreadsheets leave and change (semicolons, tabs, titles, totals, blank lines, thousands separators,
currency signs, 2026/5/1) is taken where it can mean one thing, and listed in the report; else refused. See
docs/import-files.md.

示例  Examples:
  $ npx tongzhang import feed.csv
  $ npx tongzhang import feed.ndjson --dry-run
  $ npx tongzhang import feed.csv --accept-good --control feed.control.csv
  $ npx tongzhang import feed.csv --url http://127.0.0.1:3000`;

/** `tongzhang import FILE`: the way real feeds arrive. */
export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description(both(text('导入 CSV 或 NDJSON 文件', 'import a file of commands, CSV or NDJSON')))
    .argument('<file>', both(text('文件；- 为标准输入', 'file; - for standard input')))
    .option('--dry-run', both(text('只检查，不记账', 'check everything, post nothing')))
    .option('--accept-good', both(text('记账无误的行，其余写入拒绝清单', 'post the good lines, list the others')))
    .option(
      '--accept-duplicates',
      both(text('疑似重复的行照样记账，并记下疑点', 'post also what is likely recorded already, with a finding')),
    )
    .option('--out <dir>', both(text('错误与拒绝清单的目录', 'folder for the lists of errors and rejected lines')))
    .option('--control <file>', both(text('控制合计文件，不符则不记账', 'control totals that must match')))
    .addOption(
      new Option(
        '--format <format>',
        both(text('格式，默认按扩展名或首字符', 'format, default: by extension or first byte')),
      ).choices(['csv', 'ndjson']),
    )
    .option(
      '--encoding <encoding>',
      both(text('编码：utf-8、gb18030（gbk、gb2312），默认自动识别', 'encoding, default: recognised')),
    )
    .option('--url <url>', both(text('发送给运行中的服务', 'send the file to a running service')))
    .addHelpText('after', HELP)
    .action(async (file: string, options: ImportCommandOptions, command: Command) => {
      const globals = globalsOf(command);
      const report = await importFile(file, options, globals);
      const printed = globals.json ? JSON.stringify(report) : printReport(report, globals.language);
      toStandardOutput(`${printed}\n`);
      process.exitCode = isDone(report) ? EXIT.done : EXIT.checkFailed;
    });
}

async function importFile(file: string, options: ImportCommandOptions, globals: Globals): Promise<ImportReport> {
  const { control, url, out, encoding, ...others } = options;
  const source = sourceOf(file, out);
  const importOptions = {
    ...others,
    name: source.name,
    lists: source.lists,
    encoding: readEncoding(encoding, '--encoding'),
  };
  const progress = showProgress(globals.language);
  try {
    const following = { onProgress: progress.take, body: source.stream };
    if (url !== undefined)
      return await importOverHttp(url, file, { ...importOptions, ...controlIn(control, ANY_FUND) }, following);
    return await importHere(source, file, { ...importOptions, controlFile: control }, globals, progress);
  } finally {
    progress.end();
  }
}

/** What is imported: a file, or what flows in from a pipe, whose lists go to the working directory. */
interface Source {
  readonly name: string;
  readonly lists: ListPlace;
  readonly stream?: Readable;
}

function sourceOf(file: string, out: string | undefined): Source {
  const found = file === '-' ? undefined : statSync(file, { throwIfNoEntry: false });
  const isPipe = file === '-' || found?.isFIFO() === true || found?.isCharacterDevice() === true;
  if (!isPipe) return { name: file, lists: placeBeside(file, out) };
  const lists = { folder: out ?? '.', stem: 'stdin' };
  return { name: file, lists, stream: file === '-' ? process.stdin : createReadStream(file) };
}

/** The control totals of a file, where one is named. */
const controlIn = (path: string | undefined, funds: Vocabulary): Pick<ImportOptions, 'control'> =>
  path === undefined ? {} : { control: readControlFile(path, funds) };

/** Which funds there are the service knows that the file is sent to. */
const ANY_FUND: Vocabulary = {
  codes: [],
  has: () => true,
  codeOf: (word) => word.trim() || undefined,
  nameOf: (fund) => text(fund, fund),
};

async function importHere(
  { stream }: Source,
  file: string,
  { controlFile, ...others }: ImportOptions & { readonly controlFile: string | undefined },
  { dataDir }: Globals,
  progress: ShownProgress,
): Promise<ImportReport> {
  const open = others.dryRun ? openUnbegun : openLedger;
  const ledger = await open(dataDir, Date.now, ledgerOptions({ dataDir })).catch((error: unknown) => {
    throw error instanceof LedgerError && error.code === 'data-directory-in-use' ? withHint(error) : error;
  });
  try {
    const options = { ...others, ...controlIn(controlFile, ledger.reference.current.ever.fundsOrAll) };
    if (!stream) return await runImport(ledger, file, options, progress.take);
    const stored = await storeStream(stream, ledger.directory.paths.imports);
    return await runImport(ledger, stored, options, progress.take).finally(() => rm(stored, { force: true }));
  } finally {
    await ledger.close();
  }
}

/** What flows in is read twice: it is kept in a file until it is imported. One that a kill left behind goes now. */
async function storeStream(stream: Readable, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'stdin.part');
  try {
    await pipeline(stream, createWriteStream(path));
    return path;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Where a service holds the directory, the file can go to the service. */
const withHint = ({ kind, code, text: { zh, en } }: LedgerError): LedgerError =>
  new LedgerError(
    kind,
    code,
    text(
      `${zh}；若为服务，可用 --url http://127.0.0.1:3000`,
      `${en}; if it is a service, use --url http://127.0.0.1:3000`,
    ),
  );
