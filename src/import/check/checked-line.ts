import { type Entry, type VoucherType } from '../../books/entries.js';
import { namesIn } from '../../books/original.js';
import { type BookFact, type ClosingBalances } from '../../books/book-state.js';
import { type DecidedCommand } from '../../books/decided-command.js';
import { type Prepared, type RefersTo } from '../../books/prepared.js';
import { type RegisterRule } from '../../books/register.js';
import { type Registers } from '../../books/register-lines.js';
import { type ErrorDetail } from '../../errors.js';
import { findSentKind } from '../../catalogue/registry.js';

/** A line whose command has been checked and prepared. */
export interface CheckedLine {
  readonly line: number;
  /** The line's own key; undefined where the file and the line number are its key. */
  readonly key: string | undefined;
  /** The name of the earlier line of the file that a reversal takes back: its voucher is known once it stands. */
  readonly target: string | undefined;
  /** What the line calls its fields, as text, where the file has no header that says it. */
  readonly names?: string | undefined;
  readonly prepared: Prepared;
}

/**
 * Checked lines cross threads and the spool as text: one line each, parts divided by tabs, which neither the codes of
 * a command nor JSON contain. The command and its entries stay JSON text, so that nothing is written twice.
 */
export function writeChecked({ line, key, target, names, prepared }: CheckedLine): string {
  const { kind, stream, policy, reference, command, entries, voucherType, refersTo } = prepared;
  const { register, closes, registers, findings, likeness, text } = prepared;
  return [
    line,
    key ?? '',
    target ?? '',
    names ?? '',
    kind,
    stream,
    policy ?? '',
    reference ?? '',
    command.fund ?? '',
    command.unit ?? '',
    command.businessDate,
    voucherType ?? '',
    refersTo ? JSON.stringify(refersTo) : '',
    register ? JSON.stringify(register) : '',
    closes ? JSON.stringify(closes) : '',
    findings ? JSON.stringify(findings) : '',
    likeness ?? '',
    registers ? JSON.stringify(registers) : '',
    text?.entries ?? (entries ? JSON.stringify(entries) : ''),
    text?.command ?? JSON.stringify(command),
  ].join('\t');
}

/** The inverse of `writeChecked`, but for the command, of which only the text and its three fields come back. */
export function readChecked(written: string): CheckedLine {
  const parts = written.split('\t') as Parts;
  // By number: the rest of a list is another list, and millions are taken apart.
  const { 0: line, 1: key, 2: target, 3: names, 4: kind, 5: stream, 6: policy, 7: reference } = parts;
  const { 8: fund, 9: unit, 10: businessDate, 11: voucherType, 12: refersTo, 13: register, 14: closes } = parts;
  const { 15: findings, 16: likeness, 17: registers, 18: entries, 19: command } = parts;
  return {
    line: Number.parseInt(line, 10),
    key: key === '' ? undefined : key,
    target: target === '' ? undefined : target,
    names: names === '' ? undefined : names,
    // One shape for all kinds: millions of these are made, and objects put together from parts cost several times more.
    prepared: {
      kind,
      event: findSentKind(kind)!.event,
      stream,
      command: commandIn(fund, unit, businessDate),
      policy: policy === '' ? undefined : policy,
      reference: reference === '' ? undefined : Number.parseInt(reference, 10),
      entries: entries === '' ? undefined : (JSON.parse(entries) as Entry[]),
      voucherType: voucherType === '' ? undefined : (voucherType as VoucherType),
      refersTo: refersTo === '' ? undefined : (JSON.parse(refersTo) as RefersTo),
      register: register === '' ? undefined : (JSON.parse(register) as RegisterRule),
      closes: closes === '' ? undefined : (JSON.parse(closes) as NonNullable<Prepared['closes']>),
      findings: findings === '' ? undefined : (JSON.parse(findings) as ErrorDetail[]),
      likeness: likeness === '' ? undefined : likeness,
      registers: registers === '' ? undefined : (JSON.parse(registers) as Registers),
      objection: undefined,
      text: { command, entries: entries === '' ? undefined : entries },
    },
  };
}

/** The three fields of a command, or the one of reference data, which is of no fund and of no unit. */
const commandIn = (fund: string, unit: string, businessDate: string): Prepared['command'] =>
  fund === '' ? ({ businessDate } as Prepared['command']) : { fund, unit, businessDate };

/** A line that has been decided on a copy of its book. */
export interface DecidedLine {
  readonly line: number;
  readonly stream: string;
  /** The revision of its book behind which it was decided. */
  readonly after: number;
  readonly decided: DecidedCommand;
}

/** A checked line with what was decided about it, as one line again. */
export function writeDecided(written: string, after: number, fact: BookFact, isAsPrepared: boolean): string {
  const { period = '', voucherType = '', voucherNumber = '', answers = '', adds = '' } = fact;
  const { entries, registers, closing, findings } = fact;
  const own = isAsPrepared || !entries ? '' : JSON.stringify(entries);
  const ownRegisters = isAsPrepared || !registers ? '' : JSON.stringify(registers);
  const left = closing ? JSON.stringify(closing) : '';
  const found = findings ? JSON.stringify(findings) : '';
  return [after, period, voucherType, voucherNumber, answers, adds, own, ownRegisters, left, found, written].join('\t');
}

/** The inverse of `writeDecided`. Entries are not parsed: they go into the event as they are written. */
export function readDecided(text: string, source: string): DecidedLine {
  const parts = text.split('\t') as DecidedParts;
  const { 0: after, 1: period, 2: voucherType, 3: voucherNumber, 4: answers, 5: adds } = parts;
  const { 6: own, 7: ownRegisters, 8: left, 9: found, 10: line, 11: key, 14: kind, 15: stream, 16: policy } = parts;
  const { 17: reference, 18: fund, 19: unit, 20: businessDate } = parts;
  const { 25: findings, 27: preparedRegisters, 28: prepared, 29: command } = parts;
  const entries = own === '' ? prepared : own;
  const registers = ownRegisters === '' ? preparedRegisters : ownRegisters;
  const lineNumber = Number.parseInt(line, 10);
  return {
    line: lineNumber,
    stream,
    after: Number.parseInt(after, 10),
    decided: {
      prepared: {
        kind,
        event: findSentKind(kind)!.event,
        stream,
        command: commandIn(fund, unit, businessDate),
        policy: policy === '' ? undefined : policy,
        reference: reference === '' ? undefined : Number.parseInt(reference, 10),
        findings: findings === '' ? undefined : (JSON.parse(findings) as ErrorDetail[]),
        text: { command, entries: entries === '' ? undefined : entries },
      },
      key: key === '' ? { source, line: lineNumber } : { key },
      fact: {
        kind,
        businessDate,
        period: period === '' ? undefined : period,
        voucherType: voucherType === '' ? undefined : (voucherType as VoucherType),
        voucherNumber: voucherNumber === '' ? undefined : Number.parseInt(voucherNumber, 10),
        answers: answers === '' ? undefined : answers,
        adds: adds === '' ? undefined : adds,
        registers: registers === '' ? undefined : (JSON.parse(registers) as Registers),
        closing: left === '' ? undefined : (JSON.parse(left) as ClosingBalances),
        findings: found === '' ? undefined : (JSON.parse(found) as ErrorDetail[]),
      },
    },
  };
}

/** What was decided about a line, with all that its book takes in. */
export function factOfDecided(text: string, source: string): BookFact {
  const { decided } = readDecided(text, source);
  const { entries } = decided.prepared.text!;
  const { fund, unit } = decided.prepared.command;
  const { refersTo } = readChecked(checkedOf(text)).prepared;
  return {
    ...decided.fact,
    ...('source' in decided.key && decided.key),
    ...namesIn(refersTo),
    ...(entries === undefined ? { fund, unit } : { entries: JSON.parse(entries) as Entry[] }),
  };
}

/** A decided line as it was before it was decided. */
export const checkedOf = (decided: string): string => decided.split('\t').slice(DECIDED_PARTS).join('\t');
const DECIDED_PARTS = 10;

/** The command of a line in full. */
export const commandOfLine = ({ prepared }: CheckedLine): Prepared['command'] =>
  JSON.parse(prepared.text!.command) as Prepared['command'];

type DecidedParts = [
  ...[after: string, period: string, voucherType: string, voucherNumber: string],
  ...[answers: string, adds: string, entries: string, registers: string, left: string, found: string],
  ...Parts,
];

/** The parts of a line in their order. */
type Parts = [
  ...[line: string, key: string, target: string, names: string, kind: string, stream: string, policy: string],
  ...[reference: string, fund: string, unit: string, businessDate: string],
  ...[voucherType: string, refersTo: string, register: string, closes: string, findings: string],
  ...[likeness: string, registers: string, entries: string, command: string],
];
