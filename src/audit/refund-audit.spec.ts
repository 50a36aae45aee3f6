import { expect, it } from '@jest/globals';
import { type LedgerEvent } from '../books/event.js';
import { RefundAudit } from './refund-audit.js';

const BOOK = 'book-employee-460100';
const ORIGINAL = { kind: 'contribution', amount: '100.00' } as unknown as LedgerEvent;
const given = (revision: number, amount: string, original = `${BOOK}-1`) => ({
  stored: { stream: BOOK, revision, position: revision + 1, type: 'ContributionRefunded.v1', data: '' },
  event: { kind: 'contribution-refund', amount, original } as unknown as LedgerEvent,
});

it('notes what was given back beyond what came, or of what is not there, before there was a rule', () => {
  const audit = new RefundAudit();
  const reversed = new Set<number>();
  const take = ({ stored, event }: ReturnType<typeof given>, original: LedgerEvent | undefined = ORIGINAL) =>
    audit.take(stored, event, original, (revision) => reversed.has(revision)).map(({ got }) => got);
  expect(take(given(2, '60.00'))).toEqual([]);
  expect(take(given(3, '40.00'))).toEqual([]);
  expect(take(given(4, '0.01'))).toEqual(['100.01']);
  reversed.add(3);
  expect(take(given(6, '39.99'))).toEqual([]);
  expect(take(given(7, '1.00', `${BOOK}-9`))).toEqual([`${BOOK}-9`]);
  expect(take(given(8, '1.00', 'book-employee-460100-2'), {} as LedgerEvent)).toEqual(['book-employee-460100-2']);
  reversed.add(1);
  expect(take(given(9, '1.00'))).toEqual([`${BOOK}-1`]);
});
