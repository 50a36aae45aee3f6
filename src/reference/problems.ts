import { type Text, text } from '../errors.js';
import { ambiguitiesIn, type Code } from '../text/codes.js';
import { ALL_FUNDS, KNOWN_POLICIES, policyPattern } from './adopted.js';
import { type TableName } from './columns.js';
import { type Adoption, Reference, ROW_KEYS } from './reference.js';
import { type AccountKind, ACCOUNT_FAMILIES, kindOf } from './account-kinds.js';
import { type Rows } from './rows.js';

/** What is wrong with a row that is to be adopted, and where. */
export interface Problem {
  readonly table: TableName;
  /** The row among those of its table that are to be adopted; -1 where it is none of them. */
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly expected: Text;
  readonly got: string;
}

/** The accounts that posting rules name by their keys: a set has them all, under whatever numbers and names. */
const NEEDED_ACCOUNTS: readonly string[] = [
  'cash',
  'income-account',
  'expenditure-account',
  'fiscal-account',
  'treasury',
  'bonds',
  'loans',
  'net.pool',
  'income.premiums',
  'income.subsidy',
  'income.interest',
  'income.other',
  'income.from-above',
  'income.from-below',
  'benefits',
  'expenditure.to-above',
  'expenditure.to-below',
  'expenditure.other',
];

/** Says of the row with a key what is wrong in one of its columns. */
type Report = (table: TableName, key: string, column: string, code: string, expected: Text, got: string) => void;

/**
 * What would be wrong with the reference data once some rows are adopted, on any day. Empty where nothing is.
 * @param before what is adopted already; undefined for the set that a log begins with
 */
export function problemsOf(before: Reference | undefined, rows: Partial<Rows>, whole = false): Problem[] {
  const adoption: Adoption = { revision: undefined, position: Number.MAX_SAFE_INTEGER, rows, whole };
  const after = before ? before.with(adoption) : new Reference([adoption]);
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const report: Report = (table, key, column, code, expected, got) => {
    const place = `${table} ${key} ${column} ${code}`;
    if (seen.has(place)) return;
    seen.add(place);
    problems.push({ table, row: rowOf(rows, table, key), column, code, expected, got });
  };
  checkOwn(rows, report);
  if (before) checkAgainst(before, after, rows, report);
  checkNeeded(after, report);
  checkWords(after.rowsEver, report);
  for (const day of after.turns) {
    const held = after.rowsOn(day);
    checkUnits(held, day, report);
    checkAccounts(held, report);
    checkReach(held, report);
    checkWords(held, report);
  }
  return problems;
}

function rowOf(rows: Partial<Rows>, table: TableName, key: string): number {
  const keyOf = ROW_KEYS[table] as (row: object) => string;
  return (rows[table] ?? []).findLastIndex((row) => keyOf(row) === key);
}

const FIRST_DIGIT: Readonly<Record<AccountKind, string>> = {
  asset: '1',
  liability: '2',
  net: '3',
  income: '4',
  expenditure: '5',
};

/** What is wrong with a row whatever else is adopted. */
function checkOwn(rows: Partial<Rows>, report: Report): void {
  for (const table of Object.keys(ROW_KEYS) as TableName[]) checkOnce(rows, table, report);
  for (const { key } of rows.funds ?? [])
    if (key === ALL_FUNDS)
      report(
        'funds',
        key,
        'key',
        'reserved',
        text('all 以外的基金代码（all 指所有基金）', 'another key: all stands for every fund'),
        key,
      );
  for (const row of rows.accounts ?? []) checkFamily(row, report);
  for (const row of rows.policies ?? []) checkPolicy(row, report);
  for (const { fund, coverYear, opens, closes } of rows.windows ?? [])
    if (closes < opens)
      report(
        'windows',
        `${fund} ${coverYear}`,
        'closes',
        'window',
        text(`不早于 ${opens}`, `no earlier than ${opens}`),
        closes,
      );
}

/** An account is of a family of the statutory chart, and its number begins as those of its family do. */
function checkFamily({ key, number }: Rows['accounts'][number], report: Report): void {
  const kind = kindOf(key);
  if (!kind) {
    const known = ACCOUNT_FAMILIES.join(', ');
    const expected = text(`以 ${known} 之一开头的键`, `a key that begins with one of ${known}`);
    report('accounts', key, 'key', 'account-family', expected, key);
    return;
  }
  const first = FIRST_DIGIT[kind];
  if (number.startsWith(first)) return;
  const expected = text(`以 ${first} 开头的编号（${kind}）`, `a number that begins with ${first} (${kind})`);
  report('accounts', key, 'number', 'kind-of-number', expected, number);
}

/** A row of a key says what holds from a day on: two of the same day contradict each other. */
function checkOnce(rows: Partial<Rows>, table: TableName, report: Report): void {
  const keyOf = ROW_KEYS[table] as (row: object) => string;
  const found = new Set<string>();
  for (const row of rows[table] ?? []) {
    const place = `${keyOf(row)} ${row.from}`;
    if (found.has(place)) report(table, keyOf(row), '', 'twice', text('同一日只有一行', 'one row for a day'), place);
    found.add(place);
  }
}

function checkPolicy(row: Rows['policies'][number], report: Report): void {
  const { key, value } = row;
  const place = ROW_KEYS.policies(row);
  const pattern = policyPattern(key);
  const known = KNOWN_POLICIES;
  if (!pattern) report('policies', place, 'key', 'unknown-policy', text(`${known} 之一`, `one of ${known}`), key);
  else if (!pattern.test(value))
    report(
      'policies',
      place,
      'value',
      'policy-value',
      text(`符合 ${pattern.source} 的值`, `a value like ${pattern.source}`),
      value,
    );
}

/** What was adopted once stays what it is: vouchers stand on it. */
function checkAgainst(before: Reference, after: Reference, rows: Partial<Rows>, report: Report): void {
  const known = before.rowsEver;
  const shared = new Map(known.funds.map(({ key, personalAccounts }) => [key, personalAccounts]));
  for (const { key, personalAccounts } of rows.funds ?? [])
    if ((shared.get(key) ?? personalAccounts) !== personalAccounts)
      report(
        'funds',
        key,
        'personalAccounts',
        'personal-accounts-changed',
        text('与先前相同：已有凭证以此区分', 'what it always was: vouchers say shares by it'),
        personalAccounts ? 'yes' : 'no',
      );
  for (const table of ['funds', 'units', 'accounts'] as const) {
    const keyOf = ROW_KEYS[table] as (row: object) => string;
    const kept = new Set(after.rowsEver[table].map(keyOf));
    for (const key of known[table].map(keyOf))
      if (!kept.has(key))
        report(table, key, '', 'vanished', text(`含 ${key}（已采用，可停用）`, `${key}, which is adopted`), 'none');
  }
}

function checkNeeded(after: Reference, report: Report): void {
  for (const day of after.turns.slice(0, 1)) {
    const known = new Set(after.rowsOn(day).accounts.map(({ key }) => key));
    for (const key of NEEDED_ACCOUNTS)
      if (!known.has(key))
        report('accounts', key, 'key', 'account-missing', text(`含科目 ${key}`, `an account ${key}`), 'none');
  }
}

/** The units of a day are one tree: one at the top, and each other one below one that is open. */
function checkUnits({ units }: Rows, day: string, report: Report): void {
  const open = new Map(units.filter(({ closed }) => !closed).map((unit) => [unit.code, unit]));
  const tops = [...open.values()].filter(({ parent }) => parent === undefined);
  if (tops.length !== 1) {
    const got = tops.map(({ code }) => code).join(', ') || 'none';
    const expected = text(`${day} 恰有一个没有上级的单位`, `exactly one unit without a parent on ${day}`);
    report('units', tops.at(-1)?.code ?? '', 'parent', 'one-at-the-top', expected, got);
  }
  for (const { code, parent } of open.values()) {
    if (parent === undefined) continue;
    if (!open.has(parent)) {
      const expected = text(`${day} 未停用的单位`, `a unit that is open on ${day}`);
      report('units', code, 'parent', 'no-such-unit', expected, parent);
      continue;
    }
    const seen = new Set([code]);
    for (let at: string | undefined = parent; at !== undefined; at = open.get(at)?.parent) {
      if (seen.has(at)) {
        const expected = text('上级不在其下的单位', 'a unit that is not below itself');
        report('units', code, 'parent', 'below-itself', expected, parent);
        break;
      }
      seen.add(at);
    }
  }
}

function checkAccounts({ accounts }: Rows, report: Report): void {
  const keys = new Set(accounts.map(({ key }) => key));
  const numbers = new Map<string, string>();
  for (const { key, number, becomes } of accounts) {
    const other = numbers.get(number);
    if (other !== undefined)
      report(
        'accounts',
        key,
        'number',
        'number-twice',
        text(`未被 ${other} 使用的编号`, `not that of ${other}`),
        number,
      );
    numbers.set(number, key);
    const above = key.split('/')[0]!;
    if (!keys.has(above))
      report('accounts', key, 'key', 'no-such-account', text(`科目 ${above}`, `the account ${above}`), 'none');
    if (becomes !== undefined && !keys.has(becomes))
      report(
        'accounts',
        key,
        'becomes',
        'no-such-account',
        text('已采用的科目', 'an account that is adopted'),
        becomes,
      );
  }
}

/** What accounts, policies and windows are for is adopted. */
function checkReach(rows: Rows, report: Report): void {
  const funds = new Set(rows.funds.map(({ key }) => key));
  const scopes = new Set(['nation', ...rows.units.map(({ code }) => code)]);
  const fund = (table: TableName, key: string, column: string, named: string | undefined): void => {
    if (named === undefined || funds.has(named)) return;
    const known = [...funds].join(', ');
    report(table, key, column, 'unknown-fund', text(`${known} 之一`, `one of ${known}`), named);
  };
  for (const { key, funds: named } of rows.accounts) for (const each of named) fund('accounts', key, 'funds', each);
  for (const row of rows.policies) {
    const key = ROW_KEYS.policies(row);
    fund('policies', key, 'fund', row.fund);
    if (!scopes.has(row.scope))
      report(
        'policies',
        key,
        'scope',
        'unknown-unit',
        text('nation 或已采用的单位', 'nation, or a unit that is adopted'),
        row.scope,
      );
  }
  for (const row of rows.windows) fund('windows', ROW_KEYS.windows(row), 'fund', row.fund);
}

/** A word of a file or a question stands for one thing. */
function checkWords({ funds, units, accounts }: Rows, report: Report): void {
  const unambiguous = (table: TableName, list: readonly Code[], keyOf = (code: string): string => code): void => {
    for (const { word, code, other } of ambiguitiesIn(list)) {
      const expected = text(`不与 ${other} 相同的名称`, `a name that is not one of ${other}`);
      report(table, keyOf(code), 'zh', 'ambiguous', expected, word);
    }
  };
  unambiguous('funds', [
    ...funds.map(({ key, name }) => ({ code: key, name })),
    { code: ALL_FUNDS, name: text('不分基金', 'All funds') },
  ]);
  unambiguous(
    'units',
    units.map(({ code, name }) => ({ code, name })),
  );
  const [details, tops] = [
    accounts.filter(({ key }) => key.includes('/')),
    accounts.filter(({ key }) => !key.includes('/')),
  ];
  unambiguous(
    'accounts',
    tops.map(({ key, name, number, also }) => ({ code: key, name, also: [number, `${number} ${name.zh}`, ...also] })),
  );
  for (const [above, rows] of Map.groupBy(details, ({ key }) => key.split('/')[0]!))
    unambiguous(
      'accounts',
      rows.map(({ key, name, also }) => ({ code: key.slice(above.length + 1), name, also })),
      (code) => `${above}/${code}`,
    );
}
