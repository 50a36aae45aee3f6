import { text } from '../../src/errors.js';
import { formatFen } from '../../src/money.js';
import { intervalBody } from '../asking/interval.js';
import { type Answer, type Asking, type Export, type Question } from '../asking/question.js';
import { voucherBody } from './body.js';
import { writeCursor } from './cursor.js';
import { listHead } from './head.js';
import { AuditTrailParameters } from './filters.js';
import { auditTrail } from './projection.js';
import { beginReading, listVouchers, type Reading, readOn } from './reading.js';
import { nextPageNote } from './sheets.js';
import { findVouchers } from './vouchers.js';

/** The vouchers themselves, in order of business day, then of recording, with who answers for them and on what. */
export const auditTrailQuestion: Question<AuditTrailParameters> = {
  name: 'audit-trail',
  route: 'audit-trail',
  title: text('凭证序时簿与明细账', 'Audit trail'),
  projection: auditTrail,
  parameters: AuditTrailParameters,
  sheets: ['journal', 'account'],
  ask: askTrail,
  export: exportTrail,
};

const DEFAULT_LIMIT = '50';

async function askTrail(asking: Asking, parameters: AuditTrailParameters): Promise<Answer> {
  const reading = await beginReading(asking, parameters);
  const { filters, filter, stretch, sheet, rowsOf, marksOf } = reading;
  const limit = Number.parseInt(parameters.limit ?? DEFAULT_LIMIT, 10);
  const found = await findVouchers(asking, stretch, filter, limit + 1);
  const listed = await listVouchers(asking, reading, found.slice(0, limit));
  const { vouchers, balances, before } = listed;
  const last = vouchers.at(-1)?.line;
  const next =
    found.length > limit && last
      ? await writeCursor({ ...last, pinned: stretch.until }, { ...filters }, asking.store)
      : null;
  return {
    position: stretch.until,
    body: {
      ...filters,
      ...intervalBody(filters, filters),
      ...(before !== undefined && { balanceBefore: formatFen(before) }),
      vouchers: vouchers.map((voucher, index) => voucherBody(voucher, balances?.[index])),
      next,
    },
    sheets: [
      {
        ...sheet,
        head: listHead(filters, filters, asking.reference.ever),
        rows: rowsOf(listed),
        marks: marksOf(listed),
        ...(next !== null && { ways: [nextPageNote(next)] }),
      },
    ],
  };
}

/** The whole list from the cursor on, where there is one; a page of it only for whoever asks for so many vouchers. */
async function exportTrail(asking: Asking, parameters: AuditTrailParameters): Promise<Export> {
  if (parameters.limit !== undefined) return askTrail(asking, parameters);
  const reading = await beginReading(asking, parameters);
  return {
    position: reading.stretch.until,
    body: { ...intervalBody(reading.filters, reading.filters), next: null },
    sheets: [
      {
        ...reading.sheet,
        head: listHead(reading.filters, reading.filters, asking.reference.ever),
        rows: rowsOn(asking, reading),
      },
    ],
  };
}

async function* rowsOn(asking: Asking, reading: Reading) {
  for await (const listed of readOn(asking, reading)) yield reading.rowsOf(listed);
}
