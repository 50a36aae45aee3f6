import { describe, expect, it } from '@jest/globals';
import { error, event, type Incoming, ledgerOf, opened, openedWith } from '../../test/given-when-then.js';
import { LedgerError } from '../errors.js';

const BOOK = 'book-employee-460100';
const DAY = '2025-06-02';
const EMPLOYEE = { fund: 'employee', unit: '460100' };
type Makes = (name: string, amount: string, businessDate?: string) => Incoming;

const advance =
  (line: string): Makes =>
  (counterparty, amount, businessDate = DAY) => {
    const kind = 'advance-payment';
    const gate = line === 'advances.provider' ? {} : { gate: undefined };
    return { kind, advance: line, counterparty, amount, businessDate, ...gate };
  };
const ended =
  (kind: string, advanceLine: string): Makes =>
  (counterparty, amount, businessDate = DAY) => ({ kind, advance: advanceLine, counterparty, amount, businessDate });
const payoutOf =
  (line: string, naming: (name: string) => object): Makes =>
  (name, amount, businessDate = DAY) => ({
    kind: 'payout',
    amount,
    offsets: { [line]: amount },
    ...naming(name),
    businessDate,
  });
const heldIn =
  (kind: string, line: string): Makes =>
  (counterparty, amount, businessDate = DAY) => ({ kind, heldIn: line, counterparty, amount, businessDate });
const writtenOff =
  (liability: string): Makes =>
  (counterparty, amount, businessDate = DAY) => ({
    kind: 'liability-write-off',
    ...EMPLOYEE,
    liability,
    counterparty,
    amount,
    businessDate,
  });
const unshared = { poolShare: undefined, personalShare: undefined };
const refunded =
  (line: string, naming: (name: string) => object): Makes =>
  (name, amount, businessDate = DAY) => ({
    kind: 'contribution-refund',
    heldIn: line,
    original: undefined,
    ...unshared,
    amount,
    businessDate,
    ...naming(name),
  });
const contributed =
  (account: string): Makes =>
  (heldFor, amount, businessDate = DAY) => ({
    kind: 'contribution',
    account,
    heldFor,
    amount,
    businessDate,
    ...unshared,
  });
const named =
  (kind: string, field: string): Makes =>
  (name, amount, businessDate = DAY) => ({
    kind,
    ...EMPLOYEE,
    [field]: name,
    amount,
    businessDate,
    interest: undefined,
  });
const inCase =
  (kind: string): Makes =>
  (caseId, amount, businessDate = DAY) => ({ kind, ...EMPLOYEE, caseId, amount, businessDate });
const of = (reference: string) => ({ payee: { kind: 'provider', reference } });
const paidBy = (reference: string) => ({ payer: { kind: 'employer', reference } });

/** What puts money on an account for somebody, and everything that takes it off again. */
const TAKEN: readonly (readonly [account: string, puts: Makes, takes: Makes])[] = [
  ['advances.provider', advance('advances.provider'), ended('advance-clearing', 'advances.provider')],
  ['advances.provider', advance('advances.provider'), ended('advance-return', 'advances.provider')],
  ['advances.provider', advance('advances.provider'), ended('advance-write-off', 'advances.provider')],
  ['advances.provider', advance('advances.provider'), payoutOf('advances.provider', of)],
  ['advances.emergency', advance('advances.emergency'), payoutOf('advances.emergency', of)],
  [
    'advances.direct-settlement',
    advance('advances.direct-settlement'),
    payoutOf('advances.direct-settlement', (advancedTo) => ({ advancedTo })),
  ],
  ['advances.vbp', advance('advances.vbp'), ended('advance-return', 'advances.vbp')],
  ['advances.off-site', advance('advances.off-site'), ended('advance-clearing', 'advances.off-site')],
  ['suspense.other', heldIn('suspense-receipt', 'suspense.other'), heldIn('suspense-release', 'suspense.other')],
  ['suspense.other', heldIn('suspense-receipt', 'suspense.other'), writtenOff('suspense.other')],
  ['suspense.other', heldIn('suspense-receipt', 'suspense.other'), contributed('suspense.other')],
  ['suspense.to-refund', heldIn('suspense-receipt', 'suspense.to-refund'), refunded('suspense.to-refund', paidBy)],
  [
    'suspense.to-refund',
    heldIn('suspense-receipt', 'suspense.to-refund'),
    refunded('suspense.to-refund', (heldFor) => ({ heldFor })),
  ],
  [
    'suspense.off-site-inbound',
    named('inbound-care-funding', 'insuredRegion'),
    writtenOff('suspense.off-site-inbound'),
  ],
  ['suspense.to-treasury', inCase('misdirected-fine'), inCase('misdirected-fine-forwarding')],
  ['loans', named('loan', 'lender'), named('loan-repayment', 'lender')],
  ['loans', named('loan', 'lender'), writtenOff('loans')],
];

const [A, B] = ['440100', '450100'];

describe('what is advanced to one, held for one or owed to one', () => {
  it.each(TAKEN)('on %s is not taken off it for another (%#)', (account, puts, takes) => {
    const given = [opened(), puts(A, '500.00'), puts(B, '200.00')];
    expect(error(given, takes(B, '200.01'))).toMatchObject({
      code: 'below-zero',
      details: [{ pointer: '/amount', expected: `at most 200.00 (${account} ${B})`, got: '200.01' }],
    });
    const ledger = ledgerOf([...given, takes(B, '200.00')]);
    expect(() => ledger.post(takes(B, '0.01'))).toThrow(LedgerError);
    expect(ledger.post(takes(A, '500.00')).entries).toBeDefined();
  });

  it.each(TAKEN)('on %s is not taken off it before it came (%#)', (account, puts, takes) => {
    const given = [opened(), puts(A, '500.00', '2025-06-02'), puts(B, '200.00', '2025-06-10')];
    expect(error(given, takes(B, '100.00', '2025-06-09')).details).toEqual([
      {
        pointer: '/amount',
        code: 'below-zero',
        expected: `at most 0.00 (${account} ${B}), or a business date from 2025-06-10 on`,
        got: '100.00',
      },
    ]);
    expect(event(given, takes(B, '100.00', '2025-06-10')).entries).toBeDefined();
  });

  it.each(TAKEN)('on %s is not taken back under what it was used for (%#)', (_, puts, takes) => {
    const given = [opened(), puts(A, '500.00'), puts(B, '200.00'), takes(B, '150.00')];
    const back = (revision: number): Incoming => ({
      kind: 'reversal',
      businessDate: DAY,
      reverses: `${BOOK}-${revision}`,
    });
    expect(error(given, back(2)).code).toBe('below-zero');
    const ledger = ledgerOf([...given, back(3), back(2)]);
    expect(() => ledger.post(takes(B, '0.01'))).toThrow(LedgerError);
    expect(ledger.post(takes(A, '500.00')).entries).toBeDefined();
  });

  it.each(TAKEN)('on %s, opened under no name, may be anybody’s (%#)', (account, puts, takes) => {
    const given = [openedWith({ [account]: '300.00' }), puts(A, '500.00')];
    // 200 of the opening are B's and 50 are C's: of what A has nothing is theirs.
    const ledger = ledgerOf([...given, takes(B, '200.00'), takes('460200', '50.00')]);
    expect(() => ledger.post(takes('460200', '50.01'))).toThrow('of 460200');
    expect(() => ledger.post(takes(B, '50.01'))).toThrow(`of ${B}`);
    ledger.post(takes(A, '550.00'));
    expect(() => ledger.post(takes(A, '0.01'))).toThrow(LedgerError);
  });

  it('says in both languages whose it is', () => {
    const [, puts, takes] = TAKEN[0]!;
    const ledger = ledgerOf([opened(), puts(A, '500.00'), puts(B, '200.00')]);
    expect(() => ledger.post(takes(B, '300.00'))).toThrow(
      expect.objectContaining({
        text: {
          zh: '任何一日日终余额不得为负：暂付款·预付金（450100） 2025-06-02 日终余额 200.00，将为 -100.00（社会保险基金会计制度，财会〔2017〕28号）',
          en:
            'no day may end below zero: Advances to providers of 450100 holds 200.00 at the end of 2025-06-02, ' +
            'and would hold -100.00 (SIFAS, 财会〔2017〕28号)',
        },
      }),
    );
  });

  it('is told by a reversal, which names nobody itself, and by no other event', () => {
    const ledger = ledgerOf([opened(), advance('advances.off-site')(A, '500.00')]);
    const back = { kind: 'reversal', businessDate: DAY, reverses: `${BOOK}-1` };
    expect(ledger.post(back).registers).toEqual({ 'advances.off-site': A });
    expect(ledger.post(advance('advances.off-site')(B, '1.00'))).not.toHaveProperty('registers');
    expect(event([opened(), { kind: 'contribution' }], back)).not.toHaveProperty('registers');
  });

  it('is set off by a payout to another only where that says so', () => {
    const given = [opened(), advance('advances.direct-settlement')('C-1', '90.00')];
    const purchase = {
      kind: 'payout',
      businessDate: DAY,
      amount: '100.00',
      offsets: { 'advances.direct-settlement': '90.00' },
    };
    expect(event(given, purchase).entries).toHaveLength(3);
    expect(event(given, { ...purchase, advancedTo: 'C-1' }).entries).toHaveLength(3);
    expect(error(given, { ...purchase, advancedTo: 'C-2' }).code).toBe('below-zero');
  });
});

describe('premiums held in advance', () => {
  const RESIDENT = 'resident';
  const received = (coverPeriod: string, amount: string, businessDate: string): Incoming => ({
    kind: 'contribution',
    fund: RESIDENT,
    businessDate,
    coverPeriod,
    amount,
    payer: { kind: RESIDENT, reference: 'R-1' },
    ...unshared,
  });
  const recognised = (coverYear: string, amount: string): Incoming => ({
    kind: 'contribution-recognition',
    fund: RESIDENT,
    businessDate: `${coverYear}-01-15`,
    coverYear,
    amount,
    headcount: undefined,
  });
  const TODAY = '2029-12-31';

  it('are recognised for the year they cover, and not out of those of another', () => {
    const given = [
      { ...opened(RESIDENT), businessDate: '2026-10-01' },
      received('2027', '4000000.00', '2026-11-03'),
      received('2028', '800.00', '2026-11-04'),
    ];
    expect(error(given, recognised('2027', '4000400.00'), TODAY).details).toMatchObject([
      { expected: 'at most 4000000.00 (suspense.advance-premiums 2027)' },
    ]);
    const ledger = ledgerOf([...given, recognised('2027', '4000000.00')], TODAY);
    expect(() => ledger.post(recognised('2027', '0.01'))).toThrow(LedgerError);
    ledger.post(recognised('2028', '800.00'));
    expect(ledger.balances()['book-resident-460100']).toMatchObject({ 'suspense.advance-premiums': '0' });
  });

  it('are refunded out of the year they cover, where the refund names it', () => {
    const refund = refunded('suspense.advance-premiums', (coverYear) => ({
      coverYear,
      fund: RESIDENT,
      paidYear: '2026',
      payer: { kind: RESIDENT, reference: 'R-1' },
    }));
    const given = [
      { ...opened(RESIDENT), businessDate: '2026-10-01' },
      received('2027', '400.00', '2026-11-03'),
      received('2028', '800.00', '2026-11-04'),
    ];
    expect(error(given, refund('2027', '400.01', '2026-12-01')).code).toBe('below-zero');
    expect(event(given, refund('2027', '400.00', '2026-12-01')).entries).toBeDefined();
  });

  it('that an opening holds may be of any year', () => {
    const given = [{ ...openedWith({ 'suspense.advance-premiums': '1200.00' }, RESIDENT), businessDate: '2027-01-01' }];
    const ledger = ledgerOf([...given, recognised('2027', '400.00')], TODAY);
    ledger.post(recognised('2028', '800.00'));
    expect(() => ledger.post(recognised('2029', '0.01'))).toThrow(LedgerError);
  });
});
