import { Adopted } from './adopted.js';
import { NO_ROWS, type Rows } from './rows.js';

/** Rows that were adopted together, and where in the log. */
export interface Adoption {
  /** The revision of the reference stream; undefined for what holds without an event, in a log of before. */
  readonly revision: number | undefined;
  /** The position in the log; 0 without an event. */
  readonly position: number;
  readonly rows: Partial<Rows>;
  /** It is a whole set: nothing of what was adopted before it holds beside it. */
  readonly whole?: boolean;
}

/** What is a row's own: the key for which a later row takes its place. */
export const ROW_KEYS: { readonly [T in keyof Rows]: (row: Rows[T][number]) => string } = {
  funds: ({ key }) => key,
  units: ({ code }) => code,
  accounts: ({ key }) => key,
  policies: ({ key, scope, fund = '' }) => `${key} ${scope} ${fund}`,
  windows: ({ fund, coverYear }) => `${fund} ${coverYear}`,
};
const TABLES = Object.keys(ROW_KEYS) as (keyof Rows)[];

/**
 * Everything that has been adopted, in the order of the log: the fold of the reference stream. It never changes; an
 * adoption gives a new one.
 */
export class Reference {
  private readonly days = new Map<string, Adopted>();
  private readonly knownOn = new Map<string, Adopted>();
  private all: Adopted | undefined;
  /** The days on which something begins to hold, in order. */
  readonly turns: readonly string[];
  /** The adoptions since the last that was whole. */
  readonly holding: readonly Adoption[];

  constructor(readonly adoptions: readonly Adoption[]) {
    this.holding = adoptions.slice(
      Math.max(
        0,
        adoptions.findLastIndex(({ whole }) => whole),
      ),
    );
    const days = this.holding.flatMap(({ rows }) =>
      TABLES.flatMap((table) => (rows[table] ?? []).map(({ from }) => from)),
    );
    this.turns = [...new Set(days)].toSorted();
  }

  /** The revision of the reference stream that vouchers are decided under now; undefined where the log has none. */
  get revision(): number | undefined {
    return this.adoptions.at(-1)?.revision;
  }

  /** What is adopted on a business day, `YYYY-MM-DD`. */
  on(day: string): Adopted {
    const turn = this.turnOf(day);
    let adopted = this.days.get(turn);
    if (!adopted) this.days.set(turn, (adopted = new Adopted(this.rowsOn(turn), this.revision)));
    return adopted;
  }

  /**
   * Every code there ever was, as it is called last: for reading words and for printing names. What is closed or
   * switched off is in it too.
   */
  get ever(): Adopted {
    return (this.all ??= new Adopted(this.rowsEver, this.revision));
  }

  /**
   * Everything that has held on a day or before it, as it was called on that day: what an answer about the day lists
   * and names. What was closed or switched off by then is in it too.
   */
  known(day: string): Adopted {
    const turn = this.turnOf(day);
    let adopted = this.knownOn.get(turn);
    if (!adopted) this.knownOn.set(turn, (adopted = new Adopted(opened(this.rowsOn(turn)), this.revision)));
    return adopted;
  }

  /** The rows of every key there ever was, as it is called last; nothing is closed or switched off. */
  get rowsEver(): Rows {
    return opened(this.rowsOn('9999-12-31'));
  }

  /** The rows of every day, each key and first day once: what a set has that says as much. */
  get rowsOfEveryDay(): Rows {
    const held = Object.fromEntries(TABLES.map((table) => [table, this.lastOfEachDay(table)]));
    return { ...NO_ROWS, ...held };
  }

  /** What had been adopted up to a position of the log. */
  asOf(position: number): Reference {
    const known = this.adoptions.filter((adoption) => adoption.position <= position);
    return known.length === this.adoptions.length ? this : new Reference(known);
  }

  /** With one more adoption. */
  with(adoption: Adoption): Reference {
    return new Reference([...this.adoptions, adoption]);
  }

  /** The last day up to a day on which something began to hold. */
  private turnOf(day: string): string {
    return this.turns.findLast((from) => from <= day) ?? this.turns[0] ?? day;
  }

  /** For each key the row that holds on a day: the one with the latest first day, of two the one adopted later. */
  rowsOn(day: string): Rows {
    const held = Object.fromEntries(TABLES.map((table) => [table, this.rowsOfTable(table, day)]));
    return { ...NO_ROWS, ...held };
  }

  private lastOfEachDay<T extends keyof Rows>(table: T): Rows[T][number][] {
    const keyOf: (row: Rows[T][number]) => string = ROW_KEYS[table];
    const rows = this.holding.flatMap((adoption): readonly Rows[T][number][] => adoption.rows[table] ?? []);
    return [...new Map(rows.map((row) => [`${keyOf(row)} ${row.from}`, row])).values()];
  }

  private rowsOfTable<T extends keyof Rows>(table: T, day: string): Rows[T][number][] {
    const held = new Map<string, Rows[T][number]>();
    const keyOf: (row: Rows[T][number]) => string = ROW_KEYS[table];
    for (const { rows } of this.holding)
      for (const row of rows[table] ?? []) {
        const before = held.get(keyOf(row));
        if (row.from <= day && !(before && before.from > row.from)) held.set(keyOf(row), row);
      }
    return [...held.values()];
  }
}

const opened = (rows: Rows): Rows => ({
  ...rows,
  funds: rows.funds.map((fund) => ({ ...fund, on: true })),
  units: rows.units.map((unit) => ({ ...unit, closed: false })),
});
