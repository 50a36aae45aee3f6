import { type Command, Option } from 'commander';
import { checkParameters } from '../../projections/parameters.js';
import { type Answer, type Question, type Sheet } from '../../projections/question.js';
import { QUESTIONS } from '../../projections/registry.js';
import { text } from '../errors.js';
import { openForReading } from '../ledger.js';
import { type PrintUnit } from '../money.js';
import { renderCsv } from '../report/csv.js';
import { renderSheets } from '../report/render.js';
import { fieldsOf } from '../vouchers/fields.js';
import { both, type Globals, globalsOf } from './globals.js';
import { ledgerOptions } from './log-place.js';
import { toStandardOutput } from './terminal.js';

type Format = 'table' | 'csv' | 'json';

/** The options of printing, which are the same for every report; the others are the question's parameters. */
interface Printing {
  readonly format: Format;
  readonly unitOfMoney?: PrintUnit;
  readonly fen?: true;
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
  $ tongzhang report fund-balance --as-of 2025-05-31
  $ tongzhang report fund-balance --fund employee --unit 460100 --as-of 2025-05-31 --recorded-as-of 2025-06-15
  $ tongzhang report fund-balance --as-of 2025年5月31日 --recorded-as-of '2025-06-15 18:00'
  $ tongzhang report fund-balance --as-of 2025-05-31 --fen --unit-of-money wan
  $ tongzhang report provincial-consolidation --from 2025-01-01 --to 2025-05-31 --format csv > consolidation.csv`;

function addQuestion(report: Command, question: Question): void {
  const command = report.command(question.name).description(both(question.title));
  for (const { property, name } of fieldsOf(question.parameters))
    command.option(`--${kebab(property)} <${OPERAND[property] ?? 'value'}>`, both(name));
  command
    .addOption(
      new Option('--format <format>', both(text('输出格式', 'output')))
        .choices(['table', 'csv', 'json'])
        .default('table'),
    )
    .addOption(
      new Option(
        '--unit-of-money <unit>',
        both(text('金额单位：元、万元、亿元（默认按报表）', 'amounts in yuan, 10^4 or 10^8 yuan (default: by report)')),
      ).choices(['yuan', 'wan', 'yi']),
    )
    .option('--fen', both(text('在舍入后的金额下再印到分', 'beneath rounded amounts, the amounts to the fen')))
    .addHelpText('after', EXAMPLES)
    .action(async (options: Printing & Record<string, string>, self: Command) => {
      const { format, unitOfMoney, fen, ...parameters } = options;
      const globals = globalsOf(self);
      const answer = await ask(question, parameters, globals);
      toStandardOutput(print(answer, { format, ...(unitOfMoney && { unitOfMoney }), ...(fen && { fen }) }, globals));
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

async function ask(
  question: Question,
  parameters: Readonly<Record<string, string>>,
  { dataDir }: Globals,
): Promise<Answer> {
  const checked = checkParameters(question, parameters);
  const ledger = await openForReading(dataDir, Date.now, ledgerOptions({ dataDir }));
  try {
    return await question.ask(ledger, checked);
  } finally {
    await ledger.close();
  }
}

/** An answer as text: JSON for programs, CSV for spreadsheets, a table for people. */
function print({ position, body, sheets }: Answer, printing: Printing, { json, language }: Globals): string {
  const { format, unitOfMoney: unit, fen } = printing;
  if (json || format === 'json') return `${JSON.stringify({ position, ...body }, null, 2)}\n`;
  const render = format === 'csv' ? renderCsv : renderSheets;
  return render(withPosition(sheets, position, body['recordedAsOf']), { language, unit, fen });
}

/** Every answer says which position of the log it shows, and of which moment that is; printed, it is the last line. */
function withPosition(sheets: readonly Sheet[], position: number, recordedAsOf: unknown): Sheet[] {
  const isOther = typeof recordedAsOf === 'string' && recordedAsOf !== String(position);
  const [zh, en] = isOther ? [`（入账截止 ${recordedAsOf}）`, `, as recorded by ${recordedAsOf}`] : ['', ''];
  const shows = text(`显示至日志位置 ${position}${zh}。`, `Shows the log up to position ${position}${en}.`);
  return sheets.map((sheet, index) =>
    index === sheets.length - 1 ? { ...sheet, notes: [...(sheet.notes ?? []), shows] } : sheet,
  );
}
