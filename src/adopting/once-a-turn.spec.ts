import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { fundAdoption } from '../catalogue/reference/fund-adoption.js';
import { unitAdoption } from '../catalogue/reference/unit-adoption.js';
import { type StoredEvent } from '../event-store/event-store.js';
import { MemoryEventStore } from '../event-store/memory.js';
import { type AdoptionKind, REFERENCE_STREAM } from '../kinds/kind.js';
import { Books } from '../books/handle.js';
import { adopt } from './adopt.js';
import { readReference } from './adopted-in.js';
import { beginLedger } from './begin-ledger.js';
import { LedgerReference } from './ledger-reference.js';
import { onceATurn } from './once-a-turn.js';

const NOW = Date.parse('2025-06-30T04:05:06.789Z');
const nobodyClosed = () => Promise.resolve(undefined);

/** Two nodes over one log: what the other adopts is shown to this one by its read tables, as soon as they follow. */
let store: MemoryEventStore;
let other: Parameters<typeof adopt>[0];
let shown: readonly StoredEvent[];
let looks: number;
let reference: LedgerReference;

const send = (kind: AdoptionKind) => adopt(other, kind, kind.example, kind.kind);
const follow = async () => (shown = await store.readStream(REFERENCE_STREAM, { from: 0, limit: 10 }));

beforeEach(async () => {
  store = new MemoryEventStore();
  const books = new Books(store, () => NOW);
  const own = new LedgerReference(store, await readReference(store), () => []);
  other = { store, books, reference: own, closedUpTo: nobodyClosed };
  await beginLedger(other);
  await follow();
  looks = 0;
  const look = (after: number): readonly StoredEvent[] => {
    looks += 1;
    return shown.filter(({ revision }) => revision > after);
  };
  reference = new LedgerReference(store, await readReference(store), onceATurn(look));
  await nextTurn();
});

describe('what others have adopted', () => {
  it('given many commands of one turn, when each asks what is adopted, then it is looked for once', async () => {
    const asked = Array.from({ length: 64 }, () => reference.current);
    expect(new Set(asked).size).toBe(1);
    expect(looks).toBe(1);
    await nextTurn();
    for (let turn = 2; turn <= 4; turn += 1) {
      expect(reference.current.revision).toBe(0);
      expect(looks).toBe(turn);
      await nextTurn();
    }
  });

  it('given an adoption by another node between two turns, when the next begins, then it is known', async () => {
    expect(reference.current.on('2025-07-01').funds.codes).not.toContain('long-term-care');
    await send(fundAdoption);
    await follow();
    await nextTurn();
    expect(reference.current.on('2025-07-01').funds.codes).toContain('long-term-care');
    expect(reference.current.revision).toBe(1);
  });

  it('given that it is shown in a turn that has looked, when asked again, then only the next has it', async () => {
    await send(fundAdoption);
    const adopted = await store.readStream(REFERENCE_STREAM, { from: 0, limit: 10 });
    const before = reference.current;
    shown = adopted;
    expect(reference.current).toBe(before);
    expect(looks).toBe(1);
    await nextTurn();
    expect(reference.current.revision).toBe(1);
  });

  it('given several adoptions between two turns, when one asks, then it has all of them, in their order', async () => {
    await send(fundAdoption);
    await send(unitAdoption);
    await follow();
    await nextTurn();
    expect(reference.current.revision).toBe(2);
    expect(reference.current).toEqual(await readReference(store));
  });

  it('given that the look fails, when asked again, then it is tried in the next turn and not in this', async () => {
    let isBroken = true;
    const shownOnce = onceATurn((after) => {
      if (isBroken) throw new Error('the read tables cannot be had');
      return shown.filter(({ revision }) => revision > after);
    });
    expect(() => shownOnce(-1)).toThrow('cannot be had');
    expect(shownOnce(-1)).toEqual([]);
    isBroken = false;
    await nextTurn();
    expect(shownOnce(-1)).toHaveLength(1);
  });
});
