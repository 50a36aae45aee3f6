import { isBetweenLevels, kindOf } from '../../src/reference/account-kinds.js';
import { describe, expect, it } from '@jest/globals';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { feed } from '../../examples/hainan-2025/feed.js';
import { commandOf, type FeedLine } from '../../examples/hainan-2025/line.js';
import { LEAST_EVENTS } from '../../examples/hainan-2025/plan.js';
import { AS_OF, BASIC_TOTAL, FUND_LINES, RETURNED_TO_FUNDS } from '../../examples/hainan-2025/published.js';
import { DEFAULT_EVENTS, DEFAULT_SEED } from '../../examples/hainan-2025/generate.js';
import { decide } from '../../src/books/book.js';
import { evolve } from '../../src/books/evolve.js';
import { type BookState, emptyBook } from '../../src/books/book-state.js';
import { type Original } from '../../src/books/original.js';
import { effectOf, type Entry, parseLedgerLine } from '../../src/books/entries.js';
import { type Fen, formatFen, parseFen } from '../../src/money.js';
import { checkCommand } from '../../src/kinds/check.js';
import { prepare } from '../../src/kinds/prepare.js';
import { findKind } from '../../src/catalogue/registry.js';

/** One line as the ledger takes it. */
interface Taken {
  readonly line: FeedLine;
  readonly entries: readonly Entry[];
  readonly findings: readonly unknown[];
  readonly stream: string;
}

/** Posts every line to books in memory; a refusal throws with the line's number. */
function postAll(seed: string, events: number): { taken: Taken[]; books: Map<string, BookState> } {
  const books = new Map<string, BookState>();
  const originals = new Map<string, Original>();
  const taken: Taken[] = [];
  for (const line of feed(seed, events)) {
    const kind = findKind(line.kind)!;
    const prepared = prepare(kind, checkCommand(kind, commandOf(line), BEFORE_ADOPTION), BEFORE_ADOPTION);
    const { stream, findings = [], refersTo } = prepared;
    const book = books.get(stream) ?? emptyBook();
    books.set(stream, book);
    const original = refersTo && originals.get(refersTo.id);
    const fact = decide(book, prepared, { source: 'feed', line: taken.length + 1 }, '2025-06-17', original);
    evolve(book, fact);
    originals.set(`${stream}-${book.revision}`, { revision: book.revision, fact });
    taken.push({ line, entries: fact.entries ?? [], findings, stream });
  }
  return { taken, books };
}

/** Income, expenditure or net assets of a fund, from entries alone; flows between levels only where asked for. */
function sumOf(taken: readonly Taken[], fund: string, kind: string, levels = false): Fen {
  const entries = taken.filter(({ line }) => line.fund === fund).flatMap((each) => each.entries);
  return entries.reduce<Fen>((sum, entry) => {
    const counts = kindOf(entry.account) === kind && isBetweenLevels(entry.account) === levels;
    return counts ? sum + (kind === 'expenditure' ? effectOf(entry) : -effectOf(entry)) : sum;
  }, 0n);
}

const whole = postAll(DEFAULT_SEED, DEFAULT_EVENTS);
const byMay = whole.taken.filter(({ line }) => line.businessDate <= AS_OF);

describe('the feed of Hainan 2025', () => {
  it('is accepted line by line, with business days ascending in every book', () => {
    expect(whole.taken).toHaveLength(DEFAULT_EVENTS);
    const last = new Map<string, string>();
    const backwards = whole.taken.filter(({ line }) => {
      const book = `${line.fund}-${line.unit}`;
      const before = last.get(book) ?? '';
      last.set(book, line.businessDate);
      return line.businessDate < before;
    });
    expect(backwards).toEqual([]);
    expect(last.size).toBe(60);
  });

  it.each(FUND_LINES.map((line) => [line.fund, line] as const))(
    'comes to the published figures of %s',
    (fund, line) => {
      const opening = sumOf(byMay, fund, 'net');
      const income = sumOf(byMay, fund, 'income');
      const expenditure = sumOf(byMay, fund, 'expenditure');
      expect({ opening, income, expenditure, closing: opening + income - expenditure }).toEqual({
        opening: line.opening,
        income: line.income,
        expenditure: line.expenditure,
        closing: line.closing,
      });
    },
  );

  it('has one remittance in transit on 31 May, which the consolidated balance holds and no book does', () => {
    const sums = (kind: string): Map<string, FeedLine> =>
      new Map(byMay.filter(({ line }) => line.kind === kind).map(({ line }) => [line.fields['transferId']!, line]));
    const received = sums('remittance-received');
    const open = [...sums('remittance-up')].filter(([transferId]) => !received.has(transferId));
    expect(open.map(([transferId, { businessDate }]) => [transferId, businessDate])).toEqual([
      ['SJ-employee-2025-05-460200', '2025-05-30'],
    ]);
    const sentLessReceived = (fund: string): Fen =>
      sumOf(byMay, fund, 'expenditure', true) - sumOf(byMay, fund, 'income', true);
    expect(sentLessReceived('employee')).toBe(parseFen(open[0]![1].fields['amount']!));
    expect(sentLessReceived('resident')).toBe(0n);
    const arrival = whole.taken.find(
      ({ line }) => line.kind === 'remittance-received' && line.fields['transferId'] === open[0]![0],
    )!;
    expect(arrival.line.businessDate).toBe('2025-06-03');
    expect(sumOf(whole.taken, 'employee', 'expenditure', true)).toBe(sumOf(whole.taken, 'employee', 'income', true));
  });

  it('adds the two basic funds to the published total', () => {
    const [employee, resident] = FUND_LINES;
    const sum = (column: 'opening' | 'income' | 'expenditure' | 'closing') => employee![column] + resident![column];
    expect([sum('opening'), sum('income'), sum('expenditure'), sum('closing')]).toEqual([
      BASIC_TOTAL.opening,
      BASIC_TOTAL.income,
      BASIC_TOTAL.expenditure,
      BASIC_TOTAL.closing,
    ]);
  });

  it('fines outside every balance, and returns what was returned', () => {
    const fines = whole.taken.filter(({ line }) => line.kind === 'penalty');
    expect(fines).toHaveLength(15);
    expect(fines.flatMap(({ entries }) => entries)).toEqual([]);
    expect(total(fines)).toBe('16387000.00');
    expect(fines.filter(({ findings }) => findings.length > 0)).toHaveLength(1);
    const recoveries = whole.taken.filter(({ line }) => line.kind === 'recovery');
    const selfChecks = recoveries.filter(({ line }) => line.fields['channel'] === 'self-check');
    expect(total(selfChecks)).toBe('75762900.00');
    expect(total(recoveries)).toBe('131315600.00');
    expect(RETURNED_TO_FUNDS).toBe(parseFen('131315600.00'));
    const handled = new Set(recoveries.map(({ line }) => line.fields['caseId']!).filter((id) => id.includes('-C')));
    expect(handled.size).toBe(169);
    const days = recoveries.map(({ line }) => line.businessDate).toSorted();
    expect([days[0]! > '2025-01-01', days.at(-1)! > AS_OF, days.at(-1)! <= '2025-06-17']).toEqual([true, true, true]);
  });

  it('takes its corrections back in full: reversal and corrected voucher, nothing in the totals', () => {
    const reversals = whole.taken.filter(({ line }) => line.kind === 'reversal');
    expect(reversals.length).toBeGreaterThan(50);
    for (const { entries } of reversals)
      expect(entries.every(({ debit, credit }) => (debit ?? credit)!.startsWith('-'))).toBe(true);
  });

  it('leaves nothing in an income account at the end of a month', () => {
    const held = byMay.flatMap(({ line, entries }) =>
      entries.filter(({ account }) => account === 'income-account').map((entry) => ({ line, entry })),
    );
    expect(held.length).toBeGreaterThan(0);
    for (const month of ['2025-01', '2025-02', '2025-03', '2025-04', '2025-05'])
      expect(
        held
          .filter(({ line }) => line.businessDate.slice(0, 7) <= month)
          .reduce<Fen>((sum, { entry }) => sum + effectOf(entry), 0n),
      ).toBe(0n);
  });

  it('keeps the pool and the personal accounts of every employee book above zero', () => {
    for (const [stream, { balances }] of whole.books) {
      if (!stream.startsWith('book-employee')) continue;
      let personal = 0n;
      for (const [line, balance] of balances)
        if (parseLedgerLine(line).share === 'personal' || line === 'net.personal') personal -= balance;
      expect(personal > 0n).toBe(true);
    }
  });

  it('gives the same lines for the same seed, and others for another', () => {
    const few = (seed: string): FeedLine[] => [...feed(seed, LEAST_EVENTS)].slice(-500);
    expect(few('a')).toEqual(few('a'));
    expect(few('a')).not.toEqual(few('b'));
  });

  it.each([
    ['the least', LEAST_EVENTS, 'other'],
    ['a number that divides nothing', 31_337, 'other'],
  ])('is accepted, and comes to the same, at any size: %s', (_, events, seed) => {
    const { taken } = postAll(seed, events);
    expect(taken).toHaveLength(events);
    const may = taken.filter(({ line }) => line.businessDate <= AS_OF);
    for (const { fund, income, expenditure } of FUND_LINES)
      expect([sumOf(may, fund, 'income'), sumOf(may, fund, 'expenditure')]).toEqual([income, expenditure]);
  });
});

const total = (taken: readonly Taken[]): string =>
  formatFen(taken.reduce<Fen>((sum, { line }) => sum + parseFen(line.fields['amount']!), 0n));
