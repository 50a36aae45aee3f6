import { positionAsOf } from '../../../projections/recorded-time/query.js';
import { type ReadTables } from '../../../projections/following/read-tables.js';
import { EVENT_KINDS, KINDS } from '../../catalogue/registry.js';
import { show, text } from '../../errors.js';
import { type EventStore, type StoredEvent } from '../../event-store/event-store.js';
import { splitType } from '../../kinds/event-schema.js';
import { dayBefore } from '../../time/clock.js';
import { type Moment, readMoment } from '../../time/moment.js';
import { malformed } from '../request.js';
import { type Range } from './walk.js';

/** What the log is filtered by, beside where a page of it begins. */
export const FILTERS = ['stream', 'type', 'recordedFrom', 'recordedTo', 'q'] as const;
export type Filters = Readonly<Partial<Record<(typeof FILTERS)[number], string>>>;

/** What is listed of the log. */
export interface Listing {
  readonly isWanted: (stored: StoredEvent) => boolean;
  /** The one stream that is listed; undefined where it may be several. */
  readonly stream: string | undefined;
  readonly range: Range;
}

/**
 * What a listing is of. Times are those at which events count as recorded, as on the recorded axis of every question.
 * @param upTo the end of the log as it is when it is asked for
 * @throws LedgerError invalid, where a filter is not as it must be
 */
export async function listingOf(
  filters: Filters,
  { store, tables, upTo }: { readonly store: EventStore; readonly tables: () => ReadTables; readonly upTo: number },
): Promise<Listing> {
  const { stream, type, q, recordedFrom, recordedTo } = filters;
  const isOfType = type === undefined ? undefined : typeFilter(type);
  const needle = q === undefined ? undefined : needleOf(q);
  const isExact = stream !== undefined && (await store.readStream(stream, { limit: 1 })).length > 0;
  const from = recordedFrom === undefined ? undefined : before(readBound('recordedFrom', recordedFrom));
  const to = recordedTo === undefined ? undefined : readBound('recordedTo', recordedTo);
  return {
    isWanted: (stored) =>
      (stream === undefined || isExact || stored.stream.startsWith(stream)) &&
      (!isOfType || isOfType(stored.type)) &&
      (needle === undefined || stored.data.toLowerCase().includes(needle)),
    stream: isExact ? stream : undefined,
    range: {
      after: from ? positionAsOf(tables(), from, upTo) : 0,
      upTo: to ? positionAsOf(tables(), to, upTo) : upTo,
    },
  };
}

/** A text as it stands in the stored JSON, in lower case. */
const needleOf = (q: string): string => JSON.stringify(q.normalize('NFC')).slice(1, -1).toLowerCase();

/** An event type with or without its version, or the word for a kind: `ContributionRecorded`, `contribution`, 缴费. */
function typeFilter(written: string): (type: string) => boolean {
  const kind = KINDS.codeOf(written) ?? written;
  const known = EVENT_KINDS.find(({ event, kind: word }) => word === kind || splitType(event)[0] === written);
  if (known) {
    const [name] = splitType(known.event);
    return (type) => splitType(type)[0] === name;
  }
  // A later release may have written types that this one does not know.
  if (/^[A-Za-z]+\.v[0-9]{1,4}$/.test(written)) return (type) => type === written;
  const expected = text('事件类型或种类，如 ContributionRecorded、缴费', 'a type or kind of event, e.g. contribution');
  throw malformed('type', 'event-type', expected, show(written));
}

function readBound(name: string, written: string): Moment {
  const moment = readMoment(written);
  if (moment) return moment;
  const expected = text('日期、时刻或日志位置', 'a day, an instant or a position of the log');
  throw malformed(name, 'recorded-time', expected, show(written));
}

/** The last moment before another. */
function before(moment: Moment): Moment {
  if (moment.form === 'day') return { form: 'day', day: dayBefore(moment.day) };
  if (moment.form === 'instant') return { form: 'instant', instantMs: moment.instantMs - 1 };
  return { form: 'position', position: Math.max(0, moment.position - 1) };
}
