import { refusal, text } from '../errors.js';
import { PERIOD_REOPENING_KIND, YEAR_CLOSE_KIND, isClosing, periodOf } from './periods.js';
import {
  type BookFact,
  type BookState,
  type CommandKey,
  OPENING_CORRECTION_KIND,
  OPENING_KIND,
  standing,
} from './book-state.js';
import { decideClosing } from './closing/decide-closing.js';
import { demandOpenPeriod } from './closing/order.js';
import { demandCovered } from './cover.js';
import { dateObjection } from './dates.js';
import { type Entry, mirror, type VoucherType } from './entries.js';
import { type Effect, effectsOf, guardedEffects } from './guarded-lines.js';
import { demandNamed, type Original, pairFinding } from './original.js';
import { type Fen } from '../money.js';
import { type Prepared } from './prepared.js';
import { demandRegister, demandWithdrawable, memoOf, revisionOf } from './register.js';
import { registersOf } from './register-lines.js';

/*
 * The one decider. A book's state is a fold of its stream; `decide` says whether a prepared command may become its next
 * event, `evolve` takes the event in. Both are pure but for `evolve`, which changes the state it is given.
 */

/**
 * Decides whether a prepared command may be the book's next event.
 * @param today the day in Asia/Shanghai, `YYYY-MM-DD`
 * @param original the event that the command names; undefined where there is none
 * @throws LedgerError refused, with the rule and the facts
 */
export function decide(
  book: BookState,
  proposal: Prepared,
  key: CommandKey,
  today: string,
  original?: Original,
): BookFact {
  const { kind, command, objection, refersTo, closes } = proposal;
  if (objection) throw objection;
  const { businessDate } = command;
  const misdated = dateObjection(book, businessDate, today);
  if (misdated) throw misdated;
  if (!isClosing(kind)) demandOpenPeriod(book, businessDate);
  if (refersTo) demandNamed(book, refersTo, proposal, original);
  const common = { kind, businessDate, ...('source' in key && key), ...(refersTo && { [refersTo.as]: refersTo.id }) };
  const isReversal = refersTo?.as === 'reverses';
  const closed = closes && decideClosing(book, proposal);
  const { entries, voucherType, registers } = isReversal ? inRed(original!) : { ...proposal, ...closed };
  if (!entries) return { ...common, ...decideMemo(book, proposal, original) };
  if (kind === OPENING_KIND) demandUnopened(book);
  demandCovered(book, businessDate, effectsInTurn(entries), { refersTo, registers });
  const findings = isReversal ? pairFinding(original!) : undefined;
  const more = { ...(registers && { registers }), ...(findings && { findings }) };
  return { ...common, ...nextNumber(book, businessDate, voucherType ?? 'transfer'), ...closed, entries, ...more };
}

/** Takes a decided event into the state of its book. */
export function evolve(book: BookState, fact: BookFact): void {
  book.revision += 1;
  if (fact.kind === OPENING_KIND) book.opening = { revision: book.revision, businessDate: fact.businessDate };
  if (fact.source !== undefined) book.sources.set(fact.source, { line: fact.line!, revision: book.revision });
  const back = fact.reverses ?? fact.withdraws;
  if (back !== undefined) takeBack(book, revisionOf(back));
  // An opening may be corrected again and again: each correction says what is still missing.
  if (fact.corrects !== undefined && fact.kind !== OPENING_CORRECTION_KIND)
    book.corrected.set(revisionOf(fact.corrects), book.revision);
  if (!fact.entries) {
    takeMemo(book, fact);
    return;
  }
  book.numbers.set(`${fact.period}/${fact.voucherType}`, fact.voucherNumber!);
  const effects = effectsInTurn(fact.entries);
  const moved = effects.length > 0 ? movedIn(book, fact.period!) : NOTHING_MOVED;
  for (const { line, effect } of effects) {
    book.balances.set(line, (book.balances.get(line) ?? 0n) + effect);
    moved.set(line, (moved.get(line) ?? 0n) + effect);
    book.turnover += effect < 0n ? -effect : effect;
  }
  const registers = fact.registers ?? registersOf(fact, fact.entries);
  for (const [line, effect] of guardedEffects(effects, registers)) book.days.add(line, fact.businessDate, effect);
  if (isClosing(fact.kind)) takeClosing(book, fact);
}

const NOTHING_MOVED = new Map<string, Fen>();

function movedIn({ months }: BookState, period: string): Map<string, Fen> {
  let moved = months.get(period);
  if (!moved) months.set(period, (moved = new Map()));
  return moved;
}

/** A close is the last one from now on, or no more. Of a closed year only what its last day ends with is kept. */
function takeClosing(book: BookState, { kind, businessDate }: BookFact): void {
  const { revision } = book;
  if (kind === PERIOD_REOPENING_KIND) book.closings = book.closings.slice(0, -1);
  else book.closings = [...(kind === YEAR_CLOSE_KIND ? [] : book.closings), { kind, businessDate, revision }];
  if (kind !== YEAR_CLOSE_KIND) return;
  for (const period of book.months.keys()) if (period <= periodOf(businessDate)) book.months.delete(period);
  book.days.fold(businessDate);
}

let latest: { entries: readonly Entry[]; effects: readonly Effect[] } = { entries: [], effects: [] };

/** The effects of entries. They are asked for twice in a row, by the decision and by what follows from it. */
function effectsInTurn(entries: readonly Entry[]): readonly Effect[] {
  if (latest.entries !== entries) latest = { entries, effects: effectsOf(entries) };
  return latest.effects;
}

function takeBack(book: BookState, revision: number): void {
  book.takenBack.add(revision);
  if (book.opening?.revision === revision) book.opening = undefined;
  for (const [corrected, correction] of book.corrected) if (correction === revision) book.corrected.delete(corrected);
}

/** What a reversal posts: the entries of its original in red, in the same series. */
function inRed({ fact }: Original): Pick<Prepared, 'entries' | 'voucherType' | 'registers'> {
  const registers = fact.registers ?? registersOf(fact, fact.entries);
  return { entries: mirror(fact.entries!), voucherType: fact.voucherType!, ...(registers && { registers }) };
}

/** What a memo is beside its own fields: what of its register it answers and changes. */
function decideMemo(
  { register }: BookState,
  { stream, command, refersTo, register: rule }: Prepared,
  original: Original | undefined,
): Pick<BookFact, 'fund' | 'unit' | 'answers' | 'adds'> {
  const { fund, unit, businessDate } = command;
  if (refersTo) demandWithdrawable(register, refersTo.id, original!.revision, command);
  if (!rule) return { fund, unit };
  const answered = demandRegister(register, stream, rule, businessDate);
  const { adds } = rule;
  return {
    fund,
    unit,
    ...(answered !== undefined && { answers: `${stream}-${answered}` }),
    ...(adds !== undefined && { adds }),
  };
}

function takeMemo({ register, revision }: BookState, fact: BookFact): void {
  const { withdraws, businessDate, fund } = fact;
  // What the ledger itself says of its log is no memo: it is of no fund.
  if (fund === undefined) return;
  if (withdraws === undefined) {
    register.set(revision, memoOf(fact));
    return;
  }
  const withdrawn = register.get(revisionOf(withdraws));
  if (withdrawn) register.set(revisionOf(withdraws), { ...withdrawn, withdrawnOn: businessDate });
}

function nextNumber(
  book: BookState,
  businessDate: string,
  voucherType: VoucherType,
): Pick<BookFact, 'period' | 'voucherType' | 'voucherNumber'> {
  const period = periodOf(businessDate);
  return { period, voucherType, voucherNumber: (book.numbers.get(`${period}/${voucherType}`) ?? 0) + 1 };
}

/** An opening is recorded where nothing stands: in a new book, or again once everything has been taken back. */
function demandUnopened(book: BookState): void {
  if (standing(book) === 0) return;
  throw refusal(
    '',
    'book-already-open',
    text('账簿已有凭证，期初余额只能是第一张', 'the book has vouchers already; an opening balance comes first'),
    text('没有凭证或凭证均已冲销的账簿', 'a book without vouchers, or with every one of them reversed'),
    `revision ${book.revision}`,
  );
}
