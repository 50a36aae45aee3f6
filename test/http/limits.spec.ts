import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contribution } from '../../src/catalogue/collecting/contribution.js';
import { Conversation } from '../faults/conversation.js';
import { get, post, type RunningService, startService } from '../service.js';

const LONG_MS = 240_000;
/** What the service takes: of unanswered questions of one connection, and of connections. */
const QUESTIONS_OF_ONE = 8;
const MOST_CONNECTIONS = 2_000;
const MORE = 100;
const WAVE = 100;

describe('past a limit', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService();
    expect((await post(service, '/v1/contributions', contribution.example, 'first')).status).toBe(201);
    expect((await get(service, '/v1/balances?after=2')).status).toBe(200);
  }, LONG_MS);
  afterAll(async () => {
    expect(await service.stop()).toBe(0);
    service.clean();
  }, LONG_MS);
  const request = (path: string, more = ''): string =>
    `GET ${path} HTTP/1.1\r\nHost: ${new URL(service.address).host}\r\nAccept-Language: en\r\n${more}\r\n`;

  it.each(['/v1/balances', '/v1/audit-trail?format=csv', '/v1/events'])(
    'the questions of one connection are 429 with Retry-After, and all are answered in their order: %s',
    async (path) => {
      const count = 40;
      const { head, body } = await new Conversation(service).send(
        `${request(path).repeat(count - 1)}${request('/livez', 'Connection: close\r\n')}`,
      ).ended;
      const answers = `${head}\r\n\r\n${body}`.split('HTTP/1.1 ').slice(1);
      expect(answers).toHaveLength(count);
      expect(answers.at(-1)).toMatch(/^200 OK/);
      const refused = answers.filter((answer) => answer.startsWith('429 '));
      expect(refused.length).toBeGreaterThan(0);
      expect(count - 1 - refused.length).toBeGreaterThanOrEqual(QUESTIONS_OF_ONE);
      for (const answer of refused) {
        expect(answer).toMatch(/\r\nretry-after: 1\r\n/i);
        expect(answer).toMatch(/\r\ncontent-type: application\/problem\+json/i);
        expect(answer).toContain('"code":"too-many-requests"');
        expect(answer).toContain('too many questions at once');
      }
    },
    LONG_MS,
  );

  it(
    `of ${MOST_CONNECTIONS} connections, those go that have been waited for the longest, and who asks is answered`,
    async () => {
      const body = JSON.stringify(contribution.example);
      const halfPosted = new Conversation(service).send(
        `POST /v1/contributions HTTP/1.1\r\nHost: ${new URL(service.address).host}\r\n` +
          `Content-Type: application/json\r\nIdempotency-Key: half\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
          `Connection: close\r\n\r\n${body.slice(0, 5)}`,
      );
      await sleep(100);
      const closed: number[] = [];
      const idle: Conversation[] = [];
      // In waves: what overflows the queue of a listening socket comes again after seconds, and out of its order.
      while (idle.length < MOST_CONNECTIONS + MORE) {
        const first = idle.length;
        const wave = Array.from({ length: WAVE }, (_, index) => {
          const conversation = new Conversation(service);
          void conversation.ended.then(() => closed.push(first + index));
          return conversation;
        });
        await Promise.all(wave.map(({ socket }) => once(socket, 'connect')));
        idle.push(...wave);
      }
      while (closed.length < MORE) await sleep(20);
      // The first to come were the first to go; the last are still there.
      expect(Math.max(...closed)).toBeLessThan(MOST_CONNECTIONS / 2);
      expect((await new Conversation(service).send(request('/livez', 'Connection: close\r\n')).ended).head).toMatch(
        /^HTTP\/1\.1 200 /,
      );
      expect((await get(service, '/readyz')).status).toBe(200);
      // What is being answered is not what is waited for.
      expect((await halfPosted.send(body.slice(5)).ended).head).toMatch(/^HTTP\/1\.1 201 /);
      for (const { socket } of idle) socket.destroy();
    },
    LONG_MS,
  );
});
