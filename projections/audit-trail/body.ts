import { voucherNumberText } from '../../src/books/entries.js';
import { eventId } from '../../src/event-store/event-store.js';
import { type Fen, formatFen } from '../../src/money.js';
import { becomeOfBody, remarkOf } from './corrections.js';
import { type TrailVoucher } from './vouchers.js';
import { eventAt, voucherAt } from '../asking/addresses.js';

/** The written number of a voucher; null for a memo, which has none. */
export const numberOf = ({ event: { period, voucherType, voucherNumber } }: Pick<TrailVoucher, 'event'>) =>
  voucherType === undefined ? null : voucherNumberText(period!, voucherType, voucherNumber!);

/** One voucher or memo of the trail, with the links to its event as stored. */
export function voucherBody(voucher: TrailVoucher, balance: Fen | undefined): Readonly<Record<string, unknown>> {
  const { line, event, named, changes } = voucher;
  const { note, caseId, transferId, findings, withdraws, answers, original } = event;
  const remark = remarkOf(event, named);
  const id = eventId(line.stream, line.revision);
  return {
    id,
    position: line.position,
    kind: event.kind,
    voucherNumber: numberOf(voucher),
    fund: event.fund ?? null,
    unit: event.unit ?? null,
    businessDate: event.businessDate,
    recordedAt: event.recordedAt,
    amount: line.amount,
    counterparty: line.counterparty || null,
    entries: event.entries ?? [],
    ...(balance !== undefined && { balance: formatFen(balance) }),
    maker: event.maker ?? null,
    reviewer: event.reviewer ?? null,
    evidence: event.evidence,
    reverses: event.reverses ?? null,
    corrects: event.corrects ?? null,
    ...(withdraws !== undefined && { withdraws }),
    ...(original !== undefined && { original }),
    ...(answers !== undefined && { answers }),
    ...(changes && { changes }),
    ...becomeOfBody(voucher),
    ...(remark && { remark: remark.zh }),
    ...(note !== undefined && { note }),
    ...(caseId !== undefined && { caseId }),
    ...(transferId !== undefined && { transferId }),
    ...(findings && { findings }),
    links: { voucher: voucherAt(id), event: eventAt(line.position) },
  };
}
