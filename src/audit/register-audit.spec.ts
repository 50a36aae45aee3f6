import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LedgerEvent } from '../books/event.js';
import { DAY_MS } from '../time/recording-clock.js';
import { type Incoming } from '../../test/given-when-then.js';
import { LedgerFiles } from '../../test/ledger-files.js';
import { type Breach } from './breach.js';
import { auditLedger } from './ledger-audit.js';

const CASE = 'case-HK-2025-0007';
const DEPOSIT = 'deposit-employee-460100-H46010000001-2025';
const GIVEN: readonly Incoming[] = [
  { kind: 'case-opening' },
  { kind: 'penalty' },
  { kind: 'case-closing' },
  { kind: 'memo-withdrawal', withdraws: `${CASE}-1` },
  { kind: 'quality-deposit-hold' },
  { kind: 'quality-deposit-hold', amount: '7.00', businessDate: '2025-06-15' },
  { kind: 'quality-deposit-release' },
  { kind: 'memo-withdrawal', withdraws: `${DEPOSIT}-1`, businessDate: '2025-12-01' },
];

describe('the audit of registers', () => {
  let files: LedgerFiles;
  beforeEach(async () => {
    files = new LedgerFiles();
    await files.post(GIVEN);
    await files.follow();
  });
  afterEach(() => files.remove());

  async function breaches(): Promise<readonly Breach[]> {
    const clock = { nowMs: Date.UTC(2025, 11, 31, 0, 1), boundMs: 30 * DAY_MS };
    const quiet = { begin: () => undefined, update: () => undefined };
    return (await auditLedger({ store: 'sqlite', ...files.paths }, files.paths.read, quiet, clock)).breaches;
  }

  it('finds nothing in sound ones', async () => {
    expect(await breaches()).toEqual([]);
  });

  it.each<[string, number, (event: LedgerEvent) => object, string, string]>([
    ['an answer to what is not there', 3, answering(`${CASE}-9`), 'an earlier memo that stands', `${CASE}-9`],
    ['an answer to itself', 3, answering(`${CASE}-2`), 'an earlier memo that stands', `${CASE}-2`],
    ['an answer to another register', 3, answering(`${DEPOSIT}-0`), 'an earlier memo that stands', `${DEPOSIT}-0`],
    [
      'a withdrawal of what is not there',
      4,
      withdrawing(`${CASE}-9`),
      'an earlier memo of this register that stands',
      `${CASE}-9`,
    ],
    ['a withdrawal beneath an answer', 4, withdrawing(`${CASE}-0`), 'fund all, unit 460100', 'employee, 460100'],
    [
      'a withdrawal in another unit',
      4,
      (event) => ({ ...event, unit: '460200' }),
      'fund employee, unit 460100',
      'employee, 460200',
    ],
    [
      'a withdrawal too early',
      4,
      (event) => ({ ...event, businessDate: '2025-06-11' }),
      'no earlier than 2025-06-12',
      '2025-06-11',
    ],
    [
      'more added than its amount',
      5,
      (event) => ({ ...event, adds: '50001.00' }),
      '50000.00 added or taken',
      '50001.00',
    ],
    [
      'more released than was held by then',
      7,
      (event) => ({ ...event, businessDate: '2025-06-14', amount: '50007.00', adds: '-50007.00' }),
      '0.00 or more in the register at the end of 2025-06-14',
      '-7.00',
    ],
    [
      'more released than was held',
      7,
      (event) => ({ ...event, amount: '50008.00', adds: '-50008.00' }),
      '0.00 or more in the register at the end of 2025-11-20',
      '-1.00',
    ],
  ])('finds %s', async (_, position, change, expected, got) => {
    files.rewrite(position, change);
    const found = (await breaches()).find(({ invariant }) => invariant === 'register');
    expect(found).toMatchObject({ position, expected, got });
  });

  it('finds a memo that is withdrawn twice', async () => {
    await files.post([{ kind: 'penalty' }, { kind: 'memo-withdrawal', withdraws: `${CASE}-4` }]);
    expect(await breaches()).toEqual([]);
    files.rewrite(10, withdrawing(`${CASE}-1`));
    expect(await breaches()).toMatchObject([
      { position: 10, expected: 'an earlier memo of this register that stands', got: `${CASE}-1` },
    ]);
  });

  it('finds withdrawals beneath an answer, and beneath a release', async () => {
    files.rewrite(4, (event) => ({ ...event, fund: 'all', withdraws: `${CASE}-0`, businessDate: '2025-08-29' }));
    files.rewrite(8, withdrawing(`${DEPOSIT}-0`));
    const found = (await breaches()).filter(({ invariant }) => invariant === 'register');
    expect(found.map(({ position, expected, got }) => `${position} ${expected}: ${got}`)).toEqual([
      `4 a memo on which no other stands: ${CASE}-2`,
      '8 0.00 or more in the register at the end of 2025-12-01: -49993.00',
    ]);
  });
});

function answering(answers: string): (event: LedgerEvent) => object {
  return (event) => ({ ...event, answers });
}

function withdrawing(withdraws: string): (event: LedgerEvent) => object {
  return (event) => ({ ...event, withdraws });
}
