import { ENTRIES } from '../../books/event.js';
import { type VoucherType } from '../../books/entries.js';
import { type Prepared, type RefersTo } from '../../books/prepared.js';
import { type RegisterRule } from '../../books/register.js';
import { type Registers } from '../../books/register-lines.js';
import { type ErrorDetail } from '../../errors.js';
import { findSentKind } from '../../catalogue/registry.js';
import { readEffects, writeEffects } from './effects.js';

/** A line whose command has been checked and prepared. */
export interface CheckedLine {
  readonly line: number;
  /** The line's own key; undefined where the file and the line number are its key. */
  readonly key: string | undefined;
  /** The name of the earlier line of the file that a reversal takes back: its voucher is known once it stands. */
  readonly target: string | undefined;
  /** What the line calls its fields, as text, where the file has no header that says it. */
  readonly names?: string | undefined;
  /** What it adds to the sum of its kind, in fen. */
  readonly sum: string;
  readonly place: BodyPlace;
  /** Of its entries is known what they do; the command has its three fields, and all of it as text. */
  readonly prepared: Prepared;
}

/** Where the body of a line stands, which is its command and its entries as they go into its event. */
export interface BodyPlace {
  /** From which byte to which of the bodies of its batch. */
  readonly from: number;
  readonly to: number;
  /** How much of it is the command, in UTF-16 units. */
  readonly command: number;
}

/** Those of a command's JSON, which stand in no body. */
export const BRACES = 2;

/**
 * What is decided about a line is decided by few facts, which travel as one line of text: parts divided by tabs, which
 * neither codes nor JSON contain. Its body is made into bytes once, by the check, and nobody looks into it.
 */
export function writeChecked({ line, key, target, names, sum, place, prepared }: CheckedLine): string {
  const { kind, stream, policy, reference, command, voucherType, refersTo } = prepared;
  const { register, closes, registers, findings, likeness, entries, effects } = prepared;
  const isMore = refersTo ?? register ?? closes ?? findings ?? registers;
  const more = isMore ? JSON.stringify({ refersTo, register, closes, findings, registers }) : '';
  return (
    `${line}\t${key ?? ''}\t${kind}\t${stream}\t${command.businessDate}\t${place.from}\t${place.to}\t` +
    `${place.command}\t${target ?? ''}\t${names ?? ''}\t${policy ?? ''}\t${reference ?? ''}\t${command.fund ?? ''}\t` +
    `${command.unit ?? ''}\t${voucherType ?? ''}\t${more}\t${likeness ?? ''}\t${sum}\t${writeEffects(entries, effects)}`
  );
}

/** The facts of a line, in their order. */
type Parts = [
  ...[line: string, key: string, kind: string, stream: string, businessDate: string, from: string, to: string],
  ...[command: string, target: string, names: string, policy: string, reference: string, fund: string, unit: string],
  ...[voucherType: string, more: string, likeness: string, sum: string, effects: string],
];

/** What few lines have. */
interface More {
  readonly refersTo?: RefersTo;
  readonly register?: RegisterRule;
  readonly closes?: NonNullable<Prepared['closes']>;
  readonly findings?: ErrorDetail[];
  readonly registers?: Registers;
}
const NO_MORE: More = {};

/**
 * The inverse of `writeChecked`.
 * @param bodies those of the batch
 * @param own the body of the line, where it is not as it stands among these
 */
export function readChecked(written: string, bodies: Uint8Array, own = ''): CheckedLine {
  const parts = written.split('\t') as Parts;
  // By number: the rest of a list is another list, and millions are taken apart.
  const { 0: line, 1: key, 2: kind, 3: stream, 4: businessDate, 5: from, 6: to, 7: command, 8: target } = parts;
  const { 9: names, 10: policy, 11: reference, 12: fund, 13: unit, 14: voucherType, 15: more } = parts;
  const { 16: likeness, 17: sum, 18: effects } = parts;
  const { refersTo, register, closes, findings, registers } = more === '' ? NO_MORE : (JSON.parse(more) as More);
  const place = { from: whole(from), to: whole(to), command: whole(command) };
  return {
    line: whole(line),
    key: key === '' ? undefined : key,
    target: target === '' ? undefined : target,
    names: names === '' ? undefined : names,
    sum,
    place,
    // One shape for all kinds: millions of these are made, and objects put together from parts cost several times more.
    prepared: {
      kind,
      event: findSentKind(kind)!.event,
      stream,
      command: commandIn(fund, unit, businessDate),
      policy: policy === '' ? undefined : policy,
      reference: reference === '' ? undefined : whole(reference),
      entries: undefined,
      effects: readEffects(effects),
      voucherType: voucherType === '' ? undefined : (voucherType as VoucherType),
      refersTo,
      register,
      closes,
      findings,
      likeness: likeness === '' ? undefined : likeness,
      registers,
      objection: undefined,
      text: new LineText(bodies, place, own, effects !== ''),
    },
  };
}

const whole = (digits: string): number => Number.parseInt(digits, 10);

/** The three fields of a command, or the one of reference data, which is of no fund and of no unit. */
const commandIn = (fund: string, unit: string, businessDate: string): Prepared['command'] =>
  fund === '' ? ({ businessDate } as Prepared['command']) : { fund, unit, businessDate };

/** The text of a line, read from the bodies of its batch when somebody asks for it: hardly anybody does. */
class LineText {
  private read: string | undefined;

  constructor(
    private readonly bodies: Uint8Array,
    private readonly place: BodyPlace,
    private readonly own: string,
    private readonly hasEntries: boolean,
  ) {}

  get command(): string {
    return `{${this.body.slice(0, this.place.command)}}`;
  }

  get entries(): string | undefined {
    return this.hasEntries ? this.body.slice(this.place.command + ENTRIES.length) : undefined;
  }

  /** It is asked for several times where a line is posted like any command. */
  private get body(): string {
    this.read ??= this.own || bodyAt(this.bodies, this.place.from, this.place.to);
    return this.read;
  }
}

/** One of the bodies of a batch. */
export const bodyAt = (bodies: Uint8Array, from: number, to: number): string =>
  Buffer.from(bodies.buffer, bodies.byteOffset, bodies.byteLength).toString('utf8', from, to);
