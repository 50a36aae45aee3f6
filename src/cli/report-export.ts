import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Export, type LongSheet, type Question, type Sheet } from '../../projections/asking/question.js';
import { type Language, LedgerError, type Text, text } from '../errors.js';
import { type PrintUnit } from '../money.js';
import { type Exported, fileNameOf, sheetNamed } from '../report/export.js';
import { type FileFormat, writeExport } from '../report/write-export.js';
import { isReadOnTerminal, pourToStandardOutput, toStandardError, toStandardOutput } from './terminal.js';
import { orUnwritable, pouredWhole } from './whole-file.js';

/** An answer to be written to files, and how. */
export interface Exporting {
  readonly question: Question;
  readonly exported: Exported;
  /** The only sheet wanted; absent: the main one, or in a directory all of them. */
  readonly sheet: string | undefined;
  readonly unit: PrintUnit | undefined;
  readonly language: Language;
  readonly format: FileFormat;
  /** Who has it printed, as a workbook says; absent: nobody was named. */
  readonly printedBy: string | undefined;
}

/**
 * Every answer says which position of the log it shows, of which moment that is, and whether that may still change.
 */
export function shownText({ position, body }: Pick<Export, 'position' | 'body'>): Text {
  const { recordedAsOf, recordedAsOfIsFinal } = body;
  const isOther = recordedAsOf !== null && recordedAsOf !== String(position);
  const [zh, en] = isOther ? [`（入账截止 ${recordedAsOf}）`, `, as recorded by ${recordedAsOf}`] : ['', ''];
  const open = recordedAsOfIsFinal === false ? PROVISIONAL : text('', '');
  return text(
    `显示至日志位置 ${position}${zh}。${open.zh}`,
    `Shows the log up to position ${position}${en}.${open.en}`,
  );
}

const PROVISIONAL = text(
  '此时点尚未截止：之后写入的凭证仍可能计入。',
  ' Provisional: what is written from now on may still count as recorded by then.',
);

/**
 * One sheet on the standard output; what is no part of the table goes to the standard error.
 * @throws LedgerError invalid, where a workbook would be written on a terminal
 */
export async function exportToStandardOutput(exporting: Exporting): Promise<void> {
  const { question, exported, sheet: name, format, language } = exporting;
  if (format === 'xlsx' && isReadOnTerminal()) throw notForTerminals();
  const { sheets } = exported;
  const sheet = sheetNamed(sheets, name);
  if (!(await pourToStandardOutput(writeExport(question, exported, sheet, exporting)))) return;
  const others = sheets.filter((each) => each !== sheet).map((each) => each.name);
  tell(language, [...(sheet.notes ?? []), ...(others.length > 0 ? [othersText(others)] : []), shownText(exported)]);
}

const notForTerminals = (): LedgerError =>
  new LedgerError('invalid', 'option', text('终端不能显示 XLSX', 'a terminal cannot show a workbook'), [
    {
      pointer: '--format',
      code: 'option',
      expected: text('--out 目录，或重定向到文件', '--out DIR, or the output redirected to a file'),
      got: '--format xlsx',
    },
  ]);

/** Every sheet, or the one asked for, in a file of its own; a file has its name only once it is whole. */
export async function exportToDirectory(exporting: Exporting, directory: string): Promise<void> {
  const { question, exported, sheet: name, format, language } = exporting;
  const { sheets } = exported;
  const wanted: readonly (Sheet | LongSheet)[] = name === undefined ? sheets : [sheetNamed(sheets, name)];
  await orUnwritable(directory, () => mkdirSync(directory, { recursive: true }));
  for (const sheet of wanted) {
    const path = join(directory, fileNameOf(question, sheet, exported, format));
    await orUnwritable(path, () => pouredWhole(path, writeExport(question, exported, sheet, exporting)));
    toStandardOutput(`${path}\n`);
    tell(language, sheet.notes ?? []);
  }
  tell(language, [shownText(exported)]);
}

const tell = (language: Language, said: readonly Text[]): void => {
  for (const line of said) toStandardError(`${line[language]}\n`);
};

const othersText = (names: readonly string[]): Text =>
  text(
    `另有 ${names.length} 张表：${names.join('、')}（--sheet 指定一张，--out 目录 写出全部）。`,
    `${names.length} more tables: ${names.join(', ')} (--sheet for one of them, --out DIR for all).`,
  );
