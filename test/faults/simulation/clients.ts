import { decide } from '../../../src/books/book.js';
import { evolve } from '../../../src/books/evolve.js';
import { type CommandKey, keyText } from '../../../src/books/book-state.js';
import { type DecidedEvent, decidedEvent } from '../../../src/books/decided-command.js';
import { LedgerError } from '../../../src/errors.js';
import { requestOf } from '../../given-when-then.js';
import { type Desk, type Intent } from './commands.js';
import { Entry, type Told } from './journal.js';
import { CutOff, type Node } from './node.js';
import { type Schedule } from './schedule.js';

/** What the clients of a run have in common. */
export interface Office {
  readonly schedule: Schedule;
  readonly desk: Desk;
  readonly nodes: readonly Node[];
  readonly journal: Entry[];
  /** Ids of vouchers that were acknowledged. */
  readonly ids: string[];
  /** Whether an append can take effect after its caller was told that nobody knows. */
  readonly isLatePossible: boolean;
  /** A fault of the clients, to see that it is found: a retry under another key. */
  readonly newKeyOnRetry: boolean;
}

const MOST_ATTEMPTS = 40;
const GIVES_UP = 0.04;
/** Codes of what is unavailable that say that nothing was written. */
const NOT_WRITTEN = new Set(['disk-full', 'clock-out-of-bounds', 'clock-set-back']);

/** A client: some intents at a time, each sent until it is known what became of it, or given up. */
export async function workAtDesk(office: Office, rounds: number): Promise<void> {
  const { schedule } = office;
  for (let round = 0; round < rounds; round += 1) {
    await schedule.pause('client thinks', 0, 300);
    const together = schedule.chance(0.3) ? schedule.between(2, 4) : 1;
    await Promise.all(Array.from({ length: together }, () => want(office)));
  }
}

async function want(office: Office): Promise<void> {
  const intent = office.desk.next();
  const { prepared } = requestOf(intent.incoming, intent.key);
  // Who is impatient clicks twice.
  const clicks = office.schedule.chance(0.1) ? 2 : 1;
  const entry = new Entry(intent, prepared, clicks === 1);
  office.journal.push(entry);
  await Promise.all(Array.from({ length: clicks }, () => insist(office, entry)));
}

async function insist(office: Office, entry: Entry): Promise<void> {
  const { schedule, nodes, newKeyOnRetry } = office;
  let { key } = entry.intent;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const told = await send(office, entry, schedule.pick(nodes), key);
    if (told.how === 'acknowledged' && told.receipt) office.ids.push(told.receipt.id);
    if (told.how === 'acknowledged' || told.how === 'refused') break;
    if (schedule.chance(GIVES_UP)) return;
    if (newKeyOnRetry && 'key' in key)
      entry.keys.push(keyText((key = { key: `${keyText(entry.intent.key)}-${attempt}` })));
    await schedule.pause('client waits', 50, 5_000);
  }
  if (schedule.chance(0.1)) await send(office, entry, schedule.pick(nodes), key);
}

async function send(office: Office, entry: Entry, node: Node, key: CommandKey): Promise<Told> {
  const { schedule } = office;
  const request = { ...requestOf(entry.intent.incoming, key), refuseLike: entry.intent.refuseLike };
  schedule.note(`client sends ${keyText(key)} ${request.prepared.kind} to ${node.name}`);
  const patienceMs = schedule.chance(0.15) ? schedule.between(1, 200) : 30_000;
  try {
    const { receipt, replayed } = await node.post(request, patienceMs);
    return hear(office, entry, { how: 'acknowledged', receipt, replayed });
  } catch (error) {
    return hear(office, entry, toldBy(error), error instanceof CutOff);
  }
}

function hear({ schedule, isLatePossible }: Office, entry: Entry, told: Told, isCut = false): Told {
  schedule.note(
    `client hears ${entry.keys.at(-1)} ${told.how} ${'code' in told ? told.code : (told.receipt?.id ?? '')}`,
  );
  entry.attempts.push({ told, isOpen: isCut || (isLatePossible && told.how === 'unknown') });
  return told;
}

/** What an error says to a client. @throws what is no sentence of the ledger's: an accident */
function toldBy(error: unknown): Told {
  if (error instanceof CutOff) return { how: 'unknown', code: error.message };
  if (!(error instanceof LedgerError)) throw error;
  const { kind, code } = error;
  if (kind !== 'unavailable') return { how: 'refused', code };
  return { how: NOT_WRITTEN.has(code) ? 'not-written' : 'unknown', code };
}

/**
 * An import: the lines of a file, decided on copies of their books, appended as they were decided, and what is left
 * posted line by line. Whatever happens, it begins again with the first line.
 */
export async function workThroughFile(office: Office, source: string, lines: number): Promise<void> {
  const { schedule, desk, journal, nodes } = office;
  const byStream = new Map<string, Entry[]>();
  for (let line = 1; line <= lines; line += 1) {
    const intent = desk.line(source, line);
    const { prepared } = requestOf(intent.incoming, intent.key);
    const entry = new Entry(intent, prepared, false);
    journal.push(entry);
    byStream.set(prepared.stream, [...(byStream.get(prepared.stream) ?? []), entry]);
  }
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    await schedule.pause('import starts', 10, 2_000);
    try {
      const node = schedule.pick(nodes);
      for (const [stream, entries] of byStream) await importBook(office, node, stream, entries);
      return;
    } catch (error) {
      // Whoever runs an import hears of anything that goes wrong, in whatever words.
      schedule.note(`import of ${source.slice(0, 4)} ends ${(error as Error).message}`);
      for (const entry of journal)
        if ('source' in entry.intent.key && entry.intent.key.source === source && !entry.isAcknowledged)
          entry.attempts.push({ told: { how: 'unknown', code: 'interrupted' }, isOpen: true });
      if (schedule.chance(GIVES_UP)) return;
    }
  }
}

async function importBook(office: Office, node: Node, stream: string, entries: readonly Entry[]): Promise<void> {
  const state = await node.use((books) => books.stateOf(stream));
  const start = state.revision;
  const wanted = entries.filter(({ intent }) => lineOf(intent) > (state.sources.get(sourceOf(intent))?.line ?? 0));
  const today = await node.use(async (books) => books.today());
  const decided: DecidedEvent[] = [];
  for (const { prepared, intent } of wanted) {
    const fact = decide(state, prepared, intent.key, today);
    evolve(state, fact);
    decided.push(decidedEvent({ prepared, key: intent.key, fact }));
  }
  const done = decided.length === 0 ? 0 : await node.use((books) => books.appendTried(stream, start, decided));
  office.schedule.note(`import appended ${done} of ${decided.length} to ${stream}`);
  for (const entry of wanted.slice(0, done)) acknowledge(entry, false);
  const left = wanted.slice(done);
  await node.use((books) =>
    Promise.all(
      left.map(async (entry) => {
        const { replayed } = await books.post({ prepared: entry.prepared, key: entry.intent.key });
        acknowledge(entry, replayed);
      }),
    ),
  );
}

function acknowledge(entry: Entry, replayed: boolean): void {
  entry.attempts.push({ told: { how: 'acknowledged', receipt: undefined, replayed }, isOpen: false });
}

const lineOf = ({ key }: Intent): number => ('line' in key ? key.line : 0);
const sourceOf = ({ key }: Intent): string => ('source' in key ? key.source : '');
