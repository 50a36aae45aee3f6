import { describe, expect, it, jest } from '@jest/globals';
import { adopt } from '../src/adopting/adopt.js';
import { beginLedger } from '../src/adopting/begin-ledger.js';
import { auditLog } from '../src/audit/log-audit.js';
import { Books } from '../src/books/handle.js';
import { readEvent } from '../src/books/event.js';
import { readReference } from '../src/adopting/adopted-in.js';
import { fundAdoption } from '../src/catalogue/reference/fund-adoption.js';
import { referenceSet } from '../src/catalogue/reference/reference-set.js';
import { unitAdoption } from '../src/catalogue/reference/unit-adoption.js';
import { ADOPTION_KINDS, findKind } from '../src/catalogue/registry.js';
import { type StoredEvent } from '../src/event-store/event-store.js';
import { MemoryEventStore } from '../src/event-store/memory.js';
import { explain, hasShape, isTextSeen } from '../src/kinds/check.js';
import { checkCommand } from '../src/kinds/check.js';
import { type AdoptionKind, REFERENCE_STREAM } from '../src/kinds/kind.js';
import { prepare } from '../src/kinds/prepare.js';
import { LedgerReference } from '../src/adopting/ledger-reference.js';
import { BEFORE_ADOPTION, BUILT_IN } from '../src/reference/built-in.js';
import { type Cells } from '../src/reference/read-set.js';

const NOW = Date.parse('2025-06-30T04:05:06.789Z');

/** A node over a log that others may write to, of which a book may be closed up to a day. */
async function node(store: MemoryEventStore, closed?: { stream: string; day: string }) {
  const books = new Books(store, () => NOW);
  const reference = new LedgerReference(store, await readReference(store), () => []);
  const closedUpTo = () => Promise.resolve(closed);
  const send = (kind: AdoptionKind, fields: object = {}, key = 'k-1', seen?: number) =>
    adopt({ store, books, reference, closedUpTo }, kind, { ...kind.example, ...fields }, key, seen);
  return { books, reference, closedUpTo, send };
}

const builtIn = { ...BUILT_IN.cells, set: 'hainan' };
const unit = unitAdoption.example['row'] as Cells;
const codesOf = (posting: Promise<unknown>) =>
  posting.then(
    () => [],
    (error: { code: string; details: { pointer: string; code: string }[] }) => [
      error.code,
      ...error.details.map(({ pointer, code }) => `${pointer} ${code}`),
    ],
  );
const audited = (store: MemoryEventStore) =>
  auditLog(store, [], () => undefined, { nowMs: NOW, boundMs: 30 * 86_400_000 });

describe.each(ADOPTION_KINDS.map((kind) => [kind.kind, kind] as const))('%s', (_, kind) => {
  it('takes its example, and says of each field what is wrong with it', () => {
    expect(explain(kind.command, kind.example, BEFORE_ADOPTION.ever)).toEqual([]);
    for (const wrong of [7, '', '\u200b', {}, [{}], ['x'], null])
      for (const field of Object.keys(kind.example)) {
        const input = { ...kind.example, [field]: wrong };
        const isGood = hasShape(kind.command, input) && isTextSeen(kind.command, input);
        expect([field, wrong, explain(kind.command, input, BEFORE_ADOPTION.ever).length === 0]).toEqual([
          field,
          wrong,
          isGood,
        ]);
      }
  });

  it('refuses a field that it does not know', () => {
    expect(explain(kind.command, { ...kind.example, amount: '1.00' }, BEFORE_ADOPTION.ever)).toMatchObject([
      { pointer: '/amount', code: 'unknown-field' },
    ]);
  });
});

describe('what is adopted', () => {
  it('is a whole set first, then changes, each behind the one before', async () => {
    const store = new MemoryEventStore();
    const { reference, send } = await node(store);
    expect((await send(referenceSet)).receipt).toMatchObject({ id: 'reference-0', book: null, entries: [] });
    expect(reference.current.on('2025-05-20').units.codes).toEqual(['460100']);
    expect((await send(fundAdoption, {}, 'k-2')).receipt?.revision).toBe(1);
    expect(reference.current.on('2025-06-30').funds.codes).toEqual(['resident']);
    expect(reference.current.on('2025-07-01').funds.codes).toEqual(['resident', 'long-term-care']);
    const events = await store.readStream(REFERENCE_STREAM, { from: 0, limit: 10 });
    expect(events.map((stored) => [stored.type, readEvent(stored).reference])).toEqual([
      ['ReferenceSetAdopted.v1', undefined],
      ['FundAdopted.v1', 0],
    ]);
    expect((await readReference(store)).ever.funds.codes).toEqual(['resident', 'long-term-care']);
    expect((await audited(store)).breaches).toEqual([]);
  });

  it('goes on from what is built in, where a log of before adopts a change', async () => {
    const store = new MemoryEventStore();
    const { books, reference, send } = await node(store);
    const contribution = findKind('contribution')!;
    const post = (key: string) => {
      const command = checkCommand(contribution, contribution.example, reference.current);
      return books.post({ prepared: prepare(contribution, command, reference.current), key: { key } });
    };
    await post('v-1');
    await send(unitAdoption);
    await post('v-2');
    expect(reference.current.on('2025-07-01').below('460100')).toEqual(['460108']);
    expect(reference.current.on('2025-06-30').below('460100')).toEqual([]);
    expect(reference.current.asOf(1).on('2025-07-01').below('460100')).toEqual([]);
    const vouchers = await store.readStream('book-employee-460100', { from: 0, limit: 9 });
    expect(vouchers.map((stored) => readEvent(stored).reference)).toEqual([undefined, 0]);
    expect((await audited(store)).breaches).toEqual([]);
  });

  it('is answered again by its key, whatever is adopted since', async () => {
    const { send } = await node(new MemoryEventStore());
    const first = await send(referenceSet);
    await send(fundAdoption, {}, 'k-2');
    expect(await send(referenceSet)).toEqual({ receipt: first.receipt, replayed: true });
    expect(await codesOf(send(referenceSet, {}, 'k-3'))).toEqual(['set-adopted', '/set set-adopted']);
  });

  it('is decided by two people, but for the set that was reviewed with the program', async () => {
    const people = { maker: undefined, reviewer: undefined };
    const { send } = await node(new MemoryEventStore());
    expect(await codesOf(send(referenceSet, people))).toEqual(['two-people', '/maker required', '/reviewer required']);
    expect(await codesOf(send(referenceSet, { reviewer: 'e-0001' }))).toEqual([
      'maker-is-reviewer',
      '/reviewer maker-is-reviewer',
    ]);
    expect(await codesOf(send(referenceSet, { ...builtIn, ...people }))).toEqual([]);
    expect(await codesOf(send(fundAdoption, people, 'k-2'))).toEqual([
      'invalid-command',
      '/maker required',
      '/reviewer required',
    ]);
  });

  it('is what it was where a set or a change has an error, and the error says where', async () => {
    const store = new MemoryEventStore();
    const { send } = await node(store);
    const { units } = referenceSet.example as { units: object[] };
    const orphan = { code: '460108', zh: '美兰区', en: 'Meilan', parent: '460200', closed: 'no' };
    expect(await codesOf(send(referenceSet, { units: [...units, orphan] }))).toEqual([
      'reference-unsound',
      '/units/1/parent no-such-unit',
    ]);
    expect(await codesOf(send(unitAdoption, { row: { ...unit, parent: '990000' } }))).toEqual([
      'reference-unsound',
      '/row/parent no-such-unit',
    ]);
    expect(await store.head()).toBe(0);
  });
});

describe('two nodes', () => {
  it('adopt different sets at once: one wins, and the other is told what was adopted', async () => {
    const store = new MemoryEventStore();
    const [here, there] = [await node(store), await node(store)];
    const outcomes = await Promise.allSettled([
      here.send(referenceSet, {}, 'here'),
      there.send(referenceSet, { ...builtIn, maker: 'E-7', reviewer: 'E-8' }, 'there'),
    ]);
    const lost = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(lost).toHaveLength(1);
    const won = readEvent((await store.readStream(REFERENCE_STREAM, { from: 0, limit: 1 }))[0]!);
    expect(lost[0]!.reason).toMatchObject({
      kind: 'conflict',
      code: 'reference-moved-on',
      details: [{ got: expect.stringContaining(`ReferenceSetAdopted.v1, revision 0, ${won.maker} / ${won.reviewer}`) }],
    });
    expect(await store.head()).toBe(1);
    for (const { reference } of [here, there]) expect(reference.current.revision).toBe(0);
    expect(here.reference.current.ever.units.codes).toEqual(there.reference.current.ever.units.codes);
  });

  it('adopt changes at once: each is checked against what really stands before it', async () => {
    const store = new MemoryEventStore();
    const [here, there] = [await node(store), await node(store)];
    await here.send(referenceSet);
    const outcomes = await Promise.allSettled([
      here.send(fundAdoption, {}, 'k-2'),
      there.send(unitAdoption, {}, 'k-3'),
      here.send(unitAdoption, { row: { ...unit, code: '460109' } }, 'k-4'),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect((await audited(store)).breaches).toEqual([]);
  });

  it('learn what others adopt when their read tables show it', async () => {
    const store = new MemoryEventStore();
    let shown = 0;
    const { send } = await node(store);
    await send(referenceSet);
    await send(fundAdoption, {}, 'k-2');
    const written = await store.readStream(REFERENCE_STREAM, { from: 0, limit: 9 });
    const known = new LedgerReference(store, BEFORE_ADOPTION, (after) =>
      written.filter(({ revision }) => revision > after && revision < shown),
    );
    expect(known.current).toBe(BEFORE_ADOPTION);
    shown = 1;
    expect([known.current.revision, known.current.ever.funds.codes]).toEqual([0, ['resident']]);
    shown = 2;
    expect([known.current.revision, known.current.ever.funds.codes]).toEqual([1, ['resident', 'long-term-care']]);
    expect(await known.read()).toBe(known.current);
  });

  it('refuse what a client has not seen', async () => {
    const { send } = await node(new MemoryEventStore());
    await send(referenceSet);
    expect(await codesOf(send(fundAdoption, {}, 'k-2', 3))).toEqual([
      'reference-moved-on',
      'reference reference-moved-on',
    ]);
    expect(await codesOf(send(fundAdoption, {}, 'k-2', 0))).toEqual([]);
  });
});

describe('what is closed', () => {
  it('is not changed backwards: a change holds from the next open period on', async () => {
    const store = new MemoryEventStore();
    const { send } = await node(store, { stream: 'book-resident-460100', day: '2025-05-31' });
    await send(referenceSet, builtIn);
    const from = (day: string) => ({ row: { ...unit, from: day } });
    for (const day of ['2025-05-31', '2024-01-01'])
      expect(await codesOf(send(unitAdoption, from(day), 'k-2'))).toEqual(['period-closed', '/row/from period-closed']);
    expect(await codesOf(send(unitAdoption, from('2025-06-01'), 'k-2'))).toEqual([]);
    // What was adopted before a period was closed is answered as at first when it comes again.
    const later = await node(store, { stream: 'book-resident-460100', day: '2025-06-30' });
    expect(await codesOf(later.send(unitAdoption, from('2025-06-01'), 'k-2'))).toEqual([]);
  });
});

describe('a new ledger', () => {
  const beginning = (store: MemoryEventStore) => node(store).then((one) => ({ store, ...one }));

  it('begins with the set that is built in, as its first event, and once', async () => {
    const store = new MemoryEventStore();
    const ledger = await beginning(store);
    await beginLedger(ledger);
    await beginLedger(await beginning(store));
    const events = await store.readStream(REFERENCE_STREAM, { from: 0, limit: 9 });
    expect(events).toMatchObject([{ position: 1, type: 'ReferenceSetAdopted.v1' }]);
    expect(ledger.reference.current.revision).toBe(0);
    expect(ledger.reference.current.rowsOfEveryDay).toEqual(BUILT_IN.rows);
    expect((await audited(store)).breaches).toEqual([]);
    expect(await codesOf(ledger.send(referenceSet))).toEqual(['set-adopted', '/set set-adopted']);
  });

  it('of an earlier release stands, though another is built in now; one of one’s own needs two people', async () => {
    const store = new MemoryEventStore();
    await beginLedger(await beginning(store));
    const [{ type, data }] = (await store.readStream(REFERENCE_STREAM, { from: 0, limit: 1 })) as [StoredEvent];
    const { policies, ...event } = JSON.parse(data) as { policies: unknown[]; key: string };
    const breachesOf = async (changes: object) => {
      const earlier = new MemoryEventStore();
      const text = data.replace(JSON.stringify(policies), JSON.stringify(policies.slice(0, -1)));
      const changed = Object.entries(changes).reduce(
        (all, [name, value]) =>
          all.replace(
            `"${name}":${JSON.stringify((event as Readonly<Record<string, unknown>>)[name])}`,
            `"${name}":"${value}"`,
          ),
        text,
      );
      await earlier.append(REFERENCE_STREAM, 'no-stream', [{ type, data: changed, key: event.key, keyIndexed: true }]);
      return (await audited(earlier)).breaches.map(({ invariant }) => invariant);
    };
    expect(await breachesOf({})).toEqual([]);
    expect(await breachesOf({ set: 'my-province' })).toEqual(['two-people', 'two-people']);
  });

  it('is begun by one of two nodes, and the other goes by what that adopted', async () => {
    const store = new MemoryEventStore();
    const [here, there] = [await beginning(store), await beginning(store)];
    await Promise.all([beginLedger(here), beginLedger(there)]);
    expect(await store.head()).toBe(1);
    expect([here, there].map(({ reference }) => reference.current.revision)).toEqual([0, 0]);
    const third = await beginning(new MemoryEventStore());
    const own = await beginning(third.store);
    await own.send(referenceSet);
    await beginLedger(third);
    expect(third.reference.current.on('2025-05-20').units.codes).toEqual(['460100']);
  });

  it('is not begun where nothing can be recorded, and then by who opens it next', async () => {
    const store = new MemoryEventStore();
    const full = Object.assign(new Error('no space'), { code: 'SQLITE_FULL' });
    const append = jest.spyOn(store, 'append').mockRejectedValue(full);
    await expect(beginLedger(await beginning(store))).rejects.toThrow();
    expect(await store.head()).toBe(0);
    append.mockRestore();
    await beginLedger(await beginning(store));
    expect(await store.head()).toBe(1);
  });

  it('is none where a log of before holds anything', async () => {
    const store = new MemoryEventStore();
    const ledger = await beginning(store);
    const contribution = findKind('contribution')!;
    const command = checkCommand(contribution, contribution.example, ledger.reference.current);
    await ledger.books.post({ prepared: prepare(contribution, command, ledger.reference.current), key: { key: 'v' } });
    await beginLedger(ledger);
    expect([await store.head(), ledger.reference.current.revision]).toEqual([1, undefined]);
  });
});

describe('what a node knows', () => {
  it('is read anew where the log is another', async () => {
    const [before, after] = [new MemoryEventStore(), new MemoryEventStore()];
    const { send } = await node(before);
    await send(referenceSet);
    await send(fundAdoption, {}, 'k-2');
    await (await node(after)).send(referenceSet, builtIn);
    const known = new LedgerReference(after, await readReference(before), () => []);
    expect(known.current.revision).toBe(1);
    await known.readAnew();
    expect([known.current.revision, known.current.ever.units.codes]).toEqual([0, BEFORE_ADOPTION.ever.units.codes]);
  });

  it('is nothing while another log cannot be read, and is read again until it can', async () => {
    const store = new MemoryEventStore();
    await (await node(store)).send(referenceSet);
    const known = new LedgerReference(store, await readReference(store), () => []);
    const readStream = store.readStream.bind(store);
    const failures = ['first', 'second'];
    store.readStream = (...asked) => {
      const failure = failures.shift();
      return failure === undefined ? readStream(...asked) : Promise.reject(new Error(failure));
    };
    await expect(known.readAnew()).rejects.toThrow('first');
    for (const failure of ['first', 'second']) {
      let unread: unknown;
      try {
        expect(known.current).toBeUndefined();
      } catch (error) {
        unread = error;
      }
      expect(unread).toMatchObject({
        kind: 'unavailable',
        code: 'reference-unread',
        text: { en: expect.stringContaining(failure) },
      });
      await new Promise(setImmediate);
    }
    expect(known.current.revision).toBe(0);
  });

  it('ends at an adoption of a kind that this version does not know, and says where it stands', async () => {
    const store = new MemoryEventStore();
    await (await node(store)).send(referenceSet);
    await store.append(REFERENCE_STREAM, 0, [{ type: 'SealAdopted.v9', data: '{}', key: 'x', keyIndexed: true }]);
    await expect(readReference(store)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'unknown-adoption',
      text: {
        zh: expect.stringMatching(/^日志位置 2 .*0\.1\.0.*请换用写入它的版本/),
        en: expect.stringMatching(/^reference-1 at position 2 .* 0\.1\.0, .*use the version that wrote it/),
      },
      details: [{ got: '"SealAdopted.v9"' }],
    });
    // Who wants to know what is wrong with the log is told all of it, and not stopped there.
    const { breaches, events } = await audited(store);
    expect(events).toBe(2);
    expect(breaches).toMatchObject([
      { position: 2, invariant: 'known-type', expected: 'a type that version 0.1.0 of the ledger knows' },
    ]);
  });
});

describe('the audit', () => {
  it('finds an adoption that was not checked against the one before it, and a voucher under none', async () => {
    const store = new MemoryEventStore();
    const { send } = await node(store);
    await send(referenceSet);
    const [stored] = await store.readStream(REFERENCE_STREAM, { from: 0, limit: 1 });
    const event = { ...fundAdoption.example, kind: 'fund-adoption' };
    const text = (reference: number) =>
      JSON.stringify({
        kind: event.kind,
        key: `x-${reference}`,
        recordedAt: readEvent(stored!).recordedAt,
        reference,
        ...fundAdoption.example,
      });
    for (const [index, reference] of [7, 0].entries())
      await store.append(REFERENCE_STREAM, index, [
        { type: 'FundAdopted.v1', data: text(reference), key: `x-${reference}`, keyIndexed: true },
      ]);
    const { breaches } = await audited(store);
    expect(breaches.map(({ invariant, got }) => [invariant, got])).toEqual([
      ['reference', '7'],
      ['reference', '0'],
    ]);
  });
});
