import { type Linked, type TransferSide } from '../../projections/audit-trail/chain.js';
import { numberOf } from '../../projections/audit-trail/body.js';
import { amountMoved, counterpartyOf } from '../../projections/audit-trail/projection.js';
import { summaryOf } from '../../projections/audit-trail/summary.js';
import { turnoverOfAll } from '../../projections/fund-balance/turnover.js';
import { type ChangeBeside } from '../../projections/reference/changes.js';
import { type Entry, ledgerLine } from '../books/entries.js';
import { lastDayOf, periodOf } from '../books/periods.js';
import { findKindOfEvent } from '../catalogue/registry.js';
import { type ErrorDetail, type Text, text } from '../errors.js';
import { eventId, type StoredEvent } from '../event-store/event-store.js';
import { type ListedJob } from '../import/jobs/import-job.js';
import { schemaPath } from '../kinds/event-schema.js';
import { explainFields } from '../kinds/meanings.js';
import { formatFen } from '../money.js';
import { type Adopted } from '../reference/adopted.js';
import { accountNameOf } from './voucher.js';
import { addressOf, eventAt, streamAt, voucherAt } from '../../projections/asking/addresses.js';

/** All that is known of one event of the log. */
export interface EventPage {
  /** As it is stored, with its stored hash. */
  readonly stored: StoredEvent;
  readonly itself: Linked;
  readonly chain: { readonly events: readonly Linked[]; readonly isWhole: boolean };
  readonly transfer: readonly TransferSide[];
  /** What it changes in the reference data; undefined where it is no adoption. */
  readonly changes: readonly ChangeBeside[] | undefined;
  /** The imports of the file that it came from, where it came from one. */
  readonly imports: readonly ListedJob[];
  /** The revisions of its stream beside it that the log has. */
  readonly hasNext: boolean;
}

type Body = Readonly<Record<string, unknown>>;

/**
 * One event as a page shows it: what it is about in both languages, what it is linked to, where it came from, each of
 * its fields with its meaning, and the stored bytes as text, whose SHA-256 anyone can compare with the stored one.
 */
export function eventPageBody(page: EventPage, adopted: Adopted): Body {
  const { stored, itself, chain, transfer, changes } = page;
  const { event } = itself;
  const { data, sha256 = null, type } = stored;
  const entries = event.entries ?? [];
  return {
    sha256,
    stored: data,
    about: aboutOf(page, adopted),
    entries: entries.map((entry) => entryOf(event, entry, adopted)),
    totals: event.entries === undefined ? null : totalsOf(entries),
    evidence: event.evidence ?? null,
    chain: chain.events.map((linked) => linkedBody(linked, itself, adopted)),
    chainIsWhole: chain.isWhole,
    transfer: transfer.map(({ side, ...linked }) => ({ ...linkedBody(linked, itself, adopted), side })),
    ...(changes && { changes: changes.map(({ from, table, key, says, was }) => ({ from, table, key, says, was })) }),
    findings: (event.findings ?? []).map(({ pointer, code, expected, got }: ErrorDetail) => ({
      pointer,
      code,
      expected,
      got,
    })),
    source: sourceOf(page),
    fields: explainFields(findKindOfEvent(type), JSON.parse(data) as object, adopted),
  };
}

function aboutOf({ stored, itself, chain }: EventPage, adopted: Adopted): Body {
  const { event, names } = itself;
  const named = names && chain.events.find(({ id }) => id === names.id)?.event;
  const kind = findKindOfEvent(stored.type);
  const { businessDate = null, maker = null, reviewer = null, key = null, fund, unit } = event as Partial<typeof event>;
  const entries = event.entries;
  return {
    kind: event.kind,
    kindName: kind?.name ?? text(event.kind, event.kind),
    form: kind?.form ?? null,
    fund: fund === undefined ? null : { code: fund, name: adopted.fundsOrAll.nameOf(fund) },
    unit: unit === undefined ? null : { code: unit, name: adopted.units.nameOf(unit) },
    voucherNumber: numberOf(itself),
    summary: summaryOf({ event, named }),
    amount: event.amount ?? (entries ? amountMoved(entries) : null),
    counterparty: counterpartyOf(event) ?? null,
    businessDate,
    recordedAt: event.recordedAt,
    maker,
    reviewer,
    key,
    caseId: event.caseId ?? null,
    transferId: event.transferId ?? null,
  };
}

function entryOf({ fund, unit, businessDate }: Linked['event'], entry: Entry, adopted: Adopted): Body {
  const { account, detail = null, share = null, debit = null, credit = null } = entry;
  const period = periodOf(businessDate);
  const line = ledgerLine(entry);
  const asked = { fund, unit, account: line, from: `${period}-01`, to: lastDayOf(period) };
  const ledger = addressOf('account-ledger', asked);
  return { account, detail, share, name: accountNameOf(entry, adopted.chart), debit, credit, to: ledger };
}

function totalsOf(entries: readonly Entry[]): Body {
  const { debit, credit } = turnoverOfAll(entries);
  return { debit: formatFen(debit), credit: formatFen(credit), balances: debit === credit };
}

/** What one event does to the one that it names, and what that one suffers by it. */
const RELATIONS: Readonly<Record<NonNullable<Linked['names']>['field'], Text>> = {
  reverses: text('冲销', 'takes back'),
  corrects: text('订正', 'corrects'),
  withdraws: text('撤回', 'withdraws'),
  answers: text('承接', 'answers'),
  original: text('退', 'gives back of'),
};

function linkedBody({ id, stored, event, names }: Linked, itself: Linked, adopted: Adopted): Body {
  const kind = findKindOfEvent(stored.type);
  const { fund, unit } = event as Partial<typeof event>;
  return {
    id,
    isItself: id === itself.id,
    position: stored.position,
    kindName: kind?.name ?? text(event.kind, event.kind),
    voucherNumber: numberOf({ event }),
    fund: fund === undefined ? null : { code: fund, name: adopted.fundsOrAll.nameOf(fund) },
    unit: unit === undefined ? null : { code: unit, name: adopted.units.nameOf(unit) },
    businessDate: event.businessDate ?? null,
    recordedAt: event.recordedAt,
    amount: event.amount ?? (event.entries ? amountMoved(event.entries) : null),
    names: names ? { field: names.field, says: RELATIONS[names.field], id: names.id, to: voucherAt(names.id) } : null,
    to: voucherAt(id),
  };
}

/** The file and the line that an event came from; null where it was sent by itself. */
function sourceOf({ itself, imports }: EventPage): Body | null {
  const { source, line } = itself.event;
  if (source === undefined || line === undefined) return null;
  return {
    digest: source,
    line,
    imports: imports.map(({ id, receivedAt = null, format = null, report }) => ({
      id,
      receivedAt,
      format,
      digest: report?.digest ?? null,
      to: `/v1/imports/${id}`,
    })),
  };
}

/** Where to go on from an event: itself in the log, its neighbours in its stream, its schema, its print. */
export function eventLinks({ stored, itself, hasNext }: EventPage): Readonly<Record<string, string>> {
  const { position, stream, revision, type } = stored;
  const { transferId, voucherType } = itself.event;
  return {
    event: eventAt(position),
    ...(findKindOfEvent(type) && { schema: schemaPath(type) }),
    stream: streamAt(stream),
    ...(revision > 0 && { previous: voucherAt(eventId(stream, revision - 1)) }),
    ...(hasNext && { next: voucherAt(eventId(stream, revision + 1)) }),
    ...(voucherType !== undefined && { print: `${voucherAt(itself.id)}/print` }),
    ...(transferId !== undefined && { transfer: addressOf('audit-trail', { q: transferId }) }),
  };
}
