import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Entry } from '../../src/books/entries.js';
import { formatFen, parseFen } from '../../src/money.js';
import { FollowedLog, type GivenEvent } from '../../test/followed-log.js';
import { event, type Incoming } from '../../test/given-when-then.js';
import { fundBalance } from '../fund-balance/projection.js';
import { RowBuffer } from '../row-buffer.js';
import { type Direction, PAIRS, provincialConsolidation, type Side } from './projection.js';
import { consolidationQuestion, type ConsolidationParameters } from './query.js';

/** Every random run can be had again: its seed is in the name of its test. */
const SEED = Date.now() % 2_147_483_647;

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});
const newLog = (): FollowedLog => {
  const log = new FollowedLog([fundBalance, provincialConsolidation]);
  logs.push(log);
  return log;
};

const PROVINCE = '460000';
const [A, B] = ['460100', '460200'];

interface Transfer {
  readonly transferId: string;
  readonly direction: Direction;
  readonly side: Side;
  readonly unit: string;
  readonly counterpart: string;
  readonly amount: string;
  readonly businessDate: string;
}

function entriesOf({ direction, side, amount }: Pick<Transfer, 'direction' | 'side' | 'amount'>): Entry[] {
  const account = PAIRS[direction][side];
  if (side === 'sent')
    return [
      { account, debit: amount },
      { account: 'fiscal-account', credit: amount },
    ];
  return [
    { account: 'fiscal-account', debit: amount },
    { account, credit: amount },
  ];
}

const given = (transfer: Transfer): GivenEvent => ({
  fund: 'resident',
  unit: transfer.unit,
  businessDate: transfer.businessDate,
  transferId: transfer.transferId,
  [transfer.side === 'sent' ? 'toUnit' : 'fromUnit']: transfer.counterpart,
  entries: entriesOf(transfer),
});

interface Body {
  readonly funds: readonly Record<string, never>[];
}
async function ask(log: FollowedLog, parameters: ConsolidationParameters): Promise<Body['funds'][number]> {
  const { body } = await consolidationQuestion.ask(log.asking(), { fund: 'resident', ...parameters });
  return (body as unknown as Body).funds[0]!;
}

const sent = (direction: Direction, from: string, to: string, amount: string, day: string): Transfer => ({
  transferId: `T-${direction}-${from}-${to}`,
  direction,
  side: 'sent',
  unit: from,
  counterpart: to,
  amount,
  businessDate: day,
});
const received = (of: Transfer, day: string, amount = of.amount): Transfer => ({
  ...of,
  side: 'received',
  unit: of.counterpart,
  counterpart: of.unit,
  amount,
  businessDate: day,
});

describe('provincial consolidation', () => {
  const down = sent('down', PROVINCE, A, '100.00', '2025-05-10');
  const up = sent('up', B, PROVINCE, '60.00', '2025-05-12');

  it('eliminates both pairs: the province funds A 100 and receives 60 from B', async () => {
    const log = newLog();
    for (const each of [down, received(down, '2025-05-11'), up, received(up, '2025-05-13')])
      await log.append(given(each));
    await log.follow();
    expect(await ask(log, {})).toMatchObject({
      naive: { opening: '0.00', income: '160.00', expenditure: '160.00', closing: '0.00' },
      eliminated: { income: '160.00', expenditure: '160.00' },
      opening: '0.00',
      income: '0.00',
      expenditure: '0.00',
      closing: '0.00',
      inTransit: { opening: '0.00', closing: '0.00' },
      eliminations: [
        { direction: 'up', sent: '60.00', received: '60.00', difference: '0.00' },
        { direction: 'down', sent: '100.00', received: '100.00', difference: '0.00' },
      ],
      transfersInTransit: [],
      flows: [
        { direction: 'down', sender: PROVINCE, receiver: A, sent: '100.00', received: '100.00', difference: '0.00' },
        { direction: 'up', sender: B, receiver: PROVINCE, sent: '60.00', received: '60.00', difference: '0.00' },
      ],
    });
    const { units } = await ask(log, {});
    const row = { opening: '0.00', ownIncome: '0.00', ownExpenditure: '0.00', fromAbove: '0.00', toBelow: '0.00' };
    expect(units).toEqual([
      { ...row, unit: PROVINCE, fromBelow: '60.00', toBelow: '100.00', toAbove: '0.00', closing: '-40.00' },
      { ...row, unit: A, fromBelow: '0.00', fromAbove: '100.00', toAbove: '0.00', closing: '100.00' },
      { ...row, unit: B, fromBelow: '0.00', toAbove: '60.00', closing: '-60.00' },
    ]);
  });

  it('lists what is in transit on both axes, and keeps it in the consolidated balance', async () => {
    const log = newLog();
    await log.append(given(up));
    await log.append(given(received(up, '2025-06-02', '59.00')));
    await log.follow();
    const transit = {
      transferId: 'T-up-460200-460000',
      direction: 'up',
      state: 'in-transit',
      sender: B,
      receiver: PROVINCE,
      sentOn: '2025-05-12',
      receivedOn: null,
      sent: '60.00',
      received: '0.00',
      difference: '60.00',
    };
    const inMay = await ask(log, { to: '2025-05-31' });
    expect(inMay).toMatchObject({ closing: '0.00', naive: { closing: '-60.00' }, inTransit: { closing: '60.00' } });
    expect(inMay['transfersInTransit']).toEqual([transit]);
    expect(await ask(log, { to: '2025-05-11' })).toMatchObject({
      transfersInTransit: [],
      inTransit: { closing: '0.00' },
    });
    expect((await ask(log, { to: '2025-12-31', recordedAsOf: '1' }))['transfersInTransit']).toEqual([transit]);
    const inJune = await ask(log, { from: '2025-06-01', to: '2025-06-30' });
    expect(inJune).toMatchObject({
      opening: '0.00',
      closing: '0.00',
      inTransit: { opening: '60.00', closing: '1.00' },
      transfersInTransit: [{ ...transit, receivedOn: '2025-06-02', received: '59.00', difference: '1.00' }],
      flows: [{ sent: '0.00', received: '59.00', difference: '-59.00' }],
    });
  });

  it('tells what was received and not yet sent, as in the middle of an import, from what is in transit', async () => {
    const log = newLog();
    await log.append(given(received(up, '2025-05-13')));
    await log.append(given(down));
    await log.append(given(up));
    await log.follow();
    const cut = { recordedAsOf: '2', to: '2025-05-31' };
    const fund = await ask(log, cut);
    expect(fund).toMatchObject({
      closing: '0.00',
      inTransit: { closing: '40.00' },
      transfersInTransit: [
        { transferId: up.transferId, state: 'received-not-sent', sentOn: null, sender: B, difference: '-60.00' },
        { transferId: down.transferId, state: 'in-transit', receivedOn: null, difference: '100.00' },
      ],
    });
    const { sheets } = await consolidationQuestion.ask(log.asking(), { fund: 'resident', ...cut });
    const [summary, , transit] = sheets;
    expect(summary!.notes).toMatchObject([{ zh: expect.stringContaining('已收未付 1 笔 60.00 元') as unknown }]);
    expect(transit!.rows.map((row) => row[3])).toMatchObject([{ zh: '已收未付' }, { zh: '在途' }]);
    const whole = await consolidationQuestion.ask(log.asking(), { fund: 'resident', to: '2025-05-31' });
    expect(whole.sheets[0]!.notes).toEqual([]);
  });

  it('takes a reversed side out of its transfer, by the voucher that the reversal names', async () => {
    const log = newLog();
    await log.append(given(up));
    const original = await log.append(given(received(up, '2025-05-13')));
    const red = entriesOf({ direction: 'up', side: 'received', amount: '-60.00' });
    await log.append({
      fund: 'resident',
      unit: PROVINCE,
      businessDate: '2025-05-20',
      reverses: original,
      entries: red,
    });
    await log.follow();
    expect(await ask(log, { to: '2025-05-19' })).toMatchObject({ transfersInTransit: [] });
    expect(await ask(log, { to: '2025-05-20' })).toMatchObject({
      transfersInTransit: [{ transferId: up.transferId, received: '0.00', difference: '60.00' }],
      inTransit: { closing: '60.00' },
      flows: [{ sender: B, receiver: PROVINCE, sent: '60.00', received: '0.00' }],
    });
    expect(await ask(log, { recordedAsOf: '2' })).toMatchObject({ transfersInTransit: [] });
  });

  it(`closes what it opens, for random transfers, reversals, days and cuts (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aTransfer, { maxLength: 40 }),
        fc.array(aCut, { minLength: 4, maxLength: 4 }),
        checkRandom,
      ),
      { seed: SEED, numRuns: 25, endOnFailure: true },
    );
  }, 60_000);
});

const aDay = fc.integer({ min: 1, max: 28 }).map((day) => `2025-03-${String(day).padStart(2, '0')}`);
const aTransfer = fc.record({
  transferId: fc.constantFrom('T-1', 'T-2', 'T-3'),
  direction: fc.constantFrom('up' as const, 'down' as const),
  side: fc.constantFrom('sent' as const, 'received' as const),
  unit: fc.constantFrom(A, B),
  amount: fc.bigInt({ min: 1n, max: 10n ** 14n }).map(formatFen),
  businessDate: aDay,
  reversedOn: fc.option(aDay, { freq: 3 }),
});
const aCut = fc.record({ from: aDay, to: aDay, percent: fc.integer({ min: 0, max: 100 }) });
type Random = typeof aTransfer extends fc.Arbitrary<infer T> ? T : never;
type Cut = typeof aCut extends fc.Arbitrary<infer C> ? C : never;

async function checkRandom(transfers: readonly Random[], cuts: readonly Cut[]): Promise<void> {
  const log = newLog();
  const flows: { transferId: string; day: string; open: bigint }[] = [];
  for (const random of transfers) {
    const inProvince = (random.direction === 'up') === (random.side === 'received');
    const unit = inProvince ? PROVINCE : random.unit;
    const transfer = { ...random, unit, counterpart: inProvince ? random.unit : PROVINCE };
    const open = parseFen(random.amount) * (random.side === 'sent' ? 1n : -1n);
    const reverses = await log.append(given(transfer));
    flows.push({ transferId: random.transferId, day: random.businessDate, open });
    if (random.reversedOn === null) continue;
    const entries = entriesOf({ ...random, amount: `-${random.amount}` });
    await log.append({ fund: 'resident', unit, businessDate: random.reversedOn, reverses, entries });
    flows.push({ transferId: random.transferId, day: random.reversedOn, open: -open });
  }
  await log.follow(7);
  for (const { from: one, to: other, percent } of cuts) {
    const [from, to] = one < other ? [one, other] : [other, one];
    const position = Math.round((flows.length * percent) / 100);
    const fund = await ask(log, { from: from, to: to, recordedAsOf: `${position}` });
    const seen = flows.slice(0, position);
    if (seen.length === 0) expect(fund).toBeUndefined();
    else expect(readTransit(fund)).toEqual(naiveTransit(seen, from, to));
  }
  logs.splice(logs.indexOf(log), 1)[0]!.close();
}

/** What an answer says of the money in transit: in all, and by transfer. The transfers must add up to the whole. */
function readTransit(fund: Readonly<Record<string, unknown>>): unknown {
  const { opening, closing } = fund['inTransit'] as { opening: string; closing: string };
  const list = fund['transfersInTransit'] as { transferId: string; difference: string }[];
  const sum = list.reduce((total, { difference }) => total + parseFen(difference), 0n);
  expect(formatFen(sum)).toBe(closing);
  expect([fund['income'], fund['expenditure'], fund['opening'], fund['closing']]).toEqual(Array(4).fill('0.00'));
  return { opening, closing, list: Object.fromEntries(list.map((each) => [each.transferId, each.difference])) };
}

function naiveTransit(flows: readonly { transferId: string; day: string; open: bigint }[], from: string, to: string) {
  const until = flows.filter(({ day }) => day <= to);
  const sum = (of: typeof flows): bigint => of.reduce((total, { open }) => total + open, 0n);
  const open = ['T-1', 'T-2', 'T-3'].map((id) => [id, sum(until.filter((each) => each.transferId === id))] as const);
  return {
    opening: formatFen(sum(flows.filter(({ day }) => day < from))),
    closing: formatFen(sum(until)),
    list: Object.fromEntries(open.filter(([, fen]) => fen !== 0n).map(([id, fen]) => [id, formatFen(fen)])),
  };
}

describe('provincial consolidation, projection', () => {
  const OPENING: Incoming = {
    kind: 'opening-balance',
    businessDate: '2025-01-01',
    balances: { 'fiscal-account': '1000000.00', 'net.pool': '1000000.00' },
  };
  const rowsOf = (of: Incoming, before: readonly Incoming[]): unknown[] => {
    const buffer = new RowBuffer();
    const place = { position: 9, stream: `book-employee-${String(of['unit'] ?? A)}`, revision: 4, type: 'Given.v1' };
    provincialConsolidation.apply({ ...place, data: '', recordedAtMs: 0, event: event(before, of) }, buffer);
    const rows: unknown[] = [];
    buffer.writeTo(({ name }, row) => rows.push([name, ...row]));
    return rows;
  };

  it.each([
    ['remittance-up', { unit: A, toUnit: PROVINCE }, ['sent', 'T-9', 'up', PROVINCE]],
    ['remittance-received', { unit: PROVINCE, fromUnit: A }, ['received', 'T-9', 'up', A]],
    ['funding-down', { unit: PROVINCE, toUnit: B }, ['sent', 'T-9', 'down', B]],
    ['funding-received', { unit: B, fromUnit: PROVINCE }, ['received', 'T-9', 'down', PROVINCE]],
  ])('takes in %s', (kind, fields, [side, ...rest]) => {
    const when = { kind, ...fields, transferId: 'T-9', amount: '60.00', businessDate: '2025-05-22' };
    const before = [{ ...OPENING, unit: fields.unit }];
    expect(rowsOf(when, before)).toEqual([
      ['transfer', 'employee', fields.unit, 4, side, ...rest, '2025-05-22', 9, 6000n],
    ]);
  });

  it('takes in a reversal of one in red, by the voucher it takes back', () => {
    const transfer = { kind: 'remittance-up', amount: '60.00', businessDate: '2025-05-22' };
    const when = { kind: 'reversal', businessDate: '2025-05-23', reverses: 'book-employee-460100-1' };
    expect(rowsOf(when, [OPENING, transfer])).toEqual([
      ['transfer_reversal', 'employee', A, 1, 'sent', '2025-05-23', 9, -6000n],
    ]);
  });

  it.each(['contribution', 'penalty', 'interest'])('stays quiet about %s', (kind) => {
    expect(rowsOf({ kind }, [])).toEqual([]);
  });

  it('gives the same tables in any batching, and a second time changes nothing', async () => {
    const up = sent('up', B, PROVINCE, '60.00', '2025-05-12');
    const contents = [];
    for (const batch of [5_000, 1]) {
      const log = newLog();
      const first = await log.append(given(up));
      const entries = entriesOf({ ...up, amount: '-60.00' });
      await log.append({ fund: 'resident', unit: B, businessDate: '2025-05-13', reverses: first, entries });
      await log.append(given(received(up, '2025-05-14')));
      await log.follow(batch);
      contents.push(log.contents());
      await log.follow(batch);
      contents.push(log.contents());
    }
    for (const each of contents) expect(each).toEqual(contents[0]);
  });
});
