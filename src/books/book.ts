import { by, SIFAS } from './sources.js';
import { refusal, text } from '../errors.js';
import { isClosing, periodOf } from './periods.js';
import { type BookFact, type BookState, type CommandKey, OPENING_KIND, standing } from './book-state.js';
import { decideClosing } from './closing/decide-closing.js';
import { demandOpenPeriod } from './closing/order.js';
import { demandCovered } from './cover.js';
import { dateObjection } from './dates.js';
import { mirror, type VoucherType } from './entries.js';
import { effectsOf } from './guarded-lines.js';
import { demandNamed, namesIn, type Original, pairFinding } from './original.js';
import { type Prepared } from './prepared.js';
import { demandRegister, demandWithdrawable } from './register.js';
import { registersOf } from './register-lines.js';

/*
 * The one decider. A book's state is a fold of its stream; `decide` says whether a prepared command may become its next
 * event, and `evolve` (evolve.ts) takes that in. Both are pure but for `evolve`, which changes the state it is given.
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
  const common = { kind, businessDate, ...('source' in key && key), ...namesIn(refersTo) };
  const isReversal = refersTo?.as === 'reverses';
  const closed = closes && decideClosing(book, proposal);
  const posted = closed ? { ...proposal, ...closed } : proposal;
  const { entries, effects, voucherType, registers }: Posting = isReversal ? inRed(original!) : posted;
  const moved = effects ?? (entries && effectsOf(entries));
  if (!moved) return { ...common, ...decideMemo(book, proposal, original) };
  if (kind === OPENING_KIND) demandUnopened(book);
  demandCovered(book, businessDate, moved, { refersTo, registers });
  const findings = isReversal ? pairFinding(original!) : undefined;
  const more = { ...(registers && { registers }), ...(findings && { findings }) };
  const moves = effects ? { effects } : { entries: entries! };
  return { ...common, ...nextNumber(book, businessDate, voucherType ?? 'transfer'), ...closed, ...moves, ...more };
}

/** What a voucher posts: entries, or what they do. */
type Posting = Pick<Prepared, 'entries' | 'effects' | 'voucherType' | 'registers'>;

/** What a reversal posts: the entries of its original in red, in the same series. */
function inRed({ fact }: Original): Posting {
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
    by(
      SIFAS,
      text('账簿已有凭证，期初余额只能是第一张', 'the book has vouchers already; an opening balance comes first'),
    ),
    text(
      '没有凭证或凭证均已冲销的账簿；期初有误用期初更正（opening-correction）',
      'a book without vouchers, or with every one of them reversed; a wrong opening is corrected (opening-correction)',
    ),
    `revision ${book.revision}`,
  );
}
