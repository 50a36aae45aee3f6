import { Books } from '../src/books/handle.js';
import { PROJECTIONS } from '../projections/registry.js';
import { FollowedLog } from './followed-log.js';
import { type Incoming, requestOf } from './given-when-then.js';

const NOW = Date.UTC(2025, 11, 31);
const [PROVINCE, CITY, OTHER] = ['460000', '460100', '460200'] as const;

const of = (fund: string, unit: string, businessDate: string, kind: string, more: object): Incoming => {
  return { kind, fund, unit, businessDate, ...more };
};
const employee = (businessDate: string, kind: string, more: object): Incoming =>
  of('employee', CITY, businessDate, kind, more);
const opening = (fund: string, unit: string, balances: Record<string, string>): Incoming =>
  of(fund, unit, '2024-01-01', 'opening-balance', { balances });
const residents = (unit: string, businessDate: string, amount: string): Incoming =>
  of('resident', unit, businessDate, 'contribution', {
    amount,
    payer: { kind: 'resident', reference: `R-${unit}` },
    coverPeriod: businessDate.slice(0, 4),
    poolShare: undefined,
    personalShare: undefined,
    account: 'fiscal-account',
  });
const treated = (fund: string, unit: string, businessDate: string, amount: string, more: object = {}): Incoming =>
  of(fund, unit, businessDate, 'payout', {
    amount,
    careRegion: undefined,
    offsets: undefined,
    account: 'fiscal-account',
    share: fund === 'employee' ? 'pool' : undefined,
    ...more,
  });

/** The employee fund of one city: shares, what has none yet, advances, and a mistake of the year before put right. */
const EMPLOYEE: readonly Incoming[] = [
  opening('employee', CITY, {
    'fiscal-account': '9000.00',
    'expenditure-account': '1000.00',
    'advances.off-site': '500.00',
    'suspense.off-site-inbound': '300.00',
    'net.pool': '7200.00',
    'net.personal': '3000.00',
  }),
  employee('2024-05-10', 'contribution', {
    amount: '1000.00',
    poolShare: '700.00',
    personalShare: '300.00',
    account: 'fiscal-account',
  }),
  treated('employee', CITY, '2024-06-20', '400.00'),
  employee('2025-01-10', 'contribution', {
    amount: '2000.00',
    poolShare: '1400.00',
    personalShare: '600.00',
    account: 'fiscal-account',
  }),
  employee('2025-02-03', 'personal-account-credit', { amount: '83.00', headcount: 1, perHead: '83.00' }),
  employee('2025-03-10', 'prior-year-correction', {
    corrects: 'book-employee-460100-1',
    debits: { 'net.personal': '20.00' },
    credits: { 'net.pool': '20.00' },
  }),
  treated('employee', CITY, '2025-04-20', '900.00'),
  treated('employee', CITY, '2025-04-21', '150.00', { benefitKind: 'personal-pharmacy', share: 'personal' }),
  employee('2025-05-12', 'contribution', {
    amount: '250.00',
    shares: 'unknown',
    poolShare: undefined,
    personalShare: undefined,
    account: 'fiscal-account',
  }),
];

/** The resident fund of a province with two cities: money between levels, of which some is on its way. */
const RESIDENT: readonly Incoming[] = [
  opening('resident', PROVINCE, { 'fiscal-account': '400.00', 'net.pool': '400.00' }),
  opening('resident', CITY, { 'fiscal-account': '5000.00', 'net.pool': '4900.00', loans: '100.00' }),
  opening('resident', OTHER, { 'fiscal-account': '2000.00', 'net.pool': '2000.00' }),
  residents(CITY, '2024-05-06', '500.00'),
  treated('resident', CITY, '2024-05-20', '300.00'),
  residents(CITY, '2025-05-06', '600.00'),
  of('resident', CITY, '2025-05-08', 'subsidy', {
    amount: '670.00',
    headcount: 1,
    perHead: '670.00',
    tier: 'central',
  }),
  treated('resident', CITY, '2025-05-20', '350.00'),
  treated('resident', CITY, '2025-05-21', '50.00', { benefitKind: 'outpatient' }),
  residents(OTHER, '2025-05-06', '40.00'),
  of('resident', CITY, '2025-05-22', 'remittance-up', { amount: '70.00', transferId: 'SJ-1', toUnit: PROVINCE }),
  of('resident', PROVINCE, '2025-05-23', 'remittance-received', {
    amount: '70.00',
    transferId: 'SJ-1',
    fromUnit: CITY,
  }),
  // This one is on its way.
  of('resident', OTHER, '2025-05-30', 'remittance-up', { amount: '5.00', transferId: 'SJ-2', toUnit: PROVINCE }),
];

const ASSISTANCE: readonly Incoming[] = [
  opening('assistance', CITY, { 'fiscal-account': '800.00', 'net.pool': '800.00' }),
  of('assistance', CITY, '2025-05-15', 'risk-fund-allocation', { amount: '60.00' }),
  treated('assistance', CITY, '2025-05-25', '100.00', { benefitKind: 'direct' }),
];

/** Budgets by accounts and by details, one of them adjusted; the employee fund has none. */
const budget = (unit: string, lines: Record<string, string>): Incoming =>
  of('resident', unit, '2025-02-20', 'budget-approval', { year: '2025', lines });
const BUDGETS: readonly Incoming[] = [
  budget(CITY, {
    'income.premiums': '640.00',
    'income.premiums/collective': '10.00',
    'income.subsidy/central': '500.00',
    'income.subsidy/gap': '100.00',
    'benefits/inpatient': '400.00',
    'benefits/outpatient': '60.00',
    'serious-illness': '20.00',
    'expenditure.to-above': '70.00',
  }),
  of('resident', CITY, '2025-04-01', 'budget-adjustment', { year: '2025', lines: { 'benefits/inpatient': '450.00' } }),
  budget(OTHER, { 'income.premiums': '50.00', 'expenditure.to-above': '5.00' }),
  budget(PROVINCE, { 'income.from-below': '75.00' }),
];

/** What the statements of the small ledger are made of: two years up to the end of May 2025, nothing closed. */
const POSTED: readonly Incoming[] = [...EMPLOYEE, ...RESIDENT, ...ASSISTANCE, ...BUDGETS];

/** A small fixed ledger of two years, by which statements are printed and compared line by line. */
export async function smallLedger(): Promise<{ log: FollowedLog; post: (command: Incoming) => Promise<void> }> {
  const log = new FollowedLog(PROJECTIONS.filter(({ name }) => name !== 'recorded-time'));
  const books = new Books(log.store, () => NOW);
  let posted = 0;
  const post = async (command: Incoming): Promise<void> => {
    posted += 1;
    await books.post(requestOf(command, `key-${posted}`));
  };
  for (const command of POSTED) await post(command);
  await log.follow();
  return { log, post };
}
