import { describe, expect, it } from '@jest/globals';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { decide } from '../../src/books/book.js';
import { isClosing } from '../../src/books/periods.js';
import { type BookFact, type CommandKey, emptyBook } from '../../src/books/book-state.js';
import { composeEvent, composeText } from '../../src/books/event.js';
import { LineChecker } from '../../src/import/check/check-lines.js';
import { readChecked } from '../../src/import/check/checked-line.js';
import { checkCommand } from '../../src/kinds/check.js';
import { prepare } from '../../src/kinds/prepare.js';
import { COMMAND_KINDS } from '../../src/catalogue/registry.js';
import { effectOf, ledgerLine } from '../../src/books/entries.js';
import { effectsOf } from '../../src/books/guarded-lines.js';
import { type Prepared } from '../../src/books/prepared.js';
import { type CommandKind } from '../../src/kinds/kind.js';
import { endow, groundsOf, ledgerOf, originalOf, TODAY } from '../given-when-then.js';
import { NOW } from './fixture.js';

const KEYS: readonly CommandKey[] = [{ source: 'ab'.repeat(16), line: 7 }, { key: 'a "quoted" \\ key' }];

describe('the text of an event, whether its command came as text or not', () => {
  it.each(COMMAND_KINDS.map((kind) => [kind.kind, kind] as const))('is the JSON of the event: %s', (_, kind) => {
    const prepared = prepare(kind, checkCommand(kind, kind.example, BEFORE_ADOPTION), BEFORE_ADOPTION);
    const read = asLine(kind);
    const effects = prepared.entries && effectsOf(prepared.entries);
    expect(read).toMatchObject({ ...prepared, command: {}, entries: undefined, effects });
    expect(read.text).toMatchObject({
      command: JSON.stringify(prepared.command),
      entries: prepared.entries && JSON.stringify(prepared.entries),
    });
    for (const key of KEYS) {
      const isGrounded = kind.form === 'memo' || isClosing(kind.kind);
      const fact = isGrounded ? groundedFact(prepared, key) : factOf(kind.form === 'reversal', prepared, key);
      const whole = JSON.stringify(composeEvent(prepared, fact, key, NOW));
      expect(composeText(read, fact, key, NOW)).toBe(whole);
      expect(composeText(prepared, fact, key, NOW)).toBe(whole);
    }
  });
});

/** The example of a kind as the line of a file. */
function asLine(kind: CommandKind): Prepared {
  const checker = new LineChecker(BEFORE_ADOPTION);
  checker.take({ line: 7, kind, key: undefined, command: kind.example, nameOf: (pointer) => pointer });
  const { text, bodies } = checker.batch();
  return readChecked(text, bodies).prepared;
}

/** What the register of a memo decides that holds what it stands on, and the book of a close with what it carries. */
function groundedFact(prepared: ReturnType<typeof prepare>, key: CommandKey): BookFact {
  const ledger = ledgerOf(groundsOf(prepared.kind));
  const original = ledger.original(prepared.stream, prepared.refersTo?.id);
  return decide(ledger.book(prepared.stream), prepared, key, TODAY, original);
}

/** What an empty book decides, with enough on its accounts; for a reversal, what one would look like. */
function factOf(isReversal: boolean, prepared: ReturnType<typeof prepare>, key: CommandKey): BookFact {
  if (!isReversal) {
    const book = emptyBook();
    endow(book, 'net.personal', -(10n ** 12n));
    for (const entry of prepared.entries ?? [])
      endow(book, ledgerLine({ ...entry, share: undefined }), 10n ** 12n * (effectOf(entry) < 0n ? 1n : -1n));
    return decide(book, prepared, key, TODAY, originalOf(prepared));
  }
  const entries = [
    { account: 'treasury', debit: '-1.00' },
    { account: 'income.premiums', detail: 'employer', credit: '-1.00' },
  ];
  const { kind, refersTo, command } = prepared;
  const number = { period: '2025-05', voucherType: 'receipt', voucherNumber: 3 } as const;
  return { kind, businessDate: command.businessDate, ...number, reverses: refersTo!.id, entries };
}
