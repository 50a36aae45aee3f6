import { describe, expect, it } from '@jest/globals';
import { type Incoming, ledgerOf, openedWith } from '../../test/given-when-then.js';
import { hashOf } from '../books/closing/decide-closing.js';
import { type LedgerEvent } from '../books/event.js';
import { type StoredEvent } from '../event-store/event-store.js';
import { ClosingAudit } from './closing-audit.js';

const BOOK = 'book-employee-460100';
const close = (businessDate: string): Incoming => ({ kind: 'period-close', businessDate });
const contribution = (businessDate: string): Incoming => ({ kind: 'contribution', businessDate });
/** A close of May with a payout and a contribution in it, and what came in June; its close is at 4. */
const GIVEN: readonly Incoming[] = [
  { ...openedWith({ 'advances.provider': '50000.00' }), businessDate: '2025-05-01' },
  { kind: 'contribution' },
  { kind: 'payout' },
  contribution('2025-06-03'),
  close('2025-05-31'),
];

/** What the audit says of events, each as it was decided and as somebody has changed it since. */
function audited(given: readonly Incoming[], changes: Readonly<Record<number, (event: LedgerEvent) => object>> = {}) {
  const ledger = ledgerOf([]);
  const audit = new ClosingAudit();
  return given.flatMap((incoming, revision) => {
    const event = ledger.post(incoming);
    const stored = { stream: BOOK, revision, position: revision + 1 } as StoredEvent;
    const breaches = audit.take(stored, { ...event, ...changes[revision]?.(event) });
    return breaches.map(({ id, invariant, expected, got }) => `${id} ${invariant}: ${expected}; ${got}`);
  });
}

describe('the audit of closes', () => {
  it('finds nothing in periods that are closed, opened again, closed anew, and in a closed year', () => {
    const reopening = { kind: 'period-reopening', reverses: `${BOOK}-4`, businessDate: '2025-05-31' };
    expect(audited([...GIVEN, reopening, contribution('2025-05-30'), close('2025-05-31')])).toEqual([]);
    const months = ['2025-06-30', '2025-07-31', '2025-08-31', '2025-09-30', '2025-10-31', '2025-11-30', '2025-12-31'];
    const year = { kind: 'year-close', businessDate: '2025-12-31' };
    const next = [contribution('2026-01-02'), close('2026-01-31')];
    expect(audited([...GIVEN, ...months.map(close), year, ...next])).toEqual([]);
    expect(audited([...GIVEN, ...months.slice(0, -1).map(close), year, ...next])).toEqual([]);
  });

  it.each([
    ['that carries too little', (event: LedgerEvent) => ({ entries: event.entries!.slice(2) }), /nothing on income\./],
    [
      'that carries to another share',
      ({ entries }: LedgerEvent) => ({
        entries: entries!.map((entry) =>
          entry.account === 'net.personal' ? { ...entry, account: 'net.pool' } : entry,
        ),
      }),
      /to net\.personal what came and went for it/,
    ],
    [
      'that keeps other balances',
      ({ closing }: LedgerEvent) => {
        const balances = closing!.balances.slice(1);
        return { closing: { balances, sha256: hashOf(balances) } };
      },
      /closing balance of [a-z.-]+ [0-9.]+; 0\.00/,
    ],
    [
      'whose hash is another',
      ({ closing }: LedgerEvent) => ({ closing: { ...closing!, sha256: '00' } }),
      /the hash of its balances/,
    ],
    ['on another day', () => ({ businessDate: '2025-05-30' }), /the close of a period on its last day; 2025-05-30/],
  ])('names a close %s', (_, change, said) => {
    const found = audited(GIVEN, { 4: change });
    expect(found.length).toBeGreaterThan(0);
    expect(found.join('\n')).toMatch(said);
    for (const each of found) expect(each).toContain(`${BOOK}-4 closed-periods: `);
  });

  it('names what is dated in a period that is closed, and a period left out', () => {
    const later = [...GIVEN, contribution('2025-06-04'), close('2025-06-30')];
    expect(audited(later, { 5: () => ({ businessDate: '2025-05-31' }) }).join('\n')).toContain(
      `${BOOK}-5 closed-periods: a day behind 2025-05-31; 2025-05-31`,
    );
    expect(audited(later, { 6: () => ({ businessDate: '2025-07-31' }) }).join('\n')).toContain(
      'the close of 2025-06; 2025-07-31',
    );
  });
});
