import { OF_A_FUND } from '../../projections/asking/question.js';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUESTIONS } from '../../projections/registry.js';
import { type Entry } from '../../src/books/entries.js';
import { formatFen, parseFen } from '../../src/money.js';
import { dataPaths } from '../../src/data-directory.js';
import { openSqlite } from '../../src/sqlite-file.js';
import { readCsv, recordsOf } from '../csv.js';
import { BEGUN, type RunningService, runProgram, startService, temporaryDirectory } from '../service.js';

const LONG_MS = 240_000;
const VOUCHERS = 11_000;
const ENGLISH = { 'accept-language': 'en' };

interface Voucher {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly data: { readonly businessDate: string; readonly entries?: readonly Entry[] };
}

/** The names of sheets, with one for each fund where a name stands for one of each. */
const namesOf = (sheets: readonly string[]): string[] =>
  sheets.flatMap((name) => (name.includes(OF_A_FUND) ? FUNDS.map((fund) => name.replace(OF_A_FUND, fund)) : [name]));
const FUNDS = BEFORE_ADOPTION.ever.funds.codes;

describe('exports', () => {
  const directory = temporaryDirectory();
  const ledger = join(directory, 'ledger');
  let service: RunningService;

  beforeAll(async () => {
    const feed = join(directory, 'feed.csv');
    const inEnglish = (...words: string[]) => runProgram(['--lang', 'en', '--data', ledger, ...words]);
    const generated = await inEnglish('generate', '--seed', '19', '--events', `${VOUCHERS}`, '--out', feed);
    const imported = await inEnglish('import', feed);
    expect([generated.code, imported.code, imported.stderr.slice(-500)]).toEqual([0, 0, expect.any(String)]);
    service = await startService(ledger);
    await fetch(`${service.address}/v1/balances?after=${BEGUN + VOUCHERS}`);
  }, LONG_MS);
  afterAll(async () => {
    await service.stop();
    rmSync(directory, { recursive: true });
  }, LONG_MS);

  const download = async (path: string, headers: Record<string, string> = ENGLISH) => {
    const response = await fetch(`${service.address}/v1/${path}`, { headers });
    return { status: response.status, headers: response.headers, text: await textOf(response) };
  };

  /** Every voucher of the log, in the order of the trail. */
  async function readLog(): Promise<Voucher[]> {
    const vouchers: Voucher[] = [];
    const answer = await fetch(`${service.address}/v1/events`, { headers: { accept: 'application/x-ndjson' } });
    expect(answer.headers.get('link')).toBeNull();
    for (const line of (await answer.text()).trimEnd().split('\n')) vouchers.push(JSON.parse(line) as Voucher);
    return vouchers.sort((one, other) =>
      one.data.businessDate === other.data.businessDate
        ? one.position - other.position
        : one.data.businessDate < other.data.businessDate
          ? -1
          : 1,
    );
  }

  it(
    'hold every voucher of the log, and are what the pages are, put together, over HTTP and on the command line',
    async () => {
      const whole = await download('audit-trail?format=csv');
      expect(whole.headers.get('x-ledger-position')).toBe(`${BEGUN + VOUCHERS}`);
      const rows = recordsOf(whole.text);
      const vouchers = await readLog();
      expect(vouchers.length).toBe(BEGUN + VOUCHERS);
      const expected = vouchers.flatMap(({ stream, revision, data }) => {
        const id = `${stream}-${revision}`;
        const entries: readonly Entry[] = data.entries?.length ? data.entries : [{ account: '' }];
        return entries.map(({ debit = '', credit = '' }) => `${data.businessDate} ${id} ${debit} ${credit}`);
      });
      const shown = rows.map((row) =>
        [row['business date'], row['id'], row['debit (yuan)'], row['credit (yuan)']].join(' '),
      );
      expect(shown).toEqual(expected);

      const pages: string[][] = [];
      let next: string | undefined = '/v1/audit-trail?format=csv&limit=500';
      while (next !== undefined) {
        const page = await download(next.slice('/v1/'.length));
        pages.push(...readCsv(page.text).slice(1));
        next = /^<([^>]+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
      }
      expect(pages).toEqual(readCsv(whole.text).slice(1));

      const words = ['--lang', 'en', '--data', ledger, 'report', 'audit-trail', '--format', 'csv'];
      const printed = await runProgram(words);
      expect(printed.stdout === whole.text).toBe(true);
      expect(printed.stderr).toBe(`Shows the log up to position ${BEGUN + VOUCHERS}.\n`);
      const written = await runProgram([...words, '--out', join(directory, 'whole')]);
      const path = join(directory, 'whole', 'audit-trail-journal.csv');
      expect(written).toMatchObject({ code: 0, stdout: `${path}\n` });
      expect(readFileSync(path, 'utf8') === whole.text).toBe(true);
    },
    LONG_MS,
  );

  it('begin an account ledger with the balance brought forward, and end at the balance of the account', async () => {
    const account = 'audit-trail?fund=employee&unit=460100&account=treasury&from=2025-03-01&to=2025-04-30';
    const { text, headers } = await download(`${account}&format=csv`);
    const [first, ...rows] = recordsOf(text);
    const balances = async (day: string): Promise<string> => {
      const { text: body } = await download(`balances?fund=employee&unit=460100&asOf=${day}`);
      const { books } = JSON.parse(body) as {
        books: { accounts: { account: string; detail?: string; amount: string }[] }[];
      };
      const lines = books[0]!.accounts.filter((line) => line.account === 'treasury');
      return formatFen(lines.reduce((sum, { amount }) => sum + parseFen(amount), 0n));
    };
    const before = await balances('2025-02-28');
    expect(first).toMatchObject({ kind: 'brought forward', 'debit (yuan)': '', 'balance (yuan)': before });
    let balance = parseFen(before);
    for (const row of rows) {
      balance += parseFen(row['debit (yuan)'] || '0') - parseFen(row['credit (yuan)'] || '0');
      expect(row['balance (yuan)']).toBe(formatFen(balance));
    }
    expect(rows.length).toBeGreaterThan(200);
    expect(formatFen(balance)).toBe(await balances('2025-04-30'));
    const name = 'audit-trail-account-employee-460100-treasury-from-2025-03-01-to-2025-04-30.csv';
    expect(headers.get('content-disposition')).toContain(`filename="${name}"`);
  });

  const CHOICES = QUESTIONS.flatMap(({ name, route, sheets }) =>
    namesOf(sheets).map((sheet) => [`${name} ${sheet}`, `${route}?format=csv&sheet=${sheet}`] as const),
  );
  it.each(CHOICES)('%s is one table of one width, in both languages and every unit', async (name, path) => {
    const account = name === 'audit-trail account' ? '&account=benefits' : '';
    const days = name.startsWith('audit-trail') ? '&from=2025-03-01&to=2025-03-10' : '';
    for (const language of ['zh', 'en'])
      for (const unit of [undefined, 'yuan', 'wan', 'yi']) {
        const query = `${path}${account}${days}${unit ? `&unitOfMoney=${unit}` : ''}`;
        const { status, headers, text } = await download(query, { 'accept-language': language });
        expect([query, status, headers.get('content-type')]).toEqual([query, 200, 'text/csv; charset=utf-8']);
        const [header, ...rows] = readCsv(text);
        expect(new Set(rows.map(({ length }) => length))).toEqual(new Set(rows.length > 0 ? [header!.length] : []));
        expect(new Set(header).size).toBe(header!.length);
        // Reference data, periods, what can be closed and what is found have no amounts, and an indicator says its
        // unit by itself.
        const withoutUnit = ['closing-checklist books', 'overview warnings', 'search hits', 'voucher-days days'];
        if (!withoutUnit.includes(name) && !/^(reference|periods|early-warning) /.test(name))
          expect(header!.join()).toContain(UNITS[language]![unit ?? 'yuan']);
      }
  });

  it('write every sheet of an answer to a file of its own, which has the same name over HTTP', async () => {
    for (const { name, route, sheets } of QUESTIONS) {
      const out = join(directory, name);
      const days = ['--from', '2025-01-01', '--as-of', '2025-05-31'];
      const { code, stdout } = await runProgram(['--data', ledger, 'report', name, ...days, '--out', out]);
      expect(code).toBe(0);
      const { headers } = await download(`${route}?format=csv&from=2025-01-01&to=2025-05-31`);
      const named = headers.get('x-ledger-sheets')!.split(', ');
      const files = named.map((sheet) => `${name}-${sheet}-from-2025-01-01-to-2025-05-31.csv`);
      expect(namesOf(sheets)).toEqual(expect.arrayContaining(named));
      expect(readdirSync(out).toSorted()).toEqual(files.toSorted());
      expect(stdout).toBe(files.map((file) => `${join(out, file)}\n`).join(''));
      expect(headers.get('content-disposition')).toContain(`attachment; filename="${files[0]}"; filename*=UTF-8''`);
      for (const [index, sheet] of named.entries()) {
        const path = `${route}?format=csv&from=2025-01-01&to=2025-05-31&sheet=${sheet}`;
        const zh = await download(path, { 'accept-language': 'zh' });
        expect(readFileSync(join(out, files[index]!), 'utf8') === zh.text).toBe(true);
      }
    }
  });

  it('have an entity tag, which is told without reading a row', async () => {
    const path = 'audit-trail?format=csv&to=2025-01-03';
    const { headers } = await download(path);
    const held = { ...ENGLISH, 'if-none-match': headers.get('etag')! };
    expect(await download(path, held)).toMatchObject({ status: 304, text: '' });
    expect((await download(path, { ...held, 'accept-language': 'zh' })).status).toBe(200);
    expect((await download(`${path}&unitOfMoney=wan`, held)).status).toBe(200);
    const head = await fetch(`${service.address}/v1/${path}`, { method: 'HEAD', headers: ENGLISH });
    expect([head.status, head.headers.get('etag')]).toEqual([200, headers.get('etag')]);
  });

  it.each([
    ['balances?format=csv&sheet=nothing', 'sheet', 'unknown-sheet', 'one of funds, books, accounts'],
    ['balances?format=csv&sheet=funds&unit=460100', 'sheet', 'unknown-sheet', 'one of books, accounts'],
    ['balances?sheet=funds', 'sheet', 'only-in-files', 'only together with format=csv or format=xlsx'],
    ['balances?unitOfMoney=wan', 'unitOfMoney', 'only-in-files', 'only together with format=csv or format=xlsx'],
    ['balances?format=csv&unitOfMoney=fen', 'unitOfMoney', 'unit-of-money', 'yuan, wan (10,000 yuan) or yi'],
    ['audit-trail?format=csv&account=savings', 'account', 'unknown-account', 'one of the accounts'],
  ])('refuse %s, as a problem and no file', async (path, pointer, code, expected) => {
    const { status, headers, text } = await download(path);
    expect({ status, body: JSON.parse(text) as object }).toMatchObject({
      status: 400,
      body: { errors: [{ pointer, code, expected: expect.stringContaining(expected) }] },
    });
    expect(headers.get('content-disposition')).toBeNull();
  });

  it(
    'break off where the log cannot be read to its end, and leave no file that looks whole',
    async () => {
      const days = { from: '2025-03-01', to: '2025-03-31' };
      const march = (await readLog()).filter(({ data }) => data.businessDate.startsWith('2025-03'));
      const log = openSqlite(dataPaths(ledger).log, 'durable');
      // The block in which it lies, and perhaps others of the month.
      const damaged = log
        .prepare(
          `UPDATE block SET body = zeroblob(length(body)) WHERE position =
             (SELECT max(position) FROM block WHERE position <= ?)`,
        )
        .run(march.at(-100)!.position);
      expect(damaged.changes).toBe(1);
      log.close();
      const query = new URLSearchParams({ format: 'csv', ...days }).toString();
      const response = await fetch(`${service.address}/v1/audit-trail?${query}`);
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow('terminated');
      let logged: string | undefined;
      while (logged === undefined) {
        await sleep(20);
        logged = service.lines.find((line) => line.includes('"instance":"/v1/audit-trail#'));
      }
      expect(logged).toContain('damaged');
      expect((await fetch(`${service.address}/livez`)).status).toBe(200);

      const out = join(directory, 'broken');
      const words = ['--data', ledger, 'report', 'audit-trail', '--from', days.from, '--to', days.to, '--out', out];
      const written = await runProgram(words);
      expect({ code: written.code, stdout: written.stdout }).toEqual({ code: 3, stdout: '' });
      expect(written.stderr).toContain('damaged');
      expect(readdirSync(out)).toEqual([]);
    },
    LONG_MS,
  );
});

/** The words for a unit in the name of a column. */
const UNITS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  zh: { yuan: '（元）', wan: '（万元）', yi: '（亿元）' },
  en: { yuan: '(yuan)', wan: '(10,000 yuan)', yi: '(100 million yuan)' },
};

/** The body with its byte order mark, which `text()` takes off. */
async function textOf(response: Response): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
}
