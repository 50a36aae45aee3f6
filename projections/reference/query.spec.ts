import { afterEach, describe, expect, it } from '@jest/globals';
import { FollowedLog } from '../../test/followed-log.js';
import { adopt } from '../../src/adopting/adopt.js';
import { Books } from '../../src/books/handle.js';
import { text } from '../../src/errors.js';
import { fundAdoption } from '../../src/catalogue/reference/fund-adoption.js';
import { policyAdoption } from '../../src/catalogue/reference/policy-adoption.js';
import { referenceSet } from '../../src/catalogue/reference/reference-set.js';
import { unitAdoption } from '../../src/catalogue/reference/unit-adoption.js';
import { type AdoptionKind } from '../../src/kinds/kind.js';
import { LedgerReference } from '../../src/adopting/ledger-reference.js';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { checkParameters } from '../asking/parameters.js';
import { type Change } from './changes.js';
import { adoptionsAfter, reference } from './projection.js';
import { referenceQuestion } from './query.js';

let log: FollowedLog;
afterEach(() => log.close());

/** A log that adopts one thing after the other. */
async function adopting(...kinds: readonly AdoptionKind[]): Promise<void> {
  log = new FollowedLog([reference]);
  const { store } = log;
  const ledger = {
    store,
    books: new Books(store, () => Date.parse('2025-06-30T04:05:06.789Z')),
    reference: new LedgerReference(store, BEFORE_ADOPTION, () => []),
    closedUpTo: () => Promise.resolve(undefined),
  };
  for (const [index, kind] of kinds.entries()) await adopt(ledger, kind, kind.example, `${kind.kind}-${index}`);
  await log.follow();
}

interface Body {
  readonly at: string;
  readonly revision: number | null;
  readonly funds: readonly { readonly key: string }[];
  readonly units: readonly { readonly code: string; readonly parent?: string }[];
  readonly changes: readonly Change[];
}

async function ask(parameters: Readonly<Record<string, string>> = {}) {
  const checked = checkParameters(referenceQuestion, parameters, BEFORE_ADOPTION);
  const answer = await referenceQuestion.ask(log.asking('2025-12-31'), checked);
  return { ...answer, body: answer.body as unknown as Body };
}

describe('the question what is adopted', () => {
  it('is answered for a day, and lists what changed when and who decided it', async () => {
    await adopting(referenceSet, fundAdoption);
    const { position, body } = await ask({ at: '2025-06-30' });
    expect([position, body.at, body.revision, body.funds.map(({ key }) => key)]).toEqual([
      2,
      '2025-06-30',
      1,
      ['resident'],
    ]);
    const later = await ask({ at: '2025-07-01' });
    expect(later.body.funds.map(({ key }) => key)).toEqual(['resident', 'long-term-care']);
    expect(
      later.body.changes.map(({ from, table, key, position: at, maker }) => [from, table, key, at, maker]),
    ).toEqual([
      [null, 'set', 'one-city', 1, 'E-0001'],
      ['2025-07-01', 'funds', 'long-term-care', 2, 'E-0001'],
    ]);
    expect(body.changes).toHaveLength(1);
  });

  it('is answered on both time axes', async () => {
    await adopting(referenceSet, fundAdoption, unitAdoption);
    const { body } = await ask({ asOf: '2025-12-31', recordedAsOf: '2' });
    expect(body.units.map(({ code }) => code)).toEqual(['460100']);
    expect((await ask({ asOf: '2025-12-31', recordedAsOf: '1' })).body.funds).toHaveLength(1);
    expect((await ask()).body.units).toHaveLength(2);
  });

  it('says of each change what held before it, and calls codes by their names', async () => {
    const { row } = policyAdoption.example as { row: object };
    const lower = { ...policyAdoption.example, row: { ...row, from: '2025-10-01', value: '0.0003' } };
    await adopting(referenceSet, policyAdoption, { ...policyAdoption, example: lower });
    const { body, sheets } = await ask({ at: '2025-12-31' });
    expect(body.changes.map(({ from, was, says }) => [from, was?.en, says.en])).toEqual([
      [null, undefined, 'the set was adopted'],
      ['2025-07-01', undefined, '0.0004 (市政府文件)'],
      ['2025-10-01', '0.0004 (市政府文件)', '0.0003 (市政府文件)'],
    ]);
    const rowsOf = (name: string) => sheets.find((each) => each.name === name)!.rows;
    const called = { zh: '滞纳金日率', en: 'Late fee a day' };
    const [nation, city] = [text('全国', 'nation'), text('460100 海口市', '460100 Haikou')];
    expect(rowsOf('policies').map(([name, , scope, , value, , from]) => [name, scope, value, from])).toEqual([
      [called, nation, text('0.0005', '0.0005'), text('自始', 'always')],
      [called, city, text('0.0003', '0.0003'), '2025-10-01'],
    ]);
    expect(rowsOf('changes').at(-1)![2]).toEqual(text('滞纳金日率 460100 海口市', 'Late fee a day, 460100 Haikou'));
    expect((await ask({ at: '2025-09-30' })).body.changes).toHaveLength(2);
  });

  it('gives what is built in for a log of before, and what it has adopted since', async () => {
    await adopting(policyAdoption);
    const { body } = await ask();
    expect([body.revision, body.units.length]).toEqual([0, BEFORE_ADOPTION.ever.units.all.length]);
    expect(body.changes.filter(({ position }) => position !== null).map(({ key, says }) => [key, says.en])).toEqual([
      ['late-fee-rate 460100', '0.0004 (市政府文件)'],
    ]);
    expect((await ask({ recordedAsOf: '0' })).body.revision).toBeNull();
  });

  it('has a sheet of each table, and one of what changed', async () => {
    await adopting(referenceSet, unitAdoption);
    const { sheets } = await ask({ at: '2025-07-01' });
    expect(sheets.map(({ name }) => name)).toEqual(referenceQuestion.sheets);
    expect(sheets.find(({ name }) => name === 'units')!.rows).toEqual([
      ['460100', { zh: '海口市', en: 'Haikou' }, null, { zh: '启用', en: 'in use' }, null],
      [
        '460108',
        { zh: '美兰区', en: 'Meilan District' },
        { zh: '460100 海口市', en: '460100 Haikou' },
        { zh: '启用', en: 'in use' },
        '2025-07-01',
      ],
    ]);
    for (const { columns, rows } of sheets) for (const row of rows) expect(row).toHaveLength(columns.length);
  });

  it('is not answered for two days at once, nor with what it does not know', async () => {
    await adopting();
    await expect(ask({ at: '2025-06-30', asOf: '2025-07-01' })).rejects.toMatchObject({ code: 'to-and-as-of-differ' });
    await expect(ask({ day: '2025-06-30' })).rejects.toMatchObject({
      code: 'invalid-parameters',
      details: [{ pointer: 'day', code: 'unknown-parameter' }],
    });
  });
});

it('keeps every adoption once, however often and in whatever pieces the log is followed', async () => {
  await adopting(referenceSet, fundAdoption, unitAdoption);
  const first = log.contents();
  await log.follow(1);
  expect(log.contents()).toEqual(first);
  expect(adoptionsAfter(log.asking().tables, 0).map(({ revision, type }) => [revision, type])).toEqual([
    [1, 'FundAdopted.v1'],
    [2, 'UnitAdopted.v1'],
  ]);
});
