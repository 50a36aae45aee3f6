import { hash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Books } from '../../src/books/handle.js';
import { FollowedLog } from '../../test/followed-log.js';
import { type Incoming, opened, requestOf } from '../../test/given-when-then.js';
import { fundBalance } from '../fund-balance/projection.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { isAsPublished } from './figures.js';
import { disclosures } from './projection.js';
import { type DisclosureParameters, disclosureQuestion } from './query.js';

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

interface Body {
  readonly disclosures: readonly {
    title: string;
    stillGives: boolean | null;
    isDocument: boolean;
    figuresSha256: string;
    figures: readonly Record<string, string>[];
    differences: readonly unknown[];
  }[];
  readonly figures: readonly { figure: string; published: string; books: string | null; agrees: boolean }[];
}

async function logOf(...commands: Incoming[]): Promise<FollowedLog> {
  const log = new FollowedLog([fundBalance, provincialConsolidation, disclosures]);
  logs.push(log);
  const books = new Books(log.store, () => Date.UTC(2026, 11, 31));
  for (const [index, command] of commands.entries()) await books.post(requestOf(command, `key-${index}`));
  return log;
}

async function ask(log: FollowedLog, more: DisclosureParameters = {}): Promise<Body> {
  await log.follow();
  return (await disclosureQuestion.ask(log.asking(), { to: '2025-12-31', ...more })).body as unknown as Body;
}

const received = (amount: string, businessDate = '2025-03-20'): Incoming => ({
  kind: 'subsidy',
  fund: 'resident',
  unit: '460100',
  amount,
  businessDate,
  headcount: undefined,
  perHead: undefined,
});
const published = (more: Partial<Incoming> = {}): Incoming => ({ kind: 'disclosure', drawnAt: undefined, ...more });
const TABLE = 'resident,11000000.00,500.00,0.00,11000500.00\n';
const given = [opened('resident'), received('500.00')];

describe('a disclosure', () => {
  it('holds while the books give what they gave when it was drawn, and names what they no longer give', async () => {
    const log = await logOf(...given, published({ drawnAt: 2 }), published({ title: '二', drawnAt: 3 }));
    const before = await ask(log);
    expect(before.disclosures.map(({ stillGives, differences }) => [stillGives, differences])).toEqual([
      [true, []],
      [true, []],
    ]);
    const late = await logOf(...given, published({ drawnAt: 2 }), received('70.00', '2025-05-30'));
    expect((await ask(late)).disclosures).toMatchObject([
      {
        stillGives: false,
        figures: [{ fund: 'resident', opening: '11000000.00', income: '570.00', closing: '11000570.00' }],
        differences: [
          { fund: 'resident', figure: 'income', drawn: '500.00', today: '570.00' },
          { fund: 'resident', figure: 'closing', drawn: '11000500.00', today: '11000570.00' },
        ],
      },
    ]);
    expect((await ask(late, { recordedAsOf: '3' })).disclosures).toMatchObject([{ stillGives: true }]);
  });

  it('is what was published where the document is the table itself, by its digest', async () => {
    const evidence = { kind: 'publication', number: 'P-1', sha256: hash('sha256', TABLE, 'hex') };
    const log = await logOf(...given, published({ evidence }), published());
    expect((await ask(log)).disclosures).toMatchObject([
      { isDocument: true, figuresSha256: evidence.sha256, stillGives: null },
      { isDocument: false, stillGives: null },
    ]);
  });

  it('is left out where it was withdrawn, or is of another unit or of other days', async () => {
    const log = await logOf(...given, published(), published({ title: '二' }), {
      kind: 'memo-withdrawal',
      fund: 'all',
      unit: '460000',
      withdraws: 'disclosure-460000-0',
      businessDate: '2025-08-01',
    });
    const titles = ({ disclosures: all }: Body) => all.map(({ title }) => title);
    expect(titles(await ask(log))).toEqual(['二']);
    expect(titles(await ask(log, { to: '2025-07-31' }))).toHaveLength(2);
    expect(titles(await ask(log, { unit: '460100' }))).toEqual([]);
    expect(titles(await ask(log, { from: '2025-07-01' }))).toEqual([]);
  });
});

describe('published figures', () => {
  it('stand beside those of the books, which are the same as far as they were published', async () => {
    const amounts = { balanceBefore: '11000000.00', income: '500.00', balance: '11000600.00', fines: '1.00' };
    const log = await logOf(...given, { kind: 'indicators', fund: 'resident', unit: '460000', amounts });
    const { figures } = await ask(log);
    expect(figures.map(({ figure, published: said, books, agrees }) => [figure, said, books, agrees])).toEqual([
      ['opening', '11000000.00', '11000000.00', true],
      ['income', '500.00', '500.00', true],
      ['closing', '11000600.00', '11000500.00', false],
    ]);
  });

  it('of a fund without a book have nothing beside them', async () => {
    const log = await logOf(...given, { kind: 'indicators', unit: '460000' });
    const { figures } = await ask(log);
    expect(new Set(figures.map(({ books, agrees }) => `${books} ${agrees}`))).toEqual(new Set(['null false']));
  });

  it.each([
    ['100000000.00', '100499999.99', true],
    ['100000000.00', '100500000.01', false],
    ['10000.00', '14999.99', true],
    ['10000.00', '15000.01', false],
    ['0.01', '0.02', false],
    ['-100000000.00', '-100400000.00', true],
  ])('%s yuan beside %s of the books: %s', (said, books, agrees) => {
    const fen = (yuan: string): bigint => BigInt(yuan.replace('.', ''));
    expect(isAsPublished(fen(said), fen(books))).toBe(agrees);
  });
});
