import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LedgerError } from '../../src/errors.js';
import { statusOf } from '../../src/http/problem.js';
import { MOST_DEPTH, parseStrictJson } from '../../src/text/strict-json.js';

const bytes = (source: string): Uint8Array => new TextEncoder().encode(source);
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** The code of the refusal, or undefined where the body is accepted. Anything but a LedgerError fails the test. */
function refusalOf(body: Uint8Array): string | undefined {
  try {
    parseStrictJson(body);
    return undefined;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    expect(statusOf(error)).toBe(400);
    return error.code;
  }
}

const REFUSED: readonly (readonly [body: string | Uint8Array, code: string])[] = [
  ['', 'malformed-json'],
  [' \n', 'malformed-json'],
  ['{', 'malformed-json'],
  ['}', 'malformed-json'],
  ['{"a"}', 'malformed-json'],
  ['{"a":}', 'malformed-json'],
  ['{"a":1,}', 'malformed-json'],
  ['{,"a":1}', 'malformed-json'],
  ['{a:1}', 'malformed-json'],
  ["{'a':1}", 'malformed-json'],
  ['{"a":1 "b":2}', 'malformed-json'],
  ['{"a":1}{"b":2}', 'malformed-json'],
  ['[1,2', 'malformed-json'],
  ['[1,,2]', 'malformed-json'],
  ['[1,2,]', 'malformed-json'],
  ['[1}', 'malformed-json'],
  ['01', 'malformed-json'],
  ['+1', 'malformed-json'],
  ['1.', 'malformed-json'],
  ['.5', 'malformed-json'],
  ['1e', 'malformed-json'],
  ['-', 'malformed-json'],
  ['0x10', 'malformed-json'],
  ['NaN', 'malformed-json'],
  ['Infinity', 'malformed-json'],
  ['undefined', 'malformed-json'],
  ['tru', 'malformed-json'],
  ['nulll', 'malformed-json'],
  ['True', 'malformed-json'],
  ['"a', 'malformed-json'],
  ['"\\x"', 'malformed-json'],
  ['"\\u12"', 'malformed-json'],
  ['"\\u 123"', 'malformed-json'],
  ['"\\', 'malformed-json'],
  ['"a\nb"', 'malformed-json'],
  ['"a\tb"', 'malformed-json'],
  ['"\u0000"', 'malformed-json'],
  ['// comment\n{}', 'malformed-json'],
  ['{} /* comment */', 'malformed-json'],
  ['\ufeff{}', 'malformed-json'],
  ['\u00a0{}', 'malformed-json'],
  ['\u2028{}', 'malformed-json'],
  ['１', 'malformed-json'],
  ['{"a":1,"a":1}', 'duplicate-key'],
  ['{"a":1,"\\u0061":2}', 'duplicate-key'],
  ['{"b":{"a":1,"a":2}}', 'duplicate-key'],
  ['[{"a":[],"a":[]}]', 'duplicate-key'],
  ['{"__proto__":1,"__proto__":2}', 'duplicate-key'],
  ['{"":1,"":2}', 'duplicate-key'],
  ['"\\ud83d"', 'lone-surrogate'],
  ['"\\ude00\\ud83d"', 'lone-surrogate'],
  ['{"\\udc00":1}', 'lone-surrogate'],
  [nested(MOST_DEPTH + 1), 'too-deep'],
  [`${'{"a":'.repeat(MOST_DEPTH)}{}${'}'.repeat(MOST_DEPTH)}`, 'too-deep'],
  ['['.repeat(60_000), 'too-deep'],
  [Uint8Array.of(0xff), 'invalid-utf8'],
  [Uint8Array.of(0x22, 0xc3, 0x22), 'invalid-utf8'],
  [Uint8Array.of(0x22, 0xc0, 0xaf, 0x22), 'invalid-utf8'],
  [Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22), 'invalid-utf8'],
  [Uint8Array.of(0x22, 0xf4, 0x90, 0x80, 0x80, 0x22), 'invalid-utf8'],
  [Uint8Array.of(0x22, 0xe4, 0xb8), 'invalid-utf8'],
  [Uint8Array.of(0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00), 'invalid-utf8'],
];

const ACCEPTED: readonly string[] = [
  '{}',
  ' [ ] \r\n',
  'null',
  'true',
  '-0',
  '1e999',
  '123456789012345678901234567890',
  '0.1E-2',
  '"\\ud83d\\ude00 \\/ \\b\\f\\n\\r\\t\\"\\\\"',
  '"五月职工医保费"',
  '"\\u0000"',
  '{"":""}',
  '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}',
  '{"__proto__":{"polluted":true},"constructor":1,"toString":2,"hasOwnProperty":3}',
  nested(MOST_DEPTH),
];

describe('the strict reader of bodies', () => {
  it.each(REFUSED)('refuses %j as %s', (body, code) => {
    expect(refusalOf(typeof body === 'string' ? bytes(body) : body)).toBe(code);
  });

  it.each(ACCEPTED)('reads %s as JSON.parse does', (body) => {
    expect(parseStrictJson(bytes(body))).toEqual(JSON.parse(body));
  });

  it('says where', () => {
    const body = '{\n  "evidence": { "a/b": [1, 2,\n   { "kind": "x", "kind": "y" }] }\n}';
    expect(() => parseStrictJson(bytes(body))).toThrow(
      expect.objectContaining({
        text: { zh: '第 3 行第 19 列：同一对象中的键重复', en: 'line 3, column 19: an object names a key twice' },
        details: [expect.objectContaining({ pointer: '/evidence/a~1b/2/kind', got: '"kind"' })],
      }),
    );
    expect(() => parseStrictJson(Uint8Array.of(0x7b, 0x22, 0xe4, 0xb8, 0x22))).toThrow(
      expect.objectContaining({ details: [expect.objectContaining({ got: '0x22 at byte 4' })] }),
    );
  });

  it('changes no prototype', () => {
    const value = parseStrictJson(bytes('{"__proto__":{"polluted":true}}')) as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('accepts of 10,000 mutations exactly what JSON.parse accepts, less what it names', () => {
    const seed = Number(process.env['SEED'] ?? process.hrtime.bigint() & 0x7fffffffn);
    console.log(`strict-json: SEED=${seed}`);
    fc.assert(fc.property(mutatedBodies, agreesWithJsonParse), { seed, numRuns: 10_000 });
  }, 240_000);
});

const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\\u',
  'd83d',
  '\\ude00',
  '0',
  '-',
  '1e5',
  'null',
  ' ',
  '\n',
  '"a":',
  '\ufeff',
];
const documents = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc
    .jsonValue({ maxDepth: 6 })
    .map((value) => JSON.stringify({ amount: '1234.50', evidence: value, amounts: [value] })),
  fc.integer({ min: 28, max: 36 }).map(nested),
  fc.tuple(fc.string(), fc.string()).map(([a, b]) => `{${JSON.stringify(a)}:1,${JSON.stringify(b)}:{"a":1,"a":2}}`),
);
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.integer({ min: 0, max: 3 }),
  insert: fc.oneof(
    fc.constantFrom(...PIECES).map(bytes),
    fc.uint8Array({ maxLength: 3 }),
    fc.constant(new Uint8Array()),
  ),
});

/** JSON documents with up to four places cut out or written over, as bytes. */
const mutatedBodies = fc
  .tuple(documents, fc.array(mutation, { maxLength: 4 }))
  .map(([source, mutations]) => mutations.reduce(mutate, bytes(source)));

function mutate(
  body: Uint8Array,
  { at, remove, insert }: { at: number; remove: number; insert: Uint8Array },
): Uint8Array {
  const place = Math.floor(at * body.length);
  return Uint8Array.from([...body.subarray(0, place), ...insert, ...body.subarray(place + remove)]);
}

/** Refused for being no JSON or no UTF-8, for a restriction that is really broken, or accepted with the same value. */
function agreesWithJsonParse(body: Uint8Array): void {
  const refused = refusalOf(body);
  const source = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  if (refused === 'invalid-utf8') return expect(source).toContain('\ufffd');
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return expect(refused).toBeDefined();
  }
  const broken = restrictionsBroken(source, value);
  if (refused === undefined) expect(parseStrictJson(body)).toEqual(value);
  expect(broken).toEqual(refused === undefined ? [] : expect.arrayContaining([refused]));
}

/** Found another way than the reader finds them: by the tokens of a text that `JSON.parse` accepts. */
function restrictionsBroken(source: string, value: unknown): string[] {
  const strings = source.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  const marks = source.replaceAll(/"(?:[^"\\]|\\.)*"/g, '');
  const colons = marks.split(':').length - 1;
  let depth = 0;
  let deepest = 0;
  for (const mark of marks) {
    if ('{['.includes(mark)) deepest = Math.max(deepest, (depth += 1));
    if ('}]'.includes(mark)) depth -= 1;
  }
  const torn = strings.some((string) => /\p{Cs}/u.test(JSON.parse(string) as string));
  return [
    ...(colons > countKeys(value) ? ['duplicate-key'] : []),
    ...(deepest > MOST_DEPTH ? ['too-deep'] : []),
    ...(torn ? ['lone-surrogate'] : []),
  ];
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, member: unknown) => sum + countKeys(member), own);
}
