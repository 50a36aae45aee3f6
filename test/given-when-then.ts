import { decide } from '../src/books/book.js';
import { evolve } from '../src/books/evolve.js';
import {
  type BookFact,
  type BookState,
  type CommandKey,
  copyBook,
  emptyBook,
  OPENING_CORRECTION_KIND,
} from '../src/books/book-state.js';
import { type Original } from '../src/books/original.js';
import { BEFORE_ADOPTION } from '../src/reference/built-in.js';
import { composeEvent, type LedgerEvent } from '../src/books/event.js';
import { type Entry } from '../src/books/entries.js';
import { type Prepared } from '../src/books/prepared.js';
import { guardedEffects } from '../src/books/guarded-lines.js';
import { type PostRequest } from '../src/books/post-request.js';
import { type LikenessSource } from '../src/books/likenesses.js';
import { LedgerError } from '../src/errors.js';
import { formatFen, parseFen } from '../src/money.js';
import { parseEventId } from '../src/event-store/event-store.js';
import { checkCommand } from '../src/kinds/check.js';
import { identityOf } from '../src/catalogue/identity.js';
import { likenessOf } from '../src/kinds/likeness.js';
import { prepare } from '../src/kinds/prepare.js';
import { findKind } from '../src/catalogue/registry.js';
import { type LedgerCommand } from '../src/kinds/commands.js';
import { type CommandKind, type MemoKind } from '../src/kinds/kind.js';

/** The day on which every command of the specs arrives, and the instant at which it is recorded. */
export const TODAY = '2026-12-31';
export const RECORDED_AT_MS = Date.UTC(2025, 5, 30, 4, 5, 6, 789);

/** Likely duplicates without read tables: everything is read from the log. */
export const FROM_LOG: LikenessSource = { identityOf, likenessOf, position: () => 0, shown: () => undefined };

/** A command as it comes in: its kind, and what differs from that kind's example; undefined leaves a field out. */
export interface Incoming {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** The kind of a word. */
export function kindOf(word: string): CommandKind {
  const kind = findKind(word);
  if (!kind) throw new Error(`no kind ${word}`);
  return kind;
}

/** What the example of a memo stands on, where no rule of its register names it. */
const STANDS_ON: Readonly<Record<string, string>> = {
  'memo-withdrawal': 'penalty',
  'quality-deposit-release': 'quality-deposit-hold',
};

const DECEMBER = { kind: 'contribution', businessDate: '2025-12-10' };

/** What the examples of closing stand behind in their book. */
const CLOSES: Readonly<Record<string, readonly Incoming[]>> = {
  'period-close': [{ kind: 'contribution' }],
  'period-reopening': [{ kind: 'contribution' }, { kind: 'period-close' }],
  'year-close': [DECEMBER, { kind: 'period-close', businessDate: '2025-12-31' }],
};

/** The commands whose examples stand before that of a kind in its register or its book, so that it may follow. */
export function groundsOf(word: string): Incoming[] {
  if (CLOSES[word]) return [...CLOSES[word]];
  const { register, example } = kindOf(word) as Partial<MemoKind>;
  const ground = register?.(example as unknown as LedgerCommand).answers?.kind ?? STANDS_ON[word];
  return ground === undefined ? [] : [...groundsOf(ground), { kind: ground }];
}

/** The example of a kind with some fields replaced, or left out where they are undefined. */
export function commandOf({ kind, ...changes }: Incoming): Record<string, unknown> {
  const merged = Object.entries({ ...kindOf(kind).example, ...changes });
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

/** A command on its way to its book. */
export function requestOf(incoming: Incoming, key: string | CommandKey, expectedRevision?: number): PostRequest {
  const kind = kindOf(incoming.kind);
  const prepared = prepare(kind, checkCommand(kind, commandOf(incoming), BEFORE_ADOPTION), BEFORE_ADOPTION);
  return { prepared, key: typeof key === 'string' ? { key } : key, expectedRevision };
}

/** Streams and their events, without a store: what the deciders need and nothing else. */
export class GivenLedger {
  private readonly books = new Map<string, BookState>();
  private readonly facts = new Map<string, LedgerEvent[]>();

  constructor(private readonly today: string = TODAY) {}

  /** Decides a command and takes its event in. @throws LedgerError */
  post(incoming: Incoming): LedgerEvent {
    const kind = kindOf(incoming.kind);
    const prepared = prepare(kind, checkCommand(kind, commandOf(incoming), BEFORE_ADOPTION), BEFORE_ADOPTION);
    const book = this.books.get(prepared.stream) ?? emptyBook();
    const key = { key: `key-${incoming.kind}` };
    const fact = decide(book, prepared, key, this.today, this.original(prepared.stream, prepared.refersTo?.id));
    evolve(book, fact);
    const text = JSON.stringify(composeEvent(prepared, fact, key, RECORDED_AT_MS));
    const event = JSON.parse(text) as LedgerEvent;
    this.books.set(prepared.stream, book);
    this.facts.set(prepared.stream, [...(this.facts.get(prepared.stream) ?? []), event]);
    return event;
  }

  /** A book's state; an empty one where nothing was posted. */
  book(stream: string): BookState {
    return copyBook(this.books.get(stream) ?? emptyBook());
  }

  /** The balances of every book as plain text, for comparing. */
  balances(): Record<string, Record<string, string>> {
    return Object.fromEntries(
      [...this.books].map(([stream, { balances }]) => [
        stream,
        Object.fromEntries([...balances].map(([line, fen]) => [line, fen.toString()])),
      ]),
    );
  }

  /** The event of a stream that an id names. */
  original(stream: string, named: string | undefined): Original | undefined {
    const place = named === undefined ? undefined : parseEventId(named);
    const fact: BookFact | undefined = place?.stream === stream ? this.facts.get(stream)?.[place.revision] : undefined;
    return place && fact && { revision: place.revision, fact };
  }
}

/** An event that the example of a kind may name. */
export function originalOf({ kind, refersTo }: Prepared): Original | undefined {
  if (!refersTo) return undefined;
  const named = kind === OPENING_CORRECTION_KIND ? 'opening-balance' : 'contribution';
  return { revision: 0, fact: new GivenLedger().post({ kind: named }) };
}

/** Puts something on a line of a book as if it had always been there, in fen, debit positive. */
export function endow(book: BookState, line: string, effect: bigint): void {
  book.balances.set(line, effect);
  const effects = [{ line, effect, isDebit: effect > 0n }];
  for (const [guarded, more] of guardedEffects(effects, undefined)) book.days.add(guarded, '0000-01-01', more);
}

/** Given these events, when this command comes, then this is its event. @throws LedgerError where it is refused */
export function event(given: readonly Incoming[], when: Incoming): LedgerEvent {
  const ledger = ledgerOf(given);
  return ledger.post(when);
}

/** A ledger that has taken these commands in. */
export function ledgerOf(given: readonly Incoming[], today: string = TODAY): GivenLedger {
  const ledger = new GivenLedger(today);
  for (const incoming of given) ledger.post(incoming);
  return ledger;
}

/** What an error says, in the shape that a spec writes down. */
export interface Refused {
  readonly kind: string;
  readonly code: string;
  readonly details: readonly { pointer: string; code: string; expected: string; got: string }[];
}

/** Given these events, when this command comes, then it fails so. Anything but a LedgerError is a fault of ours. */
export function error(given: readonly Incoming[], when: Incoming, today: string = TODAY): Refused {
  const ledger = ledgerOf(given, today);
  const before = JSON.stringify(ledger.balances());
  try {
    ledger.post(when);
  } catch (failure) {
    if (!(failure instanceof LedgerError)) throw failure;
    if (JSON.stringify(ledger.balances()) !== before)
      throw new Error('a refused command changed a balance', { cause: failure });
    const details = failure.details.map((detail) => ({ ...detail, expected: detail.expected.en }));
    return { kind: failure.kind, code: failure.code, details };
  }
  throw new Error(`${when.kind} was accepted`);
}

/** An opening balance large enough for the examples, in any book. */
export function opened(fund = 'employee', unit = '460100'): Incoming {
  const assets = { 'expenditure-account': '2000000.00', 'fiscal-account': '8000000.00', treasury: '1000000.00' };
  const net =
    fund === 'employee' ? { 'net.pool': '9000000.00', 'net.personal': '2000000.00' } : { 'net.pool': '11000000.00' };
  return { kind: 'opening-balance', fund, unit, balances: { ...assets, ...net } };
}

/** The same with something on other accounts of assets and liabilities too; the pool has what they come to. */
export function openedWith(more: Readonly<Record<string, string>>, fund = 'employee', unit = '460100'): Incoming {
  const { balances, ...opening } = opened(fund, unit) as Incoming & { balances: Readonly<Record<string, string>> };
  const held = Object.entries(more).map(([line, amount]) => {
    const owed = /^(suspense|loans|net)/.test(line);
    return owed ? -parseFen(amount) : parseFen(amount);
  });
  const pool = held.reduce((sum, amount) => sum + amount, parseFen(balances['net.pool']!));
  return { ...opening, kind: 'opening-balance', balances: { ...balances, ...more, 'net.pool': formatFen(pool) } };
}

/** An entry in one line, as the specs write it: `Dr fiscal-account/term 100.00`. */
export function entriesText(entries: readonly Entry[] | undefined): string[] {
  return (entries ?? []).map(({ account, detail, share, debit, credit }) => {
    const line = `${account}${detail ? `/${detail}` : ''}${share ? `@${share}` : ''}`;
    return debit === undefined ? `Cr ${line} ${credit}` : `Dr ${line} ${debit}`;
  });
}
