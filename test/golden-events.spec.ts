import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { BEFORE_ADOPTION } from '../src/reference/built-in.js';
import { describe, expect, it } from '@jest/globals';
import { decide } from '../src/books/book.js';
import { type BookState, emptyBook } from '../src/books/book-state.js';
import { isClosing } from '../src/books/periods.js';
import { type Prepared } from '../src/books/prepared.js';
import { commandText, composeEvent, composeNotice, readEvent } from '../src/books/event.js';
import { STREAM_NAMES } from '../src/event-store/open-store.js';
import { isPending } from '../src/reference/account-kinds.js';
import { checkCommand } from '../src/kinds/check.js';
import { prepare } from '../src/kinds/prepare.js';
import { prepareAdoption } from '../src/kinds/prepare-adoption.js';
import { EVENT_KINDS, SENT_KINDS } from '../src/catalogue/registry.js';
import { type CommandKind, type EventKind, type SentKind } from '../src/kinds/kind.js';
import { endow, groundsOf, ledgerOf, originalOf, RECORDED_AT_MS, TODAY } from './given-when-then.js';

/**
 * One file for each type and version of event: the text of its kind's example exactly as it is stored, and a newline.
 * What is in the log is there for ever, so a file is never edited: an event that must look otherwise is a new version.
 * UPDATE_GOLDEN=1 writes the files that are missing, and no other.
 */
const FOLDER = new URL('golden/', import.meta.url);
const fileOf = (event: string): URL => new URL(`${event}.json`, FOLDER);

/** A book that can pay for every example, with some vouchers behind it. */
function richBook(opening: boolean): BookState {
  const book = emptyBook();
  if (opening) return book;
  for (const { key, kind, detailRows } of BEFORE_ADOPTION.ever.chart.all) {
    const lines = [key, ...detailRows.map((detail) => detail.key)];
    if (kind === 'asset') for (const line of lines) endow(book, line, 10_000_000_00n);
    if (kind === 'liability' || kind === 'net' || isPending(key)) endow(book, key, -10_000_000_00n);
  }
  for (const type of ['receipt', 'payment', 'transfer']) book.numbers.set(`2025-05/${type}`, 41);
  return { ...book, revision: 122, opening: { revision: 0, businessDate: '2025-01-01' } };
}

/** The example of a kind as it is decided; a whole set is what a log begins with. */
const preparedOf = (kind: SentKind): Prepared =>
  kind.form === 'adoption'
    ? prepareAdoption(kind, checkCommand(kind, kind.example, BEFORE_ADOPTION), kind.whole ? undefined : BEFORE_ADOPTION)
    : prepare(kind, checkCommand(kind, kind.example, BEFORE_ADOPTION), BEFORE_ADOPTION);

/** The example of a kind as the event it becomes. */
function storedText(kind: EventKind): string {
  return kind.form === 'notice'
    ? composeNotice(kind.kind, `golden-${kind.kind}`, RECORDED_AT_MS, kind.example)
    : commandedText(kind);
}

function commandedText(kind: SentKind): string {
  const key = { key: `golden-${kind.kind}` };
  if (kind.form === 'memo' || isClosing(kind.kind)) return groundedText(kind);
  const prepared = preparedOf(kind);
  const book = kind.form === 'adoption' ? emptyBook() : richBook(kind.kind === 'opening-balance');
  return JSON.stringify(
    composeEvent(prepared, decide(book, prepared, key, TODAY, originalOf(prepared)), key, RECORDED_AT_MS),
  );
}

/** A memo stands behind what it answers or withdraws, and a close behind what it carries. */
function groundedText({ kind }: Pick<CommandKind, 'kind'>): string {
  const event = ledgerOf(groundsOf(kind)).post({ kind });
  return JSON.stringify({ ...event, key: `golden-${kind}` });
}

describe('golden events', () => {
  it.each(EVENT_KINDS.map((kind) => [kind.event, kind] as const))('%s is stored as it always was', (event, kind) => {
    const file = fileOf(event);
    const text = storedText(kind);
    if (!existsSync(file) && process.env.UPDATE_GOLDEN === '1') writeFileSync(file, `${text}\n`);
    expect(existsSync(file)).toBe(true);
    expect(`${text}\n`).toBe(readFileSync(file, 'utf8'));
  });

  it.each(SENT_KINDS.map((kind) => [kind.event, kind] as const))('%s gives its command back', (event, kind) => {
    const stored = readEvent({ data: readFileSync(fileOf(event), 'utf8') });
    expect(commandText(stored)).toBe(JSON.stringify(checkCommand<object>(kind, kind.example, BEFORE_ADOPTION)));
    expect(stored).toMatchObject({ kind: kind.kind, recordedAt: '2025-06-30T04:05:06.789Z' });
  });

  it('has no file that no kind knows', () => {
    const known = EVENT_KINDS.map(({ event }) => `${event}.json`);
    expect(readdirSync(FOLDER).toSorted()).toEqual(known.toSorted());
  });
});

describe('kinds of event', () => {
  it.each(['kind', 'event'] as const)('have each %s once', (name) => {
    expect(new Set(EVENT_KINDS.map((kind) => kind[name])).size).toBe(EVENT_KINDS.length);
  });

  it('have streams that a store knows for the ledger’s own', () => {
    const streams = EVENT_KINDS.map((kind) => (kind.form === 'notice' ? kind.stream : preparedOf(kind).stream));
    expect(streams.filter((stream) => !STREAM_NAMES.some((prefix) => stream.startsWith(prefix)))).toEqual([]);
  });
});

describe('kinds of command', () => {
  it.each(['kind', 'route', 'event'] as const)('have each %s once', (name) => {
    expect(new Set(SENT_KINDS.map((kind) => kind[name])).size).toBe(SENT_KINDS.length);
  });

  it('have classes of different names, by which their schemas are known', () => {
    expect(new Set(EVENT_KINDS.map(({ command }) => command.name)).size).toBe(EVENT_KINDS.length);
  });

  it('name events in the past tense with a version, and routes in small letters', () => {
    for (const { event, route } of SENT_KINDS) {
      expect(event).toMatch(/^[A-Z][A-Za-z]+\.v[1-9][0-9]*$/);
      expect(route).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
  });
});
