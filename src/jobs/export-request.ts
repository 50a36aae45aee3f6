import { checkParameters } from '../../projections/asking/parameters.js';
import { type Question } from '../../projections/asking/question.js';
import { QUESTIONS } from '../../projections/registry.js';
import { LedgerError, show, type Text, text } from '../errors.js';
import { type PrintUnit } from '../money.js';
import { type Reference } from '../reference/reference.js';
import { type FileWanted } from '../report/answer-file.js';
import { FILE_FORMATS } from '../report/write-export.js';

/** What an address asks to have written to a file. */
export interface ExportRequest extends Omit<FileWanted, 'language'> {
  readonly question: Question;
  readonly parameters: object;
}

/**
 * Reads the address of a file, as a client would ask for it at once.
 * @throws LedgerError invalid, where it asks for nothing that can be had as a file
 */
export function readExportRequest(request: string, reference: Reference): ExportRequest {
  const [path = '', query = ''] = request.split('?', 2);
  const question = QUESTIONS.find(({ route }) => path === `/v1/${route}`);
  if (!question) throw refused(ADDRESS, request);
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (values.has(name)) throw refused(text(`${name} 只写一次`, `${name} once`), request);
    values.set(name, value);
  }
  const own = (name: string): string | undefined => {
    const value = values.get(name);
    values.delete(name);
    return value;
  };
  const [named, sheet, unitOfMoney, printedBy, hiddenColumns] = OWN.map(own);
  const format = FILE_FORMATS.find((each) => each === named);
  if (!format) throw refused(FORMAT, request);
  if (printedBy !== undefined && format !== 'xlsx') throw refused(PRINTED_BY, request);
  const unit = unitOfMoney === undefined ? undefined : UNITS[unitOfMoney];
  if (unitOfMoney !== undefined && unit === undefined) throw refused(UNIT, request);
  const parameters = checkParameters(question, Object.fromEntries(values), reference);
  return { question, parameters, format, sheet, unit, printedBy, hiddenColumns };
}

/** What of the address says how the answer is written, not what is asked. */
const OWN = ['format', 'sheet', 'unitOfMoney', 'printedBy', 'hiddenColumns'];
const UNITS: Readonly<Record<string, PrintUnit | undefined>> = { yuan: 'yuan', wan: 'wan', yi: 'yi' };

const ADDRESS = text(
  '一个查询的地址，如 /v1/audit-trail?fund=employee&format=csv',
  'the address of a question, e.g. /v1/audit-trail?fund=employee&format=csv',
);
const FORMAT = text('format=csv 或 format=xlsx', 'format=csv or format=xlsx');
const PRINTED_BY = text('printedBy 只与 format=xlsx 一起使用', 'printedBy only together with format=xlsx');
const UNIT = text('unitOfMoney 为 yuan、wan 或 yi', 'unitOfMoney as yuan, wan or yi');

function refused(expected: Text, got: string): LedgerError {
  const message = text('request 不符合要求', 'request is not as it must be');
  return new LedgerError('invalid', 'export-request', message, [
    { pointer: '/request', code: 'export-request', expected, got: show(got) },
  ]);
}
