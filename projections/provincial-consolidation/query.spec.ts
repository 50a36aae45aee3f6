import { afterEach, describe, expect, it } from '@jest/globals';
import { type Entry } from '../../src/books/entries.js';
import { type Direction, type Side } from '../../src/books/transfers.js';
import { FollowedLog, type GivenEvent } from '../../test/followed-log.js';
import { event, type Incoming } from '../../test/given-when-then.js';
import { fundBalance } from '../fund-balance/projection.js';
import { RowBuffer } from '../following/row-buffer.js';
import { PAIRS, provincialConsolidation } from './projection.js';
import { type FundParameters } from '../asking/book-parameters.js';
import { consolidationQuestion } from './query.js';

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
async function ask(log: FollowedLog, parameters: FundParameters): Promise<Body['funds'][number]> {
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
      sendings: 1,
      receipts: 0,
      sent: '60.00',
      received: '0.00',
      difference: '60.00',
      sentBy: ['book-resident-460200-0'],
      receivedBy: [],
      takenBackBy: [],
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
      transfersInTransit: [
        {
          ...transit,
          receivedBy: ['book-resident-460000-0'],
          receivedOn: '2025-06-02',
          receipts: 1,
          received: '59.00',
          difference: '1.00',
        },
      ],
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

  it('lists a voucher that names no other unit or no number by itself', async () => {
    const log = newLog();
    for (const each of [up, received(up, '2025-05-13')])
      await log.append({ ...given(each), toUnit: undefined, fromUnit: undefined, transferId: undefined });
    await log.follow();
    const alone = { direction: 'up', sendings: 1, receipts: 0, sent: '60.00', received: '0.00' };
    expect((await ask(log, {}))['transfersInTransit']).toMatchObject([
      { direction: 'up', sender: null, receiver: PROVINCE, transferId: 'book-resident-460000-0', difference: '-60.00' },
      { ...alone, sender: B, receiver: null, transferId: 'book-resident-460200-0', difference: '60.00' },
    ]);
  });
});

describe('provincial consolidation, projection', () => {
  const OPENING: Incoming = {
    kind: 'opening-balance',
    businessDate: '2025-01-01',
    balances: { 'fiscal-account': '1000000.00', 'net.pool': '1000000.00' },
  };
  const rowsOf = (of: Incoming, before: readonly Incoming[]): unknown[] => {
    const buffer = new RowBuffer();
    const stream = `book-employee-${String(of['unit'] ?? A)}`;
    const place = { position: 9, previous: 8, stream, revision: 4, type: 'Given.v1' };
    provincialConsolidation.apply({ ...place, data: '', recordedAtMs: 0, event: event(before, of) }, buffer);
    const rows: unknown[] = [];
    buffer.writeTo(({ name }, row) => rows.push([name, ...row]));
    return rows;
  };

  it.each([
    ['remittance-up', { unit: A, toUnit: PROVINCE }, ['up', 'sent', A, PROVINCE]],
    ['remittance-received', { unit: PROVINCE, fromUnit: A }, ['up', 'received', A, PROVINCE]],
    ['funding-down', { unit: PROVINCE, toUnit: B }, ['down', 'sent', PROVINCE, B]],
    ['funding-received', { unit: B, fromUnit: PROVINCE }, ['down', 'received', PROVINCE, B]],
  ])('takes in %s', (kind, fields, rest) => {
    const when = { kind, ...fields, transferId: 'T-9', amount: '60.00', businessDate: '2025-05-22' };
    const before = [{ ...OPENING, unit: fields.unit }];
    expect(rowsOf(when, before)).toEqual([
      ['transfer', 'employee', `book-employee-${fields.unit}-4`, ...rest, 'T-9', '2025-05-22', 9, 6000n, 0],
    ]);
  });

  it('takes in a reversal of one in red, by the voucher it takes back', () => {
    const transfer = { kind: 'remittance-up', amount: '60.00', businessDate: '2025-05-22' };
    const when = { kind: 'reversal', businessDate: '2025-05-23', reverses: 'book-employee-460100-1' };
    expect(rowsOf(when, [OPENING, transfer])).toEqual([
      ['transfer_reversal', 'book-employee-460100-1', '2025-05-23', 9, 'book-employee-460100-4'],
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
