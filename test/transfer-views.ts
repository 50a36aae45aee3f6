import { expect } from '@jest/globals';
import { fundBalance } from '../projections/fund-balance/projection.js';
import { fundBalanceQuestion } from '../projections/fund-balance/query.js';
import { provincialConsolidation } from '../projections/provincial-consolidation/projection.js';
import { consolidationQuestion } from '../projections/provincial-consolidation/query.js';
import { auditLog } from '../src/audit/log-audit.js';
import { readClaims } from '../src/audit/read-table-claims.js';
import { Books } from '../src/books/handle.js';
import { type Direction, type Side } from '../src/books/transfers.js';
import { formatFen, parseFen } from '../src/money.js';
import { FollowedLog } from './followed-log.js';
import { type Incoming, requestOf } from './given-when-then.js';

/**
 * A transfer is one by fund, direction, sender, receiver and number. The list of what is in transit, the flows between
 * units, what the accounts have in transit, the fund table and the audit say the same of it, at every point of both
 * time axes.
 */
export const PROVINCE = '460000';
export const [A, B, C] = ['469021', '469022', '469023'];

/** A voucher of a transfer; `county` is the unit beside the province. */
export interface Voucher {
  readonly fund: string;
  readonly direction: Direction;
  readonly side: Side;
  readonly county: string;
  readonly number: string;
  readonly amount: string;
  readonly day: string;
}

const KINDS = {
  up: { sent: 'remittance-up', received: 'remittance-received' },
  down: { sent: 'funding-down', received: 'funding-received' },
} as const;

const isProvinces = ({ direction, side }: Pick<Voucher, 'direction' | 'side'>): boolean =>
  (direction === 'up') === (side === 'received');
const unitOf = (each: Voucher): string => (isProvinces(each) ? PROVINCE : each.county);
const pairOf = ({ fund, direction, county }: Voucher): string =>
  `${fund} ${direction} ${direction === 'up' ? `${county} → ${PROVINCE}` : `${PROVINCE} → ${county}`}`;

function commandOf(each: Voucher): Incoming {
  const { fund, direction, side, county, number, amount, day } = each;
  const other = isProvinces(each) ? county : PROVINCE;
  return {
    kind: KINDS[direction][side],
    fund,
    unit: unitOf(each),
    businessDate: day,
    amount,
    transferId: number,
    [side === 'sent' ? 'toUnit' : 'fromUnit']: other,
  };
}

/** What was done at a position: an opening, a voucher of a transfer, or one of them taken back. */
interface Done {
  readonly fund: string;
  readonly day: string;
  readonly voucher?: Voucher;
  readonly times: 1 | -1;
}

/** A ledger whose every book can pay for what the tests send, with what was done in it. */
export class Transfers {
  readonly log = new FollowedLog([fundBalance, provincialConsolidation]);
  readonly done: Done[] = [];
  private readonly books = new Books(this.log.store, () => Date.UTC(2025, 11, 31));

  async open(funds: readonly string[]): Promise<void> {
    for (const fund of funds)
      for (const unit of [PROVINCE, A, B, C]) {
        const balances = { 'fiscal-account': '100000000000000.00', 'net.pool': '100000000000000.00' };
        const opening = { kind: 'opening-balance', fund, unit, businessDate: '2025-01-01', balances };
        await this.record(opening, { fund, day: opening.businessDate, times: 1 });
      }
  }

  /** Records a voucher and returns its id. */
  async take(voucher: Voucher): Promise<string> {
    return this.record(commandOf(voucher), { fund: voucher.fund, voucher, day: voucher.day, times: 1 });
  }

  async takeBack(id: string, voucher: Voucher, day: string): Promise<void> {
    const command = { kind: 'reversal', fund: voucher.fund, unit: unitOf(voucher), businessDate: day, reverses: id };
    await this.record(command, { fund: voucher.fund, voucher, day, times: -1 });
  }

  private async record(command: Incoming, done: Done): Promise<string> {
    const evidence = { kind: 'memo', number: `N-${this.done.length}`, sha256: 'ab'.repeat(32) };
    const { receipt } = await this.books.post(requestOf({ ...command, evidence }, `key-${this.done.length}`));
    this.done.push(done);
    expect(receipt!.position).toBe(this.done.length);
    return receipt!.id;
  }
}

export interface View {
  /** By transfer that is open: `sent/received (sendings/receipts)`. */
  readonly list: Readonly<Record<string, string>>;
  /** By pair: `sent/received` within the interval. */
  readonly flows: Readonly<Record<string, string>>;
  /** By fund: what is in transit before the interval and at its end. */
  readonly inTransit: Readonly<Record<string, string>>;
}

type Body = Readonly<Record<string, string>>;
interface FundBody {
  readonly fund: string;
  readonly inTransit: { readonly opening: string; readonly closing: string };
  readonly transfersInTransit: readonly (Body & { state: string; sendings: number; receipts: number })[];
  readonly flows: readonly Body[];
}

export interface Point {
  readonly from: string;
  readonly to: string;
  readonly position: number;
}

const byName = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));

/** What the ledger says, with what must be true of it whatever it says. */
async function viewOf({ log }: Transfers, { from, to, position }: Point): Promise<View> {
  const asked = { from, recordedAsOf: `${position}` };
  const { body } = await consolidationQuestion.ask(log.asking(), { ...asked, to });
  const balances = await fundBalanceQuestion.ask(log.asking(), { ...asked, to });
  const funds = body['funds'] as readonly FundBody[];
  const tables = balances.body['funds'] as readonly FundBody[];
  for (const { transfersInTransit, inTransit } of funds) {
    const open = transfersInTransit.map(({ difference }) => parseFen(difference!));
    expect(formatFen(open.reduce((sum, fen) => sum + fen, 0n))).toBe(inTransit.closing);
    for (const { state, difference } of transfersInTransit)
      expect(state).toBe(difference!.startsWith('-') ? 'received-not-sent' : 'in-transit');
  }
  expect(tables.map(({ fund, inTransit }) => ({ fund, inTransit }))).toEqual(
    funds.map(({ fund, inTransit }) => ({ fund, inTransit })),
  );
  const pair = ({ direction, sender, receiver }: Body): string => `${direction} ${sender} → ${receiver}`;
  return {
    list: byName(
      funds.flatMap(({ fund, transfersInTransit }) =>
        transfersInTransit.map((each) => [
          `${fund} ${pair(each)} ${each['transferId']}`,
          `${each['sent']}/${each['received']} (${each.sendings}/${each.receipts})`,
        ]),
      ),
    ),
    flows: byName(
      funds.flatMap(({ fund, flows }) =>
        flows.map((each) => [`${fund} ${pair(each)}`, `${each['sent']}/${each['received']}`]),
      ),
    ),
    inTransit: byName(funds.map(({ fund, inTransit }) => [fund, `${inTransit.opening} ${inTransit.closing}`])),
  };
}

/** The same from what was done, added up voucher by voucher. */
function naiveView({ done }: Transfers, { from, to, position }: Point): View {
  const list = new Map<string, { sent: bigint; received: bigint; sendings: number; receipts: number }>();
  const flows = new Map<string, { sent: bigint; received: bigint }>();
  const inTransit = new Map<string, { opening: bigint; closing: bigint }>();
  for (const { fund, voucher, day, times } of done.slice(0, position)) {
    const transit = inTransit.get(fund) ?? { opening: 0n, closing: 0n };
    inTransit.set(fund, transit);
    if (!voucher || day > to) continue;
    const amount = parseFen(voucher.amount) * BigInt(times);
    const pair = pairOf(voucher);
    const name = `${pair} ${voucher.number}`;
    const open = list.get(name) ?? { sent: 0n, received: 0n, sendings: 0, receipts: 0 };
    list.set(name, open);
    open[voucher.side] += amount;
    open[voucher.side === 'sent' ? 'sendings' : 'receipts'] += times;
    const change = voucher.side === 'sent' ? amount : -amount;
    transit.closing += change;
    if (day < from) transit.opening += change;
    if (day < from) continue;
    const flow = flows.get(pair) ?? { sent: 0n, received: 0n };
    flows.set(pair, flow);
    flow[voucher.side] += amount;
  }
  const told = ({ sent, received }: { sent: bigint; received: bigint }): string =>
    `${formatFen(sent)}/${formatFen(received)}`;
  return {
    list: byName(
      [...list]
        .filter(([, { sent, received }]) => sent !== received)
        .map(([name, open]) => [name, `${told(open)} (${open.sendings}/${open.receipts})`]),
    ),
    flows: byName([...flows].map(([pair, flow]) => [pair, told(flow)] as const).filter(([, sums]) => sums !== NONE)),
    inTransit: byName(
      [...inTransit].map(([fund, { opening, closing }]) => [fund, `${formatFen(opening)} ${formatFen(closing)}`]),
    ),
  };
}
const NONE = '0.00/0.00';

/** Follows the log and asks at a point: every view is as the naive fold has it. */
export async function agreedView(ledger: Transfers, point: Point): Promise<View> {
  const view = await viewOf(ledger, point);
  expect({ point, ...view }).toEqual({ point, ...naiveView(ledger, point) });
  return view;
}

/** The audit of the log beside the read tables: it finds nothing, and its own matching is the list of the views. */
export async function agreedAudit({ log }: Transfers, { list }: View): Promise<void> {
  const { claims } = readClaims(log.path);
  expect(claims.map(({ projection }) => projection)).toEqual(['fund-balance', 'provincial-consolidation']);
  const { breaches, transfers } = await auditLog(log.store, claims, () => undefined, { nowMs: 0, boundMs: Infinity });
  expect(breaches).toEqual([]);
  const sum = (sides: readonly { amount: string }[]): string =>
    formatFen(sides.reduce((total, { amount }) => total + parseFen(amount), 0n));
  const open = [...transfers.inTransit, ...transfers.unmatched].map((each) => {
    const { fund, direction, sender, receiver, transferId, sent, received: got } = each;
    const counts = `(${sent.length}/${got.length})`;
    return [
      `${fund} ${direction} ${sender} → ${receiver} ${transferId}`,
      `${sum(sent)}/${sum(got)} ${counts}`,
    ] as const;
  });
  expect(byName(open)).toEqual(list);
}
