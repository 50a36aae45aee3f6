import { parseFen } from '../../src/money.js';
import { type Interval } from '../asking/interval.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { type FundFigures } from './figures.js';
import { DISCLOSURES, disclosures, PUBLISHED, WITHDRAWN } from './projection.js';

/** What of what was published is looked at. */
export interface Scope {
  readonly interval: Pick<Interval, 'from' | 'to'>;
  readonly fund: string | undefined;
  readonly unit: string | undefined;
  readonly position: number;
}

/** A disclosure that stands. */
export interface Disclosure {
  readonly id: string;
  readonly businessDate: string;
  readonly fund: string;
  readonly unit: string;
  readonly subject: string;
  readonly title: string;
  readonly from: string | null;
  readonly to: string;
  readonly document: string;
  readonly sha256: string;
  readonly address: string | null;
  /** The position of the log that its figures were drawn at, where they were drawn from it. */
  readonly drawnAt: number | null;
}

/** Published figures that stand. */
export interface Published {
  readonly id: string;
  readonly businessDate: string;
  readonly fund: string;
  readonly unit: string;
  readonly from: string | null;
  readonly to: string;
  readonly statedBy: string;
  /** Those that the books have too, in fen. */
  readonly amounts: Partial<FundFigures>;
}

const standing = (table: string, columns: string): string => `
  SELECT said.id, said.business_day AS businessDate, fund, unit, first AS "from", last AS "to", ${columns}
  FROM "${table}" AS said
  LEFT JOIN "${tableName(disclosures, WITHDRAWN)}" AS back
    ON back.id = said.id AND back.business_day <= ? AND back.position <= ?
  WHERE back.id IS NULL AND said.business_day BETWEEN ? AND ? AND said.position <= ?
    AND coalesce(fund = ?, TRUE) AND coalesce(unit = ?, TRUE)
  ORDER BY said.business_day, said.position`;

const limits = ({ interval: { from, to }, position, fund, unit }: Scope) =>
  [to, position, from, to, position, fund ?? null, unit ?? null] as const;

/** What was published in an interval, in the order of its days. */
export const readDisclosures = (tables: ReadTables, scope: Scope): Disclosure[] =>
  tables.rows<Disclosure>(
    standing(
      tableName(disclosures, DISCLOSURES),
      'subject, title, document, sha256, address, said.drawn_at AS drawnAt',
    ),
    ...limits(scope),
  );

/** By what the figures of the books are called where they are published. */
const NAMES: Readonly<Record<string, keyof FundFigures>> = {
  balanceBefore: 'opening',
  income: 'income',
  expenditure: 'expenditure',
  balance: 'closing',
};

/** The figures published in an interval that the books have too. */
export function readPublished(tables: ReadTables, scope: Scope): Published[] {
  type Row = Omit<Published, 'amounts'> & { readonly amounts: string };
  const sql = standing(tableName(disclosures, PUBLISHED), 'stated_by AS statedBy, amounts');
  return tables.rows<Row>(sql, ...limits(scope)).flatMap((row) => {
    const said = Object.entries(JSON.parse(row.amounts) as Record<string, string>);
    const known = said.flatMap(([key, amount]) => {
      const name = Object.hasOwn(NAMES, key) ? NAMES[key] : undefined;
      return name ? [[name, parseFen(amount)] as const] : [];
    });
    return known.length === 0 ? [] : [{ ...row, amounts: Object.fromEntries(known) as Partial<FundFigures> }];
  });
}
