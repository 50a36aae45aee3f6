import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event } from '../../../test/given-when-then.js';

const transferIn = (fields: Record<string, unknown> = {}) => ({ kind: 'personal-transfer-in', ...fields });

describe('a personal account transferred in', () => {
  it.each([
    [undefined, 'fiscal-account'],
    ['income-account', 'income-account'],
  ])('to %s is income of the personal accounts', (account, line) => {
    const moved = event([], transferIn({ account }));
    expect(moved).toMatchObject({ voucherType: 'receipt', person: 'G-00017', otherRegion: '440100' });
    expect(entriesText(moved.entries)).toEqual([`Dr ${line} 5820.36`, 'Cr income.transfer-in@personal 5820.36']);
  });

  it.each(['resident', 'assistance'])('is refused in the %s fund, which has none', (fund) => {
    expect(error([], transferIn({ fund }))).toMatchObject({
      kind: 'refused',
      code: 'account-not-in-fund',
      details: [{ got: 'income.transfer-in@personal' }],
    });
  });

  it.each([
    ['no person', { person: undefined }, '/person', 'required'],
    ['the name of a person', { person: '王某' }, '/person', 'reference'],
    ['a share', { share: 'pool' }, '/share', 'unknown-field'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], transferIn(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});
