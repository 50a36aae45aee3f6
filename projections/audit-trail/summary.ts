import { type Text, text } from '../../src/errors.js';
import { findKind } from '../../src/catalogue/registry.js';
import { remarkOf } from './corrections.js';
import { type TrailVoucher } from './vouchers.js';

/**
 * The summary 摘要 of a voucher: the remark that a red or blue voucher carries, then its own note, or what kind of
 * business it is where nobody wrote one.
 */
export function summaryOf({ event, named }: Pick<TrailVoucher, 'event' | 'named'>): Text {
  const { note, kind } = event;
  const name = findKind(kind)?.name ?? text(kind, kind);
  const own = note === undefined || note === '' ? name : text(note, note);
  const remark = remarkOf(event, named);
  return remark ? text(`${remark.zh}；${own.zh}`, `${remark.en}; ${own.en}`) : own;
}
