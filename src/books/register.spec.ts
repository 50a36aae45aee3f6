import { describe, expect, it } from '@jest/globals';
import { error, event, type Incoming, ledgerOf } from '../../test/given-when-then.js';

const opening: Incoming = { kind: 'case-opening' };
const closing: Incoming = { kind: 'case-closing' };
const hold = (amount: string, businessDate: string): Incoming => ({
  kind: 'quality-deposit-hold',
  amount,
  businessDate,
});
const release = (amount: string, businessDate: string): Incoming => ({
  kind: 'quality-deposit-release',
  amount,
  businessDate,
  forfeited: undefined,
});
const withdrawal = (withdraws: string, more: Partial<Incoming> = {}): Incoming => ({
  kind: 'memo-withdrawal',
  withdraws,
  fund: 'all',
  businessDate: '2026-01-10',
  ...more,
});
const CASE = 'case-HK-2025-0007';
const DEPOSIT = 'deposit-employee-460100-H46010000001-2025';

describe('a memo that answers another of its register', () => {
  it('names the one that stands', () => {
    expect(event([{ kind: 'penalty' }, opening, { kind: 'penalty' }], closing).answers).toBe(`${CASE}-1`);
  });

  it('names the later one where the earlier was withdrawn', () => {
    expect(event([opening, withdrawal(`${CASE}-0`), opening], { ...closing, businessDate: '2026-01-11' }).answers).toBe(
      `${CASE}-2`,
    );
  });

  it('is refused where there is none, or none that stands', () => {
    const refused = { kind: 'refused', code: 'not-in-register', details: [{ pointer: '', got: CASE }] };
    expect(error([], closing)).toMatchObject(refused);
    expect(error([{ kind: 'penalty' }], closing)).toMatchObject(refused);
    expect(error([{ ...opening, caseId: 'HK-2025-0008' }], closing)).toMatchObject(refused);
    expect(error([opening, withdrawal(`${CASE}-0`)], { ...closing, businessDate: '2026-01-11' })).toMatchObject(
      refused,
    );
  });

  it('is refused before the day of what it answers, and recorded on that day', () => {
    expect(error([opening], { ...closing, businessDate: '2025-04-07' })).toMatchObject({
      code: 'before-the-original',
      details: [{ pointer: '/businessDate', expected: `no earlier than 2025-04-08 (${CASE}-0)`, got: '2025-04-07' }],
    });
    expect(event([opening], { ...closing, businessDate: '2025-04-08' }).answers).toBe(`${CASE}-0`);
  });
});

describe('a memo that may stand once', () => {
  it.each([
    ['opened', [opening], opening, `${CASE}-0`],
    ['closed', [opening, closing], closing, `${CASE}-1`],
  ] as const)('is refused where the case has been %s', (_, given, when, got) => {
    expect(error(given, when)).toMatchObject({
      kind: 'refused',
      code: 'stands-in-register',
      details: [{ pointer: '', got }],
    });
  });

  it('is recorded again behind its withdrawal', () => {
    const again = { ...closing, businessDate: '2026-01-11' };
    expect(event([opening, closing, withdrawal(`${CASE}-1`)], again).answers).toBe(`${CASE}-0`);
  });
});

describe('what a register holds', () => {
  it('is added and taken, and the event says so', () => {
    expect(event([], hold('50.00', '2025-05-01')).adds).toBe('50.00');
    expect(event([hold('50.00', '2025-05-01')], release('50.00', '2025-05-01')).adds).toBe('-50.00');
  });

  it.each([
    ['nothing is held', [], '50.00', '2025-12-25', '0.00', '2025-12-25'],
    ['less is held', [hold('49.99', '2025-05-01')], '50.00', '2025-12-25', '49.99', '2025-12-25'],
    ['it is held later', [hold('50.00', '2025-12-26')], '50.00', '2025-12-25', '0.00', '2025-12-25'],
    [
      'another year holds it',
      [{ ...hold('50.00', '2025-05-01'), year: '2024' }],
      '50.00',
      '2025-12-25',
      '0.00',
      '2025-12-25',
    ],
    [
      'another fund holds it',
      [{ ...hold('50.00', '2025-05-01'), fund: 'resident' }],
      '1.00',
      '2025-12-25',
      '0.00',
      '2025-12-25',
    ],
    [
      'it is wanted on a later day',
      [hold('50.00', '2025-05-01'), release('30.00', '2025-12-01')],
      '30.00',
      '2025-06-01',
      '20.00',
      '2025-12-01',
    ],
  ] as const)('is not released where %s', (_, given, amount, businessDate, held, day) => {
    expect(error([...given], release(amount, businessDate))).toEqual({
      kind: 'refused',
      code: 'register-short',
      details: [{ pointer: '/amount', code: 'register-short', expected: `at most ${held} (${day})`, got: amount }],
    });
  });

  it('is not withdrawn beneath what was released of it', () => {
    const given = [hold('50.00', '2025-05-01'), hold('20.00', '2025-06-01'), release('60.00', '2025-12-25')];
    const back = (revision: number) => withdrawal(`${DEPOSIT}-${revision}`, { fund: 'employee' });
    expect(error(given, back(0))).toMatchObject({
      code: 'register-short',
      details: [{ pointer: '/withdraws', expected: 'at most 10.00 (2026-01-10)', got: '50.00' }],
    });
    expect(event([...given, back(2)], back(0)).withdraws).toBe(`${DEPOSIT}-0`);
  });
});

describe('a withdrawal', () => {
  it('is refused beneath what answers the memo, until that is withdrawn too', () => {
    expect(error([opening, closing], withdrawal(`${CASE}-0`))).toEqual({
      kind: 'refused',
      code: 'answered-in-register',
      details: [
        {
          pointer: '/withdraws',
          code: 'answered-in-register',
          expected: 'a memo on which no other stands',
          got: `${CASE}-1`,
        },
      ],
    });
    expect(event([opening, closing, withdrawal(`${CASE}-1`)], withdrawal(`${CASE}-0`)).withdraws).toBe(`${CASE}-0`);
  });

  it.each([
    ['another fund', { fund: 'employee' }, 'fund all, unit 460100', 'employee, 460100'],
    ['another unit', { unit: '460200' }, 'fund all, unit 460100', 'all, 460200'],
  ])('is refused of %s', (_, fields, expected, got) => {
    expect(error([opening], withdrawal(`${CASE}-0`, fields))).toEqual({
      kind: 'refused',
      code: 'of-another-book',
      details: [{ pointer: '/withdraws', code: 'of-another-book', expected, got }],
    });
  });

  it.each([
    ['itself a withdrawal', [opening, withdrawal(`${CASE}-0`)], `${CASE}-1`, 'is-a-withdrawal'],
    ['withdrawn already', [opening, withdrawal(`${CASE}-0`)], `${CASE}-0`, 'already-withdrawn'],
    ['not there', [opening], `${CASE}-1`, 'no-such-memo'],
    ['in no register', [], `${CASE}-0`, 'no-such-memo'],
  ])('of what is %s is refused', (_, given, id, code) => {
    expect(error(given, withdrawal(id))).toMatchObject({
      kind: 'refused',
      code,
      details: [{ pointer: '/withdraws', got: id }],
    });
  });

  it('before the day of what it withdraws is refused', () => {
    expect(error([opening], withdrawal(`${CASE}-0`, { businessDate: '2025-04-07' }))).toMatchObject({
      code: 'before-the-original',
    });
  });

  it('leaves every balance of every book as it was', () => {
    const ledger = ledgerOf([{ kind: 'opening-balance' }, opening]);
    const before = ledger.balances();
    ledger.post(withdrawal(`${CASE}-0`));
    expect(ledger.balances()).toEqual(before);
  });
});
