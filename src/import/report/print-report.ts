import { type Language, show, type Text, text } from '../../errors.js';
import { visible } from '../../text/foreign-text.js';
import { findSentKind } from '../../catalogue/registry.js';
import { type LineError } from '../../text/unreadable-file.js';
import {
  type ControlLine,
  type ImportNote,
  type ImportOutcome,
  type ImportReport,
  type Total,
} from './import-report.js';

const OUTCOME: Readonly<Record<ImportOutcome, Text>> = {
  posted: text('已记账', 'posted'),
  checked: text('检查通过，未记账（试算）', 'checked, nothing posted (dry run)'),
  refused: text('有错误，未记账', 'refused, nothing posted'),
  'control-mismatch': text('控制合计不符，未记账', 'control totals differ, nothing posted'),
  incomplete: text(
    '部分记账：所列各行在过账时被拒绝，其余各行已记账；再次导入同一文件会再试这些行',
    'posted but for the lines named, which were refused by then; the same file again tries these once more',
  ),
};

/** True where the import did what was asked of it, and the file comes to what it was to come to. */
export const isDone = ({ outcome, rejected, lines, mismatches }: ImportReport): boolean =>
  mismatches.length === 0 && (outcome === 'posted' || (outcome === 'checked' && (rejected === 0 || rejected < lines)));

/** One error as a line, `feed.csv:12:amount amount-format expected …, got …`, with what the rule says. */
export function printError(file: string, error: LineError, language: Language): string {
  const { line, field, code, expected, got, says } = error;
  const [should, but] = language === 'zh' ? ['应为', '实为'] : ['expected', 'got'];
  const came = language === 'zh' && got === show(undefined) ? '空' : got;
  const rule = says ? `${language === 'zh' ? '：' : ': '}${says[language]}` : '';
  return `${file}:${line}:${field} ${code} ${should} ${expected[language]}, ${but} ${came}${rule}`;
}

/** One note as a line: `feed.csv:2: 3 × thousands separators left out, e.g. "1,234.50" as "1234.50"`. */
export function printNote(
  file: string,
  { text: what, count, line, got, taken }: ImportNote,
  language: Language,
): string {
  const [example, as] = language === 'zh' ? ['如', '读作'] : ['e.g.', 'as'];
  const shown = got === '' ? '' : `${language === 'zh' ? '，' : ', '}${example} ${show(got)}`;
  const times = count === 1 ? '' : `${count} × `;
  return `${file}:${line}: ${times}${what[language]}${shown}${taken === '' ? '' : ` ${as} ${show(taken)}`}`;
}

/** What became of a file, for a terminal: errors, control totals, and where everything else stands. */
export function printReport(report: ImportReport, language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const { file, lines, posted, replayed, repeated, rejected, errors, errorCount, elapsedMs } = report;
  const hidden = errorCount - errors.length;
  const rate = Math.round((lines / Math.max(elapsedMs, 1)) * 1000);
  const parts = [
    ...errors.map((error) => printError(file, error, language)),
    ...report.notes.map((note) => printNote(file, note, language)),
    hidden > 0 ? say(`… 另有 ${hidden} 处错误`, `… and ${hidden} more errors`) : '',
    hidden > 0 && report.errorsFile === undefined && !report.listsProblem
      ? say('（试算不写清单文件）', '(a dry run writes no list)')
      : '',
    ...report.mismatches.map((line) => printControl(report, line, language)),
    `${file}: ${OUTCOME[report.outcome][language]}  (${report.encoding.toUpperCase()}, ${report.format.toUpperCase()})`,
    ...totalLines(report, language),
    report.control && report.mismatches.length === 0
      ? say(`控制合计相符：${report.control.length} 项`, `control totals agree: ${report.control.length}`)
      : '',
    [
      say(`行数 ${lines}  记账 ${posted}`, `lines ${lines}  posted ${posted}`),
      say(`此前已入账 ${replayed}`, `replayed ${replayed}`),
      ...(repeated > 0 ? [say(`文件内重复 ${repeated}`, `repeated in the file ${repeated}`)] : []),
      say(`拒绝 ${rejected}`, `rejected ${rejected}`),
    ].join('  '),
    say(
      `日志位置 ${report.position}，用时 ${(elapsedMs / 1000).toFixed(1)} 秒，${rate} 行/秒`,
      `log position ${report.position}, ${(elapsedMs / 1000).toFixed(1)} s, ${rate} lines/s`,
    ),
    report.listsProblem ? report.listsProblem[language] : '',
    errorsPlace(report, language),
    report.rejectsFile ? say(`被拒绝的行：${report.rejectsFile}`, `rejected lines: ${report.rejectsFile}`) : '',
  ];
  return parts
    .filter((part) => part !== '')
    .map(visible)
    .join('\n');
}

/** Where the errors are listed, and how many of them where a list of all would be too long. */
function errorsPlace({ errorsFile, errorsListed, errorCount }: ImportReport, language: Language): string {
  if (errorsFile === undefined) return '';
  if (errorsListed === undefined) return language === 'zh' ? `全部错误：${errorsFile}` : `all errors: ${errorsFile}`;
  return language === 'zh'
    ? `错误共 ${errorCount} 处，列出前 ${errorsListed} 处：${errorsFile}`
    : `the first ${errorsListed} of ${errorCount} errors: ${errorsFile}`;
}

function totalLines(report: ImportReport, language: Language): string[] {
  const { totals } = report;
  const width = Math.max(0, ...totals.map(({ sum }) => sum.length));
  return totals.map((line) => {
    const { count, sum, added, stood } = line;
    const parts =
      stood.count === 0 || added.count === 0
        ? ''
        : language === 'zh'
          ? `（新记账 ${printTotal(added, 'zh')}，此前已入账 ${printTotal(stood, 'zh')}）`
          : `  (new ${printTotal(added, 'en')}, stood before ${printTotal(stood, 'en')})`;
    return `  ${String(count).padStart(9)}  ${sum.padStart(width)}  ${printNames(report, line, language)}${parts}`;
  });
}

/** A control total that differs: what was expected, what the file newly posts, what stood before, and what is left. */
function printControl(report: ImportReport, line: ControlLine, language: Language): string {
  const { expected, added, stood, difference } = line;
  const print = (total: Total): string => printTotal(total, language);
  const names = printNames(report, line, language);
  return language === 'zh'
    ? `控制合计 ${names}：应为 ${print(expected)}；新记账 ${print(added)}，此前已入账 ${print(stood)}；差额 ${print(difference)}`
    : `control ${names}: expected ${print(expected)}; new ${print(added)}, stood before ${print(stood)}; ` +
        `difference ${print(difference)}`;
}

const printTotal = ({ count, sum }: Total, language: Language): string =>
  language === 'zh' ? `${count} 行 ${sum}` : `${count} ${Math.abs(count) === 1 ? 'line' : 'lines'} ${sum}`;

const printNames = (
  { fundNames }: ImportReport,
  { kind, fund }: Pick<ControlLine, 'kind' | 'fund'>,
  language: Language,
): string => `${findSentKind(kind)?.name[language] ?? kind} · ${fundNames?.[fund]?.[language] ?? fund}`;
