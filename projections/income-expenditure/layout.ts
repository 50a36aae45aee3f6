import { type Share } from '../../src/books/entries.js';
import { type Chart, type Detail } from '../../src/reference/chart.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Text, text } from '../../src/errors.js';
import { isBeneath } from '../statements/places.js';

/** A detail that the form prescribes under 社会保险待遇支出, and what a chart calls what belongs to it. */
export interface FormDetail {
  readonly key: string;
  readonly name: Text;
  readonly called: readonly string[];
}

/** One block of the form: income or expenditure of a share. */
export interface Block {
  readonly key: string;
  readonly name: Text;
  readonly kind: 'income' | 'expenditure';
  readonly share: Share;
  /** The statutory numbers of its lines, in their order. */
  readonly lines: readonly string[];
  readonly details: readonly FormDetail[];
}

const detail = (key: string, zh: string, en: string, ...called: readonly string[]): FormDetail => ({
  key,
  name: text(zh, en),
  called: [zh, ...called],
});
const INPATIENT = detail('inpatient', '住院费用', 'Inpatient care', '个人账户住院费用');
/** What goes to no other detail. */
export const OTHER = detail('other', '其他费用', 'Other benefits');

const OF_POOL: readonly FormDetail[] = [
  INPATIENT,
  detail('chronic', '门诊大病费用', 'Serious outpatient care'),
  detail('outpatient', '门诊统筹费用', 'Outpatient care from the pool', '门诊费用'),
  detail('maternity-medical', '生育医疗费用', 'Maternity care'),
  detail('maternity-allowance', '生育津贴', 'Maternity allowance'),
];
const OF_PERSONAL: readonly FormDetail[] = [
  INPATIENT,
  detail('outpatient', '门诊费用', 'Outpatient care', '个人账户门诊费用', '门诊统筹费用', '门诊大病费用'),
  detail('pharmacy', '药店医药费用', 'Medicines from pharmacies', '个人账户药店医药费用'),
];
const OF_RESIDENTS: readonly FormDetail[] = [
  INPATIENT,
  detail('outpatient', '门诊费用', 'Outpatient care', '门诊统筹费用', '门诊大病费用'),
  OTHER,
];
const OF_ASSISTANCE: readonly FormDetail[] = [
  detail('enrolment', '资助参保', 'Subsidised enrolment'),
  detail('direct', '直接救助', 'Direct assistance'),
];

const POOL_INCOME = ['4001', '4101', '4201', '4401', '4402', '4501'];
const POOL_EXPENDITURE = ['5001', '5101', '5301', '5302', '5401'];
const block = (
  [zh, en]: readonly [string, string],
  kind: Block['kind'],
  share: Share,
  lines: readonly string[],
  details: readonly FormDetail[] = [],
): Block => ({ key: `${share}-${kind}`, name: text(zh, en), kind, share, lines, details });

/**
 * 会社保02表 by fund (SIFAS): with personal accounts pool and personal apart, otherwise one income and one expenditure.
 * Medical assistance is no insurance: it has neither premiums nor serious-illness insurance.
 */
export function blocksOf(fund: Pick<Fund, 'key' | 'personalAccounts'>): readonly Block[] {
  if (fund.personalAccounts)
    return [
      block(['一、统筹基金收入', 'I. Pool income'], 'income', 'pool', POOL_INCOME),
      block(['二、个人账户基金收入', 'II. Personal account income'], 'income', 'personal', [
        '4001',
        '4201',
        '4301',
        '4401',
        '4402',
        '4501',
      ]),
      block(['三、统筹基金支出', 'III. Pool expenditure'], 'expenditure', 'pool', POOL_EXPENDITURE, OF_POOL),
      block(
        ['四、个人账户基金支出', 'IV. Personal account expenditure'],
        'expenditure',
        'personal',
        ['5001', '5201', '5301', '5302', '5401'],
        OF_PERSONAL,
      ),
    ];
  const isAssistance = fund.key === 'assistance';
  const only = (lines: readonly string[]): readonly string[] =>
    isAssistance ? lines.filter((number) => number !== '4001' && number !== '5101') : lines;
  return [
    block(['一、基金收入', 'I. Income'], 'income', 'pool', only(POOL_INCOME)),
    block(
      ['二、基金支出', 'II. Expenditure'],
      'expenditure',
      'pool',
      only(POOL_EXPENDITURE),
      isAssistance ? OF_ASSISTANCE : OF_RESIDENTS,
    ),
  ];
}

/**
 * The prescribed detail that a chart's detail belongs to: the one it is called, by its name or another name of it; else
 * that of the detail it is numbered beneath; else none, which is 其他费用. So a set says it in words of its own.
 */
export function formDetailOf(details: readonly FormDetail[], chart: Chart, key: string | undefined): FormDetail {
  const [account = '', code = ''] = key?.split('/') ?? [];
  const found = key === undefined ? undefined : chart.detail(account, code);
  if (!found) return OTHER;
  const named = (row: Detail): FormDetail | undefined =>
    details.find(({ called }) => called.some((word) => word === row.name.zh || row.also.includes(word)));
  const above = chart
    .find(account)!
    .detailRows.filter((row) => isBeneath(found, row))
    .toSorted((one, other) => other.number.length - one.number.length);
  return named(found) ?? above.map(named).find((each) => each !== undefined) ?? OTHER;
}
