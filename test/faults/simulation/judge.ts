import { isDeepStrictEqual } from 'node:util';
import { follow } from '../../../projections/following/follow.js';
import { readBookState } from '../../../projections/book-state/query.js';
import { PROJECTIONS } from '../../../projections/registry.js';
import { keyText } from '../../../src/books/book-state.js';
import { type LedgerEvent, receiptOf } from '../../../src/books/event.js';
import { eventId, type EventStore, type StoredEvent } from '../../../src/event-store/event-store.js';
import { auditBook } from '../../independent-book.js';
import { type Entry } from './journal.js';
import { type Node } from './node.js';

/** An event as it stands, read once for all that is asked about it. */
interface Standing {
  readonly stored: StoredEvent;
  readonly event: LedgerEvent;
  readonly key: string;
}

/** What is wrong, in words; empty where everything is as it should be. */
export type Findings = string[];

async function readLog(log: EventStore): Promise<Standing[]> {
  const standing: Standing[] = [];
  for await (const batch of log.readAll({ after: 0, live: false }))
    for (const stored of batch) {
      const event = JSON.parse(stored.data) as LedgerEvent;
      const { key, source, line } = event;
      standing.push({ stored, event, key: keyText(key === undefined ? { source: source!, line: line! } : { key }) });
    }
  return standing;
}

/** Holds the log against what the clients were told, and against the textbook. */
export async function judgeLog(log: EventStore, journal: readonly Entry[], isTimeOrdered: boolean): Promise<Findings> {
  const standing = await readLog(log);
  const findings: Findings = [];
  const taken = new Set<Standing>();
  for (const entry of journal) {
    const own = standing.filter((each) => isOf(entry, each));
    own.forEach((each) => taken.add(each));
    findings.push(...judgeEntry(entry, own));
  }
  for (const { stored } of standing.filter((each) => !taken.has(each)))
    findings.push(`${nameOf(stored)} stands and nobody wanted it`);
  findings.push(...judgeOrder(standing, isTimeOrdered), ...judgeAlike(standing, journal));
  for (const [stream, events] of booksOf(standing)) findings.push(...auditBook(stream, textsOf(events)).problems);
  return findings;
}

const textsOf = (events: readonly Standing[]): string[] => events.map(({ stored }) => stored.data);

/** The events of each book. */
const booksOf = (standing: readonly Standing[]): [stream: string, events: Standing[]][] =>
  [...Map.groupBy(standing, ({ stored }) => stored.stream)].filter(([stream]) => stream.startsWith('book-'));

const nameOf = ({ stream, revision }: StoredEvent): string => eventId(stream, revision);

/** Whether an event is what an intent wanted: under one of its keys, with all that it says. */
function isOf({ keys, prepared }: Entry, { stored, event, key }: Standing): boolean {
  if (stored.stream !== prepared.stream || !keys.includes(key) || event.kind !== prepared.kind) return false;
  return Object.entries(prepared.command).every(
    ([name, value]) => JSON.stringify(value) === JSON.stringify(event[name]),
  );
}

function judgeEntry(entry: Entry, own: readonly Standing[]): Findings {
  const name = `${entry.keys.join('|')} (${entry.prepared.kind})`;
  if (own.length > 1)
    return [`${name} stands ${own.length} times: ${own.map(({ stored }) => nameOf(stored)).join(' ')}`];
  if (entry.isAcknowledged && own.length === 0) return [`${name} was acknowledged and is lost`];
  if (entry.isRefused && own.length === 1) return [`${name} was refused and stands: ${nameOf(own[0]!.stored)}`];
  if (entry.isMiraculous) return [`${name} stood already when it was first said to be written`];
  const [found] = own;
  if (!found) return [];
  const stands = receiptOf(found.stored, found.event);
  return entry.acknowledged
    .filter((receipt) => !isDeepStrictEqual(receipt, stands))
    .map((receipt) => `${name} was acknowledged as ${JSON.stringify(receipt)} and stands as ${JSON.stringify(stands)}`);
}

function judgeOrder(standing: readonly Standing[], isTimeOrdered: boolean): Findings {
  const findings: Findings = [];
  const revisions = new Map<string, number>();
  const lines = new Map<string, number>();
  let [position, latest] = [0, ''];
  for (const { stored, event } of standing) {
    const name = nameOf(stored);
    if (stored.position <= position) findings.push(`${name}: position ${stored.position} follows ${position}`);
    position = stored.position;
    const revision = (revisions.get(stored.stream) ?? -1) + 1;
    if (stored.revision !== revision) findings.push(`${name} is the ${revision}th of its stream`);
    revisions.set(stored.stream, revision);
    if (isTimeOrdered && event.recordedAt < latest) findings.push(`${name} was recorded before the event before it`);
    latest = event.recordedAt;
    if (event.source === undefined) continue;
    const file = `${stored.stream} ${event.source}`;
    if ((lines.get(file) ?? 0) >= event.line!) findings.push(`${name}: line ${event.line} comes after a later one`);
    lines.set(file, event.line!);
  }
  return findings;
}

/** Of what was recorded twice, the second says so; and where it was not to be recorded then, it is not. */
function judgeAlike(standing: readonly Standing[], journal: readonly Entry[]): Findings {
  const findings: Findings = [];
  const ids = new Set<string>();
  const said = new Map<string, string[]>();
  const entries = journal.filter(({ intent }) => 'key' in intent.key);
  for (const each of standing) {
    const { stored, event } = each;
    const name = nameOf(stored);
    if (event.reverses !== undefined) ids.delete(event.reverses);
    const entry = event.kind === 'contribution' ? entries.find((one) => isOf(one, each)) : undefined;
    if (entry) {
      const alike = JSON.stringify(entry.prepared.command);
      const before = (said.get(alike) ?? []).filter((id) => ids.has(id));
      const named = event.findings?.find(({ code }) => code === 'likely-duplicate');
      if (before.length > 0 && entry.intent.refuseLike)
        findings.push(`${name} was not to be recorded beside ${before.join(' ')}`);
      if (before.length > 0 && !named) findings.push(`${name} does not say that it is like ${before.join(' ')}`);
      if (named && !ids.has(named.got)) findings.push(`${name} says it is like ${named.got}, which does not stand`);
      said.set(alike, [...before, name]);
    }
    ids.add(name);
  }
  return findings;
}

/** Holds what a node has in memory and in its read tables against the log. */
export async function judgeNode(node: Node, log: EventStore): Promise<Findings> {
  const findings: Findings = [];
  const { books, tables } = node.own;
  const standing = booksOf(await readLog(log));
  for (const [stream, events] of standing) {
    // What a node has in memory may lie behind what others have recorded; it is what stood then.
    const { revision, balances } = await books.stateOf(stream);
    if (!isDeepStrictEqual(balances, auditBook(stream, textsOf(events.slice(0, revision + 1))).balances))
      findings.push(`${node.name} has other balances of ${stream} at revision ${revision}`);
  }
  if (!tables) return findings;
  await follow(log, tables.writer, PROJECTIONS, { live: false });
  await follow(log, tables.rebuilt, PROJECTIONS, { live: false });
  for (const name of tables.differences()) findings.push(`${node.name}: ${name} is not what a rebuild gives`);
  for (const [stream, events] of standing)
    if (
      !isDeepStrictEqual(readBookState(tables.reading, stream)?.balances, auditBook(stream, textsOf(events)).balances)
    )
      findings.push(`${node.name}: the read tables have other balances of ${stream}`);
  return findings;
}
