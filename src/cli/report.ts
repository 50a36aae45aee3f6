import { type Command, Option } from 'commander';
import { ask } from '../../projections/asking/ask.js';
import { checkParameters } from '../../projections/asking/parameters.js';
import { type Answer, type Question } from '../../projections/asking/question.js';
import { QUESTIONS } from '../../projections/registry.js';
import { LedgerError, text } from '../errors.js';
import { openForReading } from '../reading.js';
import { type PrintUnit } from '../money.js';
import { exportOf, sheetNamed } from '../report/export.js';
import { hideColumns } from '../report/hidden-columns.js';
import { renderSheets } from '../report/render.js';
import { FILE_FORMATS, type FileFormat } from '../report/write-export.js';
import { fieldsOf } from '../kinds/fields.js';
import { both, type Globals, globalsOf } from './globals.js';
import { ledgerOptions } from './log-place.js';
import { exportToDirectory, exportToStandardOutput, shownText } from './report-export.js';
import { toStandardOutput } from './terminal.js';

type Format = 'table' | 'json' | FileFormat;

/** The options of printing, which are the same for every report; the others are the question's parameters. */
interface Printing {
  readonly format?: Format;
  readonly sheet?: string;
  readonly out?: string;
  readonly unitOfMoney?: PrintUnit;
  readonly hiddenColumns?: string;
  readonly fen?: true;
  readonly printedBy?: string;
}

/** `tongzhang report NAME`: one command for every question, its options made of the question's parameters. */
export function addReportCommand(program: Command): void {
  const report = program
    .command('report')
    .description(both(text('打印报表', 'print a report')))
    .addHelpText('after', EXAMPLES);
  for (const question of QUESTIONS) addQuestion(report, question);
}

const EXAMPLES = `
示例  Examples:
  $ npx tongzhang report fund-balance --as-of 2025-05-31
  $ npx tongzhang report fund-balance --fund employee --unit 460100 --as-of 2025-05-31 --recorded-as-of 2025-06-15
  $ npx tongzhang report fund-balance --as-of 2025年5月31日 --recorded-as-of '2025-06-15 18:00'
  $ npx tongzhang report fund-balance --as-of 2025-05-31 --fen --unit-of-money wan
  $ npx tongzhang report audit-trail --fund employee --unit 460100 --account treasury --from 2025-05-01 --to 2025-05-31
  $ npx tongzhang report audit-trail --format csv > vouchers.csv
  $ npx tongzhang report fund-balance --as-of 2025-05-31 --format csv --sheet books > books.csv
  $ npx tongzhang report fund-balance --format xlsx --printed-by E-0001 --out reports
  $ npx tongzhang report provincial-consolidation --from 2025-01-01 --to 2025-05-31 --out reports`;

const CSV = `
CSV：一文件一表，全部数据（给出 --limit 时为一页），金额为元；表下的说明、日志位置与其他表名写到标准错误。
CSV: one table a file, whole unless --limit asks for a page, amounts in yuan; notes, the position shown and the names of
other tables go to the standard error.
XLSX：如屏幕所见的一张表（数字格式、冻结表头、缩进），第二张表注明单位、期间、条件、入账截止与打印人。
XLSX: one table as on screen (number formats, frozen header, indents); a second sheet says unit, period, filters, the
moment it shows and who printed it.
`;

function addQuestion(report: Command, question: Question): void {
  const command = report.command(question.name).description(both(question.title));
  for (const { property, name } of fieldsOf(question.parameters))
    command.option(`--${kebab(property)} <${OPERAND[property] ?? 'value'}>`, both(name));
  command
    .addOption(
      new Option('--format <format>', both(text('输出格式，默认表格', 'output, default: a table'))).choices([
        'table',
        ...FILE_FORMATS,
        'json',
      ]),
    )
    .addOption(
      new Option(
        '--sheet <name>',
        both(
          text(
            `只要一张表（CSV、XLSX 默认第一张）：${question.sheets.join('、')}`,
            `one table only (CSV, XLSX: by default the first): ${question.sheets.join(', ')}`,
          ),
        ),
      ),
    )
    .option(
      '--out <dir>',
      both(text('每张表写成目录中的一个文件，默认 CSV', 'a file for every table, in a directory; CSV unless told')),
    )
    .addOption(
      new Option(
        '--unit-of-money <unit>',
        both(
          text(
            '金额单位：元、万元、亿元（默认按报表，CSV 为元）',
            'amounts in yuan, 10^4 or 10^8 yuan (default: by report, CSV in yuan)',
          ),
        ),
      ).choices(['yuan', 'wan', 'yi']),
    )
    .option(
      '--hidden-columns <list>',
      both(text('不列的栏：表名.栏号，逗号分隔', 'columns to leave out: sheet.number, from 1, by commas')),
    )
    .option('--printed-by <name>', both(text('XLSX 中注明的打印人', 'who printed it, as a workbook says')))
    .option('--fen', both(text('在舍入后的金额下再印到分', 'beneath rounded amounts, the amounts to the fen')))
    .addHelpText('after', EXAMPLES + CSV)
    .action(async (options: Printing & Record<string, string>, self: Command) => {
      const { format, sheet, out, unitOfMoney, hiddenColumns, fen, printedBy, ...parameters } = options;
      const printing = { format, sheet, out, unitOfMoney, hiddenColumns, fen, printedBy } as Printing;
      await printReport(question, parameters, printing, globalsOf(self));
    });
}

/** What stands for the value of an option in the help. */
const OPERAND: Readonly<Record<string, string>> = {
  fund: 'fund',
  unit: 'code',
  from: 'day',
  to: 'day',
  asOf: 'day',
  recordedAsOf: 'moment',
};

const kebab = (property: string): string => property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Prints a question's answer, as a table or as a file. Returns the answer where it was printed on screen. */
export async function printReport(
  question: Question,
  parameters: Readonly<Record<string, string>>,
  printing: Printing,
  globals: Globals,
): Promise<Answer | undefined> {
  const format = formatOf(printing, globals);
  const { dataDir } = globals;
  const ledger = await openForReading(dataDir, Date.now, ledgerOptions({ dataDir }));
  try {
    const checked = checkParameters(question, parameters, ledger.reference);
    if (format === 'csv' || format === 'xlsx') {
      const { sheet, out, unitOfMoney: unit, printedBy } = printing;
      const asked = await exportOf(question, ledger, checked);
      const exported = { ...asked, sheets: hideColumns(question, asked.sheets, printing.hiddenColumns) };
      const options = { question, exported, sheet, unit, language: globals.language, format, printedBy };
      await (out === undefined ? exportToStandardOutput(options) : exportToDirectory(options, out));
      return undefined;
    }
    const answer = await ask(question, ledger, checked);
    toStandardOutput(format === 'json' ? printJson(answer) : printTables(question, answer, printing, globals));
    return answer;
  } finally {
    await ledger.close();
  }
}

/**
 * The format asked for.
 * @throws LedgerError invalid, where an option would change nothing of what is printed in it
 */
function formatOf(printing: Printing, { json }: Globals): Format {
  const format = json ? 'json' : (printing.format ?? (printing.out === undefined ? 'table' : 'csv'));
  for (const [option, formats] of ONLY_IN) {
    if (printing[option] === undefined || formats.includes(format)) continue;
    const pointer = `--${kebab(option)}`;
    const names = formats.map((each) => `--format ${each}`);
    throw new LedgerError('invalid', 'option', text(`${pointer} 不适用`, `${pointer} does not apply`), [
      {
        pointer,
        code: 'option',
        expected: text(`只用于 ${names.join('、')}`, `only together with ${names.join(' or ')}`),
        got: `--format ${format}`,
      },
    ]);
  }
  return format;
}

/** In which formats an option says anything: amounts in JSON are always of yuan, those of a CSV file of one unit. */
const ONLY_IN: readonly (readonly [keyof Printing, readonly Format[]])[] = [
  ['sheet', ['table', ...FILE_FORMATS]],
  ['out', FILE_FORMATS],
  ['unitOfMoney', ['table', ...FILE_FORMATS]],
  ['hiddenColumns', ['table', ...FILE_FORMATS]],
  ['fen', ['table']],
  ['printedBy', ['xlsx']],
];

const printJson = ({ position, body }: Answer): string => `${JSON.stringify({ position, ...body }, null, 2)}\n`;

/** The tables for people, or the one asked for; the last line says which position of the log they show. */
function printTables(
  question: Question,
  answer: Answer,
  { sheet, unitOfMoney, hiddenColumns, fen }: Printing,
  { language }: Globals,
): string {
  const sheets = hideColumns(question, answer.sheets, hiddenColumns);
  const printed = sheet === undefined ? sheets : [sheetNamed(sheets, sheet)];
  const tables = renderSheets(printed, { language, unit: unitOfMoney, fen });
  return `${tables}${shownText(answer)[language]}\n`;
}
