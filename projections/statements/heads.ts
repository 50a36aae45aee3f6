import { type Fund } from '../../src/reference/adopted.js';
import { type Text, text } from '../../src/errors.js';
import { type Scope } from './scope.js';

/** What stands over a statutory statement: insurance and form, unit, date or month. */
export const headOf = (fund: Fund, form: string, { name }: Scope, when: Text): Text[] => [
  text(
    `险种和制度：${fund.name.zh.replace(/基金$/, '')}  ${form}`,
    `Insurance: ${fund.name.en.replace(/ fund$/i, '')}  ${form}`,
  ),
  text(`编制单位：${name.zh}  ${when.zh}`, `Unit: ${name.en}  ${when.en}`),
];

/** `2025年5月31日`. */
export const dayName = (day: string): Text => text(`${monthName(day).zh}${number(day.slice(8))}日`, day);

/** `2025年5月`. */
export const monthName = (day: string): Text =>
  text(`${day.slice(0, 4)}年${number(day.slice(5, 7))}月`, day.slice(0, 7));

const number = (digits: string): string => digits.replace(/^0/, '');
