import { findSentKind } from '../../src/catalogue/registry.js';
import { readEvent } from '../../src/books/event.js';
import { type Text, text } from '../../src/errors.js';
import { eventId, parseEventId } from '../../src/event-store/event-store.js';
import { upcast } from '../../src/event-store/upcast.js';
import { address, listOf, oneOf, orNull, record, string, words, yesOrNo } from '../asking/answer-schema.js';
import { FIRST_DAY, intervalBody, LAST_DAY, openIntervalOf } from '../asking/interval.js';
import { type Answer, type Asking, type Question, type Sheet } from '../asking/question.js';
import { auditTrail, type TrailLine } from '../audit-trail/projection.js';
import { recordedTime } from '../recorded-time/projection.js';
import { momentOf, positionAsOf } from '../recorded-time/query.js';
import { type Hit, namedHits } from './named.js';
import { SearchParameters } from './parameters.js';
import { findLines, soughtOf, writtenNumber } from './vouchers.js';
import { addressOf, streamAt, voucherAt } from '../asking/addresses.js';

/** Most hits of one kind. */
const MOST_HITS = 20;

const KINDS = {
  events: text('编号', 'Ids'),
  streams: text('登记簿', 'Registers'),
  accounts: text('科目', 'Accounts'),
  units: text('核算单位', 'Units'),
  funds: text('基金', 'Funds'),
  vouchers: text('凭证与备查', 'Vouchers and memos'),
} as const satisfies Record<string, Text>;
type Kind = keyof typeof KINDS;
const KIND_NAMES = Object.keys(KINDS) as Kind[];

const HIT = record({
  label: words(text('名称', 'what it is called')),
  detail: orNull(words(text('说明', 'what else is said of it'))),
  to: address(text('所在', 'the address that shows it')),
});

/** What somebody types into the one box: whatever of the ledger is called so, or holds it. */
export const searchQuestion: Question<SearchParameters> = {
  name: 'search',
  route: 'search',
  title: text('查找', 'Search'),
  projection: auditTrail,
  parameters: SearchParameters,
  sheets: ['hits'],
  answer: record({
    q: string(text('查找的内容', 'what was looked for')),
    groups: listOf(
      record({
        kind: oneOf(KIND_NAMES, text('种类', 'kind')),
        name: words(text('种类名称', 'what the kind is called')),
        hits: listOf(HIT),
        isMore: yesOrNo(text('是否可能还有', 'whether there may be more')),
        more: orNull(address(text('全部', 'the question that lists all of them'))),
      }),
    ),
    since: orNull(
      string(
        text('凭证只查到此业务日期为止；null 为全部', 'vouchers were looked at back to this business day; null: all'),
      ),
    ),
  }),
  ask: search,
};

interface Group {
  readonly kind: Kind;
  readonly hits: readonly Hit[];
  readonly more: string | null;
  readonly isMore: boolean;
}

async function search(asking: Asking, parameters: SearchParameters): Promise<Answer> {
  const { tables, reference } = asking;
  const { q = '' } = parameters;
  const { from, to } = openIntervalOf(parameters);
  const moment = await momentOf(asking, parameters.recordedAsOf);
  const until = tables.atOneMoment(auditTrail, (now) =>
    positionAsOf(tables, moment, Math.min(now, tables.checkpoint(recordedTime).position)),
  );
  const range = { from: from ?? FIRST_DAY, to: to ?? LAST_DAY, until };
  if (q.trim() === '') return answerOf(parameters, until, [], null);
  const { lines, since } = await findLines(tables, soughtOf(q), range, MOST_HITS + 1);
  const more = addressOf('audit-trail', { q: q.trim() });
  const named = namedHits(q, reference.asOf(until).ever);
  const groups = [
    groupOf('events', await eventHits(asking, q.trim(), until), null),
    groupOf('streams', await streamHits(asking, q.trim(), until), null),
    groupOf('accounts', named.accounts, null),
    groupOf('units', named.units, null),
    groupOf('funds', named.funds, null),
    groupOf('vouchers', await Promise.all(lines.map((line) => lineHit(asking, line))), more, since !== undefined),
  ].filter(({ hits, isMore }) => hits.length > 0 || isMore);
  return answerOf(parameters, until, groups, since ?? null);
}

const answerOf = (
  parameters: SearchParameters,
  position: number,
  groups: readonly Group[],
  since: string | null,
): Answer => ({
  position,
  body: {
    ...intervalBody(openIntervalOf(parameters), parameters),
    q: parameters.q ?? '',
    groups: groups.map((group) => ({ ...group, name: KINDS[group.kind] })),
    since,
  },
  sheets: [sheetOf(groups)],
});

const groupOf = (kind: Kind, hits: readonly Hit[], more: string | null, isMore = false): Group => ({
  kind,
  hits: hits.slice(0, MOST_HITS),
  isMore: isMore || hits.length > MOST_HITS,
  more,
});

/** The event of an id. */
async function eventHits({ store }: Asking, q: string, until: number): Promise<Hit[]> {
  const place = parseEventId(q);
  const [stored] = place ? await store.readStream(place.stream, { from: place.revision, limit: 1 }) : [];
  if (!stored || stored.revision !== place!.revision || stored.position > until) return [];
  const { kind } = readEvent(upcast(stored));
  return [{ label: text(q, q), detail: findSentKind(kind)?.name ?? null, to: voucherAt(q) }];
}

/** The register of a case, or whatever stream is called so. */
async function streamHits({ store }: Asking, q: string, until: number): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (const stream of [q, `case-${q}`, `lead-${q}`]) {
    const [first] = await store.readStream(stream, { limit: 1 });
    if (first && first.position <= until)
      hits.push({ label: text(stream, stream), detail: null, to: streamAt(stream) });
  }
  return hits;
}

async function lineHit({ store, reference }: Asking, line: TrailLine): Promise<Hit> {
  const id = eventId(line.stream, line.revision);
  const [stored] = await store.readStream(line.stream, { from: line.revision, limit: 1 });
  const { note = '', unit } = stored ? readEvent(upcast(stored)) : ({} as { note?: string; unit?: string });
  const kind = findSentKind(line.kind)?.name ?? text(line.kind, line.kind);
  const at = unit === undefined ? text('', '') : reference.ever.unitName(unit);
  const number = writtenNumber(line) ?? id;
  return {
    label: text(`${number} ${kind.zh}`, `${number} ${kind.en}`),
    detail: text(
      [line.day, at.zh, line.amount, note].filter(Boolean).join(' '),
      [line.day, at.en, line.amount, note].filter(Boolean).join(' '),
    ),
    to: voucherAt(id),
  };
}

const column = (zh: string, en: string) => ({ name: text(zh, en), kind: 'text' as const });

function sheetOf(groups: readonly Group[]): Sheet {
  const rows = groups.flatMap(({ kind, hits }) => hits.map((hit) => ({ kind, ...hit })));
  return {
    name: 'hits',
    title: text('查找', 'Search'),
    columns: [column('种类', 'kind'), column('名称', 'name'), column('说明', 'detail'), column('地址', 'address')],
    rows: rows.map(({ kind, label, detail, to }) => [KINDS[kind], label, detail, to]),
    marks: rows.map(({ to }) => ({ links: [undefined, to] })),
  };
}
