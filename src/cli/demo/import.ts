import { type ImportReport } from '../../import/report/import-report.js';
import { printReport } from '../../import/report/print-report.js';
import { runImport } from '../../import/run-import.js';
import { type ImportOptions } from '../../import/report/import-report.js';
import { type Language, text, type Text } from '../../errors.js';
import { type Ledger } from '../../ledger.js';
import { showProgress } from '../import-progress.js';

/** How the demo speaks. */
export interface DemoVoice {
  readonly language: Language;
  readonly print: (message: Text) => void;
}

/** Imports a file of an example, with its progress, and says what came of it. */
export async function importExample(
  ledger: Ledger,
  path: string,
  options: ImportOptions,
  { language, print }: DemoVoice,
): Promise<ImportReport> {
  const progress = showProgress(language);
  const imported = await runImport(ledger, path, options, progress.take).finally(progress.end);
  print(importedText(imported));
  return imported;
}

/** What the import came to: in a sentence where it is posted, with all that is wrong where it is not. */
function importedText(report: ImportReport): Text {
  const { outcome, posted, replayed, elapsedMs } = report;
  const seconds = (elapsedMs / 1000).toFixed(1);
  if (outcome !== 'posted')
    return text(
      `${printReport(report, 'zh')}\n示例未导入；目录中若是另一版示例，请删除后再试。`,
      `${printReport(report, 'en')}\nThe example was not imported; if another version of it is there, delete that.`,
    );
  if (posted === 0)
    return text(
      `一张未重复记账：${replayed} 行此前均已入账，本次记账 0 张（${seconds} 秒）。`,
      `nothing was posted twice: all ${replayed} lines had been recorded before, 0 posted now (${seconds} s).`,
    );
  return text(
    `已记账 ${posted} 张，此前已入账 ${replayed} 行（${seconds} 秒）。`,
    `posted ${posted} vouchers, ${replayed} lines had been recorded before (${seconds} s).`,
  );
}
