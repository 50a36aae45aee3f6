import { type Text, text } from '../../src/errors.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { countColumn, fenColumn, textColumn } from '../fund-balance/sheets.js';
import { accountAt, addressOf, voucherAt } from '../asking/addresses.js';
import { type Shown } from '../asking/interval.js';
import { type Mark, type Sheet } from '../asking/question.js';
import { type CheckedBook, type Result } from './checks.js';
import { ITEMS } from './items.js';

const RESULTS: Readonly<Record<Result, Text>> = {
  ok: text('通过', 'ok'),
  note: text('提示', 'note'),
  stops: text('不能结账', 'stops the close'),
};

const STATES: Readonly<Record<CheckedBook['state'], Text>> = {
  closed: text('已结账', 'closed'),
  ready: text('可以结账', 'ready'),
  stopped: text('不能结账', 'cannot be closed'),
};

/** Everything that was looked at, book by book. */
export function checkSheet(adopted: Adopted, period: string, books: readonly CheckedBook[], days: Shown): Sheet {
  return {
    name: 'checks',
    title: text(`结账前检查 ${period}`, `Closing checklist ${period}`),
    columns: [
      textColumn('基金', 'fund'),
      textColumn('核算单位', 'unit'),
      textColumn('项目', 'item'),
      textColumn('结果', 'result'),
      fenColumn('金额', 'amount'),
      textColumn('情况', 'finding'),
      textColumn('处理', 'way out'),
      textColumn('依据', 'rule'),
      textColumn('凭证', 'vouchers'),
    ],
    rows: books.flatMap(({ place, checks }) =>
      checks.map(({ item, result, amount, finding, wayOut, account, vouchers }) => [
        place.fund.name,
        adopted.unitName(place.unit.code),
        ITEMS[item].name,
        RESULTS[result],
        amount ?? null,
        finding,
        wayOut ?? null,
        ITEMS[item].rule,
        vouchers?.join(' ') ?? account ?? null,
      ]),
    ),
    marks: books.flatMap(({ place: { fund, unit }, checks }) =>
      checks.map(({ account, vouchers }): Mark => {
        const none = undefined;
        const known = account === undefined ? none : accountAt(fund.key, unit.code, account, days);
        const to = vouchers?.[0] === undefined ? known : voucherAt(vouchers[0]);
        return { links: [none, none, none, none, to, none, none, none, to] };
      }),
    ),
    notes: [text('无凭证的账簿不列。', 'A book without a voucher is not listed.')],
    ways: [
      text(
        '“凭证”栏：科目查 report audit-trail --account，编号查 GET /v1/vouchers/编号。',
        'Under vouchers: an account is looked up by report audit-trail --account, an id by GET /v1/vouchers/id.',
      ),
    ],
  };
}

/** Which books can be closed. */
export function bookSheet(
  adopted: Adopted,
  period: string,
  books: readonly CheckedBook[],
  { recordedAsOf }: Shown,
): Sheet {
  const count = (checks: CheckedBook['checks'], wanted: Result): number =>
    checks.filter(({ result }) => result === wanted).length;
  return {
    name: 'books',
    title: text(`可否结账 ${period}`, `Which books can be closed ${period}`),
    columns: [
      textColumn('基金', 'fund'),
      textColumn('核算单位', 'unit'),
      textColumn('状态', 'state'),
      countColumn('不能结账的项目', 'stops'),
      countColumn('提示', 'notes'),
    ],
    rows: books.map(({ place, state, checks }) => [
      place.fund.name,
      adopted.unitName(place.unit.code),
      STATES[state],
      count(checks, 'stops'),
      count(checks, 'note'),
    ]),
    marks: books.map(({ place: { fund, unit } }): Mark => {
      const own = addressOf('periods/checklist', { fund: fund.key, unit: unit.code, period, recordedAsOf });
      return { links: [undefined, undefined, own, own, own] };
    }),
  };
}
