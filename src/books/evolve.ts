import { type BookFact, type BookState, OPENING_CORRECTION_KIND, OPENING_KIND } from './book-state.js';
import { effectsOf, guardedEffects } from './guarded-lines.js';
import { type Fen, parseFen } from '../money.js';
import { isClosing, PERIOD_REOPENING_KIND, periodOf, YEAR_CLOSE_KIND } from './periods.js';
import { addRefund } from './refunds.js';
import { memoOf, revisionOf } from './register.js';
import { registersOf } from './register-lines.js';

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
  if (fact.original !== undefined)
    addRefund(book, revisionOf(fact.original), { revision: book.revision, amount: parseFen(fact.amount!) });
  const effects = fact.effects ?? (fact.entries && effectsOf(fact.entries));
  if (!effects) {
    takeMemo(book, fact);
    return;
  }
  book.numbers.set(`${fact.period}/${fact.voucherType}`, fact.voucherNumber!);
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

function takeBack(book: BookState, revision: number): void {
  book.takenBack.add(revision);
  if (book.opening?.revision === revision) book.opening = undefined;
  for (const [corrected, correction] of book.corrected) if (correction === revision) book.corrected.delete(corrected);
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
