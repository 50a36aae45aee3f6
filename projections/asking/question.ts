import { type Text } from '../../src/errors.js';
import { type EventStore } from '../../src/event-store/event-store.js';
import { type PrintUnit } from '../../src/money.js';
import { type Reference } from '../../src/reference/reference.js';
import { type Schema } from './answer-schema.js';
import { type intervalBody, type IntervalParameters } from './interval.js';
import { type Projection } from '../projection.js';
import { type ReadTables } from '../following/read-tables.js';

/** What a question may look at: the read tables, the log for the tail of a sum, and the day it is asked on. */
export interface Asking {
  readonly tables: ReadTables;
  readonly store: EventStore;
  /** What is adopted, as the log has it now. */
  readonly reference: Reference;
  /** The day in Asia/Shanghai, `YYYY-MM-DD`: the default of `asOf`. */
  readonly today: string;
  /** The machine's clock, in milliseconds since 1970: for what can still change, never for a figure. */
  readonly clock: () => number;
  /** Waits, bounded, until the tables show a position. @throws LedgerError unavailable, where they do not */
  readonly waitFor: (position: number) => Promise<void>;
}

/**
 * One column of a printed answer. `fen` cells are bigint and printed as 元, 万元 or 亿元; those of a `rate` are decimal
 * numbers as they stand, or words where there is none.
 */
export interface Column {
  readonly name: Text;
  /** What it is called in CSV, where another column of the form has the same name. */
  readonly apart?: Text;
  readonly kind: 'text' | 'fen' | 'count' | 'rate';
  /** A heading over it and its neighbours that have the same, e.g. `期初余额` over 借方 and 贷方. */
  readonly group?: Text;
  /** Whether whoever asked wants it left out of what is printed. */
  readonly isHidden?: true;
}

export type Cell = string | bigint | number | Text | null;

/** What a row is where it is no line like any other. */
export type Role = 'total' | 'subtotal' | 'heading';

/** What a figure is judged by: its bands in ascending order, each beginning where the one before it ends. */
export interface Scale {
  /** What the figure and the bounds are in. */
  readonly unit: Text;
  /** All of it in words. */
  readonly says: Text;
  readonly bands: readonly {
    /** How grave it is to be in it, e.g. `red`; `name` is what that is called. */
    readonly level: string;
    readonly name: Text;
    /** Decimal numbers; null where there is no bound. */
    readonly from: string | null;
    readonly to: string | null;
  }[];
}

/** What is known of a row beside its cells. */
export interface Mark {
  /** Absent: what the footing of the sheet makes of it. */
  readonly role?: Role;
  /** What its figure is judged by. */
  readonly scale?: Scale;
  /** By column, the address of what a cell is made of, `/v1/account-ledger?…`; undefined where it leads nowhere. */
  readonly links?: readonly (string | undefined)[];
}

/** Something that must be so in a sheet, and whether it is. */
export interface Check {
  readonly says: Text;
  readonly holds: boolean;
}

/** An answer as people read it; printed as an aligned table, as CSV or on screen, always from the same cells. */
export interface Sheet {
  /** In the list of the question's sheets: what it is asked for by, and a part of its file's name. */
  readonly name: string;
  readonly title: Text;
  /** Lines between the title and the table, as a statutory form has them. */
  readonly head?: readonly Text[];
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** What is known of each row, in the order of the rows; absent: of none. */
  readonly marks?: readonly (Mark | undefined)[];
  readonly notes?: readonly Text[];
  /** What ties in it, and with others: printed behind its notes. */
  readonly checks?: readonly Check[];
  /** How whoever asks on the command line comes to what is not in it: an answer over HTTP says it by its links. */
  readonly ways?: readonly Text[];
  /** What its amounts are printed in unless the reader chooses; 元 where absent. */
  readonly unit?: PrintUnit;
  readonly footing?: Footing;
  /** How many things more there are than it lists; whoever asks is told so, and how to have them all. */
  readonly notListed?: number;
}

/**
 * Which rows and which column are sums of others. The amounts foot exactly; where their rounded prints do not, a
 * rounding difference 舍入差 is printed: a row behind the parts, or a column at the end. Indexes are of rows and columns.
 */
export interface Footing {
  readonly rows?: readonly RowFooting[];
  readonly column?: { readonly total: number; readonly plus: readonly number[]; readonly minus: readonly number[] };
}

/** A row that is the sum of others: behind them, or, as the heading of a block, before them. */
export interface RowFooting {
  readonly total: number;
  readonly parts: readonly number[];
  /** The columns of which that is so, where two tables stand side by side; absent: all columns of amounts. */
  readonly columns?: readonly number[];
}

/** A sheet of which nobody knows how long it is. Its rows come some at a time, while they are read, and only once. */
export interface LongSheet extends Omit<Sheet, 'rows' | 'footing' | 'marks'> {
  readonly rows: AsyncIterable<Sheet['rows']>;
}

/** What every answer says in JSON: both time axes, and for a page of a list the cursor of the next one. */
type AnswerBody = ReturnType<typeof intervalBody> & {
  readonly next?: string | null;
  /** Whether what the moment shows can no longer change; null where none is named. Added by `ask`. */
  readonly recordedAsOfIsFinal?: boolean | null;
  /** By the name of the sheet, how many things more there are than are listed. Added by `ask`. */
  readonly notListed?: Readonly<Record<string, number>>;
};

export interface Answer {
  /** The position of the log that the answer shows. */
  readonly position: number;
  /** The answer as JSON: amounts are strings of yuan. The position is added by whoever sends it. */
  readonly body: AnswerBody & Readonly<Record<string, unknown>>;
  readonly sheets: readonly Sheet[];
}

/** An answer for files: its sheets hold all that was asked for, unless that was a page. */
export interface Export {
  readonly position: number;
  readonly body: AnswerBody;
  readonly sheets: readonly (Sheet | LongSheet)[];
}

/**
 * A question with its parameters and its answer. HTTP route, command-line report and OpenAPI come from this one
 * definition. `parameters` is a class with the field decorators of `src/kinds/fields.ts`, and with the two time axes
 * that every question has; all its values are text.
 */
export interface Question<P extends IntervalParameters = IntervalParameters> {
  /** The name of the report and of its folder, e.g. `fund-balance`. */
  readonly name: string;
  /** `GET /v1/<route>`. */
  readonly route: string;
  readonly title: Text;
  readonly projection: Projection;
  readonly parameters: new () => P;
  /**
   * The names of the sheets an answer may have, in their order, e.g. `funds`; the first it has is the main one. A name
   * that ends with `OF_A_FUND` stands for one of each fund.
   */
  readonly sheets: readonly string[];
  /** What its body has beside the position and both time axes, made by `record`; absent: only people read it. */
  readonly answer?: Schema;
  /**
   * Whether an answer takes so long that others are not to wait for it. Absent: where it names a moment of recording,
   * since what was known then is added up from the log.
   */
  readonly takes?: 'short' | 'long';
  readonly ask: (asking: Asking, parameters: P) => Promise<Answer>;
  /** Where the sheets of an answer may be a part of what was asked for: the whole. Absent: they are the whole. */
  readonly export?: (asking: Asking, parameters: P) => Promise<Export>;
}

/** Stands for the key of a fund in the name of a sheet. */
export const OF_A_FUND = '<fund>';

/** What the name of a sheet of a question looks like. */
export const sheetPattern = ({ sheets }: Pick<Question, 'sheets'>): string =>
  `^(${sheets.map((name) => name.replace(OF_A_FUND, '[a-z]+(-[a-z]+)*')).join('|')})$`;
