import { type Asking, type Export, type Question, type Sheet } from '../../projections/asking/question.js';
import { inFull } from '../../projections/asking/ask.js';
import { LedgerError, show, text } from '../errors.js';
import { fieldsOf } from '../kinds/fields.js';

/** An answer for files, and what was asked for: the parameters as they were checked. */
export interface Exported extends Export {
  readonly parameters: Readonly<Record<string, string>>;
}

/** Asks a question for files: all that was asked for, unless that is a page. */
export async function exportOf(question: Question, asking: Asking, parameters: object): Promise<Exported> {
  const exported = await inFull(asking, parameters, (question.export ?? question.ask)(asking, parameters));
  return { ...exported, parameters: parameters as Exported['parameters'] };
}

/**
 * The sheet of a name; without one the main sheet, which is the first.
 * @throws LedgerError invalid, where the answer has none of this name
 */
export function sheetNamed<S extends Pick<Sheet, 'name'>>(sheets: readonly S[], name: string | undefined): S {
  const found = name === undefined ? sheets[0] : sheets.find((sheet) => sheet.name === name);
  if (found) return found;
  const names = sheets.map((sheet) => sheet.name);
  throw new LedgerError('invalid', 'unknown-sheet', text('没有这张表', 'there is no such sheet'), [
    {
      pointer: 'sheet',
      code: 'unknown-sheet',
      expected: text(`${names.join('、')} 之一`, `one of ${names.join(', ')}`),
      got: show(name),
    },
  ]);
}

/** What the name of a file says in its own way. */
export const DAYS: ReadonlySet<string> = new Set(['from', 'to', 'asOf', 'recordedAsOf']);
/** Longest part of a file's name that somebody wrote. */
const MOST_CHARACTERS = 60;

/**
 * What the file of a sheet is called: the report, the sheet, what the question was limited to, and its days, e.g.
 * `fund-balance-books-employee-460100-from-2025-01-01-to-2025-05-31.csv`.
 */
export function fileNameOf(
  question: Question,
  { name }: Pick<Sheet, 'name'>,
  { parameters, body: { from, to, recordedAsOf } }: Pick<Exported, 'parameters' | 'body'>,
  extension: string,
): string {
  const limits = fieldsOf(question.parameters)
    .filter(({ property }) => !DAYS.has(property))
    .flatMap(({ property }) => parameters[property] ?? []);
  const days = Object.entries({ from, to, 'recorded-as-of': recordedAsOf }).flatMap(([word, day]) =>
    day === null ? [] : [word, day],
  );
  return `${[question.name, name, ...limits, ...days].map(inFileName).join('-')}.${extension}`;
}

/** A text as a part of a file's name, on any file system. */
const inFileName = (written: string): string => written.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, MOST_CHARACTERS);
