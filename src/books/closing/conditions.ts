import { type LedgerError, refusal, text } from '../../errors.js';
import { type Fen, formatFen } from '../../money.js';
import { isPending } from '../../reference/account-kinds.js';
import { type BookState } from '../book-state.js';
import { periodOf, YEAR_CLOSE_KIND, yearOf } from '../periods.js';
import { namedParts } from '../register-lines.js';
import { by, PRACTICE, SIFAS } from '../sources.js';
import { balancesOn } from './carried.js';
import { orderObjection } from './order.js';

/*
 * What a close demands of its book. The decider refuses by the first of these, and the checklist lists them all: there
 * is no other list.
 */

/** What is to be closed: by which kind of close, on which day; the pool's part of what is pending, where adopted. */
export interface ClosingAsked {
  readonly kind: string;
  readonly businessDate: string;
  readonly poolShare: string | undefined;
}

/** The part of a book's state that its closing turns on. */
export type ClosingState = Pick<BookState, 'balances' | 'months' | 'days' | 'closings'>;

/** Something that a close demands, by its name, and what is against it in a book. */
export interface Condition {
  readonly name: 'order' | 'equation' | 'income-account' | 'advance-premiums' | 'pending-income';
  readonly objections: (book: ClosingState, asked: ClosingAsked) => LedgerError[];
}

/** All that a close demands, in the order in which it is refused. */
export const CONDITIONS: readonly Condition[] = [
  { name: 'order', objections: (book, asked) => [orderObjection(book, asked)].filter((each) => each !== undefined) },
  { name: 'equation', objections: unbalanced },
  { name: 'income-account', objections: incomeAccountHeld },
  { name: 'advance-premiums', objections: premiumsHeld },
  { name: 'pending-income', objections: pendingWithoutShare },
];

/** Assets are liabilities and net assets, income less expenditure among these: all lines together are nothing. */
function unbalanced(book: ClosingState, { businessDate }: ClosingAsked): LedgerError[] {
  let sum = 0n;
  for (const balance of balancesOn(book, periodOf(businessDate)).values()) sum += balance;
  if (sum === 0n) return [];
  return [
    refusal(
      '/businessDate',
      'unbalanced',
      by(
        SIFAS,
        text(
          `${businessDate} 资产与负债、净资产不相等，相差 ${formatFen(sum)}`,
          `on ${businessDate} assets are not liabilities and net assets: they differ by ${formatFen(sum)}`,
        ),
      ),
      text('相差为零：先运行 verify 找出所在', 'no difference: `verify` finds where it is'),
      formatFen(sum),
    ),
  ];
}

/** Money on the income account at the end of the period (SIFAS, 1002: as a rule nothing is left on it then). */
function incomeAccountHeld(book: ClosingState, { businessDate }: ClosingAsked): LedgerError[] {
  return [...balancesOn(book, periodOf(businessDate))].flatMap(([line, balance]) => {
    if (balance === 0n || !line.startsWith('income-account')) return [];
    return [
      refusal(
        '/businessDate',
        'income-account-not-empty',
        by(
          SIFAS,
          text(
            `收入户（1002）月末应无余额：${businessDate} 余额 ${formatFen(balance)}`,
            `the income account, 1002, is empty at a month's end: on ${businessDate} it holds ${formatFen(balance)}`,
          ),
        ),
        text(
          `收入户余额为零：先将 ${formatFen(balance)} 划转财政专户（income-sweep）`,
          `nothing on it: ${formatFen(balance)} moved to the fiscal account first (income-sweep)`,
        ),
        formatFen(balance),
      ),
    ];
  });
}

const HELD_PREMIUMS = 'suspense.advance-premiums';

/**
 * Premiums held in advance for a year whose January is over: they became income in that month, and on its last day
 * nothing of the year is held any more (收付实现制: recognised in January of the cover year). What an opening held is of
 * no year, and a year that was recognised out of it stands below nothing.
 */
function premiumsHeld({ days }: ClosingState, { businessDate: day }: ClosingAsked): LedgerError[] {
  return [...days.names].flatMap((line) => {
    const { account, name: coverYear } = namedParts(line) ?? {};
    const held = days.at(line, day);
    if (account !== HELD_PREMIUMS || coverYear! > yearOf(day) || held <= 0n) return [];
    return [
      refusal(
        '/businessDate',
        'premiums-not-recognised',
        by(
          PRACTICE,
          text(
            `${coverYear} 年度的预收保费应在该年一月确认：${day} 尚余 ${formatFen(held)}`,
            `premiums held for ${coverYear} become income in its January: on ${day} ${formatFen(held)} are left`,
          ),
        ),
        text(
          `${day} 余额为零：先确认 ${formatFen(held)}（contribution-recognition）`,
          `nothing held for it: ${formatFen(held)} recognised first (contribution-recognition)`,
        ),
        formatFen(held),
      ),
    ];
  });
}

/** Income that is pending at a year's end, where no part of the pool by experience is adopted (SIFAS, 4601, 4602). */
function pendingWithoutShare(book: ClosingState, { kind, businessDate, poolShare }: ClosingAsked): LedgerError[] {
  if (kind !== YEAR_CLOSE_KIND || poolShare !== undefined) return [];
  return pendingOn(book, businessDate).map(([line, amount]) =>
    refusal(
      '/businessDate',
      'no-such-policy',
      by(
        SIFAS,
        text(
          `待转收入 ${line} 年末尚有 ${formatFen(amount)}，而没有采用参数 pending-income-pool-share`,
          `${formatFen(amount)} are pending on ${line} at the year's end, and no pending-income-pool-share is adopted`,
        ),
      ),
      text(
        '采用该参数（统筹所占经验比例），或先以 pending-allocation 按实际份额分配',
        "that policy adopted (the pool's part by experience), or the income allocated first (pending-allocation)",
      ),
      formatFen(amount),
    ),
  );
}

/** What is pending on each line at the end of a period, in fen, in the order of the lines. */
export const pendingOn = (book: ClosingState, day: string): [line: string, amount: Fen][] =>
  [...balancesOn(book, periodOf(day))]
    .flatMap(([line, balance]): [string, Fen][] => (isPending(line) && balance !== 0n ? [[line, -balance]] : []))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
