import { numberOf } from '../../../projections/audit-trail/body.js';
import { amountMoved } from '../../../projections/audit-trail/projection.js';
import { type Answer, type Column, type Sheet } from '../../../projections/asking/question.js';
import { readEvent } from '../../books/event.js';
import { findKindOfEvent } from '../../catalogue/registry.js';
import { type Text, text } from '../../errors.js';
import { eventId, type StoredEvent } from '../../event-store/event-store.js';
import { upcast } from '../../event-store/upcast.js';
import { parseFen } from '../../money.js';
import { type Adopted } from '../../reference/adopted.js';
import { voucherAt } from '../../../projections/asking/addresses.js';

const column = (zh: string, en: string, kind: Column['kind'] = 'text'): Column => ({ name: text(zh, en), kind });

const COLUMNS = [
  column('位置', 'position', 'count'),
  column('入账时间（UTC）', 'recorded (UTC)'),
  column('种类', 'kind'),
  column('凭证号', 'number'),
  column('业务日期', 'business date'),
  column('金额', 'amount', 'fen'),
  column('基金、核算单位', 'fund, unit'),
  column('摘要', 'note'),
  column('流与序号', 'stream and revision'),
];
const ALL = { from: null, to: null, asOf: null, recordedAsOf: null };

/** A page of the log as a table, each row with the way to its event. @param position the end of the log */
export function eventsAnswer(events: readonly StoredEvent[], position: number, adopted: Adopted): Answer {
  const sheet: Sheet = {
    name: 'events',
    title: text('事件', 'Events'),
    columns: COLUMNS,
    rows: events.map((stored) => rowOf(stored, adopted)),
    marks: events.map(({ stream, revision }) => {
      const page = voucherAt(eventId(stream, revision));
      const links = COLUMNS.map((each) => (LINKED.has(each) ? page : undefined));
      return { links };
    }),
  };
  return { position, body: ALL, sheets: [sheet] };
}

/** The columns from which one comes to the event. */
const LINKED: ReadonlySet<Column> = new Set([COLUMNS[0]!, COLUMNS[2]!, COLUMNS[3]!]);

function rowOf(stored: StoredEvent, adopted: Adopted): Sheet['rows'][number] {
  const event = readEvent(upcast(stored));
  const { fund, unit, businessDate = null, note = null, entries } = event as Partial<typeof event>;
  const amount = event.amount ?? (entries ? amountMoved(entries) : undefined);
  return [
    stored.position,
    toTheSecond(event.recordedAt),
    findKindOfEvent(stored.type)?.name ?? stored.type,
    numberOf({ event }),
    businessDate,
    amount === undefined ? null : parseFen(amount),
    bookName(fund, unit, adopted),
    note,
    eventId(stored.stream, stored.revision),
  ];
}

/** Of which fund and which unit it is, as far as it is of any. */
function bookName(fund: string | undefined, unit: string | undefined, adopted: Adopted): Text | null {
  const names = [
    ...(fund === undefined ? [] : [adopted.fundsOrAll.nameOf(fund)]),
    ...(unit === undefined ? [] : [adopted.unitName(unit)]),
  ];
  if (names.length === 0) return null;
  return text(names.map(({ zh }) => zh).join(' '), names.map(({ en }) => en).join(', '));
}

/** An instant as it is read in a list; the event itself has the rest of it. */
const toTheSecond = (instant: string): string => instant.slice(0, 19).replace('T', ' ');
