import { PERIOD_REOPENING_KIND, isClosing, yearOf } from './periods.js';
import { type ErrorDetail, type LedgerError, refusal, type Text, text } from '../errors.js';
import {
  type BookFact,
  type BookState,
  OPENING_CORRECTION_KIND,
  OPENING_KIND,
  REVERSAL_KIND,
  standing,
} from './book-state.js';
import { demandReopenable } from './closing/order.js';
import { type Prepared, type RefersTo } from './prepared.js';
import { demandNothingRefunded, demandRefundable } from './refunds.js';
import { by, NORMS } from './sources.js';

/** An earlier event of the stream that a command names, as found. */
export interface Original {
  readonly revision: number;
  readonly fact: BookFact;
}

/**
 * Whether what a command names can be reversed, corrected or withdrawn by it.
 * @throws LedgerError refused, at the field that names it
 */
export function demandNamed(
  book: BookState,
  refersTo: RefersTo,
  { kind, command: { businessDate } }: Pick<Prepared, 'kind' | 'command'>,
  original: Original | undefined,
): asserts original is Original {
  const { as, id } = refersTo;
  const isVoucher = as !== 'withdraws';
  const fail = failing(refersTo);
  if (!original || (original.fact.entries !== undefined) !== isVoucher)
    throw isVoucher
      ? fail('no-such-voucher', `没有凭证 ${id}`, `there is no voucher ${id}`)
      : fail('no-such-memo', `没有备查 ${id}`, `there is no memo ${id}`);
  if (book.takenBack.has(original.revision))
    throw isVoucher
      ? fail('already-reversed', `凭证 ${id} 已被冲销`, `voucher ${id} has already been reversed`)
      : fail('already-withdrawn', `备查 ${id} 已被撤销`, `memo ${id} has already been withdrawn`);
  if (kind === PERIOD_REOPENING_KIND)
    return demandReopenable(book, businessDate, id, { ...original.fact, revision: original.revision });
  if (isClosing(original.fact.kind))
    throw failing(refersTo, CLOSE_OPENED)(
      'is-a-closing',
      `${id} 是结账凭证，不冲销也不更正`,
      `${id} is of a closing, neither reversed nor corrected`,
    );
  if (as === 'reverses') demandReversible(book, refersTo, businessDate, original);
  if (as === 'corrects' && kind === OPENING_CORRECTION_KIND) demandOpening(refersTo, businessDate, original);
  else if (as === 'corrects') demandEarlierYear(book, refersTo, businessDate, original);
  if (refersTo.refunds) demandRefundable(book, refersTo, refersTo.refunds, original);
  if (businessDate < original.fact.businessDate) throw beforeOriginal(refersTo, businessDate, original);
}

const beforeOriginal = ({ id }: RefersTo, businessDate: string, { fact }: Original): LedgerError =>
  refusal(
    '/businessDate',
    'before-the-original',
    by(NORMS, text('日期早于所指的一笔', 'it is dated before what it names')),
    text(`不早于 ${fact.businessDate}（${id}）`, `no earlier than ${fact.businessDate} (${id})`),
    businessDate,
  );

/** What an event says of the earlier one that it names. */
export const namesIn = (refersTo: RefersTo | undefined): Partial<BookFact> =>
  refersTo ? { [refersTo.as]: refersTo.id, ...(refersTo.refunds && { amount: refersTo.refunds.amount }) } : {};

/** What a command that is on its way to the log says, in whichever form it is there: what its event will say. */
export const saidBy = ({ command, text: written }: Prepared): Partial<BookFact> =>
  written ? (JSON.parse(written.command) as Partial<BookFact>) : command;

/**
 * Names the pair of a voucher that is taken back: the other side of a transfer stands in another book, which no
 * decision about this one can see, and is taken back there.
 */
export function pairFinding({ fact: { transferId, toUnit, fromUnit } }: Original): ErrorDetail[] | undefined {
  if (transferId === undefined) return undefined;
  const other = toUnit ?? fromUnit;
  const [ofZh, ofEn] = other === undefined ? ['对方', 'the other side'] : [`${other} `, `unit ${other}`];
  const expected = text(
    `${ofZh}同一往来号 ${transferId} 的凭证也须冲销`,
    `the voucher of ${ofEn} under the same number ${transferId} taken back too`,
  );
  return [{ pointer: '/reverses', code: 'pair-of-transfer', expected, got: transferId }];
}

const WANTED: Readonly<Record<RefersTo['as'], Text>> = {
  reverses: text('本账簿中未被冲销的凭证', 'a voucher of this book not yet reversed'),
  corrects: text(
    '本账簿以前年度的凭证，未被冲销或更正',
    'a voucher of this book of an earlier fiscal year, not yet reversed nor corrected',
  ),
  original: text('本账簿中未被冲销的原凭证，或不填', 'the original voucher of this book, not yet reversed, or none'),
  withdraws: text('同一案件或登记簿中未被撤销的备查', 'a memo of the same stream not yet withdrawn'),
};

const CLOSE_OPENED = text(
  '最后结账的期间可反结账（period-reopening），已年结的不再反结',
  'the period closed last opened again (period-reopening), unless its year is closed',
);

const failing =
  ({ as, id }: RefersTo, wanted: Text = WANTED[as]) =>
  (code: string, zh: string, en: string): LedgerError =>
    refusal(`/${as}`, code, by(NORMS, text(zh, en)), wanted, id);

/** A mistake of the same fiscal year is taken back in red, once (SIFAS, Practice). */
function demandReversible(book: BookState, refersTo: RefersTo, businessDate: string, { revision, fact }: Original) {
  const { id } = refersTo;
  if (fact.kind === REVERSAL_KIND)
    throw failing(refersTo, text(`${fact.reverses} 的内容重新记账`, `what ${fact.reverses} said, recorded anew`))(
      'is-a-reversal',
      `${id} 是冲销凭证，不能再被冲销`,
      `${id} is a reversal, and cannot itself be reversed`,
    );
  const correction = book.corrected.get(revision);
  if (correction !== undefined) throw alreadyCorrected(refersTo, correction);
  const [year, thisYear] = [yearOf(fact.businessDate), yearOf(businessDate)];
  if (year !== thisYear)
    throw failing(
      refersTo,
      text(
        `${thisYear} 年度的蓝字更正（prior-year-correction），或 ${year} 年度内的红字冲销`,
        `a correction in blue in ${thisYear} (prior-year-correction), or a reversal dated in ${year}`,
      ),
    )(
      'another-fiscal-year',
      `跨年度的差错用蓝字更正，不用红字冲销：${id} 属 ${year} 年度`,
      `a voucher of another fiscal year is corrected in blue, not reversed in red: ${id} is of ${year}`,
    );
  demandNothingRefunded(book, refersTo.id, revision);
  if (fact.kind === OPENING_KIND) demandLastStanding(book, refersTo.id);
  if (fact.kind === OPENING_KIND || fact.kind === OPENING_CORRECTION_KIND)
    demandOpeningDay(refersTo, businessDate, fact.businessDate);
}

/** Taken back on a later day, an opening would be in the book beside the one recorded instead on every day before. */
function demandOpeningDay({ as }: RefersTo, businessDate: string, day: string): void {
  if (businessDate === day) return;
  throw refusal(
    '/businessDate',
    'not-the-opening-day',
    by(
      NORMS,
      as === 'reverses'
        ? text(
            '冲销期初余额须记在建账日，否则其间各日有两个期初',
            'an opening is taken back on its own day: else the days between have two',
          )
        : text('更正期初余额须记在建账日', 'an opening is corrected on its own day'),
    ),
    text(`建账日 ${day}`, `the day of the opening, ${day}`),
    businessDate,
  );
}

/** An opening goes last: taken back under other vouchers it would leave a book that can never be opened again. */
function demandLastStanding(book: BookState, opening: string): void {
  const others = standing(book) - 1;
  if (others === 0) return;
  throw refusal(
    '/reverses',
    'opening-carries-vouchers',
    by(
      NORMS,
      text(
        `期初余额之后尚有 ${others} 张未冲销的凭证，须先冲销，或用期初更正`,
        `vouchers stand on the opening balance: ${others}; they are reversed before it, or the opening is corrected`,
      ),
    ),
    text(
      '没有其他未冲销凭证的期初余额，或期初更正（opening-correction）',
      'an opening balance on which no voucher stands, or a correction of it (opening-correction)',
    ),
    opening,
  );
}

function demandOpening(refersTo: RefersTo, businessDate: string, { fact }: Original): void {
  const wanted = text('本账簿未冲销的期初余额', "the book's opening balance that stands");
  if (fact.kind !== OPENING_KIND)
    throw failing(refersTo, wanted)('not-an-opening', `${refersTo.id} 不是期初余额`, `${refersTo.id} is no opening`);
  demandOpeningDay(refersTo, businessDate, fact.businessDate);
}

/** A mistake of an earlier year is corrected in blue in the open one, because that year has been reported. */
function demandEarlierYear(book: BookState, refersTo: RefersTo, businessDate: string, { revision, fact }: Original) {
  const correction = book.corrected.get(revision);
  if (correction !== undefined) throw alreadyCorrected(refersTo, correction);
  const year = yearOf(fact.businessDate);
  if (year < yearOf(businessDate)) return;
  const { id } = refersTo;
  throw failing(
    refersTo,
    text(`红字冲销（reversal）${id}，再重新记账`, `${id} reversed in red (reversal), and recorded anew`),
  )(
    'same-fiscal-year',
    `本年度的差错用红字冲销后重记，不用蓝字更正：${id} 属 ${year} 年度`,
    'a voucher of the same fiscal year is reversed in red and recorded again, not corrected in blue: ' +
      `${id} is of ${year}`,
  );
}

function alreadyCorrected(refersTo: RefersTo, correction: number): LedgerError {
  const by = `${refersTo.id.slice(0, refersTo.id.lastIndexOf('-'))}-${correction}`;
  const wanted = text(
    `未被冲销或更正的凭证；更正有误的，先冲销 ${by}，或在以后年度更正它`,
    `a voucher not yet reversed nor corrected; where the correction is wrong, ${by} is reversed first, or corrected ` +
      'in a later year',
  );
  return failing(refersTo, wanted)(
    'already-corrected',
    `凭证 ${refersTo.id} 已由 ${by} 更正`,
    `voucher ${refersTo.id} has already been corrected by ${by}`,
  );
}
