import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openSqlite } from '../src/sqlite-file.js';

/**
 * The least that a service of Node does for a command: it takes a body, parses it, inserts it, commits with all that
 * has arrived meanwhile, and answers with as much as we do. No check, no book, no key, no hash, no read table, and
 * neither NestJS nor Fastify. In `DATA_DIR`, and started as our service is.
 */
const file = openSqlite(join(process.env['DATA_DIR']!, 'bare.db'), 'durable');
file.exec('CREATE TABLE event (position INTEGER PRIMARY KEY, data TEXT)');
const insert = file.prepare('INSERT INTO event (data) VALUES (?)');

let waiting: { readonly data: string; readonly response: ServerResponse }[] = [];

function commit(): void {
  const group = waiting;
  waiting = [];
  file.exec('BEGIN IMMEDIATE');
  for (const { data } of group) insert.run(data);
  file.exec('COMMIT');
  for (const { data, response } of group) response.writeHead(201, { 'content-type': 'application/json' }).end(data);
}

const server = createServer((request, response) => {
  if (request.method !== 'POST') return void response.writeHead(200).end();
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (text: string) => (body += text));
  request.on('end', () => {
    const data = JSON.stringify(JSON.parse(body));
    if (waiting.push({ data, response }) === 1) setImmediate(commit);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ address: `http://127.0.0.1:${port}` })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
