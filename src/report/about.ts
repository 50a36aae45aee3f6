import { type Question, type Sheet } from '../../projections/asking/question.js';
import { type Text, text } from '../errors.js';
import { fieldsOf } from '../kinds/fields.js';
import { type PrintUnit } from '../money.js';
import { DAYS, type Exported } from './export.js';
import { UNIT_NAME } from './lay-out.js';
import { type Said } from './xlsx.js';

/** Who had a sheet printed, and in what its amounts are; absent where that was not said. */
export interface PrintedFor {
  readonly unit: PrintUnit | undefined;
  readonly printedBy: string | undefined;
}

const NOT_SAID = text('未注明', 'not said');
const ALL = text('全部', 'all there is');

/** What a printed sheet shows: what of, in what, of which days, under which conditions, as of when, and for whom. */
export function aboutSheet(
  question: Question,
  sheet: Pick<Sheet, 'title' | 'unit'>,
  { parameters, position, body }: Exported,
  { unit = sheet.unit ?? 'yuan', printedBy }: PrintedFor,
): Said[] {
  const { from, to, recordedAsOf, recordedAsOfIsFinal } = body;
  const limits = fieldsOf(question.parameters)
    .filter(({ property }) => !DAYS.has(property) && parameters[property] !== undefined)
    .map(({ property, name }): Said => [name, plain(parameters[property]!)]);
  return [
    [text('报表', 'report'), question.title],
    [text('表', 'table'), sheet.title],
    [text('金额单位', 'amounts in'), UNIT_NAME[unit]],
    [text('起日', 'from'), from === null ? ALL : plain(from)],
    [text('截止日', 'to'), to === null ? ALL : plain(to)],
    ...limits,
    [text('入账截止', 'as recorded by'), recordedAsOf === null ? ALL : plain(recordedAsOf)],
    [text('日志位置', 'position of the log'), plain(String(position))],
    ...(recordedAsOfIsFinal === false ? [PROVISIONAL] : []),
    [text('打印人', 'printed by'), printedBy === undefined ? NOT_SAID : plain(printedBy)],
  ];
}

const PROVISIONAL: Said = [
  text('此时点尚未截止', 'provisional'),
  text('之后写入的凭证仍可能计入', 'what is written from now on may still count'),
];

const plain = (value: string): Text => text(value, value);
