import { hash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command } from 'commander';
import { ask } from '../../projections/asking/ask.js';
import { closingChecklistQuestion } from '../../projections/closing-checklist/query.js';
import { checkParameters } from '../../projections/asking/parameters.js';
import { textColumn } from '../../projections/fund-balance/sheets.js';
import { type Sheet } from '../../projections/asking/question.js';
import { closeBooks, type ClosingReport, reopenBooks } from '../closing/close-books.js';
import { checklistThere, sendBooks } from '../closing/send-books.js';
import { type ErrorDetail, LedgerError, show, type Text, text } from '../errors.js';
import { openLedger } from '../ledger.js';
import { openForReading } from '../reading.js';
import { renderSheets } from '../report/render.js';
import { both, EXIT, type Globals, globalsOf } from './globals.js';
import { ledgerOptions } from './log-place.js';
import { progressBar } from './progress-bar.js';
import { printReport } from './report.js';
import { toStandardOutput } from './terminal.js';

interface BooksOptions {
  readonly fund?: string;
  readonly unit?: string;
  readonly below?: true;
  readonly allOrNothing?: true;
  readonly maker?: string;
  readonly reviewer?: string;
  readonly evidence?: string;
  readonly note?: string;
  readonly url?: string;
}

interface CloseOptions extends BooksOptions {
  readonly check?: true;
  readonly year?: true;
  readonly approval?: string;
}

interface ReopenOptions extends BooksOptions {
  readonly reason?: string;
}

/** `tongzhang close PERIOD`: a month, or a year with its December, in one book or in many. */
export function addCloseCommand(program: Command): void {
  withBooks(program.command('close'))
    .description(
      both(text('结账：一本账簿、一个单位、一个基金或全省', 'close a period: one book, a unit, a fund, all')),
    )
    .option('--check', both(text('只检查，不结账', 'the checklist only; nothing is closed')))
    .option('--year', both(text('连同年结，期间为 12 月', 'the year with it; the period is a December')))
    .option('--approval <number>', both(text('批准文号', 'approval')))
    .addHelpText('after', CLOSE_HELP)
    .action(async (period: string, options: CloseOptions, command: Command) => {
      const globals = globalsOf(command);
      if (options.check) return check(period, options, globals);
      const { year, approval } = options;
      const more = { ...(year && { year: 'yes' }), ...(approval !== undefined && { approval }) };
      await run({ act: closeBooks, route: 'period-closes', titles: CLOSED }, period, options, more, globals);
    });
}

/** `tongzhang reopen PERIOD`: the period that was closed last is open again. */
export function addReopenCommand(program: Command): void {
  withBooks(program.command('reopen'))
    .description(both(text('反结账：最后结账的期间', 'open the period that was closed last again')))
    .option('--reason <text>', both(text('反结账事由', 'why it is opened again')))
    .addHelpText('after', REOPEN_HELP)
    .action(async (period: string, options: ReopenOptions, command: Command) => {
      const { reason } = options;
      demandOptions({ reason });
      await run(
        { act: reopenBooks, route: 'period-reopenings', titles: REOPENED },
        period,
        options,
        { reason },
        globalsOf(command),
      );
    });
}

const withBooks = (command: Command): Command =>
  command
    .argument('<period>', both(text('会计期间，如 2025-05', 'the period, e.g. 2025-05')))
    .option('--fund <fund>', both(text('只某一基金', 'of one fund')))
    .option('--unit <code>', both(text('只某一单位', 'of one unit')))
    .option('--below', both(text('连同其下级单位', 'and of the units below it')))
    .option('--all-or-nothing', both(text('有一本不能办则一本也不办', 'nothing is done where one book cannot')))
    .option('--maker <who>', both(text('经办', 'who made it')))
    .option('--reviewer <who>', both(text('复核', 'who reviewed it')))
    .option(
      '--evidence <file>',
      both(text('原始凭证文件，默认以检查结果为凭', 'the document it rests on; the checklist without it')),
    )
    .option('--note <text>', both(text('摘要', 'note')))
    .option('--url <url>', both(text('由运行中的服务办理', 'let a running service do it')));

const CLOSE_HELP = `
每本账簿各自决定：不能结账的列出原因与处理，其余照结；已结的不再结。中断后重新执行即从断处继续。--check 列出各账簿的
检查结果，有不能结账者退出码为 1；详见 docs/closing.md。
Each book decides by itself: those that cannot be closed are named with why and the way out, and the others are closed;
what is closed is left as it is, so a call that was cut off goes on when it is made again. --check prints the checklist,
exit code 1 where a book cannot be closed. See docs/closing.md.

示例  Examples:
  $ npx tongzhang --data data/closing close 2025-05 --check
  $ npx tongzhang --data data/closing close 2025-05 --maker E-0001 --reviewer E-0002
  $ npx tongzhang close 2025-12 --year --fund employee …`;

const REOPEN_HELP = `
只有各账簿最后结账的期间可以反结账，已年结的不可以；记为一张红字凭证，见 docs/closing.md。
Only what a book has closed last is opened again, and never across a closed year; a voucher in red says so. See
docs/closing.md.

示例  Examples:
  $ npx tongzhang --data data/closing reopen 2025-05 --reason 漏记 --maker E-0001 --reviewer E-0002`;

/** Prints what stands between each book and its close. */
async function check(period: string, { fund, unit, below, year }: CloseOptions, globals: Globals): Promise<void> {
  const parameters = {
    period: year ? period.slice(0, 4) : period,
    ...(fund !== undefined && { fund }),
    ...(unit !== undefined && { unit }),
    ...(below && { scope: 'below' }),
  };
  const answer = await printReport(closingChecklistQuestion, parameters, {}, globals);
  const books = answer!.body['books'] as readonly { readonly state: string }[];
  process.exitCode = books.some(({ state }) => state === 'stopped') ? EXIT.checkFailed : EXIT.done;
}

interface Doing {
  readonly act: typeof closeBooks;
  readonly route: 'period-closes' | 'period-reopenings';
  readonly titles: Titles;
}

async function run(
  { act, route, titles }: Doing,
  period: string,
  options: BooksOptions,
  more: object,
  globals: Globals,
): Promise<void> {
  const { fund, unit, below, allOrNothing, maker, reviewer, evidence, note, url } = options;
  demandOptions({ maker, reviewer });
  const body = {
    period,
    ...(fund !== undefined && { fund }),
    ...(unit !== undefined && { unit }),
    ...(below && { scope: 'below' }),
    ...(allOrNothing && { allOrNothing: 'yes' }),
    evidence:
      evidence === undefined ? checklistAs(period, await checklistOf(period, url, globals)) : documentOf(evidence),
    maker,
    reviewer,
    ...(note !== undefined && { note }),
    ...more,
  };
  const key = randomUUID();
  const report =
    url === undefined
      ? await actHere(act, body, key, titles, globals)
      : await sendBooks({ service: url, language: globals.language }, route, body, key);
  toStandardOutput(globals.json ? `${JSON.stringify(report)}\n` : printed(report, titles, globals));
  process.exitCode = report.done ? EXIT.done : EXIT.checkFailed;
}

async function actHere(
  act: typeof closeBooks,
  body: object,
  key: string,
  { verb }: Titles,
  { dataDir }: Globals,
): Promise<ClosingReport> {
  const ledger = await openLedger(dataDir, Date.now, ledgerOptions({ dataDir }));
  let bar: ReturnType<typeof progressBar> | undefined;
  try {
    return await act(ledger, body, key, (done, total) => (bar ??= progressBar(verb, total)).update(done));
  } finally {
    bar?.stop();
    await ledger.close();
  }
}

/** What the checklist of the period says now. */
async function checklistOf(period: string, url: string | undefined, { dataDir, language }: Globals): Promise<unknown> {
  if (url !== undefined) return checklistThere({ service: url, language }, period);
  const reading = await openForReading(dataDir, Date.now, ledgerOptions({ dataDir }));
  try {
    const parameters = checkParameters(closingChecklistQuestion, { period }, reading.reference);
    const { position, body } = await ask(closingChecklistQuestion, reading, parameters);
    return { position, ...body };
  } finally {
    await reading.close();
  }
}

/** What a close rests on where no document is named: what was looked at before it. */
const checklistAs = (period: string, checklist: unknown): object => ({
  kind: 'closing',
  number: `JZ-${period}`,
  sha256: hash('sha256', JSON.stringify(checklist), 'hex'),
});

/** A document by its name and its digest. */
const documentOf = (path: string): object => ({
  kind: 'closing',
  number: basename(path),
  sha256: hash('sha256', readFileSync(path), 'hex'),
});

/** @throws LedgerError invalid, naming each option that is missing */
function demandOptions(options: Readonly<Record<string, string | undefined>>): void {
  const missing = Object.entries(options).flatMap(([name, value]): ErrorDetail[] =>
    value === undefined
      ? [{ pointer: `--${name}`, code: 'required', expected: text('须给出', 'a value'), got: show(value) }]
      : [],
  );
  if (missing.length === 0) return;
  throw new LedgerError('invalid', 'option', text('缺少选项', 'options are missing'), missing);
}

/** What a report of books is called, and what it says of each. */
interface Titles {
  readonly verb: Text;
  readonly title: Text;
  readonly done: Text;
  readonly already: Text;
}

const CLOSED: Titles = {
  verb: text('结账', 'closing'),
  title: text('结账', 'Closing'),
  done: text('已结账', 'closed'),
  already: text('早已结账', 'closed before'),
};
const REOPENED: Titles = {
  verb: text('反结账', 'reopening'),
  title: text('反结账', 'Reopening'),
  done: text('已反结账', 'open again'),
  already: text('未曾结账', 'not closed'),
};
const REFUSED = text('未办', 'refused');

function printed(report: ClosingReport, { title, done, already }: Titles, { language }: Globals): string {
  const { period, closed, already: before, refused } = report;
  const sheet: Sheet = {
    name: 'books',
    title: text(`${title.zh} ${period}`, `${title.en} ${period}`),
    columns: [
      textColumn('基金', 'fund'),
      textColumn('核算单位', 'unit'),
      textColumn('结果', 'result'),
      textColumn('凭证', 'voucher'),
      textColumn('原因', 'reason'),
      textColumn('处理', 'way out'),
    ],
    rows: [
      ...closed.map(({ fund, unit, id }) => [fund, unit, done, id, null, null]),
      ...before.map(({ fund, unit }) => [fund, unit, already, null, null, null]),
      ...refused.map(({ fund, unit, detail, errors }) => [
        fund,
        unit,
        REFUSED,
        null,
        detail,
        errors[0]?.expected ?? null,
      ]),
    ],
    notes: [
      text(
        `${done.zh} ${closed.length} 本，${already.zh} ${before.length} 本，${REFUSED.zh} ${refused.length} 本`,
        `${done.en}: ${closed.length}; ${already.en}: ${before.length}; ${REFUSED.en}: ${refused.length}`,
      ),
    ],
  };
  return renderSheets([sheet], { language, unit: undefined, fen: undefined });
}
