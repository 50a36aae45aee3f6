import { describe, expect, it } from '@jest/globals';
import { BEFORE_ADOPTION } from '../../reference/built-in.js';
import { PROJECTIONS } from '../../../projections/registry.js';
import { FollowedLog } from '../../../test/followed-log.js';
import { checkWritten } from '../../audit/written-event.js';
import { evolve } from '../../books/evolve.js';
import { emptyBook } from '../../books/book-state.js';
import { composeNotice, readEvent } from '../../books/event.js';
import { explain } from '../../kinds/check.js';
import { COMMAND_KINDS, findKind } from '../registry.js';
import { ledgerRestored, type LedgerRestoredFacts } from './ledger-restored.js';

const AT_MS = Date.UTC(2025, 5, 30);
const { kind, event: type, stream, example, command } = ledgerRestored;
const stored = (facts: Readonly<Record<string, unknown>> = {}, place = stream) => ({
  position: 24_001,
  stream: place,
  revision: 0,
  type,
  data: composeNotice(kind, 'restored-1', AT_MS, { ...example, ...facts }),
});
const breaches = (event: Parameters<typeof checkWritten>[0]): string[] =>
  checkWritten(event, () => BEFORE_ADOPTION).breaches.map(({ invariant, expected }) => `${invariant}: ${expected}`);

describe('the notice that a ledger was restored', () => {
  it('is written whole, without a book, entries or a number', () => {
    expect(readEvent(stored())).toStrictEqual({
      kind: 'ledger-restored',
      key: 'restored-1',
      recordedAt: '2025-06-30T00:00:00.000Z',
      ...example,
    });
    expect(breaches(stored())).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['no reason', { reason: undefined }, '/reason'],
    ['a reason that is not seen', { reason: '\u200b' }, '/reason'],
    ['nothing that was lost', { lostEvents: 0 }, '/lostEvents'],
    ['a digest that is none', { backupSha256: 'abc' }, '/backupSha256'],
    ['an instant of a day alone', { backupMadeAt: '2025-06-30' }, '/backupMadeAt'],
  ])('is not well formed with %s', (_, facts, pointer) => {
    expect(explain(command, { ...example, ...facts }, BEFORE_ADOPTION.ever).map((detail) => detail.pointer)).toEqual([
      pointer,
    ]);
  });

  it('is a finding of the audit in any other stream, or with other fields', () => {
    expect(breaches(stored({}, 'case-C-1'))).toEqual(['stream: ledger-restorations']);
    expect(breaches(stored({ amount: '1.00' }))).toHaveLength(1);
    expect(breaches(stored({ entries: [] }))).toEqual(['memo-moves-nothing: no entries']);
  });

  it('cannot be sent: it is no kind of command', () => {
    expect(findKind(kind)).toBeUndefined();
    expect(COMMAND_KINDS.map(({ event }) => event)).not.toContain(type);
  });

  it('moves no money, in a book or in a read table', async () => {
    const book = emptyBook();
    evolve(book, readEvent(stored()));
    expect(book).toEqual({ ...emptyBook(), revision: 0 });
    const log = new FollowedLog(PROJECTIONS);
    const { ...facts } = example as LedgerRestoredFacts;
    await log.store.append(stream, 'no-stream', [
      { type, data: composeNotice(kind, 'restored-1', AT_MS, facts), key: 'restored-1', keyIndexed: true },
    ]);
    await log.follow();
    const { tables } = log.asking();
    expect(tables.checkpoints().map(({ position, failure }) => [position, failure])).toEqual(
      PROJECTIONS.map(() => [1, null]),
    );
    expect(tables.rows('SELECT * FROM trail_v8')).toEqual([]);
    log.close();
  });
});
