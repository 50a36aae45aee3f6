import { findSentKind } from '../../src/catalogue/registry.js';
import { readEvent } from '../../src/books/event.js';
import { type Text, text } from '../../src/errors.js';
import { eventId, parseEventId } from '../../src/event-store/event-store.js';
import { upcast } from '../../src/event-store/upcast.js';
import { lastDayOf } from '../../src/books/periods.js';
import { addressOf, streamAt, voucherAt } from '../asking/addresses.js';
import { address, amount, listOf, oneOf, orNull, record, string, words, yesOrNo } from '../asking/answer-schema.js';
import { FIRST_DAY, intervalBody, LAST_DAY, openIntervalOf } from '../asking/interval.js';
import { type Answer, type Asking, type Question } from '../asking/question.js';
import { auditTrail, type TrailLine } from '../audit-trail/projection.js';
import { recordedTime } from '../recorded-time/projection.js';
import { momentOf, positionAsOf } from '../recorded-time/query.js';
import { SOURCE_DIGITS } from '../audit-trail/filters.js';
import { filesOf } from '../imported-files/query.js';
import { type Hit, namedHits } from './named.js';
import { SearchParameters } from './parameters.js';
import { type Group, hitSheet } from './sheets.js';
import { caseOf, findLines, type Sought, soughtOf, writtenNumber } from './vouchers.js';

/** Most hits of one kind. */
const MOST_HITS = 20;

const KINDS = {
  events: text('编号', 'Ids'),
  streams: text('登记簿', 'Registers'),
  accounts: text('科目', 'Accounts'),
  units: text('核算单位', 'Units'),
  funds: text('基金', 'Funds'),
  files: text('文件', 'Files'),
  numbers: text('凭证号', 'Voucher numbers'),
  amounts: text('金额', 'Amounts'),
  cases: text('案件', 'Cases'),
  vouchers: text('凭证与备查', 'Vouchers and memos'),
} as const satisfies Record<string, Text>;
type Kind = keyof typeof KINDS;
const KIND_NAMES = Object.keys(KINDS) as Kind[];

const HIT = record(
  {
    label: words(text('名称', 'what it is called')),
    detail: orNull(words(text('说明', 'what else is said of it'))),
    amount: orNull(amount(text('金额', 'its amount'))),
    id: string(text('凭证或备查的编号', 'the id of a voucher or memo')),
    to: address(text('所在', 'the address that shows it')),
  },
  ['id'],
);

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
  const sought = soughtOf(q);
  const { lines, since } = await findLines(tables, sought, range, MOST_HITS + 1);
  const named = namedHits(q, reference.asOf(until).ever);
  const found = await foundHits(asking, lines, sought);
  const isMore = lines.length > MOST_HITS || since !== undefined;
  const groups = [
    groupOf('events', await eventHits(asking, q.trim(), until), null),
    groupOf('streams', await streamHits(asking, q.trim(), until), null),
    groupOf('accounts', named.accounts, null),
    groupOf('units', named.units, null),
    groupOf('funds', named.funds, null),
    groupOf('files', fileHits(asking, q, until), null),
    ...FOUND.map((kind) => {
      const mayBeMore = isMore && (found[kind].length > 0 || kind === firstOf(sought));
      return groupOf(kind, found[kind], allOf(kind, sought, parameters), mayBeMore);
    }),
  ].filter((group) => group.hits.length > 0 || group.isMore);
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
    groups,
    since,
  },
  sheets: [hitSheet(groups, since)],
});

/** How a voucher or memo may have been found. */
const FOUND = ['numbers', 'amounts', 'cases', 'vouchers'] as const satisfies readonly Kind[];
type FoundKind = (typeof FOUND)[number];

/** How what is sought would be found in the first place. */
const firstOf = ({ number, amount: sum }: Sought): FoundKind => {
  if (number) return 'numbers';
  return sum === undefined ? 'vouchers' : 'amounts';
};

/** What was found in the trail, by what of it was sought. */
async function foundHits(asking: Asking, lines: readonly TrailLine[], sought: Sought) {
  const kindOf = (line: TrailLine): FoundKind => {
    if (sought.number) return 'numbers';
    if (line.amount === sought.amount) return 'amounts';
    return caseOf(line).toLowerCase().includes(sought.needle) ? 'cases' : 'vouchers';
  };
  const hits: Record<FoundKind, Hit[]> = { numbers: [], amounts: [], cases: [], vouchers: [] };
  for (const line of lines.slice(0, MOST_HITS)) hits[kindOf(line)].push(await lineHit(asking, line));
  return hits;
}

/** The question that lists all of those of a kind. */
function allOf(kind: FoundKind, { amount: sum, number }: Sought, { q = '', recordedAsOf }: SearchParameters): string {
  const { month, type, written } = number ?? {};
  const days = month === undefined ? {} : { from: `${month}-01`, to: lastDayOf(month) };
  const asked = {
    numbers: { voucherType: type, fromNumber: written?.slice(1), toNumber: written?.slice(1), ...days },
    amounts: { minAmount: sum, maxAmount: sum },
    cases: { q: q.trim() },
    vouchers: { q: q.trim() },
  }[kind];
  return addressOf('audit-trail', { ...asked, recordedAsOf });
}

/** The files whose lines became vouchers, by the beginning of their digest. */
function fileHits({ tables }: Asking, q: string, until: number): Hit[] {
  const digits = q.trim().toLowerCase();
  if (!FILE_DIGITS.test(digits)) return [];
  return filesOf(tables, digits.slice(0, SOURCE_DIGITS), until, MOST_HITS + 1).map(({ source, lines }) => ({
    label: text(`文件 ${source}`, `file ${source}`),
    detail: text(`已入账 ${lines} 行`, `${lines} lines stand`),
    amount: null,
    to: addressOf('audit-trail', { source }),
  }));
}

/** So many digits of a digest are no number of anything else. */
const FILE_DIGITS = /^(?=.*[a-f])[0-9a-f]{6,64}$/;

const groupOf = (kind: Kind, hits: readonly Hit[], more: string | null, isMore = false): Group => ({
  kind,
  name: KINDS[kind],
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
  return [{ label: text(q, q), detail: findSentKind(kind)?.name ?? null, amount: null, to: voucherAt(q) }];
}

/** The register of a case, or whatever stream is called so. */
async function streamHits({ store }: Asking, q: string, until: number): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (const stream of [q, `case-${q}`, `lead-${q}`]) {
    const [first] = await store.readStream(stream, { limit: 1 });
    if (first && first.position <= until)
      hits.push({
        label: text(stream, stream),
        detail: null,
        amount: null,
        to: streamAt(stream),
      });
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
    detail: text([line.day, at.zh, note].filter(Boolean).join(' '), [line.day, at.en, note].filter(Boolean).join(' ')),
    amount: line.amount === '' ? null : line.amount,
    id,
    to: voucherAt(id),
  };
}
