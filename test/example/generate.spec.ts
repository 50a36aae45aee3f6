import { afterAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandOf, type FeedLine, headerOf, textOf } from '../../examples/hainan-2025/line.js';
import { DEFAULT_EVENTS, DEFAULT_SEED, generate } from '../../examples/hainan-2025/generate.js';
import { FUND_LINES } from '../../examples/hainan-2025/published.js';
import { PublishedTotals } from '../../examples/hainan-2025/totals.js';

const directory = mkdtempSync(join(tmpdir(), 'tongzhang-example-'));
afterAll(() => rmSync(directory, { recursive: true }));

const written = (format: 'csv' | 'ndjson') => {
  const path = join(directory, `feed.${format}`);
  return { path, generated: generate({ seed: DEFAULT_SEED, events: DEFAULT_EVENTS, format, path }) };
};
const csvFile = written('csv');
const jsonFile = written('ndjson');

describe('the file of the example', () => {
  it('is the same bytes on every machine', () => {
    const { path, generated } = csvFile;
    const bytes = readFileSync(path);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(generated.digest);
    expect(statSync(path).size).toBe(generated.bytes);
    expect(bytes.toString().split('\n')).toHaveLength(DEFAULT_EVENTS + 2);
    expect(generated.lines).toBe(DEFAULT_EVENTS);
    expect(generated.digest).toBe('59a0519fe05e03946e0d672b13bc13136d2b9c9b4034b1bb54841584bf190499');
  });

  it('has the control totals that stand beside it', () => {
    const control: unknown = JSON.parse(readFileSync('examples/hainan-2025/control.json', 'utf8'));
    expect(csvFile.generated.control).toEqual(control);
    expect(jsonFile.generated.control).toEqual(control);
  });

  it('says the same in both formats, and quotes nothing', () => {
    const csv = readFileSync(csvFile.path, 'utf8').trimEnd().split('\n');
    const json = readFileSync(jsonFile.path, 'utf8').trimEnd().split('\n');
    const columns = csv[0]!.split(',');
    for (const at of [1, 100, 5_000, 12_345, DEFAULT_EVENTS]) {
      const cells = csv[at]!.split(',');
      expect(cells).toHaveLength(columns.length);
      const fields = columns
        .map((column, index) => [column, cells[index]!] as const)
        .filter(([, value]) => value !== '');
      expect(new Map(flat(JSON.parse(json[at - 1]!) as object))).toEqual(new Map(fields));
    }
    expect(csv.some((row) => row.includes('"'))).toBe(false);
  });
});

describe('a line of the feed', () => {
  const line: FeedLine = {
    kind: 'payout',
    fund: 'resident',
    unit: '460100',
    businessDate: '2025-02-03',
    fields: {
      amount: '10.00',
      'payee.kind': 'provider',
      claims: '3',
      'offsets.advances.provider': '1.00',
      note: '结算',
    },
  };

  it('is a command with nested fields and whole numbers', () => {
    expect(commandOf(line)).toEqual({
      fund: 'resident',
      unit: '460100',
      businessDate: '2025-02-03',
      amount: '10.00',
      payee: { kind: 'provider' },
      claims: 3,
      offsets: { 'advances.provider': '1.00' },
      note: '结算',
    });
  });

  it('is a row of as many cells as the header has, or an object without a header', () => {
    const row = textOf(line, 'csv');
    expect(row.startsWith('payout,resident,460100,2025-02-03,10.00,,')).toBe(true);
    expect(row.split(',')).toHaveLength(headerOf('csv').split(',').length);
    expect(headerOf('ndjson')).toBe('');
    expect(JSON.parse(textOf(line, 'ndjson'))).toEqual({ kind: 'payout', ...commandOf(line) });
  });
});

describe('the totals of a feed', () => {
  it('name every figure that is not the published one', () => {
    const totals = new PublishedTotals();
    expect(() => totals.demandPublished()).toThrow('employee opening 0.00, published 37265000000.00');
    expect(() => totals.demandPublished()).toThrow('fines 0.00, published 16387000.00');
  });

  it('count a recovery by the year of its loss, and take a reversal back', () => {
    const totals = new PublishedTotals();
    const at = { fund: 'resident', unit: '460100', businessDate: '2025-02-03' };
    const payout = { ...at, kind: 'payout', fields: { amount: '100.00' } };
    totals.take(payout);
    totals.take({ ...at, kind: 'recovery', fields: { amount: '30.00', lossYear: '2025', channel: 'audit' } });
    totals.take({ ...at, kind: 'recovery', fields: { amount: '7.00', lossYear: '2024', channel: 'self-check' } });
    const said = (): string => {
      try {
        totals.demandPublished();
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(said()).toContain('resident income 7.00,');
    expect(said()).toContain('resident expenditure 70.00,');
    expect(said()).toContain('recovered 30.00,');
    expect(said()).toContain('self-check returns 7.00,');
    totals.take({ ...at, kind: 'reversal', fields: {} }, payout);
    totals.take({ ...at, businessDate: '2025-06-03', kind: 'payout', fields: { amount: '5.00' } });
    expect(said()).toContain('resident expenditure -30.00,');
    expect(totals.control()).toEqual([
      { kind: 'payout', fund: 'resident', count: 2, sum: '105.00' },
      { kind: 'recovery', fund: 'resident', count: 2, sum: '37.00' },
      { kind: 'reversal', fund: 'resident', count: 1, sum: '0.00' },
    ]);
  });

  it('are wanted of the three funds', () => {
    expect(FUND_LINES.map(({ fund }) => fund)).toEqual(['employee', 'resident', 'assistance']);
  });
});

/** An object's values by dotted name, as text. */
const flat = (value: object, prefix = ''): [string, string][] =>
  Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null
      ? flat(inner, `${prefix}${name}.`)
      : [[`${prefix}${name}`, String(inner)]],
  );
