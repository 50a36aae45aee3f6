import { describe, expect, it } from '@jest/globals';
import { BEFORE_ADOPTION } from '../../reference/built-in.js';
import { checkCommand } from '../../kinds/check.js';
import { prepare } from '../../kinds/prepare.js';
import { commandOf, entriesText, error, event, kindOf, ledgerOf, opened } from '../../../test/given-when-then.js';

const advance = (fields: Record<string, unknown> = {}) => ({ kind: 'advance-payment', ...fields });
const gate = (fields: Record<string, unknown> = {}) => ({
  poolBalance: '24000000.00',
  monthlyAverage: '1600000.00',
  deficitLastYear: 'no',
  deficitForecast: 'no',
  ...fields,
});
const BOOK = 'book-employee-460100';

describe('an advance', () => {
  it('to providers is held as an advance, and is no expenditure', () => {
    const ledger = ledgerOf([opened()]);
    const before = ledger.balances()[BOOK]!;
    const paid = ledger.post(advance());
    expect(entriesText(paid.entries)).toEqual(['Dr advances.provider 1500000.00', 'Cr expenditure-account 1500000.00']);
    expect(paid).toMatchObject({ voucherType: 'payment', gate: gate() });
    expect(paid).not.toHaveProperty('findings');
    expect(ledger.balances()[BOOK]).toEqual({
      ...before,
      'expenditure-account': '50000000',
      'advances.provider': '150000000',
    });
  });

  it.each(['off-site', 'vbp', 'direct-settlement', 'emergency', 'other'])('of the kind %s needs no gate', (kind) => {
    const paid = event([opened()], advance({ advance: `advances.${kind}`, gate: undefined, account: undefined }));
    expect(entriesText(paid.entries)).toEqual([`Dr advances.${kind} 1500000.00`, 'Cr fiscal-account 1500000.00']);
  });

  it.each([
    ['employee', '19200000.00', '12'],
    ['resident', '9600000.00', '6'],
  ])('to providers is paid where the pool of the %s fund lasts for exactly the months', (fund, least, months) => {
    const given = [opened(fund)];
    expect(event(given, advance({ fund, gate: gate({ poolBalance: least }) })).entries).toHaveLength(2);
    const short = `${BigInt(least.replace('.', '')) - 1n}`;
    const poolBalance = `${short.slice(0, -2)}.${short.slice(-2)}`;
    expect(error(given, advance({ fund, gate: gate({ poolBalance }) }))).toEqual({
      kind: 'refused',
      code: 'gate-not-passed',
      details: [
        {
          pointer: '/gate/poolBalance',
          code: 'gate-payable-months',
          expected: `at least ${months} payable months, a balance of ${least} (policy provider-advance-months)`,
          got: `${poolBalance} ÷ 1600000.00 = ${BigInt(months) - 1n}.99`,
        },
      ],
    });
  });

  it('to providers is refused with each condition that is not met', () => {
    const bad = gate({ poolBalance: '0.00', deficitLastYear: 'yes', deficitForecast: 'yes' });
    expect(error([opened()], advance({ gate: bad })).details.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/gate/poolBalance', 'gate-payable-months'],
      ['/gate/deficitLastYear', 'gate-deficit'],
      ['/gate/deficitForecast', 'gate-deficit'],
    ]);
    for (const one of ['deficitLastYear', 'deficitForecast'])
      expect(error([opened()], advance({ gate: gate({ [one]: 'yes' }) })).details).toHaveLength(1);
  });

  it('to providers is refused without the figures, and in a fund for which no policy allows it', () => {
    expect(error([opened()], advance({ gate: undefined }))).toMatchObject({ code: 'gate-missing' });
    expect(error([opened('assistance')], advance({ fund: 'assistance' }))).toMatchObject({ code: 'no-such-policy' });
  });

  it('to providers of more than about one month is recorded with a finding', () => {
    const findingsOf = (amount: string) => {
      const kind = kindOf('advance-payment');
      return prepare(kind, checkCommand(kind, commandOf(advance({ amount })), BEFORE_ADOPTION), BEFORE_ADOPTION)
        .findings;
    };
    expect(findingsOf('1600000.00')).toBeUndefined();
    expect(findingsOf('1600000.01')).toMatchObject([
      { pointer: '/amount', code: 'advance-above-size', got: '1600000.01' },
    ]);
    expect(event([opened()], advance({ amount: '1600000.01' })).findings).toHaveLength(1);
  });

  it.each([
    ['an account that is no advance', { advance: 'bonds' }, '/advance', 'one-of'],
    [
      'an answer that is neither yes nor no',
      { gate: gate({ deficitForecast: 'maybe' }) },
      '/gate/deficitForecast',
      'one-of',
    ],
    ['no average', { gate: gate({ monthlyAverage: '0.00' }) }, '/gate/monthlyAverage', 'amount-format'],
    ['no counterparty', { counterparty: undefined }, '/counterparty', 'required'],
    ['money of the income account', { account: 'income-account' }, '/account', 'one-of'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([opened()], advance(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});
