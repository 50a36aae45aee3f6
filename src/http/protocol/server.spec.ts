import { once } from 'node:events';
import { type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, it } from '@jest/globals';
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
