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
}

const column = (name: string, required: boolean, accepts: Column['accepts'], expected: Text): Column => ({
  name,
  required,
  accepts,
  expected,
});
const matching = (pattern: RegExp) => (cell: string) => pattern.test(cell);
const oneOf = (name: string, codes: readonly string[], required = true): Column =>
  column(
    name,
    required,
    (cell) => codes.includes(cell),
    text(`${codes.join('、')} 之一`, `one of ${codes.join(', ')}`),
  );

const FUND = /^[a-z]+(-[a-z]+)*$/;
const FUND_TEXT = text('小写字母、以 - 相连的基金代码', 'a fund’s key in small letters, joined by -');
const UNIT = /^[0-9]{6}$/;
const UNIT_TEXT = text('六位行政区划代码', 'a region code of six digits');
const ACCOUNT = /^[a-z]+([.-][a-z]+)*(\/[a-z]+(-[a-z]+)*)?$/;
const ACCOUNT_TEXT = text('科目键，如 benefits 或 benefits/inpatient', 'an account’s key, e.g. benefits/inpatient');
const LIST = /;/;

const name = (of: string): Column =>
  column(
    of,
    true,
    (cell) => isSeen(cell) && cell.length <= 100,
    text('1 至 100 个可见字符', '1 to 100 characters to be seen'),
  );
const words = (of: string): Column => column(of, false, isSeen, text('以 ; 分隔的名称', 'names parted by ;'));
const yesNo = (of: string): Column => oneOf(of, ['yes', 'no']);
const day = (of: string, required = false): Column =>
  column(of, required, isDay, text('存在的日期 YYYY-MM-DD', 'a day that exists, as YYYY-MM-DD'));
const year = (of: string): Column =>
  column(of, true, matching(/^(19|2[01])[0-9]{2}$/), text('年度 YYYY', 'a year YYYY'));
const fund = (of: string, required: boolean): Column => column(of, required, matching(FUND), FUND_TEXT);

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
    column('code', true, matching(UNIT), UNIT_TEXT),
    day('from'),
    name('zh'),
    name('en'),
    column('parent', false, matching(UNIT), UNIT_TEXT),
    yesNo('closed'),
  ],
  accounts: [
    column('key', true, matching(ACCOUNT), ACCOUNT_TEXT),
    day('from'),
    column(
      'number',
      true,
      matching(/^[1-5][0-9]{3}(\.[0-9]{2}){0,3}$/),
      text('科目编号，如 1003.01', 'an account number, e.g. 1003.01'),
    ),
    name('zh'),
    name('en'),
    words('also'),
    column(
      'funds',
      false,
      (cell) => cell.split(LIST).every((each) => FUND.test(each)),
      text('以 ; 分隔的基金代码', 'keys of funds parted by ;'),
    ),
    oneOf('share', SHARINGS, false),
    column(
      'closed',
      false,
      matching(/^[^|]+\|[^|]+$/),
      text('停用原因：中文|英文', 'why it is closed: Chinese|English'),
    ),
    column('becomes', false, matching(ACCOUNT), ACCOUNT_TEXT),
  ],
  policies: [
    column('key', true, matching(FUND), text('参数名', 'the name of a policy')),
    day('from'),
    column('scope', true, matching(/^(nation|[0-9]{6})$/), text('nation 或单位代码', 'nation, or the code of a unit')),
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
