import { type LedgerError, refusal, text, type Text } from '../errors.js';
import { type Fen, formatFen, parseFen } from '../money.js';
import { type BookFact, type BookState, type Refund } from './book-state.js';
import { type RefersTo, type RefundRule } from './prepared.js';
import { by, SIFAS } from './sources.js';

/*
 * What goes back of a voucher: it names the voucher, says what that must be, and all of it together is no more than
 * came by that. The program of a kind says what is asked; it is plain data, because it crosses threads and files.
 */

/** What stands of what was given back of a voucher. */
export const refundedOf = (
  { refunds, takenBack }: Pick<BookState, 'refunds' | 'takenBack'>,
  revision: number,
): readonly Refund[] => (refunds.get(revision) ?? []).filter((refund) => !takenBack.has(refund.revision));

export const sumOf = (refunds: readonly Refund[]): Fen => refunds.reduce((sum, { amount }) => sum + amount, 0n);

/** Remembers what an event gives back of a voucher. */
export function addRefund(book: Pick<BookState, 'refunds'>, original: number, refund: Refund): void {
  book.refunds.set(original, [...(book.refunds.get(original) ?? []), refund]);
}

/**
 * Whether a voucher is one of which a command may give this back.
 * @throws LedgerError refused, at the field that is otherwise
 */
export function demandRefundable(
  book: BookState,
  { as, id }: RefersTo,
  { of, amount }: RefundRule,
  { revision, fact }: { readonly revision: number; readonly fact: BookFact },
): void {
  const { kind } = fact;
  const facts = Object.hasOwn(of, kind) ? of[kind]! : undefined;
  if (!facts) {
    const kinds = Object.keys(of).join(', ');
    throw refusedAs(
      `/${as}`,
      'not-refundable',
      text(`${id} 是 ${kind}，不是可退的收款`, `${id} is of kind ${kind}, by which nothing came that could go back`),
      text(`${kinds} 的凭证编号，或不填`, `the id of a voucher of ${kinds}, or none`),
      id,
    );
  }
  for (const { pointer, is, field, ofYear = false } of facts) {
    const whole = valueAt(fact, field);
    const said = ofYear ? whole.slice(0, 4) : whole;
    if (said !== is)
      throw refusedAs(
        pointer,
        'unlike-the-original',
        text(`与原凭证 ${id} 的 ${field} 不一致`, `it is not what the original ${id} says in ${field}`),
        text(
          `${said}（原凭证）；或改填所退的原凭证`,
          `${said}, as the original has it; or name the one that is refunded`,
        ),
        is,
      );
  }
  const came = parseFen(valueAt(fact, 'amount'));
  demandWithin(id, parseFen(amount), came, sumOf(refundedOf(book, revision)));
}

function demandWithin(id: string, amount: Fen, came: Fen, gone: Fen): void {
  if (gone + amount <= came) return;
  const [whole, before, left] = [came, gone, came - gone].map(formatFen) as [string, string, string];
  throw refusedAs(
    '/amount',
    'refund-beyond-original',
    text(
      `原凭证 ${id} 收款 ${whole}，已退 ${before}，合计不得超过原额`,
      `${whole} came by the original ${id}, ${before} of it went back: together no more than came`,
    ),
    text(`不超过 ${left}`, `at most ${left}`),
    formatFen(amount),
  );
}

/** A voucher of which something went back is taken back behind that. @throws LedgerError refused */
export function demandNothingRefunded(book: BookState, id: string, revision: number): void {
  const refunds = refundedOf(book, revision);
  if (refunds.length === 0) return;
  const stream = id.slice(0, id.lastIndexOf('-'));
  const named = refunds.slice(0, MOST_NAMED).map((refund) => `${stream}-${refund.revision}`);
  throw refusedAs(
    '/reverses',
    'has-refunds',
    text(`${id} 已退 ${formatFen(sumOf(refunds))}`, `${formatFen(sumOf(refunds))} of ${id} went back`),
    text(`先冲销退费 ${named.join('、')}`, `its refunds reversed first: ${named.join(', ')}`),
    id,
  );
}

const MOST_NAMED = 3;

const refusedAs = (pointer: string, code: string, says: Text, expected: Text, got: string): LedgerError =>
  refusal(pointer, code, by(SIFAS, says), expected, got);

/** A text of an event, by the names of its fields; empty where there is none. */
function valueAt(fact: object, field: string): string {
  let value: unknown = fact;
  for (const step of field.split('.')) value = (value as Readonly<Record<string, unknown>> | undefined)?.[step];
  return typeof value === 'string' ? value : '';
}
