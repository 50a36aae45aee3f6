import { type Chart } from '../../src/reference/chart.js';
import {
  type AccountKind,
  isBetweenLevels,
  isPending,
  isWithAbove,
  kindOf,
} from '../../src/reference/account-kinds.js';
import { parseLedgerLine } from '../../src/books/entries.js';
import { type Fen } from '../../src/money.js';
import { type Lines } from './lines.js';

/** Income, expenditure and what stands before and after them, in fen: closing = opening + income - expenditure. */
export interface Movement {
  readonly opening: Fen;
  readonly income: Fen;
  readonly expenditure: Fen;
  readonly closing: Fen;
}

/** One ledger line with its amount: of the interval for income and expenditure, else the balance on its good side. */
export interface Item {
  readonly line: string;
  readonly kind: AccountKind;
  readonly amount: Fen;
}

/** The statement of one book. `closing` is the sum of its four parts, and assets less liabilities. */
export interface Statement extends Movement {
  readonly pool: Fen;
  readonly personal: Fen;
  readonly risk: Fen;
  /** Income of which nobody knows yet what of it is the pool's 待转基金. */
  readonly pending: Fen;
  /** In the order of the chart of accounts. */
  readonly items: readonly Item[];
  /** What went to and came from other levels in the interval: nothing of the province as a whole. */
  readonly toOtherLevels: Fen;
  readonly fromOtherLevels: Fen;
  /** Sent to other levels less received from them, since the book began: before the interval and at its end. */
  readonly sentLessReceived: OnItsWay;
  /** The part of it that is between the unit and the one above it. */
  readonly sentAbove: OnItsWay;
}

/** What one has sent and the other not received, before the interval and at its end. */
export interface OnItsWay {
  readonly opening: Fen;
  readonly closing: Fen;
}

/** The key and the sort of a ledger line's account. */
function accountOf(line: string): { key: string; kind: AccountKind } {
  const key = parseLedgerLine(line).account;
  const kind = kindOf(key);
  if (!kind) throw new Error(`no family of accounts has ledger line ${line}`);
  return { key, kind };
}

/** Assets and expenditure grow on the debit side, the others on the credit side. */
const balanceOf = (kind: AccountKind, { debit, credit }: { debit: Fen; credit: Fen }): Fen =>
  kind === 'asset' || kind === 'expenditure' ? debit - credit : credit - debit;

const NOTHING = { debit: 0n, credit: 0n };

/** Draws up the statement of a book from its lines before the interval and at its end. Pure. */
export function drawUp(chart: Chart, before: Lines, atEnd: Lines): Statement {
  const total = { income: 0n, expenditure: 0n, toOtherLevels: 0n, fromOtherLevels: 0n };
  const parts = { pool: 0n, personal: 0n, risk: 0n, pending: 0n };
  const sentLessReceived = { opening: 0n, closing: 0n };
  const sentAbove = { opening: 0n, closing: 0n };
  const items: Item[] = [];
  for (const [line, turnover] of inChartOrder(chart, atEnd)) {
    const { key, kind } = accountOf(line);
    const closing = balanceOf(kind, turnover);
    if (kind === 'asset' || kind === 'liability' || kind === 'net') items.push({ line, kind, amount: closing });
    if (kind === 'net') parts[partOf(key, line)] += closing;
    if (kind !== 'income' && kind !== 'expenditure') continue;
    const opening = balanceOf(kind, before.get(line) ?? NOTHING);
    const sign = kind === 'income' ? 1n : -1n;
    parts[partOf(key, line)] += closing * sign;
    total[kind] += closing - opening;
    items.push({ line, kind, amount: closing - opening });
    if (!isBetweenLevels(key)) continue;
    total[kind === 'income' ? 'fromOtherLevels' : 'toOtherLevels'] += closing - opening;
    for (const onItsWay of isWithAbove(key) ? [sentLessReceived, sentAbove] : [sentLessReceived]) {
      onItsWay.opening -= opening * sign;
      onItsWay.closing -= closing * sign;
    }
  }
  const closing = parts.pool + parts.personal + parts.risk + parts.pending;
  const opening = closing - total.income + total.expenditure;
  return { ...total, ...parts, opening, closing, items, sentLessReceived, sentAbove };
}

export function partOf(account: string, line: string): 'pool' | 'personal' | 'risk' | 'pending' {
  if (account === 'net.risk') return 'risk';
  if (isPending(account)) return 'pending';
  return account === 'net.personal' || parseLedgerLine(line).share === 'personal' ? 'personal' : 'pool';
}

function inChartOrder(chart: Chart, lines: Lines): [string, { debit: Fen; credit: Fen }][] {
  const number = (line: string): string => `${chart.find(accountOf(line).key)?.number ?? ''} ${line}`;
  const numbered = [...lines].map((each) => [number(each[0]), each] as const);
  return numbered.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/**
 * A fund over all its books. `naive` adds the books up; `consolidated` leaves out what they paid each other. What one
 * has sent and the other not yet received has left one book and not reached the next: it is in transit, a part of the
 * consolidated balance that stands in no book.
 */
export interface Consolidation {
  readonly naive: Movement;
  readonly eliminated: { readonly income: Fen; readonly expenditure: Fen };
  readonly inTransit: { readonly opening: Fen; readonly closing: Fen };
  readonly consolidated: Movement;
}

/**
 * Adds the books of a fund up and eliminates what they paid each other. Pure.
 * @param opened what was on its way when the books opened, in fen: in transit from the first day on, and in no book
 */
export function consolidate(statements: readonly Statement[], opened: Fen = 0n): Consolidation {
  const sum = (of: (statement: Statement) => Fen): Fen =>
    statements.reduce((total, statement) => total + of(statement), 0n);
  const naive: Movement = {
    opening: sum(({ opening }) => opening),
    income: sum(({ income }) => income),
    expenditure: sum(({ expenditure }) => expenditure),
    closing: sum(({ closing }) => closing),
  };
  const eliminated = {
    income: sum(({ fromOtherLevels }) => fromOtherLevels),
    expenditure: sum(({ toOtherLevels }) => toOtherLevels),
  };
  const inTransit = {
    opening: opened + sum(({ sentLessReceived }) => sentLessReceived.opening),
    closing: opened + sum(({ sentLessReceived }) => sentLessReceived.closing),
  };
  const consolidated: Movement = {
    opening: naive.opening + inTransit.opening,
    income: naive.income - eliminated.income,
    expenditure: naive.expenditure - eliminated.expenditure,
    closing: naive.closing + inTransit.closing,
  };
  return { naive, eliminated, inTransit, consolidated };
}

/** Adds two consolidations up, e.g. the two funds of basic insurance. */
export function addConsolidations(parts: readonly Consolidation[]): Consolidation {
  const add = <K extends string>(keys: readonly K[], of: (part: Consolidation) => Readonly<Record<K, Fen>>) =>
    Object.fromEntries(keys.map((key) => [key, parts.reduce((sum, part) => sum + of(part)[key], 0n)])) as Record<
      K,
      Fen
    >;
  const MOVEMENT = ['opening', 'income', 'expenditure', 'closing'] as const;
  return {
    naive: add(MOVEMENT, ({ naive }) => naive),
    eliminated: add(['income', 'expenditure'], ({ eliminated }) => eliminated),
    inTransit: add(['opening', 'closing'], ({ inTransit }) => inTransit),
    consolidated: add(MOVEMENT, ({ consolidated }) => consolidated),
  };
}
