import { divideFen, type Fen, formatFen, multiplyFen } from '../../src/money.js';
import { type Text, text } from '../../src/errors.js';
import { lastDayOf } from '../../src/books/periods.js';
import { familyOf } from '../../src/reference/account-kinds.js';
import { daysBetween } from '../registers/ages.js';
import { type OpenItem } from '../registers/open-items.js';
import { BASIS_MONTHS, type Course } from './months.js';

/** How grave what an indicator says is, in the order in which a policy says what is to be done. */
export const LEVEL_CODES = ['red', 'orange', 'normal', 'information', 'excess'] as const;
export type Level = (typeof LEVEL_CODES)[number];

/** A stretch of figures that are judged alike; null where it has no bound. */
export interface Band {
  readonly level: Level;
  readonly from: string | null;
  readonly to: string | null;
}

/** The bands of a figure in ascending order: each of these levels up to its bound, the last without one. */
const bandsOf = (levels: readonly Level[], bounds: readonly string[]): Band[] =>
  levels.map((level, index) => ({ level, from: bounds[index - 1] ?? null, to: bounds[index] ?? null }));

/** One indicator of a book or a fund: its figure and what that comes from, or why there is none. */
export interface Indicator {
  readonly key: 'payable-months' | 'surplus' | 'assistance-balance' | 'open-items';
  /** `14.82`; null where it cannot be told. */
  readonly figure: string | null;
  /** The figures that it comes from, or the reason why it cannot be told. */
  readonly basis: Text;
  /** Undefined where no policy judges it, or there is no figure. */
  readonly level: Level | undefined;
  /** The business days of the vouchers behind the figure, first and last; undefined where there is no figure. */
  readonly span?: readonly [from: string, to: string] | undefined;
  /** What is to be done about it, by the policy. */
  readonly action?: string | undefined;
  /** By what the figure is judged; undefined where no policy says. */
  readonly bands?: readonly Band[] | undefined;
}

/** What the policies say; undefined where none is adopted: then the figure is not judged. */
export interface Bands {
  /** `3/6/9/15`: months below which it is red, orange and normal, and above which it is too much. */
  readonly payableMonths: string | undefined;
  /** The part of a year's income above which the balance of assistance is too much, e.g. `0.15`. */
  readonly assistanceBalance: string | undefined;
  /** What is to be done from red to too much, with `/` between them. */
  readonly actions: string | undefined;
  /** For how many days money may be advanced or held, e.g. `365`. */
  readonly openItemDays: string | undefined;
}

/**
 * Payable months 累计结余可支付月数: what the pool holds divided by what it spends in a month, over the last twelve
 * complete months or as many as there are. A surplus in the midst of a year is never made into one of a year.
 */
export function payableMonths(
  { pool, pending, months }: Course,
  { payableMonths: bands, actions }: Pick<Bands, 'payableMonths' | 'actions'>,
): Indicator {
  const key = 'payable-months';
  const judged = bands === undefined ? undefined : bandsOf(LEVEL_CODES, bands.split('/'));
  const none = (zh: string, en: string): Indicator => ({
    key,
    figure: null,
    basis: text(zh, en),
    level: undefined,
    bands: judged,
  });
  if (pending !== 0n)
    return none(
      `待转基金 ${formatFen(pending)} 元尚未区分统筹与个人账户，统筹结余未知`,
      `${formatFen(pending)} yuan wait for their share: what the pool holds is not known`,
    );
  if (months.length === 0) return none('尚无完整的月份', 'there is no complete month yet');
  const spent = months.reduce((sum: Fen, { poolExpenditure }) => sum + poolExpenditure, 0n);
  if (spent <= 0n) return none('各月统筹基金没有支出', 'the pool spent nothing in these months');
  const count = BigInt(months.length);
  const [first, last] = [months[0]!.month, months.at(-1)!.month];
  const figures = `${formatFen(pool)} ÷ (${formatFen(spent)} ÷ ${months.length})`;
  const short = months.length < BASIS_MONTHS;
  const level = bands === undefined ? undefined : bandOf(pool * count, spent, bands);
  return {
    key,
    figure: divideFen(pool * count, spent)!,
    basis: text(
      `${figures}，${first} 至 ${last}${short ? `，仅 ${months.length} 个月` : ''}`,
      `${figures}, ${first} to ${last}${short ? `, ${months.length} months only` : ''}`,
    ),
    level,
    span: spanOf(first, last),
    action: level && actions?.split('/')[LEVEL_CODES.indexOf(level)],
    bands: judged,
  };
}

/** From the first day of a month to the last of another. */
const spanOf = (first: string, last: string): readonly [string, string] => [`${first}-01`, lastDayOf(last)];

/** A band takes its lower bound in up to normal, and beyond that its upper one: below 3, 3 to 6, 6 to 9, above. */
function bandOf(balance: Fen, spent: Fen, bands: string): Level {
  const [red, orange, normal, excess] = bands.split('/').map((months) => spent * BigInt(months)) as [
    Fen,
    Fen,
    Fen,
    Fen,
  ];
  if (balance < red) return 'red';
  if (balance < orange) return 'orange';
  if (balance <= normal) return 'normal';
  return balance <= excess ? 'information' : 'excess';
}

/** A deficit of any size is a warning. */
const OF_SURPLUS = bandsOf(['orange', 'normal'], ['0']);

/** The surplus of the year so far, and for how many months on end more has gone than came. */
export function surplus({ months }: Course, year: string): Indicator {
  const ofYear = months.filter(({ month }) => month.startsWith(year));
  const key = 'surplus';
  if (ofYear.length === 0)
    return {
      key,
      figure: null,
      basis: text('本年尚无完整的月份', 'there is no complete month of the year yet'),
      level: undefined,
      bands: OF_SURPLUS,
    };
  const income = ofYear.reduce((sum: Fen, month) => sum + month.income, 0n);
  const expenditure = ofYear.reduce((sum: Fen, month) => sum + month.expenditure, 0n);
  const lastGood = months.findLastIndex((month) => month.income >= month.expenditure);
  const streak = months.length - 1 - lastGood;
  const figures = `${formatFen(income)} − ${formatFen(expenditure)}`;
  const [first, last] = [ofYear[0]!.month, ofYear.at(-1)!.month];
  return {
    key,
    figure: formatFen(income - expenditure),
    basis: text(
      `${figures}，${first} 至 ${last}，连续 ${streak} 个月收不抵支`,
      `${figures}, ${first} to ${last}, ${streak} ${streak === 1 ? 'month' : 'months'} of deficit on end`,
    ),
    level: income < expenditure ? 'orange' : 'normal',
    span: spanOf(first, last),
    bands: OF_SURPLUS,
  };
}

/**
 * What medical assistance holds as a part of what a year brought: as a rule 15 % at most (财社〔2013〕217号, 第十七条). It is
 * judged once the year is over.
 */
export function assistanceBalance(
  { balance, months }: Course,
  day: string,
  { assistanceBalance: most }: Pick<Bands, 'assistanceBalance'>,
): Indicator {
  const key = 'assistance-balance';
  const ofYear = months.filter(({ month }) => month.startsWith(day.slice(0, 4)));
  const income = ofYear.reduce((sum: Fen, month) => sum + month.income, 0n);
  const figures = `${formatFen(balance)} ÷ ${formatFen(income)}`;
  const bands = most === undefined ? undefined : bandsOf(['normal', 'excess'], [formatFen(multiplyFen(100_00n, most))]);
  if (income <= 0n)
    return { key, figure: null, basis: text('本年没有收入', 'the year has brought nothing'), level: undefined, bands };
  const isJudged = most !== undefined && day.endsWith('-12-31');
  return {
    key,
    figure: divideFen(balance * 100n, income)!,
    basis: text(`${figures}，本年收入的百分比`, `${figures}, a percentage of the year's income`),
    level: isJudged ? (balance > multiplyFen(income, most) ? 'excess' : 'normal') : undefined,
    span: [`${day.slice(0, 4)}-01-01`, day],
    bands,
  };
}

/**
 * What has been advanced or held for longer than the policy `open-item-days` allows; what is held of premiums waits for
 * its year and has no age.
 */
export function longOpen(
  items: readonly Pick<OpenItem, 'line' | 'parts'>[],
  day: string,
  { openItemDays: most }: Pick<Bands, 'openItemDays'>,
): Indicator {
  const key = 'open-items';
  if (most === undefined)
    return {
      key,
      figure: null,
      basis: text('没有采用参数 open-item-days', 'no policy open-item-days is adopted'),
      level: undefined,
    };
  const old = items
    .filter(({ line }) => AGEING.has(familyOf(line)) && !line.startsWith(ADVANCE_PREMIUMS))
    .flatMap(({ parts }) => parts.filter((part) => daysBetween(part.day, day) > Number.parseInt(most, 10)));
  const sum = old.reduce((total: Fen, { amount }) => total + amount, 0n);
  const first = old.map((part) => part.day).toSorted()[0];
  return {
    key,
    figure: formatFen(sum),
    basis: text(
      `${old.length} 笔超过 ${most} 天${first === undefined ? '' : `，最早 ${first}`}`,
      `${old.length} open for more than ${most} days${first === undefined ? '' : `, the oldest since ${first}`}`,
    ),
    level: sum === 0n ? 'normal' : 'orange',
    span: first === undefined ? undefined : [first, day],
    bands: OF_OPEN_ITEMS,
  };
}

/** Whatever has been open for too long is a warning. */
const OF_OPEN_ITEMS = bandsOf(['normal', 'orange'], ['0']);

const AGEING = new Set(['advances', 'suspense']);
const ADVANCE_PREMIUMS = 'suspense.advance-premiums';
