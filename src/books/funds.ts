import { CodeList } from '../text/codes.js';
import { type Text, text } from '../errors.js';

/** A fund 基金: an independent accounting entity by law. Nothing is ever posted across two of them. */
export interface Fund {
  readonly key: string;
  readonly name: Text;
  /** Employee fund only: the balance is split into a pool and personal accounts, and entries say which. */
  readonly personalAccounts: boolean;
  /** Counted in the basic-insurance total 基本医疗保险; the other funds are reported beside it. */
  readonly basicInsurance: boolean;
  readonly enabled: boolean;
}

/** The registry of funds. A new fund is a line here; maternity 生育 is inside the employee fund. */
export const FUNDS: readonly Fund[] = [
  {
    key: 'employee',
    name: text('职工基本医疗保险基金', 'Employee basic medical insurance fund'),
    personalAccounts: true,
    basicInsurance: true,
    enabled: true,
  },
  {
    key: 'resident',
    name: text('城乡居民基本医疗保险基金', 'Resident basic medical insurance fund'),
    personalAccounts: false,
    basicInsurance: true,
    enabled: true,
  },
  {
    key: 'assistance',
    name: text('医疗救助基金', 'Medical assistance fund'),
    personalAccounts: false,
    basicInsurance: false,
    enabled: true,
  },
  {
    key: 'long-term-care',
    name: text('长期护理保险基金', 'Long-term care insurance fund'),
    personalAccounts: false,
    basicInsurance: false,
    enabled: false,
  },
];

export const ENABLED_FUNDS: readonly Fund[] = FUNDS.filter(({ enabled }) => enabled);
/** The funds that are switched on, as they are called. */
export const FUND_CODES = new CodeList(ENABLED_FUNDS.map(({ key, name }) => ({ code: key, name })));
const BY_KEY = new Map(ENABLED_FUNDS.map((fund) => [fund.key, fund]));

/** The fund of a key; undefined where it is unknown or switched off. */
export const findFund = (key: string): Fund | undefined => BY_KEY.get(key);
