import { once } from 'node:events';
import { type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from '@jest/globals';
import { SECURITY_HEADERS } from './security-headers.js';
import { createHttpServer } from './server.js';
import { untilHolds } from '../../../test/probe.js';

const QUESTIONS = 4;
let server: Server;
afterEach(() => void server.close());

function* withoutEnd(): Iterable<string> {
  for (;;) yield 'x'.repeat(10_000);
}

it('an answer that waits behind others of its connection hears that the connection is gone', async () => {
  let [given, left] = [0, 0];
  server = createHttpServer(
    (_request, response) => {
      given += 1;
      response.once('close', () => (left += 1));
      Readable.from(withoutEnd()).pipe(response);
    },
    () => undefined,
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.pause().write('GET / HTTP/1.1\r\nHost: here\r\n\r\n'.repeat(QUESTIONS));
  while (given < QUESTIONS) await sleep(10);
  client.resetAndDestroy();
  await untilHolds(
    () => left === QUESTIONS,
    () => `${left} of ${QUESTIONS} have ended`,
  );
});

/** The ways in which an answer may be given, each with what it says of caching by itself. */
const WAYS: readonly [way: string, answer: (response: ServerResponse) => void, caching: string][] = [
  ['without a head of its own', (response) => response.end('x'), 'no-store'],
  ['with a header set before', (response) => response.setHeader('cache-control', 'max-age=1').end('x'), 'max-age=1'],
  ['with a head', (response) => response.writeHead(200, { etag: '"1"' }).end('x'), 'no-store'],
  [
    'with a head that says otherwise',
    (response) => response.writeHead(200, { 'cache-control': 'no-cache' }).end('x'),
    'no-cache',
  ],
  ['with a reason', (response) => response.writeHead(200, 'Fine', { etag: '"1"' }).end('x'), 'no-store'],
  ['with a list', (response) => response.writeHead(200, ['etag', '"1"']).end('x'), 'no-store'],
  [
    'with both',
    (response) => response.setHeader('x-own', '1').writeHead(200, { 'cache-control': 'no-cache' }).end('x'),
    'no-cache',
  ],
];

it.each(WAYS)('an answer given %s carries the headers of security, each once', async (_, answer, caching) => {
  server = createHttpServer(
    (_request, response) => answer(response),
    () => undefined,
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { headers } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(Object.fromEntries(headers)).toMatchObject({ ...SECURITY_HEADERS, 'cache-control': caching });
});
