import { lineName } from '../../src/books/ledger-lines.js';
import { stateOf } from '../../src/books/transfers.js';
import { text } from '../../src/errors.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { countColumn, fenColumn, textColumn } from '../fund-balance/sheets.js';
import { DIRECTION, STATE, unitName } from '../provincial-consolidation/sheets.js';
import { type OpenTransfer } from '../provincial-consolidation/transfers.js';
import { accountAt, addressOf, voucherAt } from '../asking/addresses.js';
import { FIRST_DAY, type Shown } from '../asking/interval.js';
import { type Cell, type Mark, type Sheet } from '../asking/question.js';
import { BRACKETS, byAge, daysBetween } from './ages.js';
import { type OpenItem } from './open-items.js';
import { REGISTERS } from './parameters.js';
import { DEPOSITS, registerOf } from './projection.js';
import { type Tie } from './ties.js';

const AGES = BRACKETS.map(({ name: { zh, en } }) => fenColumn(zh, en));
const TOTAL = text('合计', 'Total');
const UNNAMED = text('（未列名）', '(under no name)');

interface Listing {
  readonly register: string;
  readonly items: readonly OpenItem[];
  readonly asOf: string;
  /** Most items listed. */
  readonly most: number;
  readonly recordedAsOf: string | undefined;
}

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

/** What a register has open, by name and age; the total is of all, listed or not. */
export function itemSheet(adopted: Adopted, { register, items, asOf, most, recordedAsOf }: Listing): Sheet {
  const { zh, en } = REGISTERS.nameOf(register);
  const account = (line: string): Cell =>
    line === DEPOSITS ? REGISTERS.nameOf('quality-deposits') : lineName(line, adopted.chart);
  const listed = items.length > most ? largest(items, most) : items;
  const ages = items.map(({ parts }) => byAge(parts, asOf));
  const total = [sumOf(items.map(({ open }) => open)), ...BRACKETS.map((_, at) => sumOf(ages.map((own) => own[at]!)))];
  const isWhole = listed.length === items.length;
  return {
    name: register,
    title: text(`${zh}登记簿 截至 ${asOf}`, `Register: ${en.toLowerCase()} at the end of ${asOf}`),
    columns: [
      textColumn('基金', 'fund'),
      textColumn('核算单位', 'unit'),
      textColumn('科目', 'account'),
      textColumn('对方或所属', 'for'),
      textColumn('最早日期', 'since'),
      countColumn('天数', 'days'),
      fenColumn('余额', 'open'),
      ...AGES,
    ],
    rows: [
      ...listed.map((item): Cell[] => [
        adopted.funds.nameOf(item.fund),
        adopted.unitName(item.unit),
        account(item.line),
        item.name === '' ? UNNAMED : item.name,
        item.since,
        item.since === null ? null : daysBetween(item.since, asOf),
        item.open,
        ...byAge(item.parts, asOf),
      ]),
      [TOTAL, null, null, null, null, null, ...total],
    ],
    marks: [
      ...listed.map((item): Mark => {
        const vouchers = vouchersOf(item, asOf, recordedAsOf);
        return { links: [...BEFORE_OPEN, vouchers, ...BRACKETS.map(() => vouchers)] };
      }),
      { role: 'total' },
    ],
    ...(isWhole && { footing: { rows: [{ total: listed.length, parts: listed.map((_, index) => index) }] } }),
    notListed: items.length - listed.length,
  };
}

const BEFORE_OPEN = Array.from({ length: 6 }, () => undefined);

/** What an item is made of: the account of its book from its oldest day on; of deposits, which have none, memos. */
function vouchersOf({ fund, unit, line, since }: OpenItem, asOf: string, recordedAsOf: string | undefined): string {
  const days = { from: since ?? FIRST_DAY, to: asOf, recordedAsOf };
  return line === DEPOSITS
    ? addressOf('audit-trail', { fund, unit, kind: 'quality-deposit-hold', ...days })
    : accountAt(fund, unit, line, days);
}

/** The items with the most open, in the order in which they came. */
function largest(items: readonly OpenItem[], most: number): OpenItem[] {
  const first = items.toSorted((one, other) => (one.open < other.open ? 1 : -1)).slice(0, most);
  const kept = new Set(first);
  return items.filter((item) => kept.has(item));
}

/** What has left one book and not reached the other, or the other way about, the oldest first. */
export function transitSheet(adopted: Adopted, transfers: readonly OpenTransfer[], asOf: string): Sheet {
  const nameOf = (code: string | null): Cell => unitName(adopted, code);
  const { zh, en } = REGISTERS.nameOf('in-transit');
  const since = ({ sentOn, receivedOn }: OpenTransfer): string => sentOn ?? receivedOn ?? '';
  const sorted = transfers.toSorted((one, other) => (since(one) < since(other) ? -1 : 1));
  return {
    name: 'in-transit',
    title: text(`${zh}登记簿 截至 ${asOf}`, `Register: ${en.toLowerCase()} at the end of ${asOf}`),
    columns: [
      textColumn('基金', 'fund'),
      textColumn('往来号', 'transfer'),
      textColumn('方向', 'direction'),
      textColumn('状态', 'state'),
      textColumn('付出单位', 'sender'),
      textColumn('收到单位', 'receiver'),
      textColumn('起始日期', 'since'),
      countColumn('天数', 'days'),
      fenColumn('付出', 'sent'),
      fenColumn('收到', 'received'),
      fenColumn('差额', 'difference'),
    ],
    marks: sorted.map(bothSides),
    rows: sorted.map((each) => [
      adopted.funds.nameOf(each.fund),
      each.transferId,
      DIRECTION[each.direction],
      STATE[stateOf(each)],
      nameOf(each.sender),
      nameOf(each.receiver),
      since(each) === '' ? null : since(each),
      since(each) === '' ? null : daysBetween(since(each), asOf),
      each.sent,
      each.received,
      each.sent - each.received,
    ]),
  };
}

/** What was sent and what was received lead to the first voucher of each side: its chain names the others. */
function bothSides({ sentBy, receivedBy }: OpenTransfer): Mark {
  const [sent, received] = [sentBy[0], receivedBy[0]].map((id) => id && voucherAt(id));
  return { links: [...BEFORE_OPEN, undefined, undefined, sent, received] };
}

/** The check line of every register: what it has open is what stands on its account. */
export function tieSheet(
  adopted: Adopted,
  ties: readonly Tie[],
  { to: asOf, recordedAsOf }: Pick<Shown, 'to' | 'recordedAsOf'>,
): Sheet {
  return {
    name: 'ties',
    title: text(`登记簿与总账核对 截至 ${asOf}`, `Registers against the ledger at the end of ${asOf}`),
    columns: [
      textColumn('基金', 'fund'),
      textColumn('核算单位', 'unit'),
      textColumn('科目', 'account'),
      countColumn('未结笔数', 'open items'),
      fenColumn('登记簿余额', 'register'),
      fenColumn('总账余额', 'ledger'),
      fenColumn('差额', 'difference'),
      textColumn('核对', 'check'),
    ],
    rows: ties.map(({ fund, unit, line, items, open, ledger }) => [
      adopted.funds.nameOf(fund),
      adopted.unitName(unit),
      lineName(line, adopted.chart),
      items,
      open,
      ledger,
      open - ledger,
      open === ledger ? '✓' : '✗',
    ]),
    marks: ties.map(({ fund, unit, line }): Mark => {
      const register = addressOf('registers', { fund, unit, register: registerOf(line), to: asOf, recordedAsOf });
      const ledger = accountAt(fund, unit, line, { from: `${asOf.slice(0, 4)}-01-01`, to: asOf, recordedAsOf });
      return { links: [undefined, undefined, undefined, register, register, ledger] };
    }),
    checks: [
      {
        says: text('登记簿余额 = 总账余额', 'what the registers have open = what stands on their accounts'),
        holds: ties.every(({ open, ledger }) => open === ledger),
      },
    ],
  };
}
