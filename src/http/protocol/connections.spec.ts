import { describe, expect, it } from '@jest/globals';
import { Agent, createServer, get, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Connections } from './connections.js';

describe('the connections of a service that stops', () => {
  it('go with the end of an answer that had begun before, and need not be cut', async () => {
    const answers: ServerResponse[] = [];
    const server = createServer((_, response) => {
      response.write('begun');
      answers.push(response);
    });
    const connections = new Connections(server, () => 0);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A client that keeps its connection for later.
    const agent = new Agent({ keepAlive: true });
    const { port } = server.address() as AddressInfo;
    const read = new Promise<string>((resolve, reject) => {
      get({ host: '127.0.0.1', port, agent }, (response) => {
        let text = '';
        response.on('data', (piece: Buffer) => {
          text += piece.toString();
          if (text === 'begun') void stop();
        });
        response.on('end', () => resolve(text));
      }).on('error', reject);
    });
    const cut: unknown[] = [];
    let closed: Promise<void> | undefined;
    async function stop(): Promise<void> {
      closed = connections.close((facts) => cut.push(facts));
      answers[0]!.end(', and ended');
    }
    expect(await read).toBe('begun, and ended');
    await closed;
    expect(cut).toEqual([]);
    agent.destroy();
  });
});
