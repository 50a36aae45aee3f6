import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { post, runProgram, type RunningService, startService } from './service.js';
import { LedgerFiles } from './ledger-files.js';

/** Colours, clears, hides, turns round, goes back to the beginning of the line, and begins one of its own. */
const EVIL = 'x\u001b[2J\u009b31m\u202e\u200b\u3164\r\nFORGED';
/** The same without what a system takes for the end of a name. */
const SHOWN = 'x\\u001b[2J\\u009b31m\\u202e\\u200b\\u3164\\u000d\\u000aFORGED';

/** What may not reach a terminal, a log or a spreadsheet: anything unseen but ends of line. */
const UNSEEN = /(?!\r?\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

function expectSafe(printed: string): void {
  const isCsv = printed.startsWith('\ufeff');
  expect(UNSEEN.exec(isCsv ? printed.slice(1) : printed)).toBeNull();
  // In CSV an end of line inside a quoted cell is text.
  if (!isCsv) expect(printed.split('\n').filter((line) => line.startsWith('FORGED'))).toEqual([]);
}

let directory: string;
const files = new LedgerFiles();
const at = (name: string): string => join(directory, name);

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tongzhang-hostile-'));
  await files.post([{ kind: 'contribution' }, { kind: 'contribution' }, { kind: 'penalty' }]);
  const evidence = { kind: 'tax-receipt', number: EVIL, sha256: 'ab'.repeat(32) };
  files.rewrite(1, (event) => ({ ...event, note: 'paid\u202e\u200b', evidence: { ...evidence, number: '\u3164' } }));
  files.rewrite(2, (event) => ({ ...event, note: EVIL, evidence }));
  await files.follow();
  writeFileSync(at(`${EVIL}.csv`), `${EVIL.replace('\r\n', '')},kind,amount\u200b\n1,\u001b[31m,1.00\u200b\n`);
  writeFileSync(at('names.csv'), `kind,fund,amount\u202e,"${EVIL}"\ncontribution,employee,1,2\n`);
  writeFileSync(at('cells.csv'), `kind,fund,amount\ncontribution,employee\u200b,1\u202e\n"${EVIL}",,\n`);
  writeFileSync(
    at('cells.ndjson'),
    `{"kind":"contribution","${EVIL.slice(0, 9)}\u202e":1,"amount":"1\u202e"}\n${EVIL}\n`,
  );
  writeFileSync(at('control.json'), `[{"kind":"\u202e${EVIL.slice(8, 10)}","fund":1}]`);
});
afterAll(() => {
  files.remove();
  rmSync(directory, { recursive: true, force: true });
});

describe('text of others on a terminal', () => {
  const ledger = (...words: string[]): string[] => ['--data', files.directory, '--lang', 'en', ...words];
  const fresh = (...words: string[]): string[] => ['--data', at('fresh'), ...words];

  it.each<[string, number, () => string[], string?]>([
    ['a command', 2, () => [EVIL], SHOWN],
    ['an option', 2, () => [`--${EVIL}`], SHOWN],
    ['a data directory', 2, () => ['--data', at(EVIL), 'verify'], SHOWN.slice(0, 9)],
    ['a file that is not there', 2, () => fresh('import', at(`no ${EVIL}`)), SHOWN],
    ['a file with its header', 1, () => fresh('import', at(`${EVIL}.csv`)), `${SHOWN}.csv:1:`],
    ['names of columns', 1, () => fresh('import', at('names.csv')), `names.csv:1:${SHOWN}`],
    ['cells', 1, () => fresh('--json', 'import', at('cells.csv')), '\\\\u200b'],
    ['fields of NDJSON', 1, () => fresh('import', at('cells.ndjson')), '\\u202e'],
    ['control totals', 2, () => fresh('import', at('cells.csv'), '--control', at('control.json')), '\\u202e'],
    ['a parameter', 2, () => ledger('report', 'fund-balance', '--unit', EVIL), '\\u202e'],
    ['a store', 2, () => ['copy', '--from', EVIL, '--to', EVIL], SHOWN],
    ['events, verified', 1, () => ledger('verify'), '\\u202e'],
    ['events, replayed', 0, () => ledger('replay')],
    ['events in a table', 0, () => ledger('report', 'audit-trail'), SHOWN],
    ['events in CSV', 0, () => ledger('report', 'audit-trail', '--format', 'csv'), '\\u202e'],
  ])('is seen and steers nothing: %s', async (_, code, words, shown = '') => {
    const finished = await runProgram(words());
    expectSafe(finished.stdout);
    expectSafe(finished.stderr);
    expect(finished.stdout + finished.stderr).toContain(shown);
    expect([finished.code, finished.stdout + finished.stderr]).toEqual([code, expect.stringMatching(/./)]);
  });

  it('is seen in the lists of these imports', () => {
    const lists = readdirSync(directory).filter((name) => name.endsWith('errors.csv'));
    for (const file of [/^names\.[0-9a-f]{12}\./, /^cells\.[0-9a-f]{12}\./])
      expect(lists).toContainEqual(expect.stringMatching(file));
    for (const name of lists) expectSafe(readFileSync(at(name), 'utf8'));
  });
});

describe('text of others over HTTP', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(async () => {
    await service.stop();
    service.clean();
  });

  it('is seen in problem documents, which say the same, and in the log', async () => {
    const body = { [`\u202e${EVIL}`]: `\u200b${EVIL}`, amount: '1\u200b' };
    const { status } = await post(service, '/v1/contributions', body, 'key');
    expect(status).toBe(400);
    const response = await fetch(`${service.address}/v1/contributions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'key' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    expectSafe(text);
    const { errors } = JSON.parse(text) as { errors: { pointer: string; got: string }[] };
    expect(errors[0]).toMatchObject({ pointer: `/\u202e${EVIL}`, got: expect.stringMatching(/^"\\u200bx/) });
    expectSafe(service.lines.join('\n'));
  });

  it('is seen in the report of an import', async () => {
    const response = await fetch(`${service.address}/v1/imports`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: readFileSync(at('cells.csv')),
    });
    const { id } = JSON.parse(await response.text()) as { id: string };
    for (
      let text = '';
      !text.includes('"done"');
      text = await (await fetch(`${service.address}/v1/imports/${id}`)).text()
    )
      expectSafe(text);
    expectSafe(await (await fetch(`${service.address}/v1/imports/${id}`)).text());
    expectSafe(await (await fetch(`${service.address}/v1/imports/${id}/errors`)).text());
  });
});
