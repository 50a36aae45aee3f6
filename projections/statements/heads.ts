import { type Fund } from '../../src/reference/adopted.js';
import { type Text, text } from '../../src/errors.js';
import { type Scope } from './scope.js';

/** What stands over a statement: insurance, and the number of the form where it has one; unit, and date or month. */
export function headOf(fund: Fund, form: string | undefined, { name }: Scope, when: Text): Text[] {
  const number = form === undefined ? '' : `  ${form}`;
  return [
    text(
      `险种和制度：${fund.name.zh.replace(/基金$/, '')}${number}`,
      `Insurance: ${fund.name.en.replace(/ fund$/i, '')}${number}`,
    ),
    text(`编制单位：${name.zh}  ${when.zh}`, `Unit: ${name.en}  ${when.en}`),
  ];
}

/** `2025年5月31日`. */
export const dayName = (day: string): Text => text(`${monthName(day).zh}${number(day.slice(8))}日`, day);

/** `2025年5月`. */
export const monthName = (day: string): Text =>
  text(`${day.slice(0, 4)}年${number(day.slice(5, 7))}月`, day.slice(0, 7));

const number = (digits: string): string => digits.replace(/^0/, '');
