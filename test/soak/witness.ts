import { createHash } from 'node:crypto';
import { keyText } from '../../src/books/book-state.js';
import { readEvent } from '../../src/books/event.js';
import { eventId, type EventStore, type StoredEvent } from '../../src/event-store/event-store.js';
import { type Acknowledged, BATCH_OF, batchOf, CLIENTS, isAtomic, keyOf, type Resume } from './clients.js';

interface Place {
  readonly id: string;
  readonly position: number;
}

/**
 * Remembers, outside the ledger, what was acknowledged, and holds the log against it after every restart: nothing
 * acknowledged is lost, nothing is there twice, an atomic batch stands whole or not at all, positions, revisions and
 * voucher numbers have no gaps, recorded time never runs backwards.
 */
export class Witness {
  private readonly acknowledged = CLIENTS.map(() => new Map<number, Acknowledged>());
  private readonly last = CLIENTS.map((): Acknowledged[] => []);
  private readonly keys = new Map<string, Place>();
  private readonly revisions = new Map<string, number>();
  private readonly numbers = new Map<string, number>();
  private readonly digest = createHash('sha256');
  /** How many commands stand of each atomic batch. */
  private readonly batches = new Map<string, number>();
  private recordedAt = '';
  private position = 0;
  private unexamined: Acknowledged[] = [];
  /** How many commands have been acknowledged for the first time. */
  posted = 0;
  /** How many answers said that the command was recorded before. */
  replayed = 0;

  /** Takes an acknowledgement down. @throws where it contradicts an earlier one */
  hear(message: Acknowledged): void {
    const known = this.acknowledged[message.client]!;
    const before = known.get(message.number);
    if (before && (!message.replayed || before.id !== message.id || before.position !== message.position))
      throw new Error(`acknowledged as ${JSON.stringify(before)}, and again as ${JSON.stringify(message)}`);
    if (message.replayed) this.replayed += 1;
    if (before) return;
    this.posted += 1;
    known.set(message.number, message);
    this.unexamined.push(message);
    const last = this.last[message.client]!;
    last.push(message);
    if (last.length > 2) last.shift();
  }

  /** Where each client goes on: the last acknowledged command is sent again. */
  resumes(): Resume[] {
    return this.last.map((last, client) => {
      const again = last.at(-1);
      if (!again) return { number: 1 };
      const previous = last.length === 2 && last[0]!.number % 7 !== 0 ? last[0]!.id : undefined;
      return CLIENTS[client] === 'keys' ? { number: again.number, previousId: previous } : { number: again.number };
    });
  }

  /** Reads what is new in the log and holds it against what is known. @throws on the first thing that is wrong */
  async examine(store: EventStore): Promise<void> {
    if ((await store.head()) < this.position) throw new Error(`the log ends before position ${this.position}`);
    for await (const batch of store.readAll({ after: this.position, live: false }))
      for (const stored of batch) this.take(stored);
    for (const message of this.unexamined) this.demand(message);
    this.unexamined = [];
    for (const [batch, stand] of this.batches)
      if (stand !== BATCH_OF) throw new Error(`of the atomic batch ${batch}, ${stand} commands stand`);
  }

  /** Reads the whole log again: it is what was read piece by piece after each kill. */
  async examineWhole(store: EventStore): Promise<void> {
    const again = createHash('sha256');
    for await (const batch of store.readAll({ after: 0, live: false }))
      for (const { data } of batch) again.update(data);
    if (again.digest('hex') !== this.digest.copy().digest('hex')) throw new Error('an event has changed');
  }

  private take(stored: StoredEvent): void {
    const { stream, revision, position, data } = stored;
    const id = eventId(stream, revision);
    const event = readEvent(stored);
    demandNext('position', position, this.position, id);
    demandNext('revision', revision, this.revisions.get(stream) ?? -1, id);
    if (event.voucherNumber !== undefined) {
      const series = `${stream} ${event.period} ${event.voucherType}`;
      demandNext('voucher number', event.voucherNumber, this.numbers.get(series) ?? 0, id);
      this.numbers.set(series, event.voucherNumber);
    }
    if (event.recordedAt < this.recordedAt) throw new Error(`${id} was recorded before the event before it`);
    const key = event.key ?? keyText({ source: event.source!, line: event.line! });
    const before = this.keys.get(key);
    if (before) throw new Error(`${key} is there twice: ${before.id} and ${id}`);
    this.keys.set(key, { id, position });
    this.count(key);
    this.position = position;
    this.revisions.set(stream, revision);
    this.recordedAt = event.recordedAt;
    this.digest.update(data);
  }

  /** Counts a command of an atomic batch. */
  private count(key: string): void {
    const [, client, number] = /^client-(\d+)-(\d+)$/.exec(key) ?? [];
    if (client === undefined || CLIENTS[Number.parseInt(client, 10)] !== 'batches') return;
    const batch = batchOf(Number.parseInt(number!, 10));
    const name = `${client}-${batch}`;
    if (isAtomic(batch)) this.batches.set(name, (this.batches.get(name) ?? 0) + 1);
  }

  private demand({ client, number, id, position }: Acknowledged): void {
    const key = keyText(keyOf(client, number));
    const place = this.keys.get(key);
    if (!place) throw new Error(`${key} was acknowledged and is lost`);
    if (id !== undefined && (place.id !== id || place.position !== position))
      throw new Error(`${key} was acknowledged as ${id} and stands at ${place.id}`);
  }
}

function demandNext(what: string, found: number, before: number, id: string): void {
  if (found !== before + 1) throw new Error(`${id}: ${what} ${found} follows ${before}`);
}
