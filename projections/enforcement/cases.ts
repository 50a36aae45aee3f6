import { type ReadTables } from '../following/read-tables.js';
import { type Figure, named, type Scope } from './figures.js';
import { CASE_FACTS, TAKEN_BACK } from './projection.js';

/** How a case stands on the last day asked about: by its opening and its closing, as far as these are not withdrawn. */
export type CaseState = 'open' | 'closed' | 'withdrawn' | 'not-opened';

/** The kinds whose amounts a case is told by, each a figure of its own: they are never added to each other. */
export const CASE_FIGURES = {
  recovered: 'recovery',
  contractPenalties: 'contract-penalty',
  fined: 'penalty',
  avoided: 'claim-audit',
} as const;
export type CaseFigure = keyof typeof CASE_FIGURES;
export const CASE_FIGURE_KEYS = Object.keys(CASE_FIGURES) as CaseFigure[];

/** What the interval recorded, less what of such was taken back in it. */
export type CaseFigures = Readonly<Record<CaseFigure, Figure>>;

/** One case, or what names none. */
export interface Case extends CaseFigures {
  /** Null: of no case. */
  readonly caseId: string | null;
  readonly state: CaseState | null;
  readonly openedOn: string | null;
  readonly closedOn: string | null;
  /** What came of it, where it is closed. */
  readonly outcome: string | null;
  /** Who it is about, and the units that have a part in it. */
  readonly parties: readonly string[];
  readonly units: readonly string[];
  /** How many vouchers and memos of the interval, and of the fund asked about, name it. */
  readonly recorded: number;
}

export interface Cases {
  /** The one of which something was recorded last stands first; what names no case stands last. */
  readonly listed: readonly Case[];
  /** How many rows there are, listed or not. */
  readonly count: number;
  /** Over all of them, listed or not. */
  readonly total: CaseFigures;
}

/** What counts, with the day on which it was taken back, where it was by then. What is of all funds is of each. */
const FACTS = `asked(first, final, fund, position) AS (VALUES (?, ?, ?, ?)), fact AS (
    SELECT fact.*, back.business_day AS back_day, first,
      coalesce(fact.fund = asked.fund, TRUE) AS isOfFund FROM asked, ${named(CASE_FACTS)} AS fact
    LEFT JOIN ${named(TAKEN_BACK)} AS back
      ON back.taken_back = fact.id AND back.business_day <= final AND back.position <= asked.position
    WHERE fact.business_day <= final AND fact.position <= asked.position
      AND coalesce(fact.fund IN (asked.fund, 'all'), TRUE)
  )`;

/** Count and sum of a kind in the interval, and of what of the kind was taken back in it. */
const figureOf = (key: CaseFigure): string => {
  const columns = ['business_day', 'back_day'].flatMap((day) => {
    const ofInterval = `FILTER (WHERE kind = '${CASE_FIGURES[key]}' AND ${day} >= first)`;
    return [`count(*) ${ofInterval}`, `exact_sum(amount) ${ofInterval}`];
  });
  return `json_array(${columns.join(', ')}) AS ${key}`;
};
const FIGURES = CASE_FIGURE_KEYS.map(figureOf).join(', ');

const stands = (kind: string): string => `FILTER (WHERE kind = '${kind}' AND back_day IS NULL)`;

/** A case is of the interval where something was recorded or taken back in it, and where it is open at its end. */
const CASES = `cases AS (
    SELECT case_id AS caseId, ${FIGURES},
      count(*) FILTER (WHERE business_day >= first AND isOfFund) AS recorded,
      min(business_day) ${stands('case-opening')} AS openedOn,
      count(*) FILTER (WHERE kind = 'case-opening') AS openings,
      min(business_day) ${stands('case-closing')} AS closedOn,
      min(outcome) ${stands('case-closing')} AS outcome,
      json_group_array(DISTINCT party) FILTER (WHERE party <> '') AS parties,
      json_group_array(DISTINCT unit) AS units,
      max(position) AS last
    FROM fact GROUP BY case_id
    HAVING max(business_day) >= first OR max(back_day) >= first OR (openedOn IS NOT NULL AND closedOn IS NULL)
  )`;

type Row = Readonly<Record<CaseFigure | 'parties' | 'units', string>> & {
  readonly caseId: string;
  readonly recorded: number;
  readonly openings: number;
  readonly openedOn: string | null;
  readonly closedOn: string | null;
  readonly outcome: string | null;
};

/** The cases of an interval, the first of them or all. */
export function readCases(tables: ReadTables, scope: Scope, most: number | 'all'): Cases {
  const { interval, fund, position } = scope;
  const limits = [interval.from, interval.to, fund ?? null, position] as const;
  const found = tables.rows<Row>(
    `WITH ${FACTS}, ${CASES} SELECT * FROM cases ORDER BY caseId = '', last DESC LIMIT ?`,
    ...limits,
    most === 'all' ? -1 : most,
  );
  const [counted] = tables.rows<{ count: number }>(
    `WITH ${FACTS}, ${CASES} SELECT count(*) AS count FROM cases`,
    ...limits,
  );
  const [total] = tables.rows<Row>(`WITH ${FACTS} SELECT ${FIGURES} FROM fact`, ...limits);
  return { listed: found.map(caseOf), count: counted!.count, total: figuresOf(total!) };
}

function caseOf(row: Row): Case {
  const { caseId, openings, openedOn, closedOn, outcome, recorded } = row;
  const state = closedOn !== null ? 'closed' : openedOn !== null ? 'open' : openings > 0 ? 'withdrawn' : 'not-opened';
  return {
    caseId: caseId === '' ? null : caseId,
    state: caseId === '' ? null : state,
    openedOn,
    closedOn,
    outcome,
    parties: JSON.parse(row.parties) as string[],
    units: (JSON.parse(row.units) as string[]).toSorted((one, other) => (one < other ? -1 : 1)),
    recorded,
    ...figuresOf(row),
  };
}

const figuresOf = (row: Readonly<Record<CaseFigure, string>>): CaseFigures =>
  Object.fromEntries(CASE_FIGURE_KEYS.map((key) => [key, figureIn(row[key])])) as CaseFigures;

function figureIn(written: string): Figure {
  const [count, sum, countBack, sumBack] = JSON.parse(written) as [number, string, number, string];
  return { count: count - countBack, sum: BigInt(sum) - BigInt(sumBack) };
}
