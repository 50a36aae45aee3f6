import { hash } from 'node:crypto';
import { type LastLine } from '../../books/book-state.js';
import { commandText, readEvent } from '../../books/event.js';
import { type EventStore } from '../../event-store/event-store.js';
import { pagesOf } from '../../event-store/stream-pages.js';
import { type CheckedLine } from '../check/checked-line.js';

/** A line of a file that stands in a book. */
export interface PostedLine {
  readonly line: number;
  readonly revision: number;
}

/**
 * The lines of a file that stand in a book, from the last one back to the first that is no later than `first`. A book
 * has the lines of a file in their order, with whatever others posted between them. Lines that were posted by keys are
 * not among them.
 * @param source what the events call the file
 */
export async function* postedLines(
  store: EventStore,
  stream: string,
  source: string,
  last: LastLine,
  first: number,
): AsyncGenerator<PostedLine> {
  for await (const events of pagesOf(store, stream, 'backwards', last.revision)) {
    for (const { revision, data } of events) {
      const line = lineOf(data, source);
      if (line === undefined) continue;
      yield { line, revision };
      if (line <= first) return;
    }
  }
}

/**
 * The line that an event says it is of a file. Its text is canonical, so that these two members stand beside each
 * other; it is not parsed, because a file that comes again has a million of them.
 */
function lineOf(data: string, source: string): number | undefined {
  const member = `"source":"${source}","line":`;
  const at = data.indexOf(member);
  return at < 0 ? undefined : Number.parseInt(data.slice(at + member.length, at + member.length + LINE_DIGITS), 10);
}
const LINE_DIGITS = 16;

/** The key by which a line is posted, or named, that has none of its own: the file and the line. */
export const keyOfLine = (source: string, line: number): string => `${source}:${line}`;

/**
 * What names a line of a file for a reversal of it: its place, or its own key and a digest of its command, since
 * somebody else may come to use the key for something else.
 */
export function targetName(source: string, { line, key, prepared }: CheckedLine): string {
  const placed = keyOfLine(source, line);
  return key === undefined || key === placed ? placed : `${key} ${digestOf(prepared.text!.command)}`;
}

const digestOf = (command: string): string => hash('sha256', command).slice(0, 16);

/**
 * The revision of the event that a line of a file has become; undefined where it does not stand.
 * @param target the line, as `targetName` names it
 * @param last the last line of the file that its book has
 */
export async function revisionOfLine(
  store: EventStore,
  stream: string,
  source: string,
  target: string,
  last: LastLine | undefined,
): Promise<number | undefined> {
  const [key, digest] = target.split(' ') as [string, string?];
  const stored = await store.findByKey(stream, key, Number.MAX_SAFE_INTEGER);
  if (digest !== undefined)
    return stored && digestOf(commandText(readEvent(stored))) === digest ? stored.revision : undefined;
  if (stored || !last) return stored?.revision;
  const wanted = Number.parseInt(key.slice(source.length + 1), 10);
  for await (const { line, revision } of postedLines(store, stream, source, last, wanted))
    if (line === wanted) return revision;
  return undefined;
}
