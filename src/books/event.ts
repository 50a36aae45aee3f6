import { eventId, type NewEvent, type StoredEvent } from '../event-store/event-store.js';
import { type ErrorDetail } from '../errors.js';
import { type BookFact, type CommandKey, keyText, REVERSAL_KIND } from './book-state.js';
import { type Entry, voucherNumberText } from './entries.js';
import { type Prepared } from './prepared.js';

/**
 * An event as it stands in the log: the command's own fields, and what was decided about it. The order of its fields is
 * fixed, so that its bytes are the same wherever they are made.
 */
export interface LedgerEvent extends BookFact {
  readonly kind: string;
  readonly key?: string;
  /** UTC, ISO 8601 with milliseconds. Never earlier than that of the event before. */
  readonly recordedAt: string;
  readonly policy: string;
  /** The revision of the reference stream that it was decided under; absent where the log had none. */
  readonly reference?: number;
  readonly fund: string;
  readonly unit: string;
  readonly businessDate: string;
  readonly amount?: string;
  readonly evidence: { readonly kind: string; readonly number: string; readonly sha256: string };
  readonly maker: string;
  readonly reviewer: string;
  readonly note?: string;
  readonly caseId?: string;
  readonly transferId?: string;
  readonly findings?: readonly ErrorDetail[];
  /** The fields of its kind. */
  readonly [field: string]: unknown;
}

/** The event that a decision becomes; its canonical text is its JSON. */
export function composeEvent(prepared: Prepared, fact: BookFact, key: CommandKey, recordedAtMs: number): LedgerEvent {
  const { voucherNumber, voucherType, period, entries, closing, answers, adds } = fact;
  const registers = registersTold(prepared, fact);
  return {
    kind: prepared.kind,
    ...key,
    recordedAt: isoText(recordedAtMs),
    policy: prepared.policy,
    reference: prepared.reference,
    period,
    voucherType,
    voucherNumber,
    ...prepared.command,
    entries,
    registers,
    closing,
    answers,
    adds,
    findings: findingsOf(prepared, fact),
  } as LedgerEvent;
}

/** A reversal names nobody itself, so that its event says for whom what it takes back was. */
const registersTold = ({ kind }: Prepared, { registers }: BookFact): BookFact['registers'] =>
  kind === REVERSAL_KIND ? registers : undefined;

/** The canonical text of what the ledger itself says of its log: no command, and of no book. */
export const composeNotice = (kind: string, key: string, recordedAtMs: number, facts: object): string =>
  JSON.stringify({ kind, key, recordedAt: isoText(recordedAtMs), ...facts });

/** Everything that looked wrong about a command: by itself, then beside other vouchers. */
export function findingsOf({ findings }: Prepared, fact: BookFact): readonly ErrorDetail[] | undefined {
  return fact.findings ? [...(findings ?? []), ...fact.findings] : findings;
}

/**
 * The canonical text of the event that a decision becomes: the JSON of `composeEvent`, byte for byte, without writing
 * again what has been written before, and without the event itself: an object of so many parts costs more than that.
 */
export const composeText = (prepared: Prepared, fact: BookFact, key: CommandKey, recordedAtMs: number): string =>
  textUpToTime(prepared.kind, key, recordedAtMs) + textBehindTime(prepared, fact);

/** The text of an event up to its time: what it is, and when it is recorded, which nobody knows before its append. */
export function textUpToTime(kind: string, key: CommandKey, recordedAtMs: number): string {
  const identity =
    'key' in key
      ? JSON.stringify({ kind, key: key.key }).slice(0, -1)
      : `{"kind":"${kind}","source":"${key.source}","line":${key.line}`;
  return `${identity},"recordedAt":"${isoText(recordedAtMs)}"`;
}

/** The text of an event behind its time: all that was decided, which stays as it is whenever it is recorded. */
export function textBehindTime(prepared: Prepared, fact: BookFact): string {
  const { text } = prepared;
  const command = text?.command ?? JSON.stringify(prepared.command);
  const entries = text?.entries ?? (fact.entries && JSON.stringify(fact.entries));
  return `${textAhead(prepared, fact)}${textOfCommand(command, entries)}${textBehind(prepared, fact)}`;
}

/** What stands between the time of an event and its command. */
export function textAhead({ policy, reference }: Prepared, fact: BookFact): string {
  const { period, voucherType, voucherNumber } = fact;
  const ruled = policy === undefined ? '' : `,"policy":"${policy}"`;
  const under = reference === undefined ? '' : `,"reference":${reference}`;
  const number = voucherType
    ? `,"period":"${period}","voucherType":"${voucherType}","voucherNumber":${voucherNumber}`
    : '';
  return `${ruled}${under}${number},`;
}

/** The members of a command, and its entries, as they stand in its event: both come as JSON. */
export const textOfCommand = (command: string, entries: string | undefined): string =>
  entries ? `${command.slice(1, -1)}${ENTRIES}${entries}` : command.slice(1, -1);

/** What stands between a command and its entries. */
export const ENTRIES = ',"entries":';

/** What stands behind the command and its entries: nearly every voucher has nothing there. */
export function textBehind(prepared: Prepared, fact: BookFact): string {
  const { closing, answers, adds } = fact;
  const findings = findingsOf(prepared, fact);
  const registers = registersTold(prepared, fact);
  const isMore = registers ?? closing ?? answers ?? adds ?? findings;
  return isMore ? `,${JSON.stringify({ registers, closing, answers, adds, findings }).slice(1)}` : '}';
}

let lastIso = { ms: 0, text: new Date(0).toISOString() };

/** The text of an instant. The events of one append share theirs, so it is written once for all of them. */
export function isoText(ms: number): string {
  if (ms !== lastIso.ms) lastIso = { ms, text: new Date(ms).toISOString() };
  return lastIso.text;
}

/** The text of the command inside an event: what the same idempotency key must bring again. */
export function commandText(event: LedgerEvent): string {
  const {
    kind,
    key,
    source,
    line,
    recordedAt,
    policy,
    reference,
    period,
    voucherType,
    voucherNumber,
    entries,
    registers,
    closing,
    answers,
    adds,
    findings,
    ...command
  } = event;
  return JSON.stringify(command);
}

export const readEvent = (stored: Pick<StoredEvent, 'data'>): LedgerEvent => JSON.parse(stored.data) as LedgerEvent;

/** The key of an event as a store keeps it beside the bytes. */
export function keyOf(stored: Pick<StoredEvent, 'data'>): Pick<NewEvent, 'key' | 'keyIndexed'> {
  const { key, source, line } = readEvent(stored);
  if (key !== undefined) return { key, keyIndexed: true };
  return { key: keyText({ source: source!, line: line! }), keyIndexed: false };
}

/** The answer to a command: the same when it is first recorded and whenever its key comes again. */
export interface Receipt {
  readonly id: string;
  /** `employee-460100`, or null for a memo. */
  readonly book: string | null;
  readonly revision: number;
  readonly position: number;
  readonly voucherNumber: string | null;
  readonly recordedAt: string;
  readonly entries: readonly Entry[];
  readonly findings?: readonly ErrorDetail[];
}

/** What a receipt tells of an event. */
type Receivable = Pick<BookFact, 'period' | 'voucherType' | 'voucherNumber' | 'entries'> & {
  readonly recordedAt: string;
  readonly findings?: readonly ErrorDetail[] | undefined;
};

export function receiptOf(stored: Omit<StoredEvent, 'data' | 'type'>, event: Receivable): Receipt {
  const { stream, revision, position } = stored;
  return {
    id: eventId(stream, revision),
    book: stream.startsWith('book-') ? stream.slice(5) : null,
    revision,
    position,
    voucherNumber: event.voucherType ? voucherNumberText(event.period!, event.voucherType, event.voucherNumber!) : null,
    recordedAt: event.recordedAt,
    entries: event.entries ?? [],
    ...(event.findings && { findings: event.findings }),
  };
}
