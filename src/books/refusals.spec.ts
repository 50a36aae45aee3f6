import { describe } from '@jest/globals';
import { type Incoming, opened } from '../../test/given-when-then.js';
import {
  ART_51,
  ART_64,
  itRefuses,
  LAST_DAY,
  poor,
  PRACTICE,
  type RefusedRow,
  SIFAS,
  TWO_LINES,
} from '../../test/refused-rows.js';

const BOOK = 'book-employee-460100';
const contribution: Incoming = { kind: 'contribution' };
const red = (revision: number, businessDate = '2025-06-10'): Incoming => ({
  kind: 'reversal',
  reverses: `${BOOK}-${revision}`,
  businessDate,
});
const blue = (revision: number, businessDate = '2026-03-10'): Incoming => ({
  kind: 'prior-year-correction',
  corrects: `${BOOK}-${revision}`,
  businessDate,
  debits: { 'fiscal-account': '800.00' },
  credits: { 'income.other/prior-year-recoveries@pool': '800.00' },
});
const openingCorrection = (revision: number): Incoming => ({
  kind: 'opening-correction',
  corrects: `${BOOK}-${revision}`,
  businessDate: '2025-06-05',
});
const CORRECTION: readonly RefusedRow[] = [
  ['1 no such voucher', [opened()], red(7), 'no-such-voucher', ART_51, [`${BOOK}-7`]],
  ['1 reversed once', [opened(), contribution, red(1)], red(1), 'already-reversed', ART_51, [`${BOOK}-1`]],
  [
    '1 no reversal of a reversal',
    [opened(), contribution, red(1)],
    red(2),
    'is-a-reversal',
    ART_51,
    [`${BOOK}-1`, `${BOOK}-2`],
  ],
  [
    '1 red in the same year',
    [
      { ...opened(), businessDate: '2024-12-01' },
      { ...contribution, businessDate: '2024-12-05', coverPeriod: '2024-12' },
    ],
    red(1, '2025-01-05'),
    'another-fiscal-year',
    ART_51,
    [`${BOOK}-1`, '2024', '2025', 'prior-year-correction'],
  ],
  [
    '1 blue in a later year',
    [opened(), contribution],
    blue(1, '2025-12-05'),
    'same-fiscal-year',
    ART_51,
    [`${BOOK}-1`, '2025', 'reversal'],
  ],
  ['1 corrected once', [opened(), contribution, blue(1)], blue(1), 'already-corrected', ART_51, [`${BOOK}-2`]],
  [
    '1 corrected is not reversed',
    [opened(), contribution, blue(1)],
    red(1),
    'already-corrected',
    ART_51,
    [`${BOOK}-2`],
  ],
  ['1 reversed is not corrected', [opened(), contribution, red(1)], blue(1), 'already-reversed', ART_51, [`${BOOK}-1`]],
  [
    '1 not before its original',
    [opened(), contribution],
    red(1, '2025-05-01'),
    'before-the-original',
    ART_51,
    ['2025-05-12', '2025-05-01'],
  ],
  [
    '1 an opening goes last',
    [opened(), contribution],
    red(0, '2025-01-01'),
    'opening-carries-vouchers',
    ART_51,
    ['1', 'opening-correction'],
  ],
  ['1 an opening on its day', [opened()], red(0), 'not-the-opening-day', ART_51, ['2025-01-01', '2025-06-10']],
  ['1 its correction too', [opened()], openingCorrection(0), 'not-the-opening-day', ART_51, ['2025-01-01']],
  [
    '1 a correction of an opening',
    [opened(), contribution],
    openingCorrection(1),
    'not-an-opening',
    ART_51,
    [`${BOOK}-1`],
  ],
  ['1 opened once', [opened()], opened(), 'book-already-open', SIFAS, ['opening-correction']],
  [
    '1 refunds go first',
    [opened(), contribution, { kind: 'contribution-refund' }],
    red(1),
    'has-refunds',
    SIFAS,
    ['617.25', `${BOOK}-2`],
  ],
  [
    '1 what was spent is not taken back',
    [
      poor({ 'fiscal-account': '1.00', 'net.pool': '1.00' }),
      { kind: 'money-movement', from: 'fiscal-account', to: 'expenditure-account', reason: 'use-plan', amount: '1.00' },
      { kind: 'payout', offsets: undefined, amount: '0.40', businessDate: '2025-06-11' },
    ],
    red(1),
    'below-zero',
    TWO_LINES,
    ['2025-06-11', '0.60', '-0.40', '1.00'],
  ],
  ['1 no future', [opened()], { ...contribution, businessDate: '2028-01-01' }, 'date-in-future', ART_51, [LAST_DAY]],
  [
    '1 nothing before the opening',
    [{ ...opened(), businessDate: '2025-05-01' }],
    { ...contribution, businessDate: '2025-04-30' },
    'date-before-opening',
    ART_51,
    ['2025-05-01', '2025-04-30'],
  ],
  ['1 two people', [opened()], { ...contribution, reviewer: 'wang' }, 'maker-is-reviewer', ART_51, ['wang']],
];

const close = (businessDate: string): Incoming => ({ kind: 'period-close', businessDate });
const yearClose = (businessDate = '2025-12-31'): Incoming => ({ kind: 'year-close', businessDate });
const reopen = (revision: number, businessDate: string): Incoming => ({
  kind: 'period-reopening',
  reverses: `${BOOK}-${revision}`,
  businessDate,
});
const MAY: readonly Incoming[] = [{ ...opened(), businessDate: '2025-05-01' }, contribution];
const MAY_CLOSED = [...MAY, close('2025-05-31')];
const DECEMBER: readonly Incoming[] = [{ ...opened(), businessDate: '2025-12-01' }];
const PENDING = { kind: 'interest', businessDate: '2025-12-21', shares: 'unknown', personalShare: undefined };

const CLOSING: readonly RefusedRow[] = [
  ['2 no voucher', MAY_CLOSED, contribution, 'period-closed', ART_64, ['2025-05', '2025-06-01']],
  ['2 no reversal', MAY_CLOSED, red(1, '2025-05-31'), 'period-closed', ART_64, ['2025-05', '2025-06-01']],
  ['2 closed once', MAY_CLOSED, close('2025-05-31'), 'period-closed', ART_64, ['2025-05', '2025-06']],
  [
    '2 a close is not reversed',
    MAY_CLOSED,
    red(2, '2025-06-30'),
    'is-a-closing',
    ART_51,
    [`${BOOK}-2`, 'period-reopening'],
  ],
  [
    '2 the income account at zero',
    [...MAY, { ...contribution, account: 'income-account' }],
    close('2025-05-31'),
    'income-account-not-empty',
    SIFAS,
    ['1002', '2025-05-31', '1234.50', 'income-sweep'],
  ],
  ['2 month by month', MAY, close('2025-06-30'), 'earlier-period-open', ART_64, ['2025-05-31', '2025-06']],
  ['2 at its end', MAY, close('2025-05-30'), 'not-the-end-of-a-period', ART_64, ['2025-05-31', '2025-05-30']],
  ['2 a book with vouchers', [], close('2025-05-31'), 'nothing-to-close', ART_64, ['2025-05']],
  [
    '2 year by year',
    [...DECEMBER, close('2025-12-31')],
    close('2026-01-31'),
    'earlier-year-open',
    ART_64,
    ['2025-12-31'],
  ],
  ['2 a year behind its months', MAY, yearClose(), 'months-open', ART_64, ['2025-05', '2025-12-31']],
  [
    '2 a year on its last day',
    [...DECEMBER, close('2025-12-31')],
    yearClose('2025-12-30'),
    'months-open',
    ART_64,
    ['2025-12-31', '2025-12-30'],
  ],
  ['2 a year once', [...DECEMBER, yearClose()], yearClose(), 'year-closed', ART_64, ['2025', '2026']],
  [
    '2 pending income by a ratio',
    [...DECEMBER, PENDING, close('2025-12-31')],
    yearClose(),
    'no-such-policy',
    SIFAS,
    ['12345.67', 'pending.interest', 'pending-income-pool-share', 'pending-allocation'],
  ],
  [
    '2 a close is opened again',
    MAY_CLOSED,
    reopen(1, '2025-05-31'),
    'not-a-period-close',
    PRACTICE,
    ['2025-05', `${BOOK}-2`],
  ],
  [
    '2 not that of a year',
    [...DECEMBER, yearClose()],
    reopen(1, '2025-12-31'),
    'not-a-period-close',
    PRACTICE,
    [`${BOOK}-1`, '2026-01'],
  ],
  ['2 not what closes nothing', MAY, reopen(1, '2025-05-31'), 'not-a-period-close', PRACTICE, [`${BOOK}-1`]],
  [
    '2 the last one',
    [...MAY_CLOSED, close('2025-06-30')],
    reopen(2, '2025-05-31'),
    'not-the-last-closed',
    PRACTICE,
    ['2025-06', `${BOOK}-3`],
  ],
  ['2 on its day', MAY_CLOSED, reopen(2, '2025-06-01'), 'not-the-day-of-the-close', PRACTICE, ['2025-05-31']],
  [
    '2 never across a year',
    [...DECEMBER, close('2025-12-31'), yearClose()],
    reopen(1, '2025-12-31'),
    'year-closed',
    PRACTICE,
    ['2025', '2026-01', 'prior-year-correction'],
  ],
];

describe('a correction', () => itRefuses(CORRECTION));
describe('a closing', () => itRefuses(CLOSING));
