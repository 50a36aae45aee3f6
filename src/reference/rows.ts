import { type Text } from '../errors.js';

/*
 * Reference data as it is adopted: rows of a few tables. A row says what holds for its key from a day on; a later row
 * of the same key takes its place from its own day on. Nothing is edited, and no row is taken away: what ends is closed
 * by a row that says so. Rows are plain data: they stand in events and cross threads as they are.
 */

/** A day before every business day there is: what holds from it on has always held. */
export const ALWAYS = '1900-01-01';

/** A fund 基金: an independent accounting entity by law. Nothing is ever posted across two of them. */
export interface FundRow {
  readonly key: string;
  readonly from: string;
  readonly name: Text;
  /** The balance is split into a pool and personal accounts, and entries of income and expenditure say which. */
  readonly personalAccounts: boolean;
  /** Counted in the basic-insurance total 基本医疗保险; other funds are reported beside it. */
  readonly basicInsurance: boolean;
  /** Whether vouchers are posted to it. */
  readonly on: boolean;
}

/** An accounting unit 核算单位: an administrative division by its GB/T 2260 code. */
export interface UnitRow {
  readonly code: string;
  readonly from: string;
  readonly name: Text;
  /** The unit one level above, which receives remittances and grants funds; absent for the one at the top. */
  readonly parent?: string;
  /** Nothing is posted to its books any more. */
  readonly closed: boolean;
}

/** Whose an entry may be in a fund with personal accounts: of either share, of one of them, or of none. */
export const SHARINGS = ['either', 'pool', 'personal'] as const;
export type Sharing = (typeof SHARINGS)[number];

/**
 * An account of the chart, or a detail account under one, whose key is `account/detail`. Events name the key for ever;
 * number and name are attributes, and the number is never shown without the name.
 */
export interface AccountRow {
  readonly key: string;
  readonly from: string;
  readonly number: string;
  readonly name: Text;
  /** What else it is called somewhere, and means nothing but this. */
  readonly also: readonly string[];
  /** The funds that have it; none named: all of them. */
  readonly funds: readonly string[];
  /** In a fund with personal accounts; absent where an entry names no share. */
  readonly share?: Sharing;
  /** No entry uses it from this day on, and why. */
  readonly closed?: Text;
  /** The key under which statements show what stands on it, where it was given up for another. */
  readonly becomes?: string;
}

/** A parameter that law or the bureau may change, with where it holds. */
export interface PolicyRow {
  readonly key: string;
  readonly from: string;
  /** `nation`, or the code of a unit: it holds there and in all units below, unless one of them has its own. */
  readonly scope: string;
  /** The fund it is for; absent: every fund. */
  readonly fund?: string;
  readonly value: string;
  /** Where it is written: the law, the notice, or the practice. */
  readonly source: string;
}

/** When premiums for a year are collected 集中缴费期. */
export interface WindowRow {
  readonly fund: string;
  /** The year that is covered, `YYYY`. */
  readonly coverYear: string;
  readonly from: string;
  /** The first day and the last, both within it. */
  readonly opens: string;
  readonly closes: string;
  readonly source: string;
}

/** Rows of every table, in their order. */
export interface Rows {
  readonly funds: readonly FundRow[];
  readonly units: readonly UnitRow[];
  readonly accounts: readonly AccountRow[];
  readonly policies: readonly PolicyRow[];
  readonly windows: readonly WindowRow[];
}

export const NO_ROWS: Rows = { funds: [], units: [], accounts: [], policies: [], windows: [] };
