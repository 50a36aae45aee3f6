import { type Text, text } from '../../src/errors.js';
import { policyName, policyValue } from '../../src/reference/policy-names.js';
import { ALWAYS, type Rows } from '../../src/reference/rows.js';
import { type Cell, type Column, type Mark, type Sheet } from '../asking/question.js';
import { type Change } from './changes.js';
import { eventAt } from '../asking/addresses.js';

const column = (zh: string, en: string): Column => ({ name: text(zh, en), kind: 'text' });
const FROM = column('起始日', 'from');
const NAME = column('名称', 'name');
const STATE = column('状态', 'state');
const SOURCE = column('依据', 'source');

const since = ({ from }: { readonly from: string }): Cell => (from === ALWAYS ? null : from);
/** What units, funds and accounts are called. */
export interface Names {
  readonly units: ReadonlyMap<string, Text>;
  readonly funds: ReadonlyMap<string, Text>;
  readonly accounts: ReadonlyMap<string, Text>;
}

export const namesIn = ({ units, funds, accounts }: Rows): Names => ({
  units: new Map(units.map(({ code, name }) => [code, text(`${code} ${name.zh}`, `${code} ${name.en}`)])),
  funds: new Map(funds.map(({ key, name }) => [key, name])),
  accounts: new Map(
    accounts.map(({ key, number, name }) => [key, text(`${number} ${name.zh}`, `${number} ${name.en}`)]),
  ),
});

/** A code with its name; by itself where nothing is called so. */
const called = (names: ReadonlyMap<string, Text>, code: string): Text => names.get(code) ?? text(code, code);
const scopeName = ({ units }: Names, scope: string): Text => (scope === NATION ? NATIONAL : called(units, scope));
const fundName = ({ funds }: Names, fund: string | undefined): Text =>
  fund === undefined || fund === '' ? ALL : called(funds, fund);
const allOf = (names: readonly Text[]): Text =>
  names.length === 0 ? ALL : text(names.map(({ zh }) => zh).join('、'), names.map(({ en }) => en).join(', '));
const NATION = 'nation';
const NATIONAL = text('全国', 'nation');
const ALL = text('全部', 'all');
const FOR_EVER = text('自始', 'always');

const yesNo = (is: boolean): Text => (is ? text('是', 'yes') : text('否', 'no'));
const IN_USE = text('启用', 'in use');
const titled = (zh: string, en: string, day: string): Text => text(`${zh}　${day}`, `${en}, ${day}`);

export const fundSheet = ({ funds }: Rows, day: string): Sheet => ({
  name: 'funds',
  title: titled('基金', 'Funds', day),
  columns: [
    column('代码', 'key'),
    NAME,
    column('个人账户', 'personal accounts'),
    column('基本医疗保险', 'basic insurance'),
    STATE,
    FROM,
  ],
  rows: funds.map((fund) => [
    fund.key,
    fund.name,
    yesNo(fund.personalAccounts),
    yesNo(fund.basicInsurance),
    fund.on ? IN_USE : text('停用', 'switched off'),
    since(fund),
  ]),
});

export const unitSheet = ({ units }: Rows, day: string, names: Names): Sheet => ({
  name: 'units',
  title: titled('核算单位', 'Units', day),
  columns: [column('代码', 'code'), NAME, column('上级', 'parent'), STATE, FROM],
  rows: units.map((unit) => [
    unit.code,
    unit.name,
    unit.parent === undefined ? null : called(names.units, unit.parent),
    unit.closed ? text('停用', 'closed') : IN_USE,
    since(unit),
  ]),
});

export const accountSheet = ({ accounts }: Rows, day: string, names: Names): Sheet => ({
  name: 'accounts',
  title: titled('会计科目', 'Chart of accounts', day),
  columns: [column('编号', 'number'), NAME, column('键', 'key'), column('适用基金', 'funds'), STATE, FROM],
  rows: accounts
    .toSorted((one, other) => (one.number < other.number ? -1 : 1))
    .map((account) => [
      account.number,
      account.name,
      account.key,
      allOf(account.funds.map((fund) => called(names.funds, fund))),
      account.closed ?? IN_USE,
      since(account),
    ]),
});

export const policySheet = ({ policies }: Rows, day: string, names: Names): Sheet => ({
  name: 'policies',
  title: titled('参数', 'Policies', day),
  columns: [
    NAME,
    column('参数', 'policy'),
    column('范围', 'scope'),
    column('基金', 'fund'),
    column('值', 'value'),
    SOURCE,
    FROM,
  ],
  rows: policies.map((policy) => [
    policyName(policy.key),
    policy.key,
    scopeName(names, policy.scope),
    fundName(names, policy.fund),
    policyValue(policy.value),
    policy.source,
    since(policy) ?? FOR_EVER,
  ]),
});

export const windowSheet = ({ windows }: Rows, day: string, names: Names): Sheet => ({
  name: 'windows',
  title: titled('集中缴费期', 'Collection windows', day),
  columns: [
    column('基金', 'fund'),
    column('参保年度', 'year covered'),
    column('开始', 'opens'),
    column('截止', 'closes'),
    SOURCE,
    FROM,
  ],
  rows: windows.map((window) => [
    fundName(names, window.fund),
    window.coverYear,
    window.opens,
    window.closes,
    window.source,
    since(window),
  ]),
});

/** What the tables of a set are called where one of their rows is spoken of. */
export const TABLES: Readonly<Record<Change['table'], Text>> = {
  set: text('整套', 'set'),
  funds: text('基金', 'fund'),
  units: text('核算单位', 'unit'),
  accounts: text('科目', 'account'),
  policies: text('参数', 'policy'),
  windows: text('集中缴费期', 'window'),
};

/** What a key of a table is called. */
function keyName(table: Change['table'], key: string, names: Names): Text | null {
  if (table === 'funds') return fundName(names, key);
  if (table === 'units') return called(names.units, key);
  if (table === 'accounts') return called(names.accounts, key);
  if (table === 'set') return null;
  const [first = '', second = '', third = ''] = key.split(' ');
  const parts =
    table === 'windows'
      ? [fundName(names, first), text(second, second)]
      : [policyName(first), scopeName(names, second), ...(third === '' ? [] : [fundName(names, third)])];
  return text(parts.map(({ zh }) => zh).join(' '), parts.map(({ en }) => en).join(', '));
}

export const changeSheet = (changes: readonly Change[], names: Names): Sheet => ({
  name: 'changes',
  title: text('变更', 'Changes'),
  columns: [
    FROM,
    column('类别', 'what'),
    NAME,
    column('此前', 'before'),
    column('内容', 'says'),
    column('决定日期', 'decided on'),
    column('经办', 'maker'),
    column('复核', 'reviewer'),
    column('凭证号', 'evidence'),
    { name: text('日志位置', 'position'), kind: 'count' },
    column('键', 'key'),
  ],
  rows: changes.map(({ from, table, key, was, says, businessDate, maker, reviewer, evidence, position }) => [
    from ?? FOR_EVER,
    TABLES[table],
    keyName(table, key, names),
    was,
    says,
    businessDate,
    maker,
    reviewer,
    evidence,
    position,
    key,
  ]),
  marks: changes.map(({ position }): Mark => {
    const event = position === null ? undefined : eventAt(position);
    const none = [undefined, undefined, undefined, undefined] as const;
    return { links: [...none, event, ...none, event] };
  }),
});
