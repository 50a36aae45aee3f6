import { type LedgerEvent } from '../books/event.js';
import { dayInShanghai } from '../time/clock.js';
import { show } from '../errors.js';
import { type StoredEvent } from '../event-store/event-store.js';
import { upcast } from '../event-store/upcast.js';
import { type Adopted } from '../reference/adopted.js';
import { BUILT_IN_NAME } from '../reference/built-in.js';
import { type Reference } from '../reference/reference.js';
import { explain, hasShape } from '../kinds/check.js';
import { canonicalise, fieldsOf } from '../kinds/fields.js';
import { objectionTo } from '../kinds/objections.js';
import { findKindOfEvent } from '../catalogue/registry.js';
import { type LedgerCommand } from '../kinds/commands.js';
import { type AdoptionKind, type EventKind, REFERENCE_STREAM } from '../kinds/kind.js';
import { VERSION } from '../version.js';
import { objectionToAdoption, objectionToRows } from '../kinds/prepare-adoption.js';
import { type Breach, breachAt, type Invariant } from './breach.js';

/** An event as the audit has read it, with its kind. */
export interface WrittenEvent {
  readonly event: LedgerEvent;
  readonly kind: EventKind;
}

/** What the ledger adds to a command, before its fields and behind them. */
const BEFORE = [
  'kind',
  'key',
  'source',
  'line',
  'recordedAt',
  'policy',
  'reference',
  'period',
  'voucherType',
  'voucherNumber',
];
const BEHIND = ['entries', 'registers', 'closing', 'answers', 'adds', 'findings'];
const ADDED: ReadonlySet<string> = new Set([...BEFORE, ...BEHIND]);

/** What was found in one event. Without an event in the answer nothing more can be said of it. */
export interface Checked {
  readonly written?: WrittenEvent;
  readonly breaches: readonly Breach[];
  /** What is no breach: the event was recorded under the rules of its time. */
  readonly notes?: readonly Breach[];
}

/** What had been adopted by the event of a revision of the reference stream; undefined where the log has none such. */
export type ReferenceAt = (revision: number | undefined) => Reference | undefined;

/**
 * Checks what can be said of one event alone: its text, its type, its data, its stream.
 * @param isFirst whether the log begins with it
 */
export function checkWritten(stored: StoredEvent, referenceAt: ReferenceAt, isFirst = false): Checked {
  const breaches: Breach[] = [];
  const breach = (invariant: Invariant, expected: string, got: string): void => {
    breaches.push(breachAt(stored, invariant, expected, got));
  };
  const parsed = parse(stored.data);
  if (parsed === undefined) {
    breach('readable', 'a JSON object', show(stored.data));
    return { breaches };
  }
  const again = JSON.stringify(parsed);
  if (again !== stored.data) breach('canonical', ...whereTheyDiffer(again, stored.data));
  const current = upcast(stored);
  const kind = findKindOfEvent(current.type);
  if (!kind) {
    breach('known-type', `a type that version ${VERSION} of the ledger knows`, show(current.type));
    return { breaches };
  }
  const event = (current === stored ? parsed : parse(current.data)) as LedgerEvent;
  if (event.kind !== kind.kind) breach('known-type', kind.kind, show(event.kind));
  const reference = referenceAt(event.reference);
  if (!reference) {
    breach('reference', 'a revision of the reference data that was adopted before', show(event.reference));
    return { breaches };
  }
  const command = commandIn(event);
  const fault = shapeFault(kind, event, command, reference.ever);
  if (fault) {
    breach('shape', ...fault);
    return { breaches };
  }
  if (current === stored) checkOrder(kind, event, breach);
  checkFacts(stored, kind, event, reference, breach);
  if (kind.form === 'adoption') checkAdoption(stored, kind, event, isFirst ? undefined : reference, breach);
  const notes = breaches.length > 0 ? [] : notesOn(stored, kind, command, reference);
  return { written: { event, kind }, breaches, notes };
}

/** A rule that came later than an event is no fault of the event. */
function notesOn(stored: StoredEvent, kind: EventKind, command: LedgerCommand, reference: Reference): Breach[] {
  if (kind.form === 'notice' || kind.form === 'adoption') return [];
  const objection = objectionTo(kind, command, reference.on(command.businessDate));
  return (objection?.details ?? []).map(({ pointer, expected, got }) =>
    breachAt(stored, 'rules-of-today', `${pointer} ${expected.en}`, got),
  );
}

type Report = (invariant: Invariant, expected: string, got: string) => void;

function parse(data: string): object | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const commandFields = (kind: EventKind): string[] => fieldsOf(kind.command).map(({ property }) => property);

/** The command inside an event: of its shape once that has been checked. */
const commandIn = (event: LedgerEvent): LedgerCommand =>
  Object.fromEntries(Object.entries(event).filter(([name]) => !ADDED.has(name))) as unknown as LedgerCommand;

/** What is wrong with the command inside an event, or with what the ledger added; undefined where nothing is. */
function shapeFault(
  kind: EventKind,
  event: LedgerEvent,
  command: LedgerCommand,
  adopted: Adopted,
): [expected: string, got: string] | undefined {
  if (!hasShape(kind.command, command)) {
    const [detail] = explain(kind.command, command, adopted);
    return detail ? [`${detail.pointer} ${detail.expected.en}`, detail.got] : [`a ${kind.kind}`, show(command)];
  }
  const canonical = JSON.stringify(canonicalise(kind.command, command, adopted));
  const written = JSON.stringify(command);
  if (canonical !== written) return whereTheyDiffer(canonical, written);
  const { recordedAt, entries, key, source, line } = event;
  if (typeof recordedAt !== 'string' || !isInstant(recordedAt))
    return ['recordedAt in UTC with milliseconds', show(recordedAt)];
  if (entries !== undefined && !Array.isArray(entries)) return ['entries as a list', show(entries)];
  const keyed = typeof key === 'string' && source === undefined && line === undefined;
  const lined = key === undefined && typeof source === 'string' && Number.isSafeInteger(line);
  return keyed || lined ? undefined : ['a key, or a source with a line', show({ key, source, line })];
}

/** Two texts from shortly before the place where they part. */
function whereTheyDiffer(expected: string, got: string): [expected: string, got: string] {
  let index = 0;
  while (index < expected.length && expected[index] === got[index]) index += 1;
  const from = Math.max(0, index - 20);
  return [show(expected.slice(from)), show(got.slice(from))];
}

const isInstant = (written: string): boolean => {
  const instant = Date.parse(written);
  return !Number.isNaN(instant) && new Date(instant).toISOString() === written;
};

/** Orders of fields found right before, by kind: there are few, and millions of events have them. */
const RIGHT_ORDERS = new Map<EventKind, Set<string>>();

function checkOrder(kind: EventKind, event: LedgerEvent, breach: Report): void {
  const found = Object.keys(event).join();
  const known = RIGHT_ORDERS.get(kind) ?? new Set();
  RIGHT_ORDERS.set(kind, known);
  if (known.has(found)) return;
  const expected = [...BEFORE, ...commandFields(kind), ...BEHIND].filter((name) => name in event).join();
  if (expected === found) known.add(found);
  else breach('canonical', expected, found);
}

function checkFacts(
  { stream }: StoredEvent,
  kind: EventKind,
  event: LedgerEvent,
  reference: Reference,
  breach: Report,
): void {
  if (kind.form === 'notice') {
    if (stream !== kind.stream) breach('stream', kind.stream, stream);
    if (event.entries !== undefined) breach('memo-moves-nothing', 'no entries', JSON.stringify(event.entries));
    return;
  }
  if (kind.form === 'adoption') return;
  const { maker, reviewer, fund, unit, businessDate, recordedAt, policy } = event;
  const command = event as unknown as LedgerCommand;
  const expected = kind.form === 'memo' ? kind.stream(command) : `book-${fund}-${unit}`;
  if (stream !== expected) breach('stream', expected, stream);
  if (maker === reviewer) breach('two-people', `a reviewer other than ${maker}`, reviewer);
  const recordedDay = dayInShanghai(Date.parse(recordedAt));
  if (businessDate > recordedDay) breach('business-date', `no later than ${recordedDay}`, businessDate);
  const inEffect = reference.on(businessDate).policyVersion;
  if (policy !== inEffect) breach('shape', `the policy in effect on ${businessDate}, ${inEffect}`, show(policy));
}

/** An adoption stands behind the one it was checked against, by two people, and holds together with what is there. */
function checkAdoption(
  { stream, revision }: StoredEvent,
  kind: AdoptionKind,
  event: LedgerEvent,
  reference: Reference | undefined,
  breach: Report,
): void {
  if (stream !== REFERENCE_STREAM) breach('stream', REFERENCE_STREAM, stream);
  const { entries, businessDate, recordedAt } = event;
  if (entries !== undefined) breach('memo-moves-nothing', 'no entries', JSON.stringify(entries));
  if ((reference?.revision ?? -1) !== revision - 1)
    breach('reference', `checked against revision ${revision - 1}`, show(event.reference));
  const recordedDay = dayInShanghai(Date.parse(recordedAt));
  if (businessDate > recordedDay) breach('business-date', `no later than ${recordedDay}`, businessDate);
  // The set of the release that began the log was reviewed with that release; a later one has another built in.
  const isBuiltIn = kind.whole && reference === undefined && event['set'] === BUILT_IN_NAME && isOfNobody(event);
  const objection = (isBuiltIn ? objectionToRows : objectionToAdoption)(kind, commandIn(event), reference);
  for (const { pointer, expected, got } of objection?.details ?? [])
    breach(objection!.code === 'reference-unsound' ? 'reference' : 'two-people', `${pointer} ${expected.en}`, got);
}

const isOfNobody = ({ maker, reviewer }: Partial<LedgerEvent>): boolean =>
  maker === undefined && reviewer === undefined;
