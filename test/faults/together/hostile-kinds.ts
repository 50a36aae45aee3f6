import { contribution } from '../../../src/catalogue/collecting/contribution.js';
import { type Conversation } from '../conversation.js';

/** What a hostile client is told of the service, and what it may do beside sending. */
export interface Scene {
  /** The `Host` that the service is asked as. */
  readonly host: string;
  readonly random: () => number;
  /** Sends something again and again until the connection is closed. */
  readonly again: (everyMs: number, text: () => string) => void;
}

/** One bad habit: what a client that has it does on a connection of its own. */
interface HostileKind {
  readonly name: string;
  /** How many of a hundred connections have it. */
  readonly share: number;
  readonly act: (conversation: Conversation, scene: Scene) => void;
}

/** Whether what they post in their resets is recorded is nobody's matter: it is in a book of its own. */
const HOSTILE_UNIT = '460300';

const KIB = 1024;
const JSON_TYPE = 'Content-Type: application/json';
const head = (line: string, { host }: Scene, ...fields: readonly string[]): string =>
  [`${line} HTTP/1.1`, `Host: ${host}`, ...fields, '', ''].join('\r\n');
const get = (path: string, scene: Scene, ...fields: readonly string[]): string => head(`GET ${path}`, scene, ...fields);
const post = (scene: Scene, ...fields: readonly string[]): string =>
  head('POST /v1/contributions', scene, JSON_TYPE, `Idempotency-Key: hostile-${scene.random()}`, ...fields);
const upload = (scene: Scene, type: string, ...fields: readonly string[]): string =>
  head('POST /v1/imports', scene, `Content-Type: ${type}`, 'Transfer-Encoding: chunked', ...fields);
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const noise = ({ random }: Scene, length: number): string =>
  Array.from({ length }, () => String.fromCharCode(33 + Math.floor(random() * 94))).join('');
const FORM = '--b\r\nContent-Disposition: form-data; name="file"; filename="f.csv"\r\n\r\n';
const AS_OF = '/v1/balances?asOf=2025-05-31&recordedAsOf=position:1';

/** Every kind that a service meets, the patient ones more often than those that are sent away at once. */
export const HOSTILE_KINDS: readonly HostileKind[] = [
  {
    name: 'half a head',
    share: 10,
    act: (to, scene) => void to.send(get('/livez', scene).slice(0, -2)),
  },
  {
    name: 'a head byte by byte',
    share: 8,
    act: (to, scene) => {
      to.send(get('/livez', scene).slice(0, -2) + 'X-Slow: ');
      scene.again(300, () => 'x');
    },
  },
  { name: 'no byte at all', share: 8, act: () => undefined },
  {
    name: 'a body that never comes',
    share: 10,
    act: (to, scene) => void to.send(post(scene, 'Content-Length: 900')),
  },
  {
    name: 'a body byte by byte',
    share: 8,
    act: (to, scene) => {
      to.send(post(scene, 'Content-Length: 60000'));
      scene.again(300, () => ' ');
    },
  },
  {
    name: 'kept alive for nothing',
    share: 12,
    act: (to, scene) => void to.send(get('/livez', scene)),
  },
  {
    name: 'an export that is not read',
    share: 7,
    act: (to, scene) =>
      void to.readNothing().send(get('/v1/audit-trail?format=csv&from=2025-01-01&to=2025-12-31', scene).repeat(4)),
  },
  {
    name: 'the log, not read',
    share: 6,
    act: (to, scene) => void to.readNothing().send(get('/v1/events', scene, 'Accept: application/x-ndjson').repeat(4)),
  },
  {
    name: 'large answers, not read',
    share: 6,
    act: (to, scene) => void to.readNothing().send(get('/docs/swagger-ui-bundle.js', scene).repeat(8)),
  },
  {
    name: 'questions without end',
    share: 2,
    act: (_, scene) => scene.again(200, () => get(AS_OF, scene)),
  },
  {
    name: 'an upload of rubbish without end',
    share: 2,
    act: (to, scene) => {
      to.send(upload(scene, 'text/csv'));
      scene.again(250, () => chunk(noise(scene, 16 * KIB)));
    },
  },
  {
    name: 'a form without end',
    share: 1,
    act: (to, scene) => {
      to.send(upload(scene, 'multipart/form-data; boundary=b') + chunk(FORM));
      scene.again(500, () => chunk('kind,fund\n'));
    },
  },
  {
    name: 'rubbish as a file',
    share: 1,
    act: (to, scene) => void to.send(upload(scene, 'text/csv') + chunk(noise(scene, 4 * KIB)) + chunk('')),
  },
  {
    name: 'packed zeros',
    share: 1,
    act: (to, scene) => void to.send(upload(scene, 'text/csv', 'Content-Encoding: gzip') + chunk(noise(scene, KIB))),
  },
  {
    name: 'a write that is reset',
    share: 3,
    act: (to, scene) => {
      const body = JSON.stringify({ ...contribution.example, unit: HOSTILE_UNIT });
      const request = post(scene, `Content-Length: ${Buffer.byteLength(body)}`) + body;
      to.send(request.slice(0, scene.random() < 0.5 ? -9 : undefined));
      setTimeout(() => to.socket.resetAndDestroy(), 50 * scene.random());
    },
  },
  {
    name: 'garbage behind a request',
    share: 3,
    act: (to, scene) => void to.send(get('/v1/balances', scene) + noise(scene, 2 * KIB)),
  },
  {
    name: 'garbage alone, or TLS',
    share: 2,
    act: (to, scene) =>
      void to.send(scene.random() < 0.5 ? `${noise(scene, 200)}\r\n\r\n` : '\x16\x03\x01\x02\x00\x01'),
  },
  {
    name: 'too large a head',
    share: 2,
    act: (to, scene) => void to.send(get('/livez', scene, `X-Large: ${noise(scene, 24 * KIB)}`)),
  },
  {
    name: 'a head of blanks',
    share: 2,
    act: (_, scene) => scene.again(100, () => get('/livez', scene, `Accept-Language: zh${' '.repeat(15_000)}x`)),
  },
  {
    name: 'another host, or two',
    share: 2,
    act: (to, scene) =>
      void to.send(scene.random() < 0.5 ? get('/v1/balances', { ...scene, host: 'evil.example' }) : twoHosts(scene)),
  },
  {
    name: 'a write of another site',
    share: 2,
    act: (to, scene) => void to.send(`${post(scene, 'Origin: http://evil.example', 'Content-Length: 2')}{}`),
  },
  {
    name: 'JSON that is deep, doubled or broken',
    share: 2,
    act: (to, scene) => {
      const bad = ['['.repeat(60 * KIB), '{"fund":"a","fund":"b"}', '{"amount":1e999}', '\xff\xfe{}'];
      const body = bad[Math.floor(scene.random() * bad.length)]!;
      to.send(post(scene, `Content-Length: ${Buffer.byteLength(body)}`) + body);
    },
  },
];

const twoHosts = (scene: Scene): string => get('/v1/balances', scene, 'Host: evil.example');
