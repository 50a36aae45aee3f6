import { hash } from 'node:crypto';
import { type LedgerError, refusal, type Text, text } from '../errors.js';
import { type Fen, formatFen, multiplyFen } from '../money.js';
import { incomeOf, isPending, kindOf } from '../reference/account-kinds.js';
import { lastDayOf, PERIOD_CLOSE_KIND, periodAfter, periodOf, YEAR_CLOSE_KIND, yearOf } from './periods.js';
import { type BookState, type Closed, type ClosingBalances } from './book-state.js';
import { credit, debit, effectOf, type Entry, ledgerLine, parseLedgerLine, type Share } from './entries.js';
import { type Prepared } from './prepared.js';
import { namedParts } from './register-lines.js';

/*
 * Closing 结账. A close is an event of its book: it carries what stands on income and expenditure at the end of a period
 * to the fund balance, by share, and keeps what every ledger line then holds. The month is closed, then the next one; a
 * year is closed behind its December, or with it, and what is closed by it is never opened again.
 */

/** What a close is beside its command. */
export interface Closing {
  readonly entries: readonly Entry[];
  readonly closing: ClosingBalances;
}

/** The hash that a close keeps of its balances. */
export const hashOf = (balances: readonly Entry[]): string => hash('sha256', JSON.stringify(balances), 'hex');

/** The first period of a book that is not closed; undefined for a book without a voucher. */
export function nextOpen({ closings, months }: Pick<BookState, 'closings' | 'months'>): string | undefined {
  const last = closings.at(-1);
  if (last) return periodAfter(periodOf(last.businessDate));
  let first: string | undefined;
  for (const period of months.keys()) if (first === undefined || period < first) first = period;
  return first;
}

/**
 * Whether anything may be dated on a day: not in a period that is closed.
 * @throws LedgerError refused, with the next open period
 */
export function demandOpenPeriod(book: BookState, businessDate: string): void {
  const last = book.closings.at(-1);
  if (!last || businessDate > last.businessDate) return;
  const [period, open] = [periodOf(businessDate), nextOpen(book)!];
  throw refusal(
    '/businessDate',
    'period-closed',
    text(`会计期间 ${period} 已结账`, `period ${period} is closed`),
    text(`未结账的期间，最早为 ${open}（${open}-01 起）`, `an open period, ${open} (from ${open}-01 on) or later`),
    businessDate,
  );
}

/**
 * What a close carries and leaves.
 * @throws LedgerError refused, where the book cannot be closed so
 */
export function decideClosing(book: BookState, { kind, command: { businessDate }, closes }: Prepared): Closing {
  const isYear = kind === YEAR_CLOSE_KIND;
  if (isYear) demandYearToClose(book, businessDate);
  else demandPeriodToClose(book, businessDate);
  const lines = balancesOn(book, periodOf(businessDate));
  const [refused] = [...objectionsTo(lines, periodOf(businessDate)), ...premiumsHeld(book, periodOf(businessDate))];
  if (refused) throw refused;
  const allocated = isYear ? allocate(lines, closes?.poolShare) : [];
  addTo(lines, allocated);
  const carried = carry(lines);
  addTo(lines, carried);
  const balances = balancesOf(lines);
  return {
    entries: [...allocated, ...carried],
    closing: { balances, sha256: hashOf(balances) },
  };
}

/** What every ledger line holds at the end of a period that is not in a closed year, in fen, debit positive. */
export function balancesOn({ balances, months }: Pick<BookState, 'balances' | 'months'>, period: string) {
  const lines = new Map(balances);
  for (const [later, moved] of months)
    if (later > period) for (const [line, effect] of moved) lines.set(line, lines.get(line)! - effect);
  return lines;
}

/** Why a period cannot be closed with these balances at its end: all there is against it. */
export function objectionsTo(lines: ReadonlyMap<string, Fen>, period: string): LedgerError[] {
  return [...lines].flatMap(([line, balance]) => {
    if (balance === 0n || !line.startsWith('income-account')) return [];
    return [
      refusal(
        '/businessDate',
        'income-account-not-empty',
        text(
          `收入户月末应无余额（财会〔2017〕28号，1002）：${lastDayOf(period)} 余额 ${formatFen(balance)}`,
          `the income account holds nothing at a month's end (SIFAS, 1002): on ${lastDayOf(period)} it holds ` +
            formatFen(balance),
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
 * nothing of the year is held any more (收付实现制: recognised in January of the cover year).
 */
function premiumsHeld({ days }: Pick<BookState, 'days'>, period: string): LedgerError[] {
  const day = lastDayOf(period);
  return [...days.names].flatMap((line) => {
    const { account, name: coverYear } = namedParts(line) ?? {};
    const held = days.at(line, day);
    if (account !== HELD_PREMIUMS || coverYear! > yearOf(period) || held === 0n) return [];
    return [
      refusal(
        '/businessDate',
        'premiums-not-recognised',
        text(
          `${coverYear} 年度的预收保费应在该年一月确认：${day} 尚余 ${formatFen(held)}`,
          `premiums held for ${coverYear} become income in January of that year: on ${day} ${formatFen(held)} are left`,
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

function demandPeriodToClose(book: BookState, businessDate: string): void {
  const period = periodOf(businessDate);
  if (businessDate !== lastDayOf(period))
    throw notThisOne(
      'not-the-end-of-a-period',
      text('结账日须为期间最后一日', 'a period is closed on its last day'),
      text(lastDayOf(period), lastDayOf(period)),
      businessDate,
    );
  const next = nextOpen(book);
  if (next === undefined)
    throw notThisOne(
      'nothing-to-close',
      text('账簿尚无凭证', 'the book has no voucher yet'),
      text('有凭证的账簿', 'a book with a voucher'),
      period,
    );
  demandOpenPeriod(book, businessDate);
  if (period !== next)
    throw notThisOne(
      'earlier-period-open',
      text(`逐月结账：${next} 尚未结账`, `months are closed in their order: ${next} is open`),
      text(`先结 ${next}（${lastDayOf(next)}）`, `${next} closed first (${lastDayOf(next)})`),
      period,
    );
  const last = book.closings.at(-1);
  if (last?.kind === PERIOD_CLOSE_KIND && yearOf(last.businessDate) < yearOf(period))
    throw notThisOne(
      'earlier-year-open',
      text(`${yearOf(last.businessDate)} 年度尚未年结`, `the year ${yearOf(last.businessDate)} is not closed`),
      text(`先作 ${last.businessDate} 的年结`, `the close of the year on ${last.businessDate} first`),
      period,
    );
}

function demandYearToClose(book: BookState, businessDate: string): void {
  const year = yearOf(businessDate);
  const last = book.closings.at(-1);
  if (last?.kind === YEAR_CLOSE_KIND && last.businessDate >= businessDate)
    throw notThisOne(
      'year-closed',
      text(`${year} 年度已年结`, `the year ${year} is closed`),
      text('尚未年结的年度', 'a year that is not closed'),
      businessDate,
    );
  const isClosed = last?.businessDate === businessDate || nextOpen(book) === `${year}-12`;
  if (isClosed && businessDate === `${year}-12-31`) return;
  throw notThisOne(
    'months-open',
    text(`年结须在前 11 个月结账之后，日期为 ${year}-12-31`, `a year is closed behind its months, on ${year}-12-31`),
    text(
      `12 月之前各月已结账，业务日期 ${year}-12-31${last ? `；已结至 ${periodOf(last.businessDate)}` : ''}`,
      `every month before December closed, and the business date ${year}-12-31` +
        (last ? `; closed up to ${periodOf(last.businessDate)}` : ''),
    ),
    businessDate,
  );
}

/**
 * Whether a period may be opened again by taking its close back: the last one closed, on its own day, and not across
 * the close of a year.
 * @throws LedgerError refused
 */
export function demandReopenable(book: BookState, businessDate: string, id: string, close: Closed): void {
  const last = book.closings.at(-1);
  if (close.kind !== PERIOD_CLOSE_KIND)
    throw refusal(
      '/reverses',
      'not-a-period-close',
      text(`${id} 不是月结`, `${id} does not close a period`),
      text('最后一次月结的编号', 'the id of the last close of a period'),
      id,
    );
  if (last?.kind === YEAR_CLOSE_KIND)
    throw refusal(
      '/reverses',
      'year-closed',
      text(
        `${yearOf(last.businessDate)} 年度已年结，其期间不再反结账`,
        `the year ${yearOf(last.businessDate)} is closed, and none of its periods is opened again`,
      ),
      text('在未结账期间作蓝字更正（prior-year-correction）', 'a correction in blue in an open period'),
      id,
    );
  if (last?.revision !== close.revision)
    throw refusal(
      '/reverses',
      'not-the-last-closed',
      text('只能反结最后结账的期间', 'only the period closed last is opened again'),
      text(`${periodOf(last!.businessDate)} 先反结账`, `${periodOf(last!.businessDate)} opened first`),
      id,
    );
  if (businessDate !== close.businessDate)
    throw refusal(
      '/businessDate',
      'not-the-day-of-the-close',
      text('反结账记在所反月结的同一日', 'a period is opened again on the day of its close'),
      text(close.businessDate, close.businessDate),
      businessDate,
    );
}

const notThisOne = (code: string, says: Text, expected: Text, got: string): LedgerError =>
  refusal('/businessDate', code, says, expected, got);

/**
 * What was pending at the year's end becomes income by share (SIFAS, 4601 and 4602: by the experience of the past), and
 * is trued up between the details of 3001 once the shares are known.
 * @param poolShare the part of the pool, a policy
 * @throws LedgerError refused, where something is pending and no such part is adopted
 */
function allocate(lines: ReadonlyMap<string, Fen>, poolShare: string | undefined): Entry[] {
  return inOrder(lines).flatMap(([line, balance]) => {
    if (balance === 0n || !isPending(line)) return [];
    const amount = -balance;
    if (poolShare === undefined)
      throw refusal(
        '/businessDate',
        'no-such-policy',
        text(
          `待转收入 ${line} 年末尚有 ${formatFen(amount)}，而没有采用参数 pending-income-pool-share`,
          `${formatFen(amount)} are pending on ${line} at the year's end, and no pending-income-pool-share is adopted`,
        ),
        text(
          '采用该参数（统筹所占经验比例），或先以 pending-allocation 按实际份额分配',
          "that policy adopted (the pool's part by experience), or the income allocated first (pending-allocation)",
        ),
        formatFen(amount),
      );
    const pool = multiplyFen(amount, poolShare);
    const shares = [
      ['pool', pool],
      ['personal', amount - pool],
    ] as const;
    return [
      debit(line, amount),
      ...shares.flatMap(([share, part]) => (part === 0n ? [] : [credit(incomeOf(line), part, { share })])),
    ];
  });
}

/** Income and expenditure to the fund balance, by share: each line on the side that empties it. */
function carry(lines: ReadonlyMap<string, Fen>): Entry[] {
  const of = (kind: 'income' | 'expenditure'): Entry[] => {
    const grown = kind === 'income' ? -1n : 1n;
    const [empties, fills] = kind === 'income' ? [debit, credit] : [credit, debit];
    const totals: Record<Share, Fen> = { pool: 0n, personal: 0n };
    const emptied = inOrder(lines).flatMap(([line, balance]) => {
      const { account, ...where } = parseLedgerLine(line);
      if (balance === 0n || kindOf(account) !== kind || isPending(account)) return [];
      totals[where.share ?? 'pool'] += balance * grown;
      return [empties(account, balance * grown, where)];
    });
    const filled = Object.entries(totals).flatMap(([share, total]) =>
      total === 0n ? [] : [fills(`net.${share}`, total)],
    );
    return kind === 'income' ? [...emptied, ...filled] : [...filled, ...emptied];
  };
  return [...of('income'), ...of('expenditure')];
}

/** The balances of ledger lines as they are written: each on the side on which it grows, those at nothing left out. */
function balancesOf(lines: ReadonlyMap<string, Fen>): Entry[] {
  return inOrder(lines).flatMap(([line, balance]) => {
    const { account, ...where } = parseLedgerLine(line);
    const kind = kindOf(account);
    if (balance === 0n) return [];
    return [
      kind === 'asset' || kind === 'expenditure' ? debit(account, balance, where) : credit(account, -balance, where),
    ];
  });
}

const inOrder = (lines: ReadonlyMap<string, Fen>): [string, Fen][] =>
  [...lines].toSorted(([one], [other]) => (one < other ? -1 : 1));

function addTo(lines: Map<string, Fen>, entries: readonly Entry[]): void {
  for (const entry of entries) {
    const line = ledgerLine(entry);
    lines.set(line, (lines.get(line) ?? 0n) + effectOf(entry));
  }
}
