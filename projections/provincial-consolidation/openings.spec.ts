import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { auditLog } from '../../src/audit/log-audit.js';
import { readClaims } from '../../src/audit/read-table-claims.js';
import { Books } from '../../src/books/handle.js';
import { FollowedLog } from '../../test/followed-log.js';
import { type Incoming, requestOf } from '../../test/given-when-then.js';
import { fundBalance } from '../fund-balance/projection.js';
import { fundBalanceQuestion } from '../fund-balance/query.js';
import { provincialConsolidation } from './projection.js';
import { consolidationQuestion } from './query.js';

const NOW = Date.UTC(2025, 11, 31);
const YEAR = { from: '2025-01-01', to: '2025-12-31' };
const book = (unit: string): Incoming => ({
  kind: 'opening-balance',
  fund: 'resident',
  unit,
  balances: { 'fiscal-account': '1000.00', 'net.pool': '1000.00' },
});
const onItsWay: Incoming = { kind: 'transfer-opening', fund: 'resident', amount: '60.00', transferId: 'BZ-1' };
const arrived = (businessDate: string, amount = '60.00'): Incoming => ({
  kind: 'funding-received',
  fund: 'resident',
  unit: '469021',
  fromUnit: '460000',
  transferId: 'BZ-1',
  businessDate,
  amount,
});

type Body = Readonly<Record<string, unknown>>;

describe('money on its way when the books open', () => {
  let log: FollowedLog;
  let books: Books;
  let posted = 0;
  beforeEach(async () => {
    log = new FollowedLog([fundBalance, provincialConsolidation]);
    books = new Books(log.store, () => NOW);
    await post(book('460000'), book('469021'), onItsWay);
  });
  afterEach(() => log.close());

  async function post(...given: Incoming[]): Promise<void> {
    for (const incoming of given) await books.post(requestOf(incoming, `key-${(posted += 1)}`));
  }
  async function fund(to = YEAR.to, from = YEAR.from): Promise<Body> {
    await log.follow();
    const { body } = await consolidationQuestion.ask(log.asking(), { from, to });
    const balances = await fundBalanceQuestion.ask(log.asking(), { from, to });
    const [one] = body['funds'] as Body[];
    const [other] = balances.body['funds'] as Body[];
    for (const figure of ['opening', 'income', 'expenditure', 'closing', 'inTransit'])
      expect(other![figure]).toEqual(one![figure]);
    return one!;
  }
  const audited = async () => {
    const { claims } = readClaims(log.path);
    const { breaches, notes, transfers } = await auditLog(log.store, claims, () => undefined, {
      nowMs: NOW,
      boundMs: Infinity,
    });
    expect(breaches).toEqual([]);
    return { notes, transfers };
  };

  it('is a part of the fund from the opening on, listed, and in no book', async () => {
    expect(await fund()).toMatchObject({
      opening: '2060.00',
      closing: '2060.00',
      income: '0.00',
      inTransit: { opening: '60.00', closing: '60.00' },
      naive: { opening: '2000.00', closing: '2000.00' },
      transfersInTransit: [
        { transferId: 'BZ-1', state: 'in-transit', sentOn: '2025-01-01', sent: '60.00', received: '0.00', sendings: 1 },
      ],
      flows: [],
    });
    expect((await audited()).transfers).toMatchObject({ matched: 0, inTransit: [{ transferId: 'BZ-1' }] });
  });

  it('closes when it arrives: the consolidation is short of nothing', async () => {
    await post(arrived('2025-01-02'));
    expect(await fund('2025-01-01')).toMatchObject({ closing: '2060.00', inTransit: { closing: '60.00' } });
    expect(await fund()).toMatchObject({
      opening: '2060.00',
      income: '0.00',
      closing: '2060.00',
      inTransit: { opening: '60.00', closing: '0.00' },
      naive: { opening: '2000.00', income: '60.00', closing: '2060.00' },
      transfersInTransit: [],
    });
    expect(await fund(YEAR.to, '2025-02-01')).toMatchObject({ opening: '2060.00', closing: '2060.00' });
    expect((await audited()).transfers).toMatchObject({ matched: 1, inTransit: [], unmatched: [] });
  });

  it('stays open by what has not arrived', async () => {
    await post(arrived('2025-01-02', '20.00'), { ...onItsWay, toUnit: '469022', amount: '5.00' });
    expect(await fund()).toMatchObject({ closing: '2065.00', inTransit: { opening: '65.00', closing: '45.00' } });
    await audited();
  });

  it('that was recorded by mistake is withdrawn, and never was from then on', async () => {
    const withdrawal = {
      kind: 'memo-withdrawal',
      fund: 'resident',
      unit: '460000',
      withdraws: 'transfers-resident-460000-0',
    };
    await post({ ...withdrawal, businessDate: '2025-03-01' });
    expect(await fund('2025-02-28')).toMatchObject({ opening: '2060.00', closing: '2060.00' });
    expect(await fund()).toMatchObject({ opening: '2000.00', closing: '2000.00', transfersInTransit: [] });
    expect((await audited()).transfers).toMatchObject({ matched: 0, inTransit: [] });
  });

  it('is of its own fund, direction, pair and number', async () => {
    await post({ ...arrived('2025-01-02'), transferId: 'BZ-2' });
    expect(await fund()).toMatchObject({
      closing: '2060.00',
      transfersInTransit: [
        { transferId: 'BZ-2', sent: '0.00', received: '60.00' },
        { transferId: 'BZ-1', sent: '60.00', received: '0.00' },
      ],
    });
  });
});

describe('a transfer of which one side was taken back', () => {
  let log: FollowedLog;
  afterEach(() => log.close());

  it.each(['sent', 'received'] as const)(
    'the %s one, is listed with what did so until the other is too',
    async (side) => {
      log = new FollowedLog([fundBalance, provincialConsolidation]);
      const books = new Books(log.store, () => NOW);
      let key = 0;
      const post = (incoming: Incoming) => books.post(requestOf(incoming, `k-${(key += 1)}`));
      for (const unit of ['460000', '469021']) await post(book(unit));
      await post({
        ...arrived('2025-01-03'),
        kind: 'funding-down',
        unit: '460000',
        toUnit: '469021',
        fromUnit: undefined,
        account: undefined,
        businessDate: '2025-01-02',
      });
      await post(arrived('2025-01-03'));
      const [sender, receiver] = ['book-resident-460000-1', 'book-resident-469021-1'];
      const order = side === 'sent' ? [sender, receiver] : [receiver, sender];
      const back = (id: string): Incoming => ({
        kind: 'reversal',
        fund: 'resident',
        unit: id.split('-')[2],
        businessDate: '2025-01-05',
        reverses: id,
      });
      const other = order[1]!.split('-')[2]!;
      const { receipt } = await post(back(order[0]!));
      expect(receipt!.findings).toMatchObject([
        {
          pointer: '/reverses',
          code: 'pair-of-transfer',
          expected: { zh: `${other} 同一往来号 BZ-1 的凭证也须冲销` },
          got: 'BZ-1',
        },
      ]);
      const list = async (to = YEAR.to) => {
        await log.follow();
        const { body } = await consolidationQuestion.ask(log.asking(), { ...YEAR, to });
        return (body['funds'] as Body[])[0]!['transfersInTransit'];
      };
      expect(await list('2025-01-04')).toEqual([]);
      expect(await list()).toMatchObject([
        {
          transferId: 'BZ-1',
          [side === 'sent' ? 'receivedBy' : 'sentBy']: [order[1]],
          takenBackBy: [receipt!.id],
          state: side === 'sent' ? 'received-not-sent' : 'in-transit',
        },
      ]);
      const audit = () =>
        auditLog(log.store, readClaims(log.path).claims, () => undefined, { nowMs: NOW, boundMs: Infinity });
      const { breaches, notes } = await audit();
      expect([breaches, notes.map(({ id, invariant, got }) => [id, invariant, got])]).toEqual([
        [],
        [[receipt!.id, 'transfers', `${order[0]} alone taken back`]],
      ]);
      await post(back(order[1]!));
      expect(await list()).toEqual([]);
      expect((await audit()).notes).toEqual([]);
    },
  );
});
