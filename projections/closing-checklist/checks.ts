import { type Closed } from '../../src/books/book-state.js';
import { CONDITIONS, type ClosingAsked, type Condition, pendingOn } from '../../src/books/closing/conditions.js';
import { balancesOn } from '../../src/books/closing/carried.js';
import { dateObjection } from '../../src/books/dates.js';
import { VOUCHER_WORD, type VoucherType } from '../../src/books/entries.js';
import { PERIOD_CLOSE_KIND, periodOf, YEAR_CLOSE_KIND } from '../../src/books/periods.js';
import { type LedgerError, type Text, text } from '../../src/errors.js';
import { eventId } from '../../src/event-store/event-store.js';
import { type Fen, formatFen } from '../../src/money.js';
import { familyOf, kindOf } from '../../src/reference/account-kinds.js';
import { type Place } from '../fund-balance/books.js';
import { type Statement } from '../fund-balance/statement.js';
import { BRACKETS, byAge, daysBetween } from '../registers/ages.js';
import { type OpenItem } from '../registers/open-items.js';
import { type Tie } from '../registers/ties.js';
import { type OpenTransfer } from '../provincial-consolidation/transfers.js';
import { type BookThen, type Then } from './reading.js';
import { type Item } from './items.js';

/** Nothing against it; worth knowing, and no obstacle; the book cannot be closed so. */
export type Result = 'ok' | 'note' | 'stops';

/** One thing that was looked at, with its figure in fen, and where the vouchers behind it are. */
export interface Check {
  readonly item: Item;
  readonly result: Result;
  readonly amount?: Fen | undefined;
  readonly finding: Text;
  readonly wayOut?: Text | undefined;
  /** The account whose trail shows the vouchers behind it. */
  readonly account?: string | undefined;
  /** Ids of vouchers behind it. */
  readonly vouchers?: readonly string[] | undefined;
}

/** A book with what was looked at in it. */
export interface CheckedBook {
  readonly place: Place;
  /** Closed already; may be closed; or something stops it. */
  readonly state: 'closed' | 'ready' | 'stopped';
  readonly checks: readonly Check[];
}

export interface Looked extends ClosingAsked {
  /** The day on which a close would be decided. */
  readonly today: string;
}

export type Beside = Pick<Then, 'items' | 'ties' | 'transfers'>;

/** The close that has closed what is asked about; undefined where it is open. */
export function closedBy({ state }: Pick<BookThen, 'state'>, { kind, businessDate }: Looked): Closed | undefined {
  const covers = ({ businessDate: day }: Closed): boolean => day >= businessDate;
  if (kind === YEAR_CLOSE_KIND) return state.closings.find((each) => each.kind === YEAR_CLOSE_KIND && covers(each));
  return state.closings.find(covers);
}

/**
 * Everything that is looked at before a book is closed. What stops it is what the decider refuses it by; the others are
 * for a person to judge.
 * @param statement what the sums of the statements say of the same period
 * @param beside what is of the book in the registers, and the transfers of its fund whose two sides differ
 */
export function checksOf(book: BookThen, looked: Looked, statement: Statement, beside: Beside): Check[] {
  const closed = closedBy(book, looked);
  if (closed) return [closedAlready(book, closed)];
  const { state } = book;
  const misdated = dateObjection(state, looked.businessDate, looked.today);
  return [
    ...(misdated ? [stopped('order', misdated)] : []),
    ...CONDITIONS.flatMap(({ name, objections }) => {
      const against = objections(state, looked).map((objection) => stopped(name, objection));
      if (against.length > 0) return against;
      return misdated && name === 'order' ? [] : [FINE[name](book, looked, statement)].flat();
    }),
    numbersOf(book, looked.businessDate),
    ...registersOf(beside.ties),
    ...openOf(beside.items, looked.businessDate),
    ...transfersOf(book, looked.businessDate, beside.transfers),
  ];
}

function closedAlready({ place }: BookThen, { kind, businessDate, revision }: Closed): Check {
  const id = eventId(place.stream, revision);
  const what = kind === PERIOD_CLOSE_KIND ? periodOf(businessDate) : businessDate.slice(0, 4);
  return {
    item: 'order',
    result: 'ok',
    finding: text(`已结账：${what}，${id}`, `closed already: ${what}, by ${id}`),
    vouchers: [id],
  };
}

/** What the decider would refuse the close by. */
function stopped(item: Condition['name'], { text: finding, details: [detail] }: LedgerError): Check {
  const account = ACCOUNT_OF[item];
  return { item, result: 'stops', finding, wayOut: detail!.expected, ...(account && { account }) };
}

/** The account that a condition looks at. */
const ACCOUNT_OF: Partial<Record<Condition['name'], string>> = {
  'income-account': 'income-account',
  'advance-premiums': 'suspense.advance-premiums',
};

type Fine = (book: BookThen, looked: Looked, statement: Statement) => Check | Check[];

/** What is said of a condition that holds. */
const FINE: Readonly<Record<Condition['name'], Fine>> = {
  order: (_, { businessDate }) => ({
    item: 'order',
    result: 'ok',
    finding: text(`${periodOf(businessDate)} 是下一个应结期间`, `${periodOf(businessDate)} is the next to be closed`),
  }),
  equation: equationOf,
  'income-account': () => ({
    item: 'income-account',
    result: 'ok',
    amount: 0n,
    finding: text('收入户余额为零', 'nothing is on the income account'),
  }),
  'advance-premiums': () => ({
    item: 'advance-premiums',
    result: 'ok',
    finding: text('没有应确认而未确认的预收保费', 'no premiums are held whose January is over'),
  }),
  'pending-income': ({ state }, { kind, businessDate, poolShare }) => {
    const pending = pendingOn(state, businessDate);
    if (pending.length === 0)
      return { item: 'pending-income', result: 'ok', amount: 0n, finding: text('没有待转收入', 'nothing is pending') };
    const isYear = kind === YEAR_CLOSE_KIND;
    return pending.map(([line, amount]) => ({
      item: 'pending-income',
      result: 'note',
      amount,
      account: line,
      finding: isYear
        ? text(
            `待转收入 ${formatFen(amount)} 将按经验比例 ${poolShare} 分配`,
            `${formatFen(amount)} pending will be allocated, ${poolShare} of it to the pool`,
          )
        : text(
            `待转收入 ${formatFen(amount)} 留待以后月份，年末前须分配`,
            `${formatFen(amount)} stay pending over the month, to be allocated by the year's end`,
          ),
      wayOut: text('份额已知时作 pending-allocation', 'pending-allocation once the shares are known'),
    }));
  },
};

/** Assets, liabilities and net assets, and what each share had, got and has, tied to the sums of the statements. */
function equationOf({ place, state }: BookThen, { businessDate }: Looked, statement: Statement): Check {
  const sums: Record<'assets' | 'liabilities' | 'net', Fen> = { assets: 0n, liabilities: 0n, net: 0n };
  for (const [line, balance] of balancesOn(state, periodOf(businessDate))) {
    const kind = kindOf(line);
    if (kind === 'asset') sums.assets += balance;
    else if (kind === 'liability') sums.liabilities -= balance;
    else sums.net -= balance;
  }
  const { opening, income, expenditure, closing, pool, personal } = statement;
  const [assets, liabilities, net, was, came, went, has, poolHas, personalHas] = [
    sums.assets,
    sums.liabilities,
    sums.net,
    opening,
    income,
    expenditure,
    closing,
    pool,
    personal,
  ].map(formatFen);
  const [zh, en] = place.fund.personalAccounts
    ? [`（统筹 ${poolHas}，个人账户 ${personalHas}）`, ` (pool ${poolHas}, personal ${personalHas})`]
    : ['', ''];
  const ties = closing === sums.net;
  return {
    item: 'equation',
    result: ties ? 'ok' : 'note',
    amount: sums.net,
    finding: text(
      `资产 ${assets} = 负债 ${liabilities} + 净资产 ${net}；期初 ${was} + 收入 ${came} - 支出 ${went} = 期末 ${has}${zh}`,
      `assets ${assets} = liabilities ${liabilities} + net assets ${net}; opening ${was} + income ${came} - ` +
        `expenditure ${went} = closing ${has}${en}`,
    ),
    ...(!ties && { wayOut: text('两处合计不符：运行 verify', 'two sums differ: run `verify`') }),
  };
}

/** Whether the vouchers of the period are numbered without a gap in each series. */
function numbersOf({ series }: BookThen, businessDate: string): Check {
  const period = periodOf(businessDate);
  const inOrder = [...series].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const own = inOrder.flatMap(([key, counted]) => {
    const [of, type] = key.split('/') as [string, VoucherType];
    return of === period ? [{ word: VOUCHER_WORD[type], ...counted }] : [];
  });
  const gaps = own.filter(({ vouchers, numbers }) => numbers !== (vouchers * (vouchers + 1n)) / 2n);
  const [zh, en] = ['、', ', '].map((mark) => own.map(({ word, vouchers }) => `${word} 1-${vouchers}`).join(mark));
  if (gaps.length === 0)
    return {
      item: 'voucher-numbers',
      result: 'ok',
      finding: own.length === 0 ? text('本期没有凭证', 'no vouchers in the period') : text(zh!, en!),
    };
  const words = gaps.map(({ word }) => word).join(' ');
  return {
    item: 'voucher-numbers',
    result: 'note',
    finding: text(`凭证号不连续：${words}`, `numbers are left out or doubled in ${words}`),
    wayOut: text('运行 verify 找出所在', '`verify` finds where'),
  };
}

/** Whether what is held by name adds up to what is on each account with a register. */
function registersOf(ties: readonly Tie[]): Check[] {
  const untied = ties.filter(({ open, ledger }) => open !== ledger);
  if (untied.length === 0)
    return [
      {
        item: 'registers',
        result: 'ok',
        finding: text('备查登记与总账相符', 'what is held by name is what the accounts hold'),
      },
    ];
  return untied.map(({ line, open, ledger }) => ({
    item: 'registers',
    result: 'note',
    amount: ledger - open,
    account: line,
    finding: text(
      `${line} 总账 ${formatFen(ledger)}，登记 ${formatFen(open)}`,
      `${line} holds ${formatFen(ledger)}, its register says ${formatFen(open)}`,
    ),
    wayOut: text(
      '按对方核对（report registers），更正时指明对方',
      'look by name (report registers) and correct by name',
    ),
  }));
}

/** What is advanced and held, by account, with how long the oldest of it has stood. */
function openOf(items: readonly OpenItem[], businessDate: string): Check[] {
  return (['advances', 'suspense'] as const).flatMap((item): Check[] => {
    const own = items.filter(({ line }) => familyOf(line) === item);
    if (own.length === 0) return [{ item, result: 'ok', amount: 0n, finding: text('没有余额', 'nothing is open') }];
    return [...Map.groupBy(own, ({ line }) => line)].map(([line, held]) => ({
      item,
      result: 'note',
      amount: held.reduce((sum, { open }) => sum + open, 0n),
      account: line,
      finding: openText(line, held, businessDate),
      wayOut: WAY_OUT[item],
    }));
  });
}

const WAY_OUT: Readonly<Record<'advances' | 'suspense', Text>> = {
  advances: text(
    '按约定清算或收回（advance-clearing、advance-return）；预付医疗机构的年末清算',
    'cleared or returned when due (advance-clearing, advance-return); those of providers by the year’s end',
  ),
  suspense: text('查明后转出、退回或上缴', 'allocated, refunded or handed over once it is known what it is'),
};

function openText(line: string, held: readonly OpenItem[], businessDate: string): Text {
  const ages = byAge(
    held.flatMap(({ parts }) => parts),
    businessDate,
  );
  const aged = BRACKETS.flatMap(({ name }, index) => {
    const amount = ages[index]!;
    return amount === 0n ? [] : [text(`${name.zh} ${formatFen(amount)}`, `${name.en} ${formatFen(amount)}`)];
  });
  const [zh, en] = [aged.map((each) => each.zh).join('，'), aged.map((each) => each.en).join(', ')];
  const [oldest] = held
    .filter(({ since }) => since !== null)
    .toSorted((one, other) => (one.since! < other.since! ? -1 : 1));
  if (!oldest) return text(`${line} 多支`, `${line}: more was taken off than was put there`);
  const days = daysBetween(oldest.since!, businessDate);
  const name = oldest.name === '' ? '-' : oldest.name;
  return text(
    `${line} ${held.length} 户：${zh}；最早 ${oldest.since}（${days} 天，${name}）`,
    `${line}, ${held.length} open: ${en}; the oldest since ${oldest.since} (${days} days, ${name})`,
  );
}

/** Transfers of the book whose other side is not there, or was taken back. */
function transfersOf({ place: { unit } }: BookThen, businessDate: string, transfers: readonly OpenTransfer[]): Check[] {
  const own = transfers.filter(({ sender, receiver }) => sender === unit.code || receiver === unit.code);
  if (own.length === 0)
    return [{ item: 'transfers', result: 'ok', amount: 0n, finding: text('上下级往来已配对', 'every pair matches') }];
  return own.map(({ transferId, sender, receiver, sent, received, sentOn, receivedOn, ...ids }) => {
    const on = sentOn ?? receivedOn ?? businessDate;
    const pair = `${transferId} ${sender ?? '-'} → ${receiver ?? '-'}`;
    const [zh, en] =
      ids.takenBackBy.length > 0
        ? ['一方已冲销，另一方尚未', 'one side was reversed, the other not']
        : sent > received
          ? ['在途', 'in transit']
          : ['已收而对方未付', 'received and not sent'];
    const days = daysBetween(on, businessDate);
    return {
      item: 'transfers',
      result: 'note',
      amount: sent - received,
      finding: text(`${pair} ${zh}：${on} 起 ${days} 天`, `${pair} ${en} since ${on}, ${days} days`),
      wayOut: text('与对方单位核对，缺的一方入账，或冲销另一方', 'settle it with the other unit: post what is missing'),
      vouchers: [...ids.sentBy, ...ids.receivedBy, ...ids.takenBackBy],
    };
  });
}
