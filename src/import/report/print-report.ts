import { type Language, show, type Text, text } from '../../errors.js';
import { findFund } from '../../books/funds.js';
import { findKind } from '../../vouchers/registry.js';
import { type ImportOutcome, type ImportReport, type LineError } from './import-report.js';

const OUTCOME: Readonly<Record<ImportOutcome, Text>> = {
  posted: text('已记账', 'posted'),
  checked: text('检查通过，未记账（试算）', 'checked, nothing posted (dry run)'),
  refused: text('有错误，未记账', 'refused, nothing posted'),
  'control-mismatch': text('控制合计不符，未记账', 'control totals differ, nothing posted'),
  interrupted: text(
    '记账中断：其间账簿有其他凭证，余下各行未记账',
    'interrupted: other writers changed a book meanwhile; what follows was not posted',
  ),
};

/** True where the import did what was asked of it. */
export const isDone = ({ outcome, rejected, lines }: ImportReport): boolean =>
  outcome === 'posted' || (outcome === 'checked' && (rejected === 0 || rejected < lines));

/** One error as a line: `feed.csv:12:amount amount-format expected …, got …`. */
export function printError(file: string, { line, field, code, expected, got }: LineError, language: Language): string {
  const [should, but] = language === 'zh' ? ['应为', '实为'] : ['expected', 'got'];
  const came = language === 'zh' && got === show(undefined) ? '空' : got;
  return `${file}:${line}:${field} ${code} ${should} ${expected[language]}, ${but} ${came}`;
}

/** What became of a file, for a terminal: errors, control totals, and where everything else stands. */
export function printReport(report: ImportReport, language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const { file, lines, posted, replayed, rejected, errors, errorCount, elapsedMs } = report;
  const hidden = errorCount - errors.length;
  const rate = Math.round((lines / Math.max(elapsedMs, 1)) * 1000);
  const parts = [
    ...errors.map((error) => printError(file, error, language)),
    hidden > 0 ? say(`… 另有 ${hidden} 处错误`, `… and ${hidden} more errors`) : '',
    ...report.mismatches.map(({ kind, fund, expected, got }) =>
      say(
        `控制合计 ${kind} ${fund} 应为 ${expected.count} 行 ${expected.sum}，实为 ${got.count} 行 ${got.sum}`,
        `control ${kind} ${fund} expected ${expected.count} lines ${expected.sum}, got ${got.count} lines ${got.sum}`,
      ),
    ),
    `${file}: ${OUTCOME[report.outcome][language]}  (${report.encoding.toUpperCase()}, ${report.format.toUpperCase()})`,
    ...totalLines(report, language),
    say(
      `行数 ${lines}  记账 ${posted}  此前已入账 ${replayed}  拒绝 ${rejected}`,
      `lines ${lines}  posted ${posted}  replayed ${replayed}  rejected ${rejected}`,
    ),
    say(
      `日志位置 ${report.position}，用时 ${(elapsedMs / 1000).toFixed(1)} 秒，${rate} 行/秒`,
      `log position ${report.position}, ${(elapsedMs / 1000).toFixed(1)} s, ${rate} lines/s`,
    ),
    report.errorsFile ? say(`全部错误：${report.errorsFile}`, `all errors: ${report.errorsFile}`) : '',
    report.rejectsFile ? say(`被拒绝的行：${report.rejectsFile}`, `rejected lines: ${report.rejectsFile}`) : '',
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function totalLines({ totals }: ImportReport, language: Language): string[] {
  const width = Math.max(0, ...totals.map(({ sum }) => sum.length));
  return totals.map(({ kind, fund, count, sum }) => {
    const names = `${findKind(kind)?.name[language] ?? kind} · ${findFund(fund)?.name[language] ?? fund}`;
    return `  ${String(count).padStart(9)}  ${sum.padStart(width)}  ${names}`;
  });
}
