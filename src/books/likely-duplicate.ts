import { by, PRACTICE } from './sources.js';
import { type ErrorDetail, LedgerError, type Text, text } from '../errors.js';
import { type BookFact } from './book-state.js';
import { voucherNumberText } from './entries.js';

/** A voucher or memo that stands in a book, and is like a command. */
export interface StandingVoucher {
  readonly id: string;
  readonly fact: Pick<BookFact, 'businessDate' | 'period' | 'voucherType' | 'voucherNumber'>;
}

/** The code of the finding and of the refusal. */
export const LIKELY_DUPLICATE = 'likely-duplicate';

/** The finding of a command that is recorded although a voucher stands that says the same. */
export function likelyDuplicate({ id, fact }: StandingVoucher): ErrorDetail {
  const { zh, en } = nameOf(fact);
  return {
    pointer: '',
    code: LIKELY_DUPLICATE,
    expected: text(`${zh} 以外的一笔`, `something else than ${en}`),
    got: id,
  };
}

/** The refusal of a command that is not to be recorded where a voucher stands that says the same. */
export const refuseLike = ({ id, fact }: StandingVoucher): LedgerError => refuseDuplicate(nameOf(fact), id);

/** The refusal of a line that says the same as an earlier one of its file. */
export const refuseLikeLine = (line: number): LedgerError =>
  refuseDuplicate(text(`本文件第 ${line} 行`, `line ${line} of this file`), `line ${line}`);

function refuseDuplicate({ zh, en }: Text, got: string): LedgerError {
  const expected = text(
    `${zh} 以外的一笔；确为两笔时用 --accept-duplicates`,
    `something else than ${en}; where there really were two, --accept-duplicates`,
  );
  return new LedgerError(
    'refused',
    LIKELY_DUPLICATE,
    by(PRACTICE, text(`与 ${zh} 似为同一笔`, `likely the same as ${en}`)),
    [{ pointer: '', code: LIKELY_DUPLICATE, expected, got }],
  );
}

function nameOf({ period, voucherType, voucherNumber, businessDate }: StandingVoucher['fact']): Text {
  if (voucherType === undefined) return text(`${businessDate} 已入账的备查`, `the memo of ${businessDate} that stands`);
  const number = voucherNumberText(period!, voucherType, voucherNumber!);
  return text(`${businessDate} 已入账的凭证 ${number}`, `voucher ${number} of ${businessDate}, which stands`);
}
