import { type ErrorDetail, type Text, text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { CHANNELS } from '../../src/books/code-lists.js';
import { type Interval } from '../interval.js';
import { type RowTable } from '../projection.js';
import { type ReadTables, tableName } from '../read-tables.js';
import { enforcement, PENALTIES, RECOVERIES, TAKEN_BACK } from './projection.js';

/** A channel through which money comes back: each is a figure of its own. */
export interface Channel {
  readonly key: string;
  readonly name: Text;
}

/** Cash into the fund that lost it, in the order of reports. */
export const CASH_CHANNELS: readonly Channel[] = CHANNELS.codes.map((key) => ({ key, name: CHANNELS.nameOf(key) }));

/** Losses avoided before money left the fund: nothing of them is cash, and no event of today records them. */
export const MEMO_CHANNELS: readonly Channel[] = [
  { key: 'reminder', name: text('事前提醒避免', 'Avoided by reminder before the claim') },
  { key: 'refusal', name: text('智能审核拒付', 'Avoided by refusal in smart audit') },
];

/** So many vouchers or penalties, and their sum in fen. */
export interface Figure {
  readonly count: number;
  readonly sum: Fen;
}

/** What came back through one channel to one fund, and what of it reversals of the interval took back. */
export interface Recovered {
  readonly channel: string;
  readonly fund: string;
  readonly received: Figure;
  readonly takenBack: Figure;
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
}

export interface Penalties extends Figure {
  /** Cases in which there is one. */
  readonly cases: number;
  readonly articles: readonly (Figure & { readonly article: string })[];
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

interface Sums {
  readonly count: number;
  /** As text: a sum of fen is no JavaScript number. */
  readonly sum: string;
}

const name = (table: RowTable): string => `"${tableName(enforcement, table)}"`;
const within = (table: string): string => `${table}.business_day BETWEEN ? AND ? AND ${table}.position <= ?`;
const ofFund = 'coalesce(fund = ?, TRUE)';
const SUMS = 'count(*) AS count, exact_sum(amount) AS sum';
const limits = ({ interval, position, fund }: Scope) => [interval.from, interval.to, position, fund ?? null] as const;
const figure = ({ count, sum }: Sums): Figure => ({ count, sum: BigInt(sum) });

/** Recoveries by channel and fund. A reversal counts on its own day, against the channel of what it takes back. */
export function readRecoveries(tables: ReadTables, scope: Scope): Recovered[] {
  type Row = Sums & { readonly channel: string; readonly fund: string };
  const received = tables.rows<Row>(
    `SELECT channel, fund, ${SUMS} FROM ${name(RECOVERIES)} AS recovery
     WHERE ${within('recovery')} AND ${ofFund} GROUP BY channel, fund`,
    ...limits(scope),
  );
  const takenBack = tables.rows<Row>(
    `SELECT channel, fund, ${SUMS} FROM ${name(TAKEN_BACK)} AS reversal
     JOIN ${name(RECOVERIES)} AS recovery ON recovery.id = reversal.reversed
     WHERE ${within('reversal')} AND ${ofFund} GROUP BY channel, fund`,
    ...limits(scope),
  );
  const places = new Map([...received, ...takenBack].map((row) => [`${row.channel} ${row.fund}`, row]));
  return [...places.values()].map(({ channel, fund }) => {
    const of = (rows: readonly Row[]): Figure => {
      const row = rows.find((each) => each.channel === channel && each.fund === fund);
      return row ? figure(row) : ZERO;
    };
    return { channel, fund, received: of(received), takenBack: of(takenBack) };
  });
}

/** Penalties by article, and the first of those with findings, or all of them. */
export function readPenalties(tables: ReadTables, scope: Scope, listed: number | 'all'): Penalties {
  const where = `FROM ${name(PENALTIES)} AS penalty WHERE ${within('penalty')} AND ${ofFund}`;
  const articles = tables
    .rows<Sums & { article: string }>(
      `SELECT article, ${SUMS} ${where} GROUP BY article ORDER BY article`,
      ...limits(scope),
    )
    .map((row) => ({ article: row.article, ...figure(row) }));
  const [counts] = tables.rows<{ cases: number; found: number }>(
    `SELECT count(DISTINCT case_id) AS cases, count(findings) AS found ${where}`,
    ...limits(scope),
  );
  type Row = Omit<Questionable, 'amount' | 'findings'> & { amount: string; findings: string };
  const questionable = tables.rows<Row>(
    `SELECT id, business_day AS businessDate, fund, unit, case_id AS caseId, article, party,
       CAST(amount AS TEXT) AS amount, findings
     ${where} AND findings IS NOT NULL ORDER BY business_day, position LIMIT ?`,
    ...limits(scope),
    listed === 'all' ? -1 : listed,
  );
  return {
    count: articles.reduce((total, { count }) => total + count, 0),
    sum: articles.reduce((total, { sum }) => total + sum, 0n),
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

/** What stands of recoveries after reversals, over some of them. */
export function addUp(recovered: readonly Recovered[]): Recovered & Figure {
  const add = (one: Figure, other: Figure): Figure => ({ count: one.count + other.count, sum: one.sum + other.sum });
  const received = recovered.reduce((total, each) => add(total, each.received), ZERO);
  const takenBack = recovered.reduce((total, each) => add(total, each.takenBack), ZERO);
  const net = { count: received.count - takenBack.count, sum: received.sum - takenBack.sum };
  return { channel: '', fund: '', received, takenBack, ...net };
}
