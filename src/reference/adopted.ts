import { type ErrorDetail, LedgerError, refusal, type Text, text } from '../errors.js';
import { CodeList } from '../text/codes.js';
import { Chart } from './chart.js';
import { ALWAYS, type FundRow, type PolicyRow, type Rows, type UnitRow, type WindowRow } from './rows.js';

/** What a memo names in place of a fund where it is of none in particular: an agreement, a case, a credit rating. */
export const ALL_FUNDS = 'all';

export type Fund = FundRow;
export type Unit = UnitRow;

/** A list of codes with what is known of each, in the order of their adoption. */
class Listed<T> extends CodeList {
  private readonly byCode: ReadonlyMap<string, T>;

  constructor(
    readonly all: readonly T[],
    code: (one: T) => string,
    name: (one: T) => Text,
  ) {
    super(all.map((one) => ({ code: code(one), name: name(one) })));
    this.byCode = new Map(all.map((one) => [code(one), one]));
  }

  readonly find = (code: string): T | undefined => this.byCode.get(code);
}

/** The parameters that posting rules and questions know, and what a value of each looks like. */
export const POLICY_KEYS = {
  /** When premiums for a later year become income: when received, or in January of the year they cover. */
  'resident-premium-recognition': /^(on-receipt|in-january-of-cover-year)$/,
  /** What a day's delay costs, as a part of what is overdue. */
  'late-fee-rate': /^0\.[0-9]{1,6}$/,
  /** For how many months the pool must last before an advance is paid to providers. */
  'provider-advance-months': /^[1-9][0-9]?$/,
  /** How many months of the pool's expenditure an advance to providers is. */
  'provider-advance-size': /^[1-9][0-9]?(\.[0-9]{1,2})?$/,
  /** How far the execution of a line may lie from its budget, as a part of that, before it is flagged. */
  'budget-execution-band': /^0\.[0-9]{1,4}$/,
  /** For how many months a pool lasts that is short, tight or as it should be, and that holds too much: `3/6/9/15`. */
  'payable-months-bands': /^[1-9][0-9]?(\/[1-9][0-9]?){3}$/,
  /** What is to be done in each band, from red to too much, with `/` between them. */
  'payable-months-actions': /^[^/]{1,60}(\/[^/]{1,60}){4}$/,
  /** For how many days money may be advanced or held before it is to be settled. */
  'open-item-days': /^[1-9][0-9]{0,3}$/,
  /** The part of a year's income above which medical assistance holds too much. */
  'assistance-balance-ceiling': /^0\.[0-9]{1,4}$/,
  /** The part of the pool in income whose shares are not known by the year's end, by the experience of the past. */
  'pending-income-pool-share': /^(0(\.[0-9]{1,6})?|1)$/,
  /** The province's part of a gap that came of policy, and of one that came of management; the rest is the county's. */
  'gap-share-policy-province': /^(0(\.[0-9]{1,6})?|1)$/,
  'gap-share-management-province': /^(0(\.[0-9]{1,6})?|1)$/,
} as const satisfies Record<string, RegExp>;

/**
 * The part of the individual premium that medical assistance pays for people of a category: whom it pays for is what is
 * adopted, a policy for each category.
 */
export const SUBSIDY = 'enrolment-subsidy-';
const SUBSIDY_PART = /^(0\.[0-9]{1,4}|1)$/;
export type PolicyKey = keyof typeof POLICY_KEYS | `${typeof SUBSIDY}${string}`;

export const subsidyPolicy = (category: string): PolicyKey => `${SUBSIDY}${category}`;

/** What a value of a policy looks like; undefined for a policy that nothing goes by. */
export function policyPattern(key: string): RegExp | undefined {
  if (key.startsWith(SUBSIDY) && key.length > SUBSIDY.length) return SUBSIDY_PART;
  return Object.hasOwn(POLICY_KEYS, key) ? POLICY_KEYS[key as keyof typeof POLICY_KEYS] : undefined;
}

/** The policies there may be, as an error names them. */
export const KNOWN_POLICIES = [...Object.keys(POLICY_KEYS), `${SUBSIDY}…`].join(', ');

/** What categories are called that everybody knows; others go by their codes. */
const CATEGORY_NAMES: Readonly<Record<string, Text>> = {
  'extreme-poverty': text('特困人员', 'Extreme poverty'),
  'low-income': text('低保对象', 'Low income'),
};

/** What a category of people is called whose premiums are paid, or a part of them. */
export const subsidisedName = (category: string): Text => CATEGORY_NAMES[category] ?? text(category, category);

/**
 * What is adopted on one business day: the funds that are switched on, the units that are open, the chart, and the
 * policies. An argument of every rule; nothing of it is a constant of the program.
 */
export class Adopted {
  readonly funds: Listed<Fund>;
  /** The funds and what stands for all of them, as they are called. */
  readonly fundsOrAll: CodeList;
  readonly units: Listed<Unit>;
  readonly chart: Chart;
  /** Whose premiums medical assistance pays, or a part of them. */
  readonly subsidised: CodeList;
  /** The day from which the youngest of the policies holds: what vouchers call their policy. */
  readonly policyVersion: string;

  constructor(
    private readonly rows: Rows,
    /** The revision of the reference stream up to which the rows are; undefined where the log has none. */
    readonly revision: number | undefined,
  ) {
    this.funds = new Listed(
      rows.funds.filter(({ on }) => on),
      ({ key }) => key,
      ({ name }) => name,
    );
    this.fundsOrAll = new CodeList([
      ...this.funds.all.map(({ key, name }) => ({ code: key, name })),
      { code: ALL_FUNDS, name: text('不分基金', 'All funds') },
    ]);
    this.units = new Listed(
      rows.units.filter(({ closed }) => !closed),
      ({ code }) => code,
      ({ name }) => name,
    );
    this.chart = new Chart(rows.accounts);
    const subsidies = rows.policies.filter(({ key }) => key.startsWith(SUBSIDY));
    const categories = [...new Set(subsidies.map(({ key }) => key.slice(SUBSIDY.length)))];
    this.subsidised = new CodeList(
      categories.map((category) => ({ code: category, name: CATEGORY_NAMES[category] ?? text(category, category) })),
    );
    this.policyVersion = rows.policies.reduce((latest, { from }) => (from > latest ? from : latest), ALWAYS);
  }

  /** A unit as people read it: its code before its name. */
  unitName(code: string): Text {
    const { zh, en } = this.units.nameOf(code);
    return zh === code ? text(code, code) : text(`${code} ${zh}`, `${code} ${en}`);
  }

  /** The units directly below one, by their codes. */
  below(unit: string): readonly string[] {
    return this.units.all.filter(({ parent }) => parent === unit).map(({ code }) => code);
  }

  /**
   * The value of a policy for a fund in a unit: that of the unit, else of the nearest one above it, else the nation's;
   * one for the fund goes before one for every fund.
   * @throws LedgerError refused, where none is adopted: there is no default
   */
  policy(key: PolicyKey, fund: string, unit: string): string {
    const found = this.policyIn(key, fund, unit);
    if (found !== undefined) return found;
    throw refusal(
      '',
      'no-such-policy',
      text(`没有采用参数 ${key}`, `no policy ${key} is adopted`),
      text(
        `基金 ${fund}、单位 ${unit} 在该日有效的参数 ${key}`,
        `a policy ${key} in effect for ${fund} in ${unit} on the day`,
      ),
      'none',
    );
  }

  /**
   * The value of a policy as `policy` has it; undefined where none is adopted, for questions about what rests on none.
   * @param unit absent: as the nation has it
   */
  policyIn(key: PolicyKey, fund: string, unit: string | undefined): string | undefined {
    return this.policies(key, fund, unit)[0]?.value;
  }

  /** A policy as a refusal names it, with where it is written. */
  policySource(key: PolicyKey, fund: string, unit: string): Text {
    const [found] = this.policies(key, fund, unit);
    return found ? text(`政策 ${key}：${found.source}`, `policy ${key}: ${found.source}`) : text(key, key);
  }

  /** When premiums of a fund are collected for a year; undefined where no window is adopted. */
  window(fund: string, coverYear: string): WindowRow | undefined {
    return this.rows.windows.find((window) => window.fund === fund && window.coverYear === coverYear);
  }

  /** Policies of a key that reach a fund in a unit, the nearest first. */
  private policies(key: PolicyKey, fund: string, unit: string | undefined): PolicyRow[] {
    const scopes: string[] = [];
    for (let at = this.units.find(unit ?? ''); at && !scopes.includes(at.code); at = this.units.find(at.parent ?? ''))
      scopes.push(at.code);
    scopes.push('nation');
    const rank = (row: PolicyRow): number => scopes.indexOf(row.scope) * 2 + (row.fund === undefined ? 1 : 0);
    return this.rows.policies
      .filter((row) => row.key === key && (row.fund ?? fund) === fund && scopes.includes(row.scope))
      .toSorted((one, other) => rank(one) - rank(other));
  }
}

/** The fund of a command. @throws LedgerError invalid, where it is not adopted */
export function demandFund(adopted: Adopted, key: string): Fund {
  const fund = adopted.funds.find(key);
  if (fund) return fund;
  const details: ErrorDetail[] = [];
  throw new LedgerError('invalid', 'unknown-fund', text(`没有基金 ${key}`, `no fund ${key}`), details);
}
