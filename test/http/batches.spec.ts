import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Conversation } from '../faults/conversation.js';
import { command, eventCount, ONE_OF_EACH } from '../one-of-each.js';
import { type Answered, post, type RunningService, startService } from '../service.js';

const LONG_MS = 240_000;
const NDJSON = { 'content-type': 'application/x-ndjson' };
const EN = { 'accept-language': 'en' };
const MEBIBYTE = 1_048_576;

interface Item {
  readonly index: number;
  readonly line?: number;
  readonly key?: string;
  readonly status: number;
  readonly replayed?: true;
  readonly receipt?: Readonly<Record<string, unknown>>;
  readonly preview?: Readonly<Record<string, unknown>>;
  readonly problem?: Readonly<Record<string, unknown>>;
}

const itemsOf = ({ body }: Answered): Item[] => body['items'] as Item[];
const codesOf = (answer: Answered): unknown[] =>
  itemsOf(answer).map(({ problem, replayed, status }) => problem?.['code'] ?? (replayed ? 'replayed' : status));

describe('a batch over HTTP', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService();
  }, LONG_MS);
  afterAll(async () => {
    expect(await service.stop()).toBe(0);
    service.clean();
  }, LONG_MS);

  const send = (body: unknown, headers: Readonly<Record<string, string>> = {}, query = ''): Promise<Answered> =>
    post(service, `/v1/batches${query}`, body, undefined, headers);
  const sendLines = (...lines: readonly (string | Uint8Array)[]): Promise<Answered> =>
    send(Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')])), { ...NDJSON, ...EN });
  const contribution = (key: string, fields: Readonly<Record<string, unknown>> = {}): object => {
    const [, body] = command('contribution', { ...fields, unit: '469001' });
    return { kind: 'contribution', key, ...body };
  };

  it('records one of each kind, each with the receipt that it has alone', async () => {
    const batch = ONE_OF_EACH.map(([kind, fields]) => ({ kind, key: `each-${kind}`, ...command(kind, fields)[1] }));
    const answer = await send(batch);
    expect(answer).toMatchObject({ status: 207, body: { recorded: batch.length, replayed: 0, refused: 0 } });
    expect(answer.headers.get('x-ledger-position')).toBe(String(answer.body['position']));
    for (const [index, [kind, fields]] of ONE_OF_EACH.entries()) {
      const alone = await post(service, ...command(kind, fields), `each-${kind}`);
      expect([alone.status, alone.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
      expect(itemsOf(answer)[index]).toEqual({ index, key: `each-${kind}`, status: 201, receipt: alone.body });
    }
    const again = await send(batch);
    expect(again.body).toMatchObject({ recorded: 0, replayed: batch.length, position: answer.body['position'] });
    expect(itemsOf(again)).toEqual(itemsOf(answer).map((item) => ({ ...item, replayed: true })));
  });

  const [, example] = command('contribution', { unit: '469001' });
  const written = JSON.stringify(example);
  const longest = 65_536;
  const REFUSED: readonly (readonly [what: string, body: string | Uint8Array])[] = [
    ['an amount as a number', written.replace('"1234.50"', '1234.50')],
    ['an unknown field', written.replace('{', '{"more":1,')],
    ['a field that is missing', written.replace('"fund":"employee",', '')],
    ['one person who makes and reviews', written.replace('"li"', '"wang"')],
    ['a unit that is not adopted', written.replace('469001', '999999')],
    ['a day in the future', written.replace('2025-05-12', '2199-05-12')],
    ['a prototype', written.replace('{', '{"__proto__":{"amount":"1.00"},')],
    ['a member twice', written.replace('{', '{"fund":"resident",')],
    ['nesting too deep', written.replace('{', `{"note":${'['.repeat(40)}${']'.repeat(40)},`)],
    ['half a surrogate pair', written.replace('{', '{"note":"\\ud800",')],
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from(written.slice(0, -1)), Buffer.from(',"note":"\xff"}', 'latin1')]),
    ],
    ['a byte order mark', `\ufeff${written}`],
    ['too many bytes', written.replace('{', `{${' '.repeat(longest)}`)],
    ['text that ends early', written.slice(0, -5)],
    ['no object', '[]'],
  ];
  it.each(REFUSED)(
    'refuses an item with %s as it would be refused alone, and records the others',
    async (what, body) => {
      for (const headers of [EN, { 'accept-language': 'zh' }]) {
        const alone = await post(service, '/v1/contributions', body, `alone ${what}`.replaceAll(' ', '-'), headers);
        const source = Buffer.from(body).toString('latin1').replace('{', '{"kind":"contribution","key":"k-1",');
        const good = JSON.stringify(contribution(`beside-${what.replaceAll(' ', '-')}`));
        const lines = [good, '', source].map((line) => Buffer.from(line, line === source ? 'latin1' : 'utf8'));
        const answer = await send(Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])), {
          ...NDJSON,
          ...headers,
        });
        expect(answer).toMatchObject({ status: 207, body: { refused: 1 } });
        const [, { line, status, problem }] = itemsOf(answer) as [Item, Item];
        expect([line, status]).toEqual([3, problem!['status']]);
        if (what === 'no object') expect([status, problem!['code']]).toEqual([400, 'object']);
        else {
          // Columns, bytes and what is left of a text are those of the line.
          const { detail, instance, errors, ...same } = alone.body;
          expect(problem).toMatchObject({ ...same, instance: expect.stringMatching(/^\/v1\/batches#req-[0-9a-z]+$/) });
          const atFault = (list: unknown) =>
            (list as { pointer: string; expected: string }[]).map(({ pointer, expected }) => [pointer, expected]);
          if (what !== 'a byte order mark') expect(atFault(problem!['errors'])).toEqual(atFault(errors));
          const placed = /^(第 |line )\d/.test(String(detail));
          if (placed) expect(problem!['detail']).toMatch(/^(第 3 行|line 3, )/);
          else expect(problem!['detail']).toBe(detail);
          expect(String(instance)).toContain('/v1/contributions');
        }
      }
    },
  );

  it('says of the members of an item what it says of headers', async () => {
    const { kind: _, ...nameless } = contribution('a') as { kind: string };
    const { key: __, ...keyless } = contribution('a') as { key: string };
    const answer = await send(
      [
        nameless,
        { ...nameless, kind: 'contributions' },
        { ...nameless, kind: ['contribution'] },
        keyless,
        contribution('with space'),
        { ...keyless, key: 7 },
        { ...keyless, key: null },
        { ...contribution('b'), ifMatch: 1 },
        { ...contribution('b'), ifMatch: 'x' },
        { ...contribution('b'), ifMatch: '"999"' },
        7,
        null,
      ],
      EN,
    );
    const ofKind = ['required', 'unknown-kind', 'unknown-kind'];
    const ofKey = ['idempotency-key-required', 'idempotency-key', 'idempotency-key', 'idempotency-key'];
    const ofMatch = ['if-match', 'if-match', 'revision-moved-on'];
    expect(codesOf(answer)).toEqual([...ofKind, ...ofKey, ...ofMatch, 'object', 'object']);
    expect(itemsOf(answer).map(({ status }) => status)).toEqual([
      ...Array.from({ length: 9 }, () => 400),
      412,
      400,
      400,
    ]);
  });

  it('takes lines as people write them: CRLF, blank, spaced, and a last one that does not end', async () => {
    const [one, two] = [
      JSON.stringify(contribution('l-1')),
      JSON.stringify(contribution('l-2'), undefined, ' ').replaceAll('\n', ''),
    ];
    const answer = await send(`\r\n${one}\r\n  \n\t${two}`, { 'content-type': 'application/jsonl; charset=utf-8' });
    expect(itemsOf(answer).map(({ line, status, key }) => [line, status, key])).toEqual([
      [2, 201, 'l-1'],
      [4, 201, 'l-2'],
    ]);
  });

  const WHOLE: readonly (readonly [string, unknown, Record<string, string>, string, number, string])[] = [
    ['nothing', '', NDJSON, '', 400, 'no-commands'],
    ['blank lines', '\n \r\n', NDJSON, '', 400, 'no-commands'],
    ['an empty array', '[]', {}, '', 400, 'no-commands'],
    ['an object', '{}', {}, '', 400, 'batch'],
    ['an array that does not end', '[{}', {}, '', 400, 'malformed-json'],
    ['an array with a member twice', '[{"a":1,"a":1}]', {}, '', 400, 'duplicate-key'],
    ['1,001 items', `[${'1,'.repeat(1_000)}1]`, {}, '', 413, 'too-many-commands'],
    ['1,001 lines', '1\n'.repeat(1_001), NDJSON, '', 413, 'too-many-commands'],
    ['more than a mebibyte', `["${'a'.repeat(MEBIBYTE)}"]`, {}, '', 413, 'body-too-large'],
    ['more than a mebibyte of lines', '1'.repeat(MEBIBYTE + 1), NDJSON, '', 413, 'body-too-large'],
    ['another type', '[]', { 'content-type': 'text/csv' }, '', 415, 'unsupported-media-type'],
    ['a packed body', '[]', { 'content-encoding': 'gzip' }, '', 415, 'unsupported-media-type'],
    ['the key of one command', '[1]', { 'idempotency-key': 'k' }, '', 400, 'of-one-command'],
    ['the revision of one book', '[1]', { 'if-match': '"1"' }, '', 400, 'of-one-command'],
    ['an unknown parameter', '[1]', {}, '?all=true', 400, 'unknown-parameter'],
    ['a switch that is none', '[1]', {}, '?atomic=yes', 400, 'switch'],
  ];
  it.each(WHOLE)('is refused as a whole with %s', async (_, body, headers, query, status, code) => {
    expect(await send(body, headers, query)).toMatchObject({ status, body: { status, code } });
  });

  it(
    'may be as long as a mebibyte, where a command alone may not',
    async () => {
      const before = await eventCount(service);
      const lines = Array.from({ length: 1_000 }, (_, index) => JSON.stringify(contribution(`long-${index}`)));
      const body = lines.join('\n').padEnd(MEBIBYTE, '\n');
      expect(Buffer.byteLength(body)).toBeGreaterThanOrEqual(MEBIBYTE - 20_000);
      const answer = await send(Buffer.from(body).subarray(0, MEBIBYTE), NDJSON);
      expect(answer.body).toMatchObject({ recorded: 1_000, refused: 0 });
      expect(await eventCount(service)).toBe(before + 1_000);
      const alone = await post(service, '/v1/contributions', ' '.repeat(longest + 1), 'long');
      expect(alone.status).toBe(413);
    },
    LONG_MS,
  );

  it('only says what would follow, or records all or nothing, where that is asked for', async () => {
    const before = await eventCount(service);
    const { key: _, ...keyless } = contribution('d') as { key: string };
    const tried = await send([keyless, contribution('d-1')], {}, '?dryRun=true');
    expect(tried.body).toMatchObject({ dryRun: true, recorded: 2 });
    const alone = await post(service, '/v1/contributions?dryRun=true', example, undefined);
    expect(itemsOf(tried)[0]).toEqual({ index: 0, status: 200, preview: alone.body });
    const overdrawn = { kind: 'money-movement', key: 'o', ...command('money-movement', { unit: '469001' })[1] };
    const refused = await send([contribution('d-2'), overdrawn], EN, '?atomic=true');
    expect(codesOf(refused)).toEqual(['batch-refused', 'below-zero']);
    expect(itemsOf(refused)[0]!.problem).toMatchObject({ status: 424, title: 'Others of its batch are refused' });
    const mixed = [contribution('d-2'), { ...contribution('d-3'), unit: '469002' }];
    expect(await send(mixed, EN, '?atomic=true')).toMatchObject({
      status: 422,
      body: { code: 'atomic-over-several-books' },
    });
    expect(await send(mixed, EN, '?atomic=true&dryRun=true')).toMatchObject({ status: 422 });
    expect(await eventCount(service)).toBe(before);
    const whole = await send([contribution('d-2'), contribution('d-3')], {}, '?atomic=true');
    expect(codesOf(whole)).toEqual([201, 201]);
    expect(await eventCount(service)).toBe(before + 2);
  });

  it('that does not arrive whole is not looked at; one whose answer nobody reads is told again', async () => {
    const before = await eventCount(service);
    const body = Array.from({ length: 50 }, (_, index) => JSON.stringify(contribution(`cut-${index}`))).join('\n');
    const head = (length: number): string =>
      `POST /v1/batches HTTP/1.1\r\nHost: ${new URL(service.address).host}\r\n` +
      `Content-Type: application/x-ndjson\r\nContent-Length: ${length}\r\n\r\n`;
    const cut = new Conversation(service).send(head(Buffer.byteLength(body)) + body.slice(0, -10));
    cut.socket.end();
    await cut.ended;
    expect(await eventCount(service)).toBe(before);
    const left = new Conversation(service).send(head(Buffer.byteLength(body)) + body);
    // Gone as soon as everything was sent.
    await new Promise((resolve) => left.socket.write('', resolve));
    left.socket.destroy();
    const again = await send(body, NDJSON);
    const stands = await send(body, NDJSON);
    expect(stands.body).toMatchObject({ recorded: 0, replayed: 50, refused: 0 });
    expect(itemsOf(again).map(({ receipt }) => receipt)).toEqual(itemsOf(stands).map(({ receipt }) => receipt));
    expect(await eventCount(service)).toBe(before + 50);
  });

  it('names in an answer what it was given with nothing hidden', async () => {
    const answer = await sendLines('{"kind":"\u202econtribution","key":"a"}');
    expect(JSON.stringify(answer.body)).not.toContain('\u202e');
    expect(itemsOf(answer)[0]!.problem).toMatchObject({ code: 'unknown-kind' });
  });
});
