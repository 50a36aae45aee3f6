import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { text } from '../../src/errors.js';
import { by, NORMS } from '../../src/books/sources.js';
import { findKind } from '../../src/catalogue/registry.js';
import { command, eventCount, ONE_OF_EACH } from '../one-of-each.js';
import { KurrentDbDouble } from '../kurrentdb/double.js';
import { untilQuiet, watchServices } from '../probe.js';
import { type Answered, get, post, type RunningService, startService } from '../service.js';

const START_MS = 240_000;

const double = new KurrentDbDouble();
/** Where the log is, how it is reached, and where its second voucher stands if that is known beforehand. */
const STORES: readonly [where: string, environment: () => Record<string, string>, second: unknown][] = [
  ['a file', () => ({}), 3],
  ['KurrentDB', () => ({ EVENT_STORE_URL: double.url }), expect.any(Number)],
];

describe.each(STORES)('recording over HTTP, the log in %s', (_where, environment, second) => {
  let service: RunningService;
  let watch: ReturnType<typeof watchServices>;
  const first = new Map<string, Answered>();

  beforeAll(async () => {
    if ('EVENT_STORE_URL' in environment()) await double.start();
    service = await startService(undefined, environment());
    watch = watchServices([
      {
        get address() {
          return service.address;
        },
      },
    ]);
    for (const [kind, fields] of ONE_OF_EACH)
      first.set(kind, await post(service, ...command(kind, fields), `first-${kind}`));
  }, START_MS);
  afterAll(async () => {
    expect(await watch.stop()).toMatchObject({ strange: [] });
    expect(await service.stop()).toBe(0);
    if ('EVENT_STORE_URL' in environment()) {
      await untilQuiet(double);
      await double.stop();
    }
    service.clean();
  }, START_MS);

  it.each(ONE_OF_EACH)('records one %s', (kind) => {
    const { status, headers, body } = first.get(kind)!;
    expect({ status, body }).toMatchObject({ status: 201, body: { id: expect.any(String) as unknown } });
    expect(headers.get('location')).toBe(`/v1/vouchers/${String(body['id'])}`);
    expect(headers.get('etag')).toBe(`"${String(body['revision'])}"`);
    expect(headers.get('x-ledger-position')).toBe(String(body['position']));
    expect(headers.get('idempotency-replayed')).toBeNull();
    const members = ['id', 'book', 'revision', 'position', 'voucherNumber', 'recordedAt', 'entries'];
    expect(Object.keys(body)).toEqual(findKind(kind)!.form === 'memo' ? [...members, 'findings'] : members);
  });

  it('answers with the whole receipt', () => {
    expect(first.get('contribution')!.body).toEqual({
      id: 'book-employee-460100-1',
      book: 'employee-460100',
      revision: 1,
      position: second,
      voucherNumber: '2025-05-收-0001',
      recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
      entries: [
        { account: 'treasury', debit: '1234.50' },
        { account: 'income.premiums', detail: 'employer', share: 'pool', credit: '900.00' },
        { account: 'income.premiums', detail: 'employer', share: 'personal', credit: '334.50' },
      ],
    });
    expect(first.get('penalty')!.body).toMatchObject({ book: null, voucherNumber: null, entries: [] });
  });

  it('answers the same key and command again with the first answer', async () => {
    for (const [kind, fields] of ONE_OF_EACH) {
      const again = await post(service, ...command(kind, fields), `first-${kind}`);
      expect(again).toMatchObject({ status: 201, body: first.get(kind)!.body });
      expect(again.headers.get('idempotency-replayed')).toBe('true');
    }
  });

  it('takes another spelling of the same command for the same', async () => {
    const again = await post(service, ...command('contribution', { amount: '01234.5' }), 'first-contribution');
    expect(again).toMatchObject({ status: 201, body: first.get('contribution')!.body });
  });

  it('refuses the same key with another command', async () => {
    const other = await post(service, ...command('contribution', { headcount: 13 }), 'first-contribution');
    expect(other).toMatchObject({ status: 422, body: { code: 'key-used-before' } });
  });

  it('records one event for hundreds of parallel posts of one key', async () => {
    const before = await eventCount(service);
    const one = command('contribution', { fund: 'resident', poolShare: undefined, personalShare: undefined });
    // No more than wait at a listening socket: a connection that does not fit comes again only after seconds.
    const answers = await Promise.all(Array.from({ length: 400 }, () => post(service, ...one, 'parallel')));
    const bodies = new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`));
    expect([...bodies]).toEqual([expect.stringMatching(/^201 /)]);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await eventCount(service)).toBe(before + 1);
  }, 240_000);

  it('refuses a revision the book has left behind', async () => {
    const stale = await post(service, ...command('contribution'), 'stale', { 'if-match': '"0"' });
    expect(stale).toMatchObject({
      status: 412,
      body: { code: 'revision-moved-on', errors: [{ pointer: 'If-Match' }] },
    });
    const { expected } = (stale.body['errors'] as { expected: string }[])[0]!;
    const fresh = await post(service, ...command('contribution'), 'fresh', { 'if-match': expected });
    expect(fresh.status).toBe(201);
  });

  it('shows what would follow, and writes nothing', async () => {
    const before = await eventCount(service);
    const [path, body] = command('contribution');
    const preview = await post(service, `${path}?dryRun=true`, body, undefined);
    expect(preview).toMatchObject({
      status: 200,
      body: {
        dryRun: true,
        book: 'employee-460100',
        voucherNumber: '2025-05-收-0005',
        entries: (first.get('contribution')!.body as { entries: unknown }).entries,
        balances: [
          { line: 'treasury', before: '1001234.50', after: '1002469.00' },
          { line: 'income.premiums/employer@pool', before: '-900.00', after: '-1800.00' },
          { line: 'income.premiums/employer@personal', before: '-334.50', after: '-669.00' },
        ],
      },
    });
    expect(await eventCount(service)).toBe(before);
    const refused = await post(service, `${path}?dryRun=true`, { ...body, reviewer: 'wang' }, undefined);
    expect(refused).toMatchObject({ status: 422, body: { code: 'maker-is-reviewer' } });
  });

  it('says what is wrong in the language asked for', async () => {
    const [path, body] = command('contribution', { reviewer: 'wang' });
    const zh = await post(service, path, body, 'language');
    const en = await post(service, path, body, 'language', { 'accept-language': 'en-GB, zh;q=0.5' });
    const said = by(NORMS, text('经办与复核不能是同一人', 'maker and reviewer must be two people'));
    expect([zh.body['detail'], en.body['detail']]).toEqual([said.zh, said.en]);
    expect([zh, en].map(({ headers }) => headers.get('content-language'))).toEqual(['zh', 'en']);
    expect(zh.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(Object.keys(zh.body)).toEqual(['type', 'title', 'status', 'detail', 'instance', 'code', 'errors']);
    expect(zh.body['errors']).toEqual([
      { pointer: '/reviewer', code: 'maker-is-reviewer', expected: '不同于 wang 的复核人', got: 'wang' },
    ]);
  });

  const amounts = [
    1234.5,
    '1e3',
    '-1',
    '+1',
    '0',
    '0.00',
    '1.234',
    '1.',
    '.5',
    '1,000',
    '１２',
    '',
    ' 1',
    `1${'0'.repeat(15)}`,
  ];
  it.each(amounts)('refuses the amount %j', async (amount) => {
    const refused = await post(service, ...command('contribution', { amount }), 'refused');
    const errors = [{ pointer: '/amount', code: 'amount-format' }];
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid-command', errors } });
  });

  it.each<[string, string, Readonly<Record<string, unknown>>, number, string, string]>([
    ['an unknown fund', 'contribution', { fund: 'pension' }, 400, '/fund', 'unknown-fund'],
    ['a fund switched off', 'contribution', { fund: 'long-term-care' }, 400, '/fund', 'unknown-fund'],
    ['an unknown unit', 'contribution', { unit: '110000' }, 400, '/unit', 'unknown-unit'],
    ['an unknown field', 'contribution', { colour: 'red' }, 400, '/colour', 'unknown-field'],
    ['a field of the prototype', 'contribution', { constructor: 1 }, 400, '/constructor', 'unknown-field'],
    ['a field left out', 'contribution', { payer: undefined }, 400, '/payer', 'required'],
    ['shares that do not add up', 'contribution', { poolShare: '900.01' }, 422, '/poolShare', 'shares-do-not-add-up'],
    ['maker as reviewer', 'contribution', { reviewer: 'wang' }, 422, '/reviewer', 'maker-is-reviewer'],
    ['a day that does not exist', 'contribution', { businessDate: '2025-02-29' }, 400, '/businessDate', 'date'],
    ['a day to come', 'contribution', { businessDate: '2199-01-01' }, 422, '/businessDate', 'date-in-future'],
    [
      'a day before the opening',
      'contribution',
      { businessDate: '2024-12-31' },
      422,
      '/businessDate',
      'date-before-opening',
    ],
    ['an account below zero', 'money-movement', { amount: '99999999.00' }, 422, '/amount', 'below-zero'],
    [
      'the reversal of nothing',
      'reversal',
      { reverses: 'book-employee-460100-999999' },
      422,
      '/reverses',
      'no-such-voucher',
    ],
    [
      'the reversal of another book',
      'reversal',
      { reverses: 'book-employee-460000-0' },
      422,
      '/reverses',
      'no-such-voucher',
    ],
    ['a second reversal', 'reversal', { reverses: 'book-employee-460100-1' }, 422, '/reverses', 'already-reversed'],
  ])('refuses %s', async (_, kind, fields, status, pointer, code) => {
    const before = await eventCount(service);
    const refused = await post(service, ...command(kind, fields), 'refused');
    expect(refused).toMatchObject({ status, body: { status, errors: [{ pointer, code }] } });
    expect(await eventCount(service)).toBe(before);
  });

  it('names the balance that is too small', async () => {
    const refused = await post(service, ...command('money-movement', { amount: '99999999.00' }), 'refused');
    const { expected, got } = (refused.body['errors'] as { expected: string; got: string }[])[0]!;
    expect({ expected, got }).toEqual({
      expected: expect.stringMatching(/^不超过 \d+\.\d\d（fiscal-account）$/),
      got: '99999999.00',
    });
  });

  it('refuses the reversal of a reversal', async () => {
    const reverses = first.get('reversal')!.body['id'];
    const refused = await post(service, ...command('reversal', { reverses }), 'refused');
    expect(refused).toMatchObject({ status: 422, body: { code: 'is-a-reversal', errors: [{ got: reverses }] } });
  });

  it('refuses an opening that does not balance, or comes second', async () => {
    const balances = { treasury: '100.00', 'net.pool': '99.99' };
    const unbalanced = await post(service, ...command('opening-balance', { unit: '460200', balances }), 'refused');
    expect(unbalanced).toMatchObject({ status: 422, body: { code: 'unbalanced' } });
    const second = await post(service, ...command('opening-balance'), 'second');
    expect(second).toMatchObject({ status: 422, body: { code: 'book-already-open' } });
  });

  const good = JSON.stringify(command('contribution')[1]);
  it.each<[string, string | Uint8Array, number, string]>([
    ['nothing', '', 400, 'malformed-json'],
    ['half of it', good.slice(0, 100), 400, 'malformed-json'],
    ['an array', `[${good}]`, 400, 'invalid-command'],
    ['null', 'null', 400, 'invalid-command'],
    ['a key twice', good.replace('{', '{"amount":"1.00",'), 400, 'duplicate-key'],
    ['a key twice, once escaped', good.replace('{', '{"\\u0061mount":"1.00",'), 400, 'duplicate-key'],
    ['too many levels', '['.repeat(33) + ']'.repeat(33), 400, 'too-deep'],
    ['half a surrogate pair', good.replace('五月', '\\ud83d'), 400, 'lone-surrogate'],
    ['a byte order mark', `\ufeff${good}`, 400, 'malformed-json'],
    ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 400, 'invalid-utf8'],
    ['more than 64 KiB', good.replace('五月', '五'.repeat(30_000)), 413, 'body-too-large'],
  ])('refuses a body of %s', async (_, body, status, code) => {
    expect(await post(service, '/v1/contributions', body, 'refused')).toMatchObject({
      status,
      body: { status, code },
    });
  });

  it.each<[string, string, Readonly<Record<string, string>>, number, string]>([
    ['no key', '', { 'idempotency-key': '' }, 400, 'idempotency-key'],
    ['a key with a blank', '', { 'idempotency-key': 'a b' }, 400, 'idempotency-key'],
    ['a revision without quotes', '', { 'if-match': '12' }, 400, 'if-match'],
    ['an unknown parameter', '?dryrun=true', {}, 400, 'unknown-parameter'],
    ['a switch that is neither', '?dryRun=yes', {}, 400, 'switch'],
    ['a parameter twice', '?dryRun=true&dryRun=true', {}, 400, 'repeated-parameter'],
    ['plain text', '', { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
    ['a form', '', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported-media-type'],
  ])('refuses %s', async (_, query, headers, status, code) => {
    const refused = await post(service, `/v1/contributions${query}`, good, 'refused', headers);
    const found = [refused.body['code'], ...(refused.body['errors'] as { code: string }[]).map((error) => error.code)];
    expect(refused.status).toBe(status);
    expect(found).toContain(code);
  });

  it('refuses a write without a key', async () => {
    const refused = await post(service, '/v1/contributions', good, undefined);
    expect(refused).toMatchObject({ status: 400, body: { code: 'idempotency-key-required' } });
  });

  it.each([
    ['/v1/pensions', 404, 'no-such-route'],
    ['/v1/contributions', 405, 'method-not-allowed'],
    ['/%zz', 400, 'bad-request'],
    ['/docs/..%2fpackage.json', 404, 'no-such-file'],
  ])('answers GET %s with a problem document', async (path, status, code) => {
    const { headers, ...answered } = await get(service, path);
    expect(answered).toMatchObject({ status, body: { status, code } });
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  });
});
