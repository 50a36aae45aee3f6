import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Incoming, opened, requestOf } from '../../test/given-when-then.js';
import { SEED } from '../../test/seed.js';
import { auditLog } from '../audit/log-audit.js';
import { Books } from '../books/handle.js';
import { LedgerError } from '../errors.js';
import { type Appended, type ExpectedRevision, type NewEvent } from '../event-store/event-store.js';
import { MemoryEventStore } from '../event-store/memory.js';
import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { closeBooks, type Closing, nothingDone, reopenBooks } from './close-books.js';

const NOW = Date.UTC(2026, 11, 31);
const REFERENCE = { current: BEFORE_ADOPTION };
const FUNDS = BEFORE_ADOPTION.ever.funds.all.filter(({ on }) => on).map(({ key }) => key);
const UNITS = BEFORE_ADOPTION.on('2025-05-31').units.all.map(({ code }) => code);
const BY = {
  evidence: { kind: 'closing', number: 'JZ-2025-05', sha256: '5c'.repeat(32) },
  maker: 'wang',
  reviewer: 'li',
};
const MAY = { period: '2025-05', ...BY };

/** A store that fails from an append on, as a process that is killed there leaves it. */
class KilledStore extends MemoryEventStore {
  left = Number.POSITIVE_INFINITY;
  override async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    if (this.left <= 0) throw new LedgerError('unavailable', 'killed', { zh: '被杀', en: 'killed' });
    this.left -= 1;
    return super.append(stream, expected, events);
  }
}

const nodeOver = (store: MemoryEventStore): Closing => ({ books: new Books(store, () => NOW), reference: REFERENCE });

async function ledgerOf(...commands: readonly Incoming[]) {
  const store = new KilledStore();
  const node = nodeOver(store);
  for (const [index, command] of commands.entries()) await node.books.post(requestOf(command, `given-${index}`));
  return { store, node };
}

/** Every book there can be, each with something in May. */
const EVERY_BOOK = FUNDS.flatMap((fund) =>
  UNITS.map((unit) => ({ ...opened(fund, unit), businessDate: '2025-05-01' })),
);
const on = (unit: string): Incoming => ({ ...opened('employee', unit), businessDate: '2025-05-01' });
/** Money left on the income account: a book that cannot be closed. */
const stuck = (unit: string): Incoming => ({ kind: 'contribution', unit, account: 'income-account' });
const unitsOf = (books: readonly { readonly unit: string }[]): string[] => books.map(({ unit }) => unit);
const audited = async (store: MemoryEventStore) =>
  (await auditLog(store, [], () => undefined, { nowMs: NOW, boundMs: Infinity })).breaches;

describe('closing a period in many books', () => {
  it('closes those that can be, names those that cannot, and leaves out what has no voucher', async () => {
    const { store, node } = await ledgerOf(on('460100'), on('460200'), stuck('460200'));
    const heard: number[] = [];
    const report = await closeBooks(node, MAY, 'k-1', (done) => heard.push(done));
    expect(report).toMatchObject({
      done: false,
      closed: [{ fund: 'employee', unit: '460100', id: 'book-employee-460100-1' }],
      already: [],
      refused: [{ fund: 'employee', unit: '460200', code: 'income-account-not-empty' }],
    });
    expect(heard.at(-1)).toBe(FUNDS.length * UNITS.length);
    expect(nothingDone(report)).toBeUndefined();
    expect(await audited(store)).toEqual([]);
  });

  it('closes none where one cannot be, if so asked', async () => {
    const { node } = await ledgerOf(on('460100'), on('460200'), stuck('460200'));
    const report = await closeBooks(node, { ...MAY, allOrNothing: 'yes' }, 'k-1');
    expect(report).toMatchObject({ done: false, closed: [], refused: [{ unit: '460200' }] });
    expect(nothingDone(report)).toMatchObject({
      code: 'income-account-not-empty',
      details: [{ pointer: '/employee-460200/businessDate' }],
    });
    expect((await node.books.stateOf('book-employee-460100')).closings).toEqual([]);
  });

  it('of one unit, with those below it or without, of one fund, and of one book', async () => {
    const given = [on('460000'), on('460100'), { ...opened('resident', '460100'), businessDate: '2025-05-01' }];
    const closedIn = async (asked: object) => {
      const { closed } = await closeBooks((await ledgerOf(...given)).node, { ...MAY, ...asked }, 'k');
      return closed.map(({ id }) => id);
    };
    const [province, haikou, resident] = ['employee-460000-1', 'employee-460100-1', 'resident-460100-1'].map(
      (id) => `book-${id}`,
    );
    expect(await closedIn({ unit: '460000' })).toEqual([province]);
    expect(await closedIn({ unit: '460000', scope: 'below' })).toEqual([province, haikou, resident]);
    expect(await closedIn({ fund: 'resident' })).toEqual([resident]);
    expect(await closedIn({ fund: 'employee', unit: '460100' })).toEqual([haikou]);
  });

  it('made again does nothing twice, with the same key or another, and opens what it closed last', async () => {
    const { store, node } = await ledgerOf(on('460100'), on('460200'));
    const first = await closeBooks(node, MAY, 'k-1');
    expect(await closeBooks(node, MAY, 'k-1')).toEqual(first);
    const again = await closeBooks(node, MAY, 'k-2');
    expect([again.done, again.closed, unitsOf(again.already)]).toEqual([true, [], ['460100', '460200']]);
    const opening = { ...MAY, unit: '460100', reason: '漏记一笔' };
    expect(await reopenBooks(node, opening, 'r-1')).toMatchObject({ done: true, closed: [{ unit: '460100' }] });
    expect(await reopenBooks(node, opening, 'r-2')).toMatchObject({ done: true, closed: [], already: [{}] });
    expect(unitsOf((await closeBooks(node, MAY, 'k-3')).closed)).toEqual(['460100']);
    expect(await audited(store)).toEqual([]);
  });

  it('closes a year with its December, and never opens it again', async () => {
    const { node } = await ledgerOf({ ...on('460100'), businessDate: '2025-12-01' });
    const december = { ...MAY, period: '2025-12' };
    expect(await closeBooks(node, { ...december, year: 'yes' }, 'k-1')).toMatchObject({ done: true, closed: [{}] });
    expect(await closeBooks(node, { ...december, year: 'yes' }, 'k-2')).toMatchObject({ done: true, already: [{}] });
    const opening = { ...december, unit: '460100', fund: 'employee', reason: '漏记' };
    expect(await reopenBooks(node, opening, 'r')).toMatchObject({ refused: [{ code: 'not-a-period-close' }] });
    await expect(async () => closeBooks(node, { ...MAY, year: 'yes' }, 'k-3')).rejects.toMatchObject({
      code: 'not-december',
    });
  });

  it.each([
    ['one person', { reviewer: 'wang' }, 'maker-is-reviewer'],
    ['a period that is none', { period: '2025-13' }, 'invalid-command'],
    ['a unit that is none', { unit: '110000' }, 'invalid-command'],
    ['nothing it rests on', { evidence: undefined }, 'invalid-command'],
  ])('is refused as a whole for %s', async (_, wrong, code) => {
    const { node } = await ledgerOf(on('460100'));
    await expect(async () => closeBooks(node, { ...MAY, ...wrong }, 'k')).rejects.toMatchObject({ code });
  });

  it(`goes on where it was killed, at any append of 60 books (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 }), async (first, second) => {
        const { store, node } = await ledgerOf(...EVERY_BOOK);
        store.left = first;
        await expect(closeBooks(node, MAY, 'k-1')).rejects.toMatchObject({ code: 'killed' });
        store.left = second;
        // It is killed again, unless fewer books than that are left.
        await closeBooks(nodeOver(store), MAY, 'k-2').catch((error: unknown) =>
          expect(error).toMatchObject({ code: 'killed' }),
        );
        store.left = Number.POSITIVE_INFINITY;
        const { done, closed, already } = await closeBooks(nodeOver(store), MAY, 'k-3');
        expect([done, closed.length + already.length]).toEqual([true, EVERY_BOOK.length]);
        const head = await store.head();
        expect(head).toBe(2 * EVERY_BOOK.length);
        expect(await audited(store)).toEqual([]);
      }),
      { seed: SEED, numRuns: 8 },
    );
  });
});
