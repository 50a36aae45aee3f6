import { type ErrorDetail, type Text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { AVOIDING_CHANNELS, CHANNELS } from '../../src/books/code-lists.js';
import { type CodeList } from '../../src/text/codes.js';
import { type Interval } from '../asking/interval.js';
import { type RowTable } from '../projection.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { AVOIDED, enforcement, PENALTIES, RECOVERIES, TAKEN_BACK } from './projection.js';

/** A channel through which money comes back, or stays: each is a figure of its own. */
export interface Channel {
  readonly key: string;
  readonly name: Text;
}

const channelsOf = ({ codes, nameOf }: CodeList): readonly Channel[] =>
  codes.map((key) => ({ key, name: nameOf(key) }));

/** Cash into the fund that lost it, in the order of reports. */
export const CASH_CHANNELS = channelsOf(CHANNELS);

/** Losses avoided before money left the fund: memos, and nothing of them is cash. */
export const MEMO_CHANNELS = channelsOf(AVOIDING_CHANNELS);

/** So many vouchers or memos, and their sum in fen. */
export interface Figure {
  readonly count: number;
  readonly sum: Fen;
}

/** What the interval recorded, and what reversals and withdrawals of the interval took back of such. */
export interface Recorded {
  readonly gross: Figure;
  readonly takenBack: Figure;
}

/** What came back to one fund through one channel, or was avoided for it. */
export interface OfChannel extends Recorded {
  readonly channel: string;
  readonly fund: string;
}

/** A penalty that lies outside what its article allows. */
export interface Questionable {
  readonly id: string;
  readonly businessDate: string;
  readonly fund: string;
  readonly unit: string;
  readonly caseId: string;
  readonly article: string;
  readonly party: string;
  readonly amount: Fen;
  readonly findings: readonly ErrorDetail[];
  /** The business day from which it is withdrawn; null where it stands. */
  readonly withdrawnOn: string | null;
}

export interface Penalties extends Recorded {
  /** Cases in which one was imposed in the interval that stands at its end. */
  readonly cases: number;
  readonly articles: readonly (Recorded & { readonly article: string })[];
  /** The first of those with findings, and how many there are. */
  readonly questionable: readonly Questionable[];
  readonly questionableCount: number;
}

/** What a question is limited to; `position` is the last that counts. */
export interface Scope {
  readonly interval: Pick<Interval, 'from' | 'to'>;
  readonly fund: string | undefined;
  readonly position: number;
}

const ZERO: Figure = { count: 0, sum: 0n };

type Row<C extends string> = { readonly count: number; readonly sum: string } & Readonly<Record<C, string>>;

/** What a table is called in SQL. */
export const named = (table: RowTable): string => `"${tableName(enforcement, table)}"`;
const within = (table: string): string => `${table}.business_day BETWEEN ? AND ? AND ${table}.position <= ?`;
const ofFund = 'coalesce(fund = ?, TRUE)';
const SUMS = 'count(*) AS count, exact_sum(amount) AS sum';
const limits = ({ interval, position, fund }: Scope) => [interval.from, interval.to, position, fund ?? null] as const;

/**
 * The sums of a table by some of its columns. What takes something back counts on its own day, with what it takes back.
 */
function recordedBy<C extends string>(
  tables: ReadTables,
  scope: Scope,
  table: RowTable,
  columns: readonly C[],
): (Recorded & { readonly of: Readonly<Record<C, string>> })[] {
  const by = columns.join(', ');
  const gross = tables.rows<Row<C>>(
    `SELECT ${by}, ${SUMS} FROM ${named(table)} AS fact WHERE ${within('fact')} AND ${ofFund} GROUP BY ${by}`,
    ...limits(scope),
  );
  const takenBack = tables.rows<Row<C>>(
    `SELECT ${by}, ${SUMS} FROM ${named(TAKEN_BACK)} AS back JOIN ${named(table)} AS fact ON fact.id = back.taken_back
     WHERE ${within('back')} AND ${ofFund} GROUP BY ${by}`,
    ...limits(scope),
  );
  const keyOf = (row: Row<C>): string => columns.map((column) => row[column]).join(' ');
  const figureIn = (rows: readonly Row<C>[], key: string): Figure => {
    const row = rows.find((each) => keyOf(each) === key);
    return row ? { count: row.count, sum: BigInt(row.sum) } : ZERO;
  };
  const groups = new Map([...gross, ...takenBack].map((row) => [keyOf(row), row]));
  return [...groups].map(([key, of]) => ({ of, gross: figureIn(gross, key), takenBack: figureIn(takenBack, key) }));
}

const byChannel = (table: RowTable, tables: ReadTables, scope: Scope): OfChannel[] =>
  recordedBy(tables, scope, table, ['channel', 'fund']).map(({ of, ...figures }) => ({
    channel: of.channel,
    fund: of.fund,
    ...figures,
  }));

/** Recoveries by channel and fund. */
export const readRecoveries = (tables: ReadTables, scope: Scope): OfChannel[] => byChannel(RECOVERIES, tables, scope);

/** What reminders and refusals avoided, by channel and fund. */
export const readAvoided = (tables: ReadTables, scope: Scope): OfChannel[] => byChannel(AVOIDED, tables, scope);

/** Penalties by article, and the first of those with findings, or all of them. */
export function readPenalties(tables: ReadTables, scope: Scope, listed: number | 'all'): Penalties {
  const articles = recordedBy(tables, scope, PENALTIES, ['article'])
    .map(({ of, ...figures }) => ({ article: of.article, ...figures }))
    .toSorted((one, other) => (one.article < other.article ? -1 : 1));
  const imposed = `FROM ${named(PENALTIES)} AS penalty
     LEFT JOIN ${named(TAKEN_BACK)} AS back
       ON back.taken_back = penalty.id AND back.business_day <= ? AND back.position <= ?
     WHERE ${within('penalty')} AND ${ofFund}`;
  const end = [scope.interval.to, scope.position, ...limits(scope)] as const;
  const [counts] = tables.rows<{ cases: number; found: number }>(
    `SELECT count(DISTINCT case_id) FILTER (WHERE taken_back IS NULL) AS cases, count(findings) AS found ${imposed}`,
    ...end,
  );
  type Listed = Omit<Questionable, 'amount' | 'findings'> & { amount: string; findings: string };
  const questionable = tables.rows<Listed>(
    `SELECT id, penalty.business_day AS businessDate, fund, unit, case_id AS caseId, article, party,
       CAST(amount AS TEXT) AS amount, findings, back.business_day AS withdrawnOn
     ${imposed} AND findings IS NOT NULL ORDER BY penalty.business_day, penalty.position LIMIT ?`,
    ...end,
    listed === 'all' ? -1 : listed,
  );
  return {
    ...addUp(articles),
    cases: counts!.cases,
    articles,
    questionable: questionable.map((row) => ({
      ...row,
      amount: BigInt(row.amount),
      findings: JSON.parse(row.findings) as ErrorDetail[],
    })),
    questionableCount: counts!.found,
  };
}

/** What was recorded and taken back, over some of them. */
export function addUp(recorded: readonly Recorded[]): Recorded {
  const add = (one: Figure, other: Figure): Figure => ({ count: one.count + other.count, sum: one.sum + other.sum });
  return {
    gross: recorded.reduce((total, each) => add(total, each.gross), ZERO),
    takenBack: recorded.reduce((total, each) => add(total, each.takenBack), ZERO),
  };
}

/** What stands of it. */
export const net = ({ gross, takenBack }: Recorded): Figure => ({
  count: gross.count - takenBack.count,
  sum: gross.sum - takenBack.sum,
});

/** Whether anything was recorded of it at all. */
export const isRecorded = ({ gross, takenBack }: Recorded): boolean => gross.count + takenBack.count > 0;
