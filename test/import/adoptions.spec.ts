import { describe, expect, it } from '@jest/globals';
import { adopt } from '../../src/adopting/adopt.js';
import { readReference } from '../../src/adopting/adopted-in.js';
import { beginLedger } from '../../src/adopting/begin-ledger.js';
import { LedgerReference } from '../../src/adopting/ledger-reference.js';
import { auditLog } from '../../src/audit/log-audit.js';
import { Books } from '../../src/books/handle.js';
import { readEvent } from '../../src/books/event.js';
import { policyAdoption } from '../../src/catalogue/reference/policy-adoption.js';
import { referenceSet } from '../../src/catalogue/reference/reference-set.js';
import { ADOPTION_KINDS } from '../../src/catalogue/registry.js';
import { unitAdoption } from '../../src/catalogue/reference/unit-adoption.js';
import { printError } from '../../src/import/report/print-report.js';
import { REFERENCE_STREAM } from '../../src/kinds/kind.js';
import { contributionRow, csvOf, Desk, NOW, SHA256 } from './fixture.js';

/** What an adoption says besides its row. */
const DECISION = {
  businessDate: '2025-05-20',
  evidence: { kind: 'decision', number: 'JC-2025-2', sha256: SHA256 },
  maker: 'E-0001',
  reviewer: 'E-0002',
};
const MEILAN = {
  code: '460108',
  from: '2025-05-01',
  zh: '美兰区',
  en: 'Meilan District',
  parent: '460100',
  closed: 'no',
};
const STREET = { ...MEILAN, code: '460118', zh: '海府街道', en: 'Haifu Street', parent: '460108' };

const lineOf = (kind: string, row: object, more: object = {}): string =>
  `${JSON.stringify({ kind, ...DECISION, ...more, row })}\n`;
const CHANGES =
  lineOf('unit-adoption', MEILAN) +
  lineOf('采用核算单位', STREET) +
  ['fund-adoption', 'account-adoption', 'policy-adoption', 'collection-window-adoption']
    .map((word) => {
      const { example } = ADOPTION_KINDS.find(({ kind }) => kind === word)!;
      return `${JSON.stringify({ kind: word, ...example })}\n`;
    })
    .join('');

async function desk(): Promise<Desk> {
  const fresh = new Desk();
  await beginLedger(fresh.target);
  return fresh;
}

const adopted = async ({ store }: Desk) =>
  (await store.readStream(REFERENCE_STREAM, { from: 1, limit: 99 })).map(
    (stored) => `${stored.type} ${readEvent(stored).reference}`,
  );
const said = ({ errors }: { errors: readonly { line: number; field: string; code: string }[] }) =>
  errors.map(({ line, field, code }) => `${line} ${field} ${code}`);

describe('a file of reference data', () => {
  it('adopts each of its lines upon those before it, and counts them under no fund', async () => {
    const one = await desk();
    const report = await one.import('changes.ndjson', CHANGES);
    expect(report).toMatchObject({ outcome: 'posted', posted: 6, rejected: 0, errors: [] });
    expect(report.totals.map(({ kind, fund, count, sum }) => [kind, fund, count, sum])).toContainEqual([
      'unit-adoption',
      'all',
      2,
      '0.00',
    ]);
    expect(await adopted(one)).toEqual([
      'UnitAdopted.v1 0',
      'UnitAdopted.v1 1',
      'FundAdopted.v1 2',
      'AccountAdopted.v1 3',
      'PolicyAdopted.v1 4',
      'CollectionWindowAdopted.v1 5',
    ]);
    expect(one.target.reference.current.on('2025-05-12').below('460108')).toEqual(['460118']);
    const vouchers = csvOf([contributionRow({ unit: '海府街道' })]);
    expect(await one.import('vouchers.csv', vouchers)).toMatchObject({ outcome: 'posted', posted: 1 });
    const log = await auditLog(one.store, [], () => undefined, { nowMs: NOW, boundMs: 400 * 86_400_000 });
    expect(log.breaches).toEqual([]);
  });

  it('is written as people write tables: columns in words, days as spreadsheets have them', async () => {
    const one = await desk();
    const { evidence, businessDate, maker, reviewer } = DECISION;
    const row = {
      业务种类: '采用核算单位',
      决定日期: '2025/5/20',
      经办: maker,
      复核: reviewer,
      '决定文件.凭证种类': evidence.kind,
      '决定文件.凭证号': evidence.number,
      '决定文件.凭证摘要': evidence.sha256,
      代码: MEILAN.code,
      起始日: '2025/5/1',
      中文名称: MEILAN.zh,
      英文名称: MEILAN.en,
      上级单位: MEILAN.parent,
      停用: 'no',
    };
    expect(await one.import('units.csv', csvOf([row]))).toMatchObject({ outcome: 'posted', posted: 1 });
    const [stored] = await one.store.readStream(REFERENCE_STREAM, { from: 1, limit: 1 });
    expect(readEvent(stored!)).toMatchObject({ businessDate, row: MEILAN });
    const byPaths = csvOf([{ kind: 'unit-adoption', ...DECISION_CELLS, ...pathsOf(STREET) }]);
    expect(await one.import('more.csv', byPaths)).toMatchObject({ outcome: 'posted', posted: 1 });
  });

  it('is refused whole, each error with line and field, where one line would not hold together', async () => {
    const one = await desk();
    const bad =
      lineOf('unit-adoption', STREET) +
      lineOf('unit-adoption', { ...MEILAN, closed: 'perhaps' }) +
      lineOf('policy-adoption', { ...(policyAdoption.example['row'] as object), value: 'x' }) +
      lineOf('unit-adoption', MEILAN, { reviewer: 'e-0001' }) +
      lineOf('fund-adoption', { key: 'all', from: '2025-01-01' });
    const report = await one.import('bad.ndjson', bad);
    expect(report.outcome).toBe('refused');
    expect(said(report)).toEqual([
      '1 row.parent no-such-unit',
      '2 row.closed cell',
      '3 row.value policy-value',
      '4 reviewer maker-is-reviewer',
      '5 row.zh required',
      '5 row.en required',
      '5 row.personalAccounts required',
      '5 row.basicInsurance required',
      '5 row.on required',
    ]);
    expect(await adopted(one)).toEqual([]);
  });

  it('holds no vouchers beside: it says which goes first', async () => {
    const one = await desk();
    const { unit: _, ...row } = contributionRow();
    const voucher = `${JSON.stringify({ kind: 'contribution', unit: '460108', ...row })}\n`;
    const mixed = await one.import('mixed.ndjson', lineOf('unit-adoption', MEILAN) + voucher);
    expect([mixed.outcome, said(mixed)]).toEqual(['refused', ['2 kind mixed-file']]);
    expect(mixed.errors[0]!.expected.en).toContain('imported after this');
    const other = await one.import('other.csv', csvOf([contributionRow(), { kind: 'unit-adoption' }]));
    expect([other.outcome, said(other)]).toEqual(['refused', ['3 kind mixed-file']]);
    expect(other.errors[0]!.expected.zh).toContain('先导入');
    expect(await adopted(one)).toEqual([]);
  });

  it('writes nothing in a dry run, and nothing twice when it comes again, whatever was adopted since', async () => {
    const one = await desk();
    expect(await one.import('a.ndjson', CHANGES, { dryRun: true })).toMatchObject({ outcome: 'checked', posted: 0 });
    expect(await adopted(one)).toEqual([]);
    const first = CHANGES.split('\n', 1)[0]!;
    await one.import('a.ndjson', CHANGES);
    const closing = lineOf('unit-adoption', { ...STREET, from: '2025-06-01', closed: 'yes' });
    await one.import('b.ndjson', closing + lineOf('unit-adoption', { ...MEILAN, from: '2025-06-01', closed: 'yes' }));
    expect(await one.import('a.ndjson', CHANGES)).toMatchObject({ outcome: 'posted', posted: 0, replayed: 6 });
    expect((await adopted(one)).length).toBe(8);
    // The same line under a key of its own, which stands for the line and not for the file.
    const keyed = `${JSON.stringify({ ...(JSON.parse(first) as object), key: 'M-1' })}\n`;
    expect(await one.import('c.ndjson', keyed)).toMatchObject({ outcome: 'posted', posted: 1 });
    expect(await one.import('d.ndjson', `${keyed}\n`)).toMatchObject({ posted: 0, replayed: 1 });
  });

  it('goes on where a run of it was ended, line by line', async () => {
    const one = await desk();
    const lines = CHANGES.split(/(?<=\n)/);
    const { store } = one;
    const append = store.append.bind(store);
    store.append = (stream, expected, events) => append(stream, expected, events.slice(0, 2));
    await expect(one.import('a.ndjson', CHANGES)).resolves.toMatchObject({ outcome: expect.any(String) });
    store.append = append;
    const again = await new DeskAgain(one).import(CHANGES);
    expect(again).toMatchObject({ outcome: 'posted', posted: lines.length - 2, replayed: 2, errors: [] });
    expect((await adopted(one)).length).toBe(lines.length);
  });

  it('adopts nothing of a set: a ledger has one, and the refusal names the ways out', async () => {
    const one = await desk();
    const { example } = ADOPTION_KINDS.find(({ whole }) => whole)!;
    const line = `${JSON.stringify({ kind: 'reference-set', ...example })}\n`;
    for (const [desk, name, content] of [
      [one, 'set.ndjson', line],
      [one, 'set.csv', 'kind,fund,unit\nreference-set,,\n'],
      [one, 'words.csv', `业务种类,基金,核算单位\n${referenceSet.name.zh},,\n`],
      [new Desk(), 'set.ndjson', line],
    ] as const) {
      const { outcome, errors } = await desk.import(name, content, { dryRun: true });
      expect([outcome, errors.map(({ code }) => code)]).toEqual(['refused', ['not-from-a-file']]);
      for (const said of [errors[0]!.expected.zh, errors[0]!.expected.en]) {
        expect(said).toContain('npx tongzhang init --reference DIR');
        expect(said).toContain('unit-adoption');
      }
    }
  });

  it('reaches into no closed period', async () => {
    const one = await desk();
    const closedUpTo = () => Promise.resolve({ stream: 'book-resident-460100', day: '2025-05-31' });
    Object.assign(one.target, { closedUpTo });
    const report = await one.import('a.ndjson', lineOf('unit-adoption', MEILAN));
    expect(said(report)).toEqual(['1 row.from period-closed']);
    // A terminal says what the rule says, where it is written too.
    expect(printError('a', report.errors[0]!, 'zh')).toMatch(
      /：基础资料不得改到已结账的期间.*会计基础工作规范第六十四条）$/u,
    );
    expect(printError('a', report.errors[0]!, 'en')).toMatch(/: reference data is not changed .*art\. 64\)$/u);
  });
});

describe('two nodes', () => {
  const nodeOn = async ({ store, target }: Desk) => {
    const reference = new LedgerReference(store, await readReference(store), () => []);
    return { ...target, store, books: new Books(store, () => NOW), reference };
  };
  const change = (code: string) => ({ ...DECISION, row: { ...MEILAN, code, zh: `区${code}`, en: `District ${code}` } });

  it('adopt at once: a file that was checked against what no longer is adopts nothing, and says what was', async () => {
    const one = await desk();
    const there = await nodeOn(one);
    const { store } = one;
    const append = store.append.bind(store);
    store.append = async (stream, expected, events) => {
      store.append = append;
      await adopt(there, unitAdoption, change('460107'), 'k-1');
      return store.append(stream, expected, events);
    };
    const report = await one.import('a.ndjson', CHANGES);
    expect([report.outcome, report.posted, report.rejected]).toEqual(['incomplete', 0, 6]);
    expect(report.errors[0]).toMatchObject({ line: 1, code: 'reference-moved-on' });
    expect(report.errors[0]!.got).toContain('UnitAdopted.v1, revision 1, E-0001 / E-0002');
    expect(await one.import('a.ndjson', CHANGES)).toMatchObject({ outcome: 'posted', posted: 6 });
  });

  it('take turns, and each goes on from what the other has adopted', async () => {
    const one = await desk();
    const there = await nodeOn(one);
    await adopt(one.target, unitAdoption, change('460105'), 'k-1');
    await adopt(there, unitAdoption, change('460106'), 'k-2');
    await adopt(one.target, unitAdoption, change('460107'), 'k-3');
    await adopt(there, unitAdoption, change('460109'), 'k-4');
    expect(await one.import('a.ndjson', CHANGES)).toMatchObject({ outcome: 'posted', posted: 6 });
    expect((await adopted(one)).length).toBe(10);
  });
});

/** The same ledger opened once more: nothing is remembered but what stands in the log and beside it. */
class DeskAgain {
  constructor(private readonly before: Desk) {}

  import(content: string) {
    const { store } = this.before;
    const again = new Desk();
    Object.assign(again, { store });
    Object.assign(again.target, {
      store,
      books: new Books(store, () => NOW),
      reference: new LedgerReference(store, this.before.target.reference.current, () => []),
      directory: this.before.target.directory,
    });
    return again.import('a.ndjson', content);
  }
}

const pathsOf = (row: object): Record<string, string> =>
  Object.fromEntries(Object.entries(row).map(([name, cell]) => [`row.${name}`, cell as string]));
const DECISION_CELLS: Record<string, string> = {
  businessDate: DECISION.businessDate,
  'evidence.kind': DECISION.evidence.kind,
  'evidence.number': DECISION.evidence.number,
  'evidence.sha256': DECISION.evidence.sha256,
  maker: DECISION.maker,
  reviewer: DECISION.reviewer,
};
