import { type Account, type Chart } from '../../src/reference/chart.js';
import { effectOf, type Entry, parseLedgerLine } from '../../src/books/entries.js';
import { dayBefore } from '../../src/time/clock.js';
import { LedgerError, text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { type Asking } from '../asking/question.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { readLines, type Turnover } from '../fund-balance/lines.js';
import { CARRIED, fundBalance, IN_ALL_BLOCKS, monthSpan, MOVEMENTS } from '../fund-balance/projection.js';
import { type Stretch } from './walk.js';

/** Which entries a trail is asked for. */
export abstract class EntryFilter {
  /** @param book the stream of the book that it stands in */
  abstract matches(entry: Pick<Entry, 'account' | 'detail' | 'share'>, book: string): boolean;

  /** The books of a stretch on which anything moved on these accounts, in the months it touches. */
  booksIn(tables: ReadTables, { books, from, to }: Pick<Stretch, 'books' | 'from' | 'to'>): string[] {
    return books.filter((book) => this.moved(tables, book, monthSpan(from), monthSpan(to)));
  }

  /** Whether anything moved on these accounts of a book on a business day. */
  movedOn(tables: ReadTables, book: string, day: string): boolean {
    return this.moved(tables, book, day, day);
  }

  private moved(tables: ReadTables, book: string, first: string, last: string): boolean {
    // What closes carried is of an account like any other movement.
    return [MOVEMENTS, CARRIED].some((table) => {
      const lines = tables.rows<{ line: string }>(
        `SELECT DISTINCT line FROM "${tableName(fundBalance, table)}"
         WHERE stream = ? AND ${IN_ALL_BLOCKS} AND span BETWEEN ? AND ?`,
        book,
        first,
        last,
      );
      return lines.some(({ line }) => this.matches(parseLedgerLine(line), book));
    });
  }
}

/**
 * The accounts a trail is asked for: an account with all below it (`income`, `income.premiums`), one detail of it
 * (`income.premiums/employer`), one share (`benefits@pool`), or both.
 */
export class AccountFilter extends EntryFilter {
  private readonly accounts: ReadonlySet<string>;
  private readonly detail: string | undefined;
  private readonly share: string | undefined;
  /** 1 where the balance grows on the debit side, -1 where it grows on the credit side. */
  private readonly sign: 1n | -1n;

  /**
   * @param isAlone whether what stands on the details of an account is left out: each is a bank account by itself
   * @throws LedgerError invalid, where the chart has no such account
   */
  constructor(
    readonly written: string,
    readonly chart: Chart,
    private readonly isAlone = false,
  ) {
    super();
    const { account, detail, share } = parseLedgerLine(written);
    const below = `${account}.`;
    const found = chart.all.filter(({ key }) => key === account || key.startsWith(below));
    const fits = (each: Account): boolean => detail === undefined || (each.details?.has(detail) ?? false);
    if (!found.some(fits)) throw unknownAccount(written, chart);
    this.accounts = new Set(found.map(({ key }) => key));
    this.detail = detail;
    this.share = share;
    this.sign = found[0]!.kind === 'asset' || found[0]!.kind === 'expenditure' ? 1n : -1n;
  }

  matches(entry: Pick<Entry, 'account' | 'detail' | 'share'>): boolean {
    return (
      this.accounts.has(entry.account) &&
      (this.detail === entry.detail || (this.detail === undefined && !this.isAlone)) &&
      (this.share === undefined || this.share === entry.share)
    );
  }

  /** What entries do to the balance, on its good side. */
  effectOf(entries: readonly Entry[]): Fen {
    return entries.reduce((sum, entry) => (this.matches(entry) ? sum + effectOf(entry) : sum), 0n) * this.sign;
  }

  /** The balance at the beginning of each business day, as recorded by a position. */
  async balancesBefore(asking: Asking, book: string, days: readonly string[], position: number): Promise<Fen[]> {
    const turnovers = await this.turnoversBefore(asking, book, days, position);
    return turnovers.map(({ debit, credit }) => (debit - credit) * this.sign);
  }

  /** What had moved at the beginning of each business day since the book began, what closes carried with it. */
  async turnoversBefore(asking: Asking, book: string, days: readonly string[], position: number): Promise<Turnover[]> {
    const recordedAsOf = { form: 'position', position } as const;
    const wanted = { books: [book], days: days.map(dayBefore), recordedAsOf, carried: true };
    const { books, carried } = await readLines(asking, wanted);
    return days.map((_, index) => {
      const sum = { debit: 0n, credit: 0n };
      for (const moved of [books, carried])
        for (const [line, { debit, credit }] of moved.get(book)?.[index] ?? []) {
          if (!this.matches(parseLedgerLine(line))) continue;
          sum.debit += debit;
          sum.credit += credit;
        }
      return sum;
    });
  }
}

function unknownAccount(written: string, chart: Chart): LedgerError {
  const keys = chart.all.map(({ key }) => key);
  return new LedgerError('invalid', 'unknown-account', text(`没有科目 ${written}`, `there is no account ${written}`), [
    {
      pointer: 'account',
      code: 'unknown-account',
      expected: text(`科目 ${keys.join('、')} 之一`, `one of the accounts ${keys.join(', ')}`),
      got: written,
    },
  ]);
}
