import { type LedgerEvent, readEvent } from '../../src/books/event.js';
import { eventId, parseEventId, type EventStore, type StoredEvent } from '../../src/event-store/event-store.js';
import { upcast } from '../../src/event-store/upcast.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { provincialConsolidation, TRANSFERS } from '../provincial-consolidation/projection.js';
import { type NamedBy, readNamedBy } from './corrections.js';
import { namedBy, namingField } from './projection.js';

/** Most events of a chain that are read: a contribution may be given back a thousand times. */
const MOST_LINKED = 40;

/** An event that is linked to another. */
export interface Linked {
  readonly id: string;
  readonly stored: StoredEvent;
  readonly event: LedgerEvent;
  /** The earlier event that it names, and by which field; undefined where it names none. */
  readonly names: { readonly field: NamedBy['field']; readonly id: string } | undefined;
}

/** Where events and what links them are read. */
interface Reading {
  readonly store: EventStore;
  readonly tables: ReadTables;
  /** Nothing recorded later is looked at. */
  readonly until: number;
}

/**
 * All that is linked to an event by one taking back, correcting, giving back, withdrawing or answering another, from
 * whichever of them one comes, in the order of recording; the event itself is among it.
 */
export async function readChain(
  reading: Reading,
  stored: StoredEvent,
): Promise<{ readonly events: readonly Linked[]; readonly isWhole: boolean }> {
  const start = eventId(stored.stream, stored.revision);
  const chain = new Map<string, Linked>([[start, linkedOf(start, stored)]]);
  const waiting = [...neighbours(reading, chain.get(start)!)];
  while (waiting.length > 0 && chain.size < MOST_LINKED) {
    const id = waiting.shift()!;
    const linked = chain.has(id) ? undefined : await readLinked(reading, id);
    if (!linked) continue;
    chain.set(id, linked);
    waiting.push(...neighbours(reading, linked));
  }
  const events = [...chain.values()].toSorted((one, other) => one.stored.position - other.stored.position);
  return { events, isWhole: waiting.every((id) => chain.has(id)) };
}

const neighbours = ({ tables, until }: Reading, { id, names }: Linked): string[] => [
  ...(names ? [names.id] : []),
  ...readNamedBy(tables, id, until).map(({ by }) => by),
];

/** An event by its id; undefined where the log has none up to the position. */
async function readLinked({ store, until }: Reading, id: string): Promise<Linked | undefined> {
  const place = parseEventId(id);
  const [stored] = place ? await store.readStream(place.stream, { from: place.revision, limit: 1 }) : [];
  return stored && stored.revision === place!.revision && stored.position <= until ? linkedOf(id, stored) : undefined;
}

function linkedOf(id: string, stored: StoredEvent): Linked {
  const event = readEvent(upcast(stored));
  const field = namingField(event);
  return { id, stored, event, names: field && { field, id: namedBy(event)! } };
}

/** A side of a transfer, as one voucher recorded it. */
export interface TransferSide extends Linked {
  readonly side: 'sent' | 'received';
}

/**
 * The vouchers of a transfer between levels, in the order of recording: what was sent, and what of it was received.
 * None where the event is no side of one.
 */
export async function readTransfer(reading: Reading, { id, event }: Linked): Promise<TransferSide[]> {
  const { tables, until } = reading;
  const table = `"${tableName(provincialConsolidation, TRANSFERS)}"`;
  const sides = tables.rows<{ id: string; side: TransferSide['side'] }>(
    `SELECT other.id, other.side FROM ${table} AS one JOIN ${table} AS other
     ON other.fund = one.fund AND other.transfer = one.transfer AND other.direction = one.direction
       AND other.sender IS one.sender AND other.receiver IS one.receiver
     WHERE one.fund = ? AND one.id = ? AND other.position <= ? ORDER BY other.position LIMIT ${MOST_LINKED}`,
    event.fund,
    id,
    until,
  );
  const read = await Promise.all(
    sides.map(async ({ id: one, side }) => ({ side, linked: await readLinked(reading, one) })),
  );
  return read.flatMap(({ side, linked }) => (linked ? [{ side, ...linked }] : []));
}
