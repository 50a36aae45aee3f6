import { isDay } from '../time/clock.js';
import { type Text, text } from '../errors.js';
import { isSeen } from '../text/foreign-text.js';
import { SHARINGS } from './rows.js';

/** One column of a file of a reference set: what its cells look like. An empty cell is one that says nothing. */
export interface Column {
  readonly name: string;
  readonly required: boolean;
  readonly accepts: (cell: string) => boolean;
  readonly expected: Text;
  /** What its cells look like where they stand in an event, as JSON Schema says it. */
  readonly schema: Readonly<Record<string, unknown>>;
}

const column = (
  name: string,
  required: boolean,
  accepts: Column['accepts'],
  expected: Text,
  schema: Column['schema'],
): Column => ({ name, required, accepts, expected, schema });
const matching = (name: string, required: boolean, pattern: RegExp, expected: Text): Column =>
  column(name, required, (cell) => pattern.test(cell), expected, { type: 'string', pattern: pattern.source });
const oneOf = (name: string, codes: readonly string[], required = true): Column =>
  column(
    name,
    required,
    (cell) => codes.includes(cell),
    text(`${codes.join('、')} 之一`, `one of ${codes.join(', ')}`),
    { type: 'string', enum: codes },
  );

const FUND = /^[a-z]+(-[a-z]+)*$/;
const FUND_TEXT = text('小写字母、以 - 相连的基金代码', 'a fund’s key in small letters, joined by -');
const UNIT = /^[0-9]{6}$/;
const UNIT_TEXT = text('六位行政区划代码', 'a region code of six digits');
const ACCOUNT = /^[a-z]+([.-][a-z]+)*(\/[a-z]+(-[a-z]+)*)?$/;
const ACCOUNT_TEXT = text('科目键，如 benefits 或 benefits/inpatient', 'an account’s key, e.g. benefits/inpatient');
const FUNDS = /^[a-z]+(-[a-z]+)*(;[a-z]+(-[a-z]+)*)*$/;

/** Text as events keep it: a line. That it is seen is looked at beside the schema, as with every text. */
const seen = (of: string, required: boolean, most: number, expected: Text): Column =>
  column(of, required, (cell) => isSeen(cell) && cell.length <= most, expected, {
    type: 'string',
    pattern: `^[^\\p{Cc}\\p{Cs}\\u2028\\u2029]{1,${most}}$`,
  });
const name = (of: string): Column => seen(of, true, 100, text('1 至 100 个可见字符', '1 to 100 characters to be seen'));
const words = (of: string): Column => seen(of, false, 400, text('以 ; 分隔的名称', 'names parted by ;'));
const yesNo = (of: string): Column => oneOf(of, ['yes', 'no']);
const day = (of: string, required = false): Column =>
  column(of, required, isDay, text('存在的日期 YYYY-MM-DD', 'a day that exists, as YYYY-MM-DD'), {
    type: 'string',
    format: 'date',
  });
const year = (of: string): Column => matching(of, true, /^(19|2[01])[0-9]{2}$/, text('年度 YYYY', 'a year YYYY'));
const fund = (of: string, required: boolean): Column => matching(of, required, FUND, FUND_TEXT);

/** The files of a set, in the order in which they are read, and their columns. */
export const SET_COLUMNS = {
  funds: [
    fund('key', true),
    day('from'),
    name('zh'),
    name('en'),
    yesNo('personalAccounts'),
    yesNo('basicInsurance'),
    yesNo('on'),
  ],
  units: [
    matching('code', true, UNIT, UNIT_TEXT),
    day('from'),
    name('zh'),
    name('en'),
    matching('parent', false, UNIT, UNIT_TEXT),
    yesNo('closed'),
  ],
  accounts: [
    matching('key', true, ACCOUNT, ACCOUNT_TEXT),
    day('from'),
    matching(
      'number',
      true,
      /^[1-5][0-9]{3}(\.[0-9]{2}){0,3}$/,
      text('科目编号，如 1003.01', 'an account number, e.g. 1003.01'),
    ),
    name('zh'),
    name('en'),
    words('also'),
    matching('funds', false, FUNDS, text('以 ; 分隔的基金代码', 'keys of funds parted by ;')),
    oneOf('share', SHARINGS, false),
    matching(
      'closed',
      false,
      /^[^|\p{Cc}]+\|[^|\p{Cc}]+$/u,
      text('停用原因：中文|英文', 'why it is closed: Chinese|English'),
    ),
    matching('becomes', false, ACCOUNT, ACCOUNT_TEXT),
  ],
  policies: [
    matching('key', true, FUND, text('参数名', 'the name of a policy')),
    day('from'),
    matching('scope', true, /^(nation|[0-9]{6})$/, text('nation 或单位代码', 'nation, or the code of a unit')),
    fund('fund', false),
    name('value'),
    name('source'),
  ],
  windows: [
    fund('fund', true),
    year('coverYear'),
    day('from'),
    day('opens', true),
    day('closes', true),
    name('source'),
  ],
} as const satisfies Record<string, readonly Column[]>;

export type TableName = keyof typeof SET_COLUMNS;
export const TABLE_NAMES = Object.keys(SET_COLUMNS) as readonly TableName[];

/** What the columns are called. */
export const COLUMN_NAMES: Readonly<Record<string, Text>> = {
  key: text('键', 'key'),
  code: text('代码', 'code'),
  from: text('起始日', 'first day'),
  zh: text('中文名称', 'name in Chinese'),
  en: text('英文名称', 'name in English'),
  personalAccounts: text('有个人账户', 'with personal accounts'),
  basicInsurance: text('属基本医疗保险', 'of basic insurance'),
  on: text('启用', 'switched on'),
  parent: text('上级单位', 'unit above'),
  closed: text('停用', 'closed'),
  number: text('科目编号', 'account number'),
  also: text('其他名称', 'other names'),
  funds: text('适用基金', 'funds that have it'),
  share: text('份额', 'share'),
  becomes: text('改记科目', 'account it became'),
  scope: text('适用范围', 'scope'),
  fund: text('基金', 'fund'),
  value: text('值', 'value'),
  source: text('依据', 'source'),
  coverYear: text('参保年度', 'year covered'),
  opens: text('开始日', 'opens'),
  closes: text('截止日', 'closes'),
};
