import { describe, expect, it } from '@jest/globals';
import { LedgerError, refusal, text } from '../../src/errors.js';
import { httpError, internalError, languageAccepted, problemOf, statusOf } from '../../src/http/problem.js';
import { isNamed, revisionsNamed } from '../../src/http/protocol/entity-tags.js';
import { idempotencyKeyOf, readPosition, readQuery, readSwitch } from '../../src/http/request.js';

const facts = (code: string, pointer: string): unknown =>
  expect.objectContaining({ kind: 'invalid', code, details: [expect.objectContaining({ pointer, code })] });

describe('a problem document', () => {
  const error = refusal('/amount', 'below-zero', text('余额不足', 'below zero'), text('不超过 1', 'at most 1'), '2');

  it('has every member of RFC 9457 and the facts, in the language asked for', () => {
    expect(problemOf(error, 'en', '/v1/payouts#req-1')).toEqual({
      type: 'urn:tongzhang:problem:below-zero',
      title: 'A rule of the ledger forbids it',
      status: 422,
      detail: 'below zero',
      instance: '/v1/payouts#req-1',
      code: 'below-zero',
      errors: [{ pointer: '/amount', code: 'below-zero', expected: 'at most 1', got: '2' }],
    });
    expect(problemOf(error, 'zh', '').errors[0]!.expected).toBe('不超过 1');
  });

  it.each([
    ['invalid', 400],
    ['refused', 422],
    ['not-found', 404],
    ['conflict', 412],
    ['unavailable', 503],
  ] as const)('of an error that is %s has status %i', (kind, status) => {
    expect(statusOf(new LedgerError(kind, 'some-code', text('', '')))).toBe(status);
  });

  it.each([400, 404, 405, 408, 413, 414, 415, 417, 431, 503, 505])('keeps the status %i that HTTP gave', (status) => {
    expect(statusOf(httpError(status)!)).toBe(status);
  });

  it('is of the client for any status of the client, and ours for the rest', () => {
    expect(statusOf(httpError(418)!)).toBe(400);
    expect(httpError(500)).toBeUndefined();
    expect(statusOf(internalError())).toBe(500);
  });
});

describe('the language of an answer', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['zh-Hans-CN', 'zh'],
    ['fr', 'zh'],
    ['fr, en;q=0.3', 'en'],
    ['en;q=0.4, zh;q=0.9', 'zh'],
    ['zh;q=0.4, en;q=0.9', 'en'],
    ['en, zh', 'en'],
    ['en;q=0', 'zh'],
    ['EN', 'en'],
    ['*', 'zh'],
    ['en;q=1.1.1', 'zh'],
  ])('for %j is %s', (header, language) => {
    expect(languageAccepted(header)).toBe(language);
  });
});

describe('the head of a request', () => {
  it.each(['a', 'HK-2025-000123', '~'.repeat(255), '"!"'])('takes %s as an idempotency key', (key) => {
    expect(idempotencyKeyOf({ 'idempotency-key': key })).toBe(key);
  });

  it.each(['', ' ', 'a b', 'a, b', 'é', '账', '\u007f', 'x'.repeat(256)])('refuses %j as one', (key) => {
    expect(() => idempotencyKeyOf({ 'idempotency-key': key })).toThrow(facts('idempotency-key', 'Idempotency-Key'));
  });

  it.each([
    [undefined, undefined],
    ['"12"', [12]],
    ['"1","2"', [1, 2]],
    [' "1" ,, W/"2" , "0"', [1, 0]],
    ['*', 'any'],
    [' * ', 'any'],
    ['W/"12"', []],
    ['"012"', []],
    ['"-1"', []],
    ['""', []],
    ['"a,b", "3"', [3]],
  ] as const)('with If-Match %s a client has seen %j', (header, seen) => {
    expect(revisionsNamed(header)).toEqual(seen);
  });

  it.each(['12', '', ',', '"1" "2"', '*, "1"', '"1", *', 'w/"1"', '"1', '"a b"', `"1"${' '.repeat(15_000)}x`])(
    'refuses %j as If-Match and as If-None-Match',
    (header) => {
      expect(() => revisionsNamed(header)).toThrow(facts('if-match', 'If-Match'));
      expect(() => isNamed(header, '"a"')).toThrow(facts('if-none-match', 'If-None-Match'));
    },
  );

  it('reads a query of known names, each once', () => {
    expect(readQuery({ dryRun: 'true' }, ['dryRun'])).toEqual({ dryRun: 'true' });
    expect(() => readQuery({ dryrun: 'true' }, ['dryRun'])).toThrow(facts('unknown-parameter', 'dryrun'));
    expect(() => readQuery({ dryRun: ['true', 'true'] }, ['dryRun'])).toThrow(facts('repeated-parameter', 'dryRun'));
  });

  it('reads switches and positions', () => {
    expect([undefined, 'false', 'true'].map((value) => readSwitch('dryRun', value))).toEqual([false, false, true]);
    expect(() => readSwitch('dryRun', '1')).toThrow(facts('switch', 'dryRun'));
    expect([undefined, '0', '120'].map((value) => readPosition('after', value))).toEqual([undefined, 0, 120]);
    for (const value of ['', '-1', '1e3', '01', '1'.repeat(16)])
      expect(() => readPosition('after', value)).toThrow(facts('position', 'after'));
  });

  it.each([
    [undefined, false],
    ['"a"', true],
    ['W/"a"', true],
    ['"b", "a"', true],
    ['*', true],
    ['"b"', false],
  ])('with If-None-Match %s holds the tag "a": %s', (header, named) => {
    expect(isNamed(header, '"a"')).toBe(named);
  });
});
