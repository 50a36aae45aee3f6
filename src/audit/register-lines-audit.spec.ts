import { describe, expect, it } from '@jest/globals';
import { type Incoming, ledgerOf, opened, openedWith, requestOf } from '../../test/given-when-then.js';
import { type LedgerEvent } from '../books/event.js';
import { Books } from '../books/handle.js';
import { registersOf } from '../books/register-lines.js';
import { type StoredEvent } from '../event-store/event-store.js';
import { MemoryEventStore } from '../event-store/memory.js';
import { auditLog } from './log-audit.js';
import { RegisterLinesAudit } from './register-lines-audit.js';

const NOW = Date.UTC(2025, 11, 31);
const BOOK = 'book-employee-460100';
const advanced = (counterparty: string, amount: string, businessDate: string): Incoming => ({
  kind: 'advance-payment',
  advance: 'advances.off-site',
  gate: undefined,
  counterparty,
  amount,
  businessDate,
});
const cleared = (counterparty: string, amount: string, businessDate: string): Incoming => ({
  ...advanced(counterparty, amount, businessDate),
  kind: 'advance-clearing',
});

const note = (day: string): string =>
  `advances.off-site of 450100: no more taken by the end of ${day} than stands there for them`;

/** The notes on vouchers of which some name another, or another day, as they once could. */
function notesOn(given: readonly (readonly [Incoming, recorded?: object])[]): string[] {
  const ledger = ledgerOf([]);
  const audit = new RegisterLinesAudit();
  return given.flatMap(([incoming, recorded], revision) => {
    const event: LedgerEvent = { ...ledger.post(incoming), ...recorded };
    const stored = { stream: BOOK, revision, position: revision + 1 } as StoredEvent;
    const notes = audit.take(stored, event, event.registers ?? registersOf(event, event.entries));
    return notes.map(({ id, expected, got }) => `${id}: ${expected}, ${got}`);
  });
}

describe('the audit of what is advanced and held', () => {
  const given: readonly [Incoming][] = [
    [opened()],
    [advanced('440100', '500.00', '2025-06-02')],
    [advanced('450100', '200.00', '2025-06-10')],
  ];

  it('finds nothing where everybody’s is taken off his own, or off what was opened under no name', () => {
    expect(notesOn([...given, [cleared('440100', '500.00', '2025-06-03')]])).toEqual([]);
    const unnamed = openedWith({ 'advances.off-site': '300.00' });
    expect(notesOn([[unnamed], ...given.slice(1), [cleared('450100', '500.00', '2025-06-11')]])).toEqual([]);
    const back = { kind: 'reversal', businessDate: '2025-06-30', reverses: `${BOOK}-3` };
    const again = cleared('440100', '500.00', '2025-06-30');
    expect(notesOn([...given, [cleared('440100', '500.00', '2025-06-03')], [back], [again]])).toEqual([]);
  });

  it('notes whose was taken off another’s, once', () => {
    const own = cleared('440100', '300.00', '2025-06-12');
    expect(
      notesOn([
        ...given,
        [own, { counterparty: '450100' }],
        [cleared('440100', '0.01', '2025-06-12')],
        [cleared('440100', '100.00', '2025-06-13'), { counterparty: '450100' }],
      ]),
    ).toEqual([`${BOOK}-3: ${note('2025-06-12')}, -100.00`, `${BOOK}-5: ${note('2025-06-13')}, -200.00`]);
  });

  it('notes what was taken before it came', () => {
    const late = cleared('450100', '150.00', '2025-06-10');
    expect(notesOn([...given, [late, { businessDate: '2025-06-09' }]])).toEqual([
      `${BOOK}-3: ${note('2025-06-09')}, -150.00`,
    ]);
  });

  it('finds a reversal that says of others that what it takes back was theirs', async () => {
    const back = { kind: 'reversal', businessDate: '2025-06-30', reverses: `${BOOK}-1` };
    const sound = new MemoryEventStore();
    const books = new Books(sound, () => NOW);
    for (const [index, incoming] of [opened(), given[1]![0], back].entries())
      await books.post(requestOf(incoming, `key-${index}`));
    const found = async (said: object): Promise<string[]> => {
      const store = new MemoryEventStore();
      for (const [index, { type, data }] of (await sound.readStream(BOOK, { limit: 3 })).entries()) {
        const event = JSON.parse(data) as { readonly registers?: object };
        const told = JSON.stringify(event.registers ? { ...event, registers: said } : event);
        const written = { type, data: told, key: `key-${index}`, keyIndexed: true };
        await store.append(BOOK, index === 0 ? 'no-stream' : index - 1, [written]);
      }
      const { breaches } = await auditLog(store, [], () => undefined, { nowMs: NOW, boundMs: Infinity });
      return breaches.map(({ id, invariant, got }) => `${id} ${invariant}: ${got}`);
    };
    expect(await found({ 'advances.off-site': '440100' })).toEqual([]);
    expect(await found({ 'advances.off-site': '450100' })).toEqual([
      `${BOOK}-2 reversal: {"advances.off-site":"450100"}`,
    ]);
  });
});
