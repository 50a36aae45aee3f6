import { Evidence } from '../../kinds/commands.js';
import { adoption } from '../../kinds/kind.js';
import { SetRow } from '../../kinds/adoption-fields.js';
import { Day, Line, Nested, Pattern, Reference, RowsOf } from '../../kinds/fields.js';
import { text } from '../../errors.js';
import { type Cells } from '../../reference/read-set.js';

@SetRow('funds')
class FundOfSet {}
@SetRow('units')
class UnitOfSet {}
@SetRow('accounts')
class AccountOfSet {}
@SetRow('policies')
class PolicyOfSet {}
@SetRow('windows')
class WindowOfSet {}

/**
 * A whole set of reference data: what a ledger begins with. Two people answer for it; only for the set that is built in
 * nobody need, which was reviewed with the release of the program.
 */
export class ReferenceSetAdoption {
  @Pattern(
    text('资料名称', 'name of the set'),
    '^[a-z0-9]+(-[a-z0-9]+)*$',
    'set-name',
    text('小写字母、数字，以 - 相连', 'small letters and digits, joined by -'),
  )
  set!: string;

  @Day(text('决定日期', 'day of the decision'))
  businessDate!: string;

  @Nested(text('决定文件', 'evidence'), Evidence)
  evidence!: Evidence;

  @Reference(text('经办', 'maker'), { optional: true })
  maker?: string;

  @Reference(text('复核', 'reviewer'), { optional: true })
  reviewer?: string;

  @Line(text('摘要', 'note'), 200, { optional: true })
  note?: string;

  @RowsOf(text('基金', 'funds'), FundOfSet)
  funds!: readonly Cells[];

  @RowsOf(text('核算单位', 'units'), UnitOfSet)
  units!: readonly Cells[];

  @RowsOf(text('科目', 'accounts'), AccountOfSet)
  accounts!: readonly Cells[];

  @RowsOf(text('参数', 'policies'), PolicyOfSet)
  policies!: readonly Cells[];

  @RowsOf(text('集中缴费期', 'collection windows'), WindowOfSet)
  windows!: readonly Cells[];
}

/** An account of the example: what posting rules name is in every set, under whatever number and name. */
const account = (key: string, number: string, zh: string, en: string, share?: string): Cells => ({
  key,
  number,
  zh,
  en,
  ...(share && { share }),
});

export const referenceSet = adoption<ReferenceSetAdoption>({
  kind: 'reference-set',
  route: 'reference-sets',
  event: 'ReferenceSetAdopted.v1',
  name: text('采用基础资料', 'Reference set adopted'),
  command: ReferenceSetAdoption,
  whole: true,
  cells: ({ funds, units, accounts, policies, windows }) => ({ funds, units, accounts, policies, windows }),
  example: {
    set: 'one-city',
    businessDate: '2025-05-20',
    evidence: {
      kind: 'decision',
      number: 'JC-2025-0',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
    maker: 'E-0001',
    reviewer: 'E-0002',
    funds: [
      {
        key: 'resident',
        zh: '居民基金',
        en: 'Resident fund',
        personalAccounts: 'no',
        basicInsurance: 'yes',
        on: 'yes',
      },
    ],
    units: [{ code: '460100', zh: '海口市', en: 'Haikou', closed: 'no' }],
    accounts: [
      account('cash', '1001', '库存现金', 'Cash'),
      account('income-account', '1002', '收入户存款', 'Income account deposit'),
      account('expenditure-account', '1004', '支出户存款', 'Expenditure account deposit'),
      account('fiscal-account', '1003', '财政专户存款', 'Fiscal account deposit'),
      account('treasury', '1005', '国库存款', 'Treasury deposit'),
      account('bonds', '1201', '债券投资', 'Bonds'),
      account('loans', '2101', '借入款项', 'Loans'),
      account('net.pool', '3001.01', '统筹基金', 'Pool'),
      account('income.premiums', '4001', '社会保险费收入', 'Premiums', 'either'),
      account('income.subsidy', '4101', '财政补贴收入', 'Government subsidies', 'pool'),
      account('income.interest', '4201', '利息收入', 'Interest', 'either'),
      account('income.from-above', '4401', '上级补助收入', 'Funding from above', 'either'),
      account('income.from-below', '4402', '下级上解收入', 'Remittances from below', 'either'),
      account('income.other', '4501', '其他收入', 'Other income', 'either'),
      account('benefits', '5001', '社会保险待遇支出', 'Benefits', 'either'),
      account('expenditure.to-above', '5301', '上解上级支出', 'Remittances to above', 'either'),
      account('expenditure.to-below', '5302', '补助下级支出', 'Funding to below', 'either'),
      account('expenditure.other', '5401', '其他支出', 'Other expenditure', 'either'),
    ],
    policies: [{ key: 'late-fee-rate', scope: 'nation', value: '0.0005', source: '社会保险法第八十六条' }],
    windows: [],
  },
});
