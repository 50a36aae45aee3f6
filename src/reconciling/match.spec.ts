import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SEED } from '../../test/seed.js';
import { type BookMovement, match, type Movement } from './match.js';

const bank = (day: string, effect: bigint, reference = '', counterparty = ''): Movement => ({
  day,
  effect,
  references: [reference],
  counterparty,
});
const book = (id: string, day: string, effect: bigint, more: Partial<BookMovement> = {}): BookMovement => ({
  id,
  day,
  effect,
  references: [],
  counterparty: '',
  reverses: undefined,
  ...more,
});
const left = (lines: readonly Movement[], vouchers: readonly BookMovement[], days = 7) => {
  const found = match(lines, vouchers, days);
  return { bank: found.bank.map(({ effect }) => effect), book: found.book.map(({ id }) => id), matched: found.matched };
};

describe('the lines of a bank in the ledger', () => {
  it('are found by amount within some days, the nearest first, each once', () => {
    const vouchers = [book('far', '2025-05-01', 100n), book('near', '2025-05-06', 100n)];
    expect(left([bank('2025-05-07', 100n)], vouchers)).toEqual({ bank: [], book: ['far'], matched: 1 });
    expect(left([bank('2025-05-14', 100n)], vouchers)).toEqual({ bank: [100n], book: ['far', 'near'], matched: 0 });
    expect(left([bank('2025-05-07', -100n)], vouchers).matched).toBe(0);
  });

  it('are found by a reference whatever the days, and before what is only of one amount', () => {
    const vouchers = [book('other', '2025-05-06', 100n), book('named', '2025-03-01', 100n, { references: ['PJ-0 7'] })];
    expect(left([bank('2025-05-07', 100n, 'pj-07')], vouchers)).toEqual({ bank: [], book: ['other'], matched: 1 });
  });

  it('are found where several of one reference come to the same', () => {
    const vouchers = ['1', '2'].map((id) => book(id, '2025-05-06', 50n, { references: ['B-1'] }));
    expect(left([bank('2025-05-07', 100n, 'B-1')], vouchers)).toEqual({ bank: [], book: [], matched: 1 });
    expect(left([bank('2025-05-07', 90n, 'B-1')], vouchers).matched).toBe(0);
    expect(left([bank('2025-05-07', 50n, 'B-1')], vouchers)).toEqual({ bank: [], book: ['2'], matched: 1 });
  });

  it('are those of the same counterparty before others, though these are nearer', () => {
    const vouchers = [book('other', '2025-05-07', 100n), book('named', '2025-05-05', 100n, { counterparty: 'E-0001' })];
    expect(left([bank('2025-05-07', 100n, '', 'E-0001')], vouchers).book).toEqual(['other']);
  });

  it('are none of a voucher that was taken back, unless the bank has taken it back too', () => {
    const taken = [
      book('wrong', '2025-05-06', -100n),
      book('red', '2025-05-08', 100n, { reverses: 'wrong' }),
      book('right', '2025-05-08', -100n),
    ];
    expect(left([bank('2025-05-06', -100n)], taken)).toEqual({ bank: [], book: [], matched: 1 });
    expect(left([bank('2025-05-06', -100n), bank('2025-05-09', 100n)], taken)).toEqual({
      bank: [],
      book: ['right'],
      matched: 2,
    });
  });

  it(`and the ledger differ by what is left of both, whatever they are (seed ${SEED})`, () => {
    const effect = fc.constantFrom(1n, 2n, 3n, -1n, -2n, -3n);
    const day = fc.constantFrom('2025-05-01', '2025-05-03', '2025-05-20');
    const reference = fc.constantFrom('', '', 'A', 'B');
    const lines = fc.array(fc.record({ day, effect, reference }), { maxLength: 12 });
    const vouchers = fc.array(fc.record({ day, effect, reference, of: fc.nat({ max: 20 }) }), { maxLength: 12 });
    const sum = (all: readonly Movement[]): bigint => all.reduce((total, each) => total + each.effect, 0n);
    fc.assert(
      fc.property(lines, vouchers, fc.nat({ max: 30 }), (ofBank, ofBook, days) => {
        const movements = ofBank.map((each) => bank(each.day, each.effect, each.reference));
        const posted = ofBook.map((each, id) =>
          book(String(id), each.day, each.effect, { references: [each.reference], reverses: String(each.of) }),
        );
        const found = match(movements, posted, days);
        expect(sum(found.bank) - sum(found.book)).toBe(sum(movements) - sum(posted));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
