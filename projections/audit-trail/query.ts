import { lineName, lineOf } from '../../src/books/ledger-lines.js';
import { LedgerError, text } from '../../src/errors.js';
import { UNIT_CODES } from '../../src/books/units.js';
import { FUND_CODES } from '../../src/books/funds.js';
import { formatFen, parseFen } from '../../src/money.js';
import { AmountOrZero, Line, OneOf, Pattern, Reference } from '../../src/vouchers/fields.js';
import { KINDS } from '../../src/vouchers/registry.js';
import { booksOf } from '../fund-balance/books.js';
import { fundBalance } from '../fund-balance/projection.js';
import { FIRST_DAY, intervalBody, IntervalParameters, LAST_DAY, openIntervalOf } from '../interval.js';
import { type Answer, type Asking, type Question } from '../question.js';
import { recordedTime } from '../recorded-time/projection.js';
import { momentOf, positionAsOf } from '../recorded-time/query.js';
import { AccountFilter } from './account.js';
import { voucherBody } from './body.js';
import { type Cursor, readCursor, writeCursor } from './cursor.js';
import { auditTrail } from './projection.js';
import { accountSheet, journalSheet } from './sheets.js';
import { findVouchers, runningBalances, type TrailFilter } from './vouchers.js';

const optional = { optional: true } as const;

export class AuditTrailParameters extends IntervalParameters {
  @OneOf(text('基金', 'fund'), FUND_CODES, { ...optional, code: 'unknown-fund' })
  fund?: string;

  @OneOf(text('核算单位', 'unit'), UNIT_CODES, { ...optional, code: 'unknown-unit' })
  unit?: string;

  @Pattern(
    text('科目（同时给出基金和单位时带逐笔余额）', 'account (with fund and unit: its running balance)'),
    '^[a-z]+([.-][a-z]+)*(/[a-z]+(-[a-z]+)*)?(@(pool|personal))?$',
    'account',
    text(
      '科目，如 fiscal-account、财政专户存款、benefits/inpatient@pool',
      'an account, e.g. fiscal-account, benefits/inpatient@pool',
    ),
    { ...optional, vocabulary: { codeOf: lineOf, nameOf: lineName } },
  )
  account?: string;

  @OneOf(text('种类', 'kind'), KINDS, optional)
  kind?: string;

  @Reference(text('对方编号', 'counterparty'), optional)
  counterparty?: string;

  @AmountOrZero(text('最小金额', 'least amount'), optional)
  minAmount?: string;

  @AmountOrZero(text('最大金额', 'greatest amount'), optional)
  maxAmount?: string;

  @Line(text('检索词', 'words to look for'), 100, optional)
  q?: string;

  @Pattern(
    text('每页张数（默认 50）', 'vouchers on a page (default 50)'),
    '^([1-9][0-9]?|[1-4][0-9]{2}|500)$',
    'limit',
    text('1 至 500 的整数', 'a whole number from 1 to 500'),
    optional,
  )
  limit?: string;

  @Pattern(
    text('上一页的游标', 'cursor of the page before'),
    '^[A-Za-z0-9_-]{1,200}$',
    'cursor',
    text('上一页给出的游标', 'a cursor as the page before gave it'),
    optional,
  )
  cursor?: string;
}

/** The vouchers themselves, in order of business day, then of recording, with who answers for them and on what. */
export const auditTrailQuestion: Question<AuditTrailParameters> = {
  name: 'audit-trail',
  route: 'audit-trail',
  title: text('凭证序时簿与明细账', 'Audit trail'),
  projection: auditTrail,
  parameters: AuditTrailParameters,
  sheets: ['journal', 'account'],
  ask: askTrail,
};

const DEFAULT_LIMIT = '50';

async function askTrail(asking: Asking, parameters: AuditTrailParameters): Promise<Answer> {
  const { cursor: written, limit: most = DEFAULT_LIMIT, ...asked } = parameters;
  const filters = { ...asked, ...openIntervalOf(parameters), asOf: undefined };
  const { from, to, recordedAsOf } = filters;
  const filter = readFilter(filters);
  const cursor = written === undefined ? undefined : readCursor(written, filters);
  const position = await pin(asking, recordedAsOf, cursor, filter);
  const books = booksOf(filters.fund, filters.unit).map(({ stream }) => stream);
  const stretch = { books, from: from ?? FIRST_DAY, to: to ?? LAST_DAY, after: cursor, until: position };
  const limit = Number.parseInt(most, 10);
  const found = await findVouchers(asking, stretch, filter, limit + 1);
  const listed = found.slice(0, limit);
  const { account } = filter;
  const book = account && books.length === 1 ? books[0] : undefined;
  const balances = book === undefined ? undefined : await runningBalances(asking, account!, book, listed, position);
  const last = listed.at(-1)?.line;
  const next = found.length > limit && last ? writeCursor({ ...last, pinned: position }, filters) : null;
  const before = balances && listed[0] ? balances[0]! - account!.effectOf(listed[0].event.entries ?? []) : undefined;
  return {
    position,
    body: {
      ...filters,
      ...intervalBody(filters, filters),
      ...(before !== undefined && { balanceBefore: formatFen(before) }),
      vouchers: listed.map((voucher, index) => voucherBody(voucher, balances?.[index])),
      next,
    },
    sheets: [account ? accountSheet(account, listed, balances, next) : journalSheet(listed, next)],
  };
}

function readFilter({ account, kind, counterparty, minAmount, maxAmount, q }: AuditTrailParameters): TrailFilter {
  return {
    account: account === undefined ? undefined : new AccountFilter(account),
    kind,
    counterparty,
    least: minAmount === undefined ? undefined : parseFen(minAmount),
    most: maxAmount === undefined ? undefined : parseFen(maxAmount),
    searched: q?.normalize('NFC').toLowerCase(),
  };
}

/**
 * The position that the answer shows: the cursor's, so that pages belong together, else that of the moment asked for.
 * @throws LedgerError invalid, for what lies beyond the log; unavailable, where the read tables are not there yet
 */
async function pin(
  asking: Asking,
  recordedAsOf: string | undefined,
  cursor: Cursor | undefined,
  { account }: TrailFilter,
): Promise<number> {
  const { tables, store } = asking;
  const moment = await momentOf(asking, recordedAsOf);
  const shown = tables.atOneMoment(auditTrail, (now) => {
    const others = account ? [recordedTime, fundBalance] : [recordedTime];
    const slowest = Math.min(now, ...others.map((each) => tables.checkpoint(each).position));
    return cursor && cursor.pinned <= slowest ? cursor.pinned : positionAsOf(tables, moment, slowest);
  });
  if (!cursor || cursor.pinned === shown) return shown;
  if (cursor.pinned <= (await store.head()))
    throw new LedgerError(
      'unavailable',
      'position-not-yet-shown',
      text('查询视图尚未到达游标的位置', "the read tables have not reached the cursor's position"),
    );
  throw new LedgerError('invalid', 'cursor', text('游标不符合要求', 'the cursor is not as it must be'), [
    {
      pointer: 'cursor',
      code: 'cursor',
      expected: text('本账上一页给出的游标', 'a cursor as this ledger gave it'),
      got: `position ${cursor.pinned}`,
    },
  ]);
}
