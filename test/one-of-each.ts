import { COMMAND_KINDS, findKind } from '../src/catalogue/registry.js';
import { type RunningService } from './service.js';

/** The path of a kind and its example with some fields changed; a field set to undefined is left out. */
export function command(kind: string, fields: Readonly<Record<string, unknown>> = {}): [path: string, body: object] {
  const { route, example } = findKind(kind)!;
  return [`/v1/${route}`, { ...example, ...fields }];
}

/** How many events the log has. */
export async function eventCount(service: Pick<RunningService, 'address'>): Promise<number> {
  const headers = { accept: 'application/x-ndjson' };
  const lines = await (await fetch(`${service.address}/v1/events`, { headers })).text();
  return lines.split('\n').length - 1;
}

type Example = readonly [kind: string, fields: Readonly<Record<string, unknown>>];

/** What the first of them opens with: something on every account that one of the others draws on. */
const OPENING = {
  ...(findKind('opening-balance')!.example['balances'] as Readonly<Record<string, string>>),
  'advances.off-site': '200000.00',
  'advances.other': '5000.00',
  'suspense.advance-premiums': '205000.00',
};
/** Out of what is held, so that the premiums are what the contribution made of them. */
const REFUND = {
  original: undefined,
  heldIn: 'suspense.to-refund',
  poolShare: undefined,
  personalShare: undefined,
  account: 'fiscal-account',
};
const EMPLOYEE = { fund: 'employee', unit: '460100' };

/** The month and the year of that subsidy are closed. */
const LAST_YEAR = { fund: 'resident', unit: '460400', businessDate: '2024-12-31' };

/** What the subsidy of an earlier year is corrected by. */
const EARLIER = {
  fund: 'resident',
  unit: '460400',
  businessDate: '2025-05-28',
  corrects: 'book-resident-460400-0',
  credits: { 'income.other/prior-year-recoveries': '800.00' },
};

/** Those that others stand on or that stand on others, in an order in which each may follow those before it. */
const IN_ORDER: readonly Example[] = [
  ['opening-balance', { balances: OPENING }],
  ['contribution', {}],
  ['subsidy', { unit: '460400', businessDate: '2024-12-20' }],
  ['payout', {}],
  ['recovery', {}],
  ['penalty', {}],
  ['interest', { shares: 'unknown', personalShare: undefined }],
  ['money-movement', {}],
  ['remittance-up', {}],
  ['remittance-received', {}],
  ['funding-down', { amount: '10000.00' }],
  ['funding-received', { amount: '10000.00' }],
  ['reversal', { reverses: 'book-employee-460100-1' }],
  ['opening-correction', {}],
  ['transfer-opening', {}],
  ['prior-year-correction', EARLIER],
  ['contribution-recognition', { ...EMPLOYEE, payerKind: 'flexible' }],
  ['contribution-refund', REFUND],
  ['pending-allocation', { pending: 'pending.interest' }],
  ['donation', EMPLOYEE],
  ['suspense-receipt', {}],
  ['suspense-release', {}],
  ['personal-account-credit', {}],
  ['personal-transfer-in', {}],
  ['personal-transfer-out', {}],
  ['personal-transfer-return', {}],
  ['serious-illness-premium', EMPLOYEE],
  ['serious-illness-settlement', EMPLOYEE],
  ['advance-payment', {}],
  ['advance-clearing', {}],
  ['advance-return', {}],
  ['advance-write-off', {}],
  ['inbound-care-funding', {}],
  ['inbound-care-payment', {}],
  ['loan', EMPLOYEE],
  ['loan-repayment', EMPLOYEE],
  ['liability-write-off', {}],
  ['risk-fund-allocation', {}],
  ['risk-fund-use', {}],
  ['contract-penalty', {}],
  ['misdirected-fine', {}],
  ['misdirected-fine-forwarding', {}],
  ['memo-withdrawal', {}],
  ['period-close', LAST_YEAR],
  ['period-reopening', { ...LAST_YEAR, reverses: 'book-resident-460400-2' }],
  ['year-close', LAST_YEAR],
];

/** One of every kind. A kind that is not named above stands by itself, in a book where it changes nothing for them. */
export const ONE_OF_EACH: readonly Example[] = [
  ...IN_ORDER,
  ...COMMAND_KINDS.filter(({ kind }) => IN_ORDER.every(([named]) => named !== kind)).map(({ kind }): Example => [
    kind,
    { unit: '460300' },
  ]),
];
