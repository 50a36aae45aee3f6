import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readReference } from '../src/adopting/adopted-in.js';
import { adopt } from '../src/adopting/adopt.js';
import { beginLedger } from '../src/adopting/begin-ledger.js';
import { LedgerReference } from '../src/adopting/ledger-reference.js';
import { auditLog } from '../src/audit/log-audit.js';
import { readEvent } from '../src/books/event.js';
import { Books } from '../src/books/handle.js';
import { policyAdoption } from '../src/catalogue/reference/policy-adoption.js';
import { closeBooks, reopenBooks } from '../src/closing/close-books.js';
import { type LedgerError } from '../src/errors.js';
import { type EventStore } from '../src/event-store/event-store.js';
import { KurrentDbEventStore } from '../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { MemoryEventStore } from '../src/event-store/memory.js';
import { SqliteEventStore } from '../src/event-store/sqlite/sqlite-event-store.js';
import { opened, requestOf } from './given-when-then.js';
import { KurrentDbDouble } from './kurrentdb/double.js';
import { SEED } from './seed.js';

/*
 * Closes, vouchers, reopenings and changes of the reference data that come at the same moment. Appends are delayed by a
 * random number of turns, so that each comes in between the others; what is told must be what stands.
 */

const NOW = Date.UTC(2025, 11, 31);
const BOOK = 'book-employee-460100';
const MAY = {
  period: '2025-05',
  fund: 'employee',
  unit: '460100',
  evidence: { kind: 'closing', number: 'JZ-2025-05', sha256: '5c'.repeat(32) },
  maker: 'wang',
  reviewer: 'li',
};
const OPENED = { ...opened(), businessDate: '2025-05-01' };

/** A store whose appends take so many turns each, as the numbers say one after the other. */
function delayed(store: EventStore, turns: readonly number[]): EventStore {
  const append = store.append.bind(store);
  let next = 0;
  store.append = async (...appended) => {
    for (let turn = turns[next++ % turns.length]!; turn > 0; turn -= 1) await nextTurn();
    return append(...appended);
  };
  return store;
}

const inMemory = async (): Promise<{ store: EventStore; close: () => Promise<void> }> => ({
  store: new MemoryEventStore(),
  close: async () => undefined,
});

async function inFile() {
  const directory = mkdtempSync(join(tmpdir(), 'closing-races-'));
  const path = join(directory, 'log.db');
  const store: EventStore = new SqliteEventStore(path, { readonly: false, markPath: `${path}.mark` });
  const close = async (): Promise<void> => {
    await store.close();
    rmSync(directory, { recursive: true });
  };
  return { store, close };
}

async function onServer() {
  const double = new KurrentDbDouble();
  await double.start();
  const store: EventStore = new KurrentDbEventStore({
    url: double.url,
    names: ['book-', 'reference'],
    keys: () => ({ covered: -1, revision: undefined }),
    log: () => undefined,
  });
  const close = async (): Promise<void> => {
    await store.close();
    await double.stop();
  };
  return { store, close };
}

const audited = async (store: EventStore) =>
  (await auditLog(store, [], () => undefined, { nowMs: NOW, boundMs: Infinity })).breaches;

/** A node over a log: its books, and what it knows to be adopted and closed. */
async function nodeOver(store: EventStore) {
  const books = new Books(store, () => NOW);
  const reference = new LedgerReference(store, await readReference(store), () => []);
  const closedUpTo = async () => {
    const events = (await store.readStream(BOOK, { limit: 1_000 })).map(readEvent);
    const close = events.findLast(({ kind }) => kind === 'period-close');
    const isOpen = events.findLast(({ kind }) => /^period-(close|reopening)$/.test(kind))?.kind !== 'period-close';
    await nextTurn();
    return close && !isOpen ? { stream: BOOK, day: close.businessDate } : undefined;
  };
  return { store, books, reference, closedUpTo };
}

const ACTS = ['close', 'post', 'reopen'] as const;
/** What may be told of each. */
const TOLD = {
  close: /^(done|already)$/,
  post: /^(done|period-closed)$/,
  reopen: /^(done|already|already-reversed|not-the-last-closed)$/,
};
const aTurn = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 20 });

describe.each([
  ['in memory', inMemory, 60],
  ['in a file', inFile, 8],
  ['on a server', onServer, 4],
] as const)('two people at one book, the log %s', (_, open, numRuns) => {
  it(`come to one order, and each is told (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...ACTS), fc.nat({ max: 1 })), { minLength: 2, maxLength: 9 }),
        aTurn,
        async (acts, turns) => {
          const { store, close } = await open();
          const nodes = [await nodeOver(store), await nodeOver(store)];
          await nodes[0]!.books.post(requestOf(OPENED, 'opening'));
          delayed(store, turns);
          const told = await Promise.all(
            acts.map(async ([act, at], index) => {
              const node = nodes[at]!;
              const key = `act-${index}`;
              if (act === 'post') {
                const request = requestOf({ kind: 'contribution', businessDate: '2025-05-20' }, key);
                return node.books.post(request).then(
                  () => 'done',
                  (error: LedgerError) => error.code,
                );
              }
              const report = await (act === 'close'
                ? closeBooks(node, MAY, key)
                : reopenBooks(node, { ...MAY, reason: '漏记' }, key));
              return report.refused[0]?.code ?? (report.closed.length > 0 ? 'done' : 'already');
            }),
          );
          for (const [index, [act]] of acts.entries()) expect(told[index]).toMatch(TOLD[act]);
          const events = (await store.readStream(BOOK, { limit: 100 })).map(readEvent);
          const stand = ['period-close', 'contribution', 'period-reopening'].map(
            (wanted) => events.filter(({ kind }) => kind === wanted).length,
          );
          expect(stand).toEqual(
            ACTS.map((wanted) => acts.filter(([act], at) => act === wanted && told[at] === 'done').length),
          );
          expect(await audited(store)).toEqual([]);
          await close();
        },
      ),
      { seed: SEED, numRuns },
    );
  }, 120_000);
});

describe('a change of the reference data and a close of the days it reaches back to', () => {
  const change = {
    ...policyAdoption.example,
    row: { ...(policyAdoption.example['row'] as object), from: '2025-05-10' },
  };

  it(`come one behind the other: the change is first, or it is refused (seed ${SEED})`, async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(aTurn, fc.nat({ max: 9 }), async (turns, wait) => {
        const { store } = await inMemory();
        const node = await nodeOver(store);
        await beginLedger(node);
        await node.books.post(requestOf(OPENED, 'opening'));
        delayed(store, turns);
        const adopting = adopt(node, policyAdoption, change, 'change').then(
          () => 'adopted',
          (error: LedgerError) => error.code,
        );
        for (let turn = wait; turn > 0; turn -= 1) await nextTurn();
        const [told, { done }] = await Promise.all([adopting, closeBooks(node, MAY, 'close')]);
        expect([done, told]).toEqual([true, expect.stringMatching(/^(adopted|period-closed)$/)]);
        const events = await store.readStream(BOOK, { limit: 10 });
        const [adopted] = (await store.readStream('reference', { limit: 10 })).slice(1);
        expect(adopted !== undefined).toBe(told === 'adopted');
        if (adopted) expect(adopted.position).toBeLessThan(events.at(-1)!.position);
        seen.add(told);
      }),
      { seed: SEED, numRuns: 40 },
    );
    expect(seen.has('adopted')).toBe(true);
  });

  it('is refused where the close was on its way first', async () => {
    const { store } = await inMemory();
    const node = await nodeOver(store);
    await beginLedger(node);
    await node.books.post(requestOf(OPENED, 'opening'));
    delayed(store, [6]);
    const closing = closeBooks(node, MAY, 'close');
    for (let turn = 4; turn > 0; turn -= 1) await nextTurn();
    await expect(adopt(node, policyAdoption, change, 'change')).rejects.toMatchObject({ code: 'period-closed' });
    expect((await closing).done).toBe(true);
  });

  it('is named by verify where two nodes did not see each other, until the period is opened again', async () => {
    const { store } = await inMemory();
    const [node, other] = [await nodeOver(store), await nodeOver(store)];
    await beginLedger(node);
    await node.books.post(requestOf(OPENED, 'opening'));
    const findings = async () => {
      const { breaches, notes } = await auditLog(store, [], () => undefined, { nowMs: NOW, boundMs: Infinity });
      return [breaches, notes.filter(({ invariant }) => invariant === 'closed-periods')];
    };
    await closeBooks(node, MAY, 'close');
    // What the other node has looked at is what stood before the close.
    await adopt({ ...other, closedUpTo: async () => undefined }, policyAdoption, change, 'change');
    const expected = 'changed from a day behind 2025-05-31, which book-employee-460100-1 closed';
    const breach = { position: 4, id: 'reference-1', invariant: 'closed-periods', expected, got: '2025-05-10' };
    expect(await findings()).toEqual([[breach], []]);
    await reopenBooks(node, { ...MAY, reason: '基础资料已变更' }, 'reopen');
    expect(await findings()).toEqual([[], []]);
    await closeBooks(node, MAY, 'close-unseen');
    const unseen = 'closed under reference-1, which changed the reference data from 2025-05-10 on';
    const note = { position: 6, id: `${BOOK}-3`, invariant: 'closed-periods', expected: unseen, got: 'revision 0' };
    expect(await findings()).toEqual([[], [note]]);
    await reopenBooks(node, { ...MAY, reason: '基础资料已变更' }, 'reopen-again');
    await node.reference.read();
    await closeBooks(node, MAY, 'close-seen');
    expect(await findings()).toEqual([[], [note]]);
  });
});
