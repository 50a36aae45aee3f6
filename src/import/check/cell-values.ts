import { readDay } from '../../time/clock.js';
import { show, text, type Text } from '../../errors.js';
import { isBlank } from '../../text/foreign-text.js';
import { AMOUNT_PATTERN } from '../../money.js';
import { type LineError } from '../../text/unreadable-file.js';
import { type NoteList } from '../report/notes.js';

/**
 * What the cell of a CSV file means. People and spreadsheets write one value in many ways: what can mean one thing only
 * is taken for it, and the report says so; what can mean two is refused, with the cause. The command is the same
 * however it was written, so a file that comes again in another spelling has the same content.
 */

/** What sort of value a column holds. */
export type Spelling = 'amount' | 'count' | 'day' | 'period' | 'digest' | 'code' | 'text';

/** Where the cell stands, and where what is to be said of it goes. */
export interface CellPlace {
  readonly line: number;
  readonly notes: NoteList;
  readonly causes: LineError[];
}

/** Cells that are already what they mean: nearly every cell of nearly every file. */
const PLAIN: Readonly<Record<Exclude<Spelling, 'text' | 'count'>, RegExp>> = {
  amount: new RegExp(AMOUNT_PATTERN),
  day: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/,
  period: /^[0-9]{4}(?:-[0-9]{2})?$/,
  digest: /^[0-9a-f]{64}$/,
  code: /^[A-Za-z0-9._/:\u4e00-\u9fff（）、-]+$/,
};
const WHOLE_NUMBER = /^(?:0|[1-9][0-9]{0,14})$/;
/** The beginning of text that a spreadsheet may have made of something else. */
const ODD_TEXT = /^[=#0-9]/;

/** The value of a cell; undefined where it is empty. What has no one meaning stays as it is: the check refuses it. */
export function cellValue(
  cell: string,
  spelling: Spelling,
  field: string,
  place: CellPlace,
): string | number | undefined {
  if (cell === '') return undefined;
  if (spelling === 'count') {
    if (WHOLE_NUMBER.test(cell)) return Number.parseInt(cell, 10);
  } else if (spelling === 'text') {
    if (!ODD_TEXT.test(cell) && cell.trim().length === cell.length) return cell;
  } else if (PLAIN[spelling].test(cell)) return cell;
  return unusual(cell, spelling, field, place);
}

type NoteCode = keyof typeof NOTES;

/** A cell on its way to a value: what was done to it, and why it is refused. */
interface Reading {
  readonly done: NoteCode[];
  cause?: Cause | undefined;
}

interface Cause {
  readonly code: string;
  readonly expected: Text;
}

const cause = (code: string, zh: string, en: string): Cause => ({ code, expected: text(zh, en) });

/** Longer than this, no figure, day or code is written in any way: the check refuses it as it is. */
const MOST_READ = 2_000;

function unusual(cell: string, spelling: Spelling, field: string, place: CellPlace): string | number | undefined {
  const { line, notes, causes } = place;
  const reading: Reading = { done: [] };
  const trimmed = unwrapped(cell, reading);
  if (isBlank(trimmed)) {
    notes.add('blank-cells', BLANK_CELLS, line, '', '');
    return undefined;
  }
  const around = reading.done.length;
  const lost = spoiled(trimmed, spelling);
  const value = lost || trimmed.length > MOST_READ ? cell : READERS[spelling](trimmed, reading);
  const because = lost ?? reading.cause;
  if (because) {
    causes.push({ line, field, ...because, got: show(cell) });
    return cell;
  }
  // What could not be read any further stays as it is, for the check to refuse.
  if (value === trimmed) reading.done.length = around;
  for (const code of reading.done) notes.add(code, NOTES[code], line, cell, String(value));
  return value;
}

const BLANK_CELLS = text('只有空白的单元格，当作空', 'cell of blanks, taken as empty');
const NOTES = {
  'padded-cells': text('单元格首尾的空白，已去掉', 'blanks around a cell, left out'),
  'formula-text': text('写成 ="…" 的文本，取其内容', 'text written as ="…", taken without'),
  'full-width': text('全角数字、字母或标点，作半角', 'full-width characters, taken as usual ones'),
  'thousands-separators': text('金额或人数中的千位分隔，已去掉', 'thousands separators, left out'),
  'currency-signs': text('金额的货币符号或单位“元”，已去掉', 'currency signs or units of an amount, left out'),
  'decimal-places': text('小数位的另一写法', 'decimal places written otherwise'),
  days: text('日期的另一写法', 'day written otherwise'),
  periods: text('年月的另一写法', 'year or month written otherwise'),
  counts: text('数目的另一写法', 'count written otherwise'),
  'upper-case-digests': text('摘要的大写字母，作小写', 'SHA-256 in upper case, taken in lower case'),
};

/** The cell without blanks around it, and without what makes a spreadsheet keep it as text. */
function unwrapped(cell: string, { done }: Reading): string {
  const trimmed = cell.trim();
  if (trimmed.length !== cell.length) done.push('padded-cells');
  const inner = /^="((?:[^"]|"")*)"$/.exec(trimmed)?.[1];
  if (inner === undefined) return trimmed;
  done.push('formula-text');
  return inner.replaceAll('""', '"').trim();
}

const FAILED_FORMULA = /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|#{2,}$)/;
const SHORTENED = /^[+-]?[0-9](?:\.[0-9]+)?E\+[0-9]{1,3}$/i;
const EXPONENT = /^[+-]?[0-9]+(?:\.[0-9]+)?E[+-]?[0-9]{1,3}$/i;

/** What a spreadsheet has made of a value that was something else before: its digits are lost. */
function spoiled(cell: string, spelling: Spelling): Cause | undefined {
  if (FAILED_FORMULA.test(cell))
    return cause('spreadsheet-error', '值，而非表格软件的错误', 'a value, not the error of a spreadsheet');
  const isFigure = spelling === 'amount' || spelling === 'count';
  if (!(isFigure ? EXPONENT : SHORTENED).test(cell)) return undefined;
  return cause(
    'shortened-number',
    '完整的数字：表格软件已将其缩写，末位已失；请将该列设为文本后重新导出',
    'all digits: a spreadsheet has shortened the number and lost some; make the column text and export it again',
  );
}

/** Full-width digits, letters and marks as usual ones. */
function narrowed(cell: string, { done }: Reading): string {
  if (!/[！-～\u3000]/.test(cell)) return cell;
  const narrow = cell.replaceAll(/[！-～]/g, (wide) => String.fromCodePoint(wide.codePointAt(0)! - 0xfee0));
  done.push('full-width');
  return narrow.replaceAll('\u3000', ' ').trim();
}

const READERS: Readonly<Record<Spelling, (cell: string, reading: Reading) => string | number>> = {
  text: (cell) => cell,
  code: (cell, reading) => {
    const isAscii = /^[\x20-\x7e]*$/.test(narrowed(cell, { done: [] }));
    return isAscii ? narrowed(cell, reading) : cell;
  },
  digest: (cell, reading) => {
    const lower = narrowed(cell, reading).toLowerCase();
    if (!PLAIN.digest.test(lower)) return cell;
    reading.done.push('upper-case-digests');
    return lower;
  },
  amount: readAmount,
  count: readCount,
  day: readDate,
  period: readPeriod,
};

const CURRENCY = /^(?:[¥￥]|RMB|CNY|人民币)\s*|\s*(?:元整?|圆整?|RMB|CNY)$/gi;
const IN_THREES = /^[0-9]{1,3}(?:,[0-9]{3})+(?=\.|$)/;

function readAmount(cell: string, reading: Reading): string {
  const { done } = reading;
  const narrow = narrowed(cell, reading);
  const bare = narrow.replaceAll(CURRENCY, '');
  if (bare !== narrow) done.push('currency-signs');
  const whole = IN_THREES.exec(bare)?.[0];
  const joined = whole === undefined ? bare : whole.replaceAll(',', '') + bare.slice(whole.length);
  if (joined !== bare) done.push('thousands-separators');
  const amount = withUsualPlaces(joined);
  if (amount !== joined) done.push('decimal-places');
  if (PLAIN.amount.test(amount)) return amount;
  reading.cause = causeOfAmount(bare);
  return cell;
}

/** `1234.5000`, `.5` and `12.` as amounts are written; three places stay, for `1.234` may be a thousand elsewhere. */
function withUsualPlaces(amount: string): string {
  const [, digits, places] = /^([0-9]*)\.([0-9]*)$/.exec(amount) ?? [];
  if (digits === undefined || places === undefined || digits + places === '') return amount;
  if (places.length === 0 || digits === '') return `${digits || '0'}${places && `.${places}`}`;
  return /^[0-9]{2}0{2,}$/.test(places) ? `${digits}.${places.slice(0, 2)}` : amount;
}

function causeOfAmount(amount: string): Cause | undefined {
  const because = (zh: string, en: string): Cause => cause('amount-format', zh, en);
  if (/^[-−–—(]?\s*[0-9.,]+\s*[-)]?$/.test(amount) && /[-−–—()]/.test(amount))
    return because(
      '大于零的金额：更正用红字冲销（reversal），不用负数',
      'an amount above zero: what is wrong is reversed, never posted as a negative amount',
    );
  if (/万|亿/.test(amount)) return because('以元计的金额，如 15000.00', 'an amount in yuan such as 15000.00');
  if (/[$€£]|USD|HKD|EUR/i.test(amount)) return because('人民币金额', 'an amount in renminbi');
  if (/^[0-9]+\.[0-9]{3,}$/.test(amount))
    return because('至多两位小数（分）的金额', 'an amount with at most two places, to the fen');
  if (/^[0-9][0-9.,' ]*$/.test(amount) && /[,' ]|\..*\./.test(amount))
    return because(
      '如 1234.50 或 1,234.50 的金额：千位之外的逗号含义不明',
      'an amount such as 1234.50 or 1,234.50: marks between other digits have no one meaning',
    );
  return undefined;
}

function readCount(cell: string, reading: Reading): string | number {
  const narrow = narrowed(cell, reading);
  const whole = IN_THREES.exec(narrow)?.[0];
  const joined = whole === undefined ? narrow : whole.replaceAll(',', '') + narrow.slice(whole.length);
  if (joined !== narrow) reading.done.push('thousands-separators');
  const digits = /^0*([0-9]{1,15}?)(?:\.0+)?\s*(?:人次|[人笔户件例名个])?$/.exec(joined)?.[1];
  if (digits === undefined) return cell;
  if (digits !== joined) reading.done.push('counts');
  return Number.parseInt(digits, 10);
}

/** A time of day behind a day, without a zone: the day is the same. */
const TIME_OF_DAY = /[ T](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?$/;

function readDate(cell: string, reading: Reading): string {
  const narrow = narrowed(cell, reading);
  const day = readDay(narrow.replace(TIME_OF_DAY, ''));
  if (day === undefined) reading.cause = causeOfDay(narrow);
  else if (day !== narrow) reading.done.push('days');
  return day ?? cell;
}

function causeOfDay(cell: string): Cause | undefined {
  if (/^[0-9]{5}(?:\.[0-9]+)?$/.test(cell)) return DAY_NUMBER;
  if (/^[0-9]{1,2}([-/.])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})$|^[0-9]{2}年/.test(cell))
    return cause(
      'date',
      '以四位年份开头的日期，如 2026-05-01：此写法年月日的次序不明',
      'a day that begins with a year of four digits, e.g. 2026-05-01: the order of day, month and year is not clear',
    );
  return undefined;
}

const DAY_NUMBER = cause(
  'date',
  '日期，如 2026-05-01：此为表格软件的日期序号，请将该列设为日期格式后重新导出',
  "a date such as 2026-05-01: this is a spreadsheet's number of a day; make the column a date and export it again",
);

const PERIOD = /^([0-9]{4})(?:年|(?:[-/]([0-9]{1,2})|\.([0-9]{2}|[2-9])|年([0-9]{1,2})月份?|([0-9]{2})))$/;
/** A spreadsheet makes of a month its first day. */
const FIRST_OF_MONTH = /^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]0?1[日号]?$/;

function readPeriod(cell: string, reading: Reading): string {
  const narrow = narrowed(cell, reading);
  const day = narrow.replace(TIME_OF_DAY, '');
  const [, year, ...months] = PERIOD.exec(narrow) ?? FIRST_OF_MONTH.exec(day) ?? [];
  if (year === undefined) {
    reading.cause = causeOfPeriod(narrow);
    return cell;
  }
  const month = months.find((part) => part !== undefined);
  const period = month === undefined ? year : `${year}-${month.padStart(2, '0')}`;
  if (period !== narrow) reading.done.push('periods');
  return period;
}

function causeOfPeriod(cell: string): Cause | undefined {
  if (/^[0-9]{5}$/.test(cell)) return DAY_NUMBER;
  if (/^[A-Za-z]{3}-[0-9]{2}$|^[0-9]{2}-[A-Za-z]{3}$|^[0-9]{1,2}月-[0-9]{2}$|^[0-9]{4}\.1$/.test(cell))
    return cause(
      'cover-period',
      '年月，如 2026-05：此写法可有两种读法（表格软件所改），请将该列设为文本后重新导出',
      'a month such as 2026-05: this, made by a spreadsheet, can be read in two ways; make the column text',
    );
  return undefined;
}
