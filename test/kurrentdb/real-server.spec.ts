import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type EventStore } from '../../src/event-store/event-store.js';
import { KurrentDbEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { anEvent, eventStoreContract, everything } from '../event-store.contract.js';
import { sharedServerContract } from '../shared-server.contract.js';
import { KurrentDbDouble } from './double.js';
import { realServer } from './real-server.js';

// The first start of a container fetches its image.
jest.setTimeout(300_000);

let opened = 0;
/** With which no streams of any run or test have begun before. */
const newPrefix = (): string => `tongzhang.test.${process.pid}.${Date.now().toString(36)}.${(opened += 1)}.`;

/** A store of its own on a server. */
function connect(url: string): { open: () => EventStore } {
  const prefix = newPrefix();
  const options = {
    url,
    prefix,
    names: ['book-', 'case-'],
    keys: () => ({ covered: -1, revision: undefined }),
    log: () => undefined,
  };
  return { open: () => new KurrentDbEventStore(options) };
}

async function onServer(url: string) {
  const { open } = connect(url);
  const store = open();
  let current = store;
  const reopen = async (): Promise<EventStore> => {
    await current.close();
    return (current = open());
  };
  return { store, reopen, close: () => current.close() };
}

const server = await realServer();
if (server) {
  eventStoreContract('KurrentDB, a real server', () => onServer(server.url));
  sharedServerContract('a real one', async () => ({ url: server.url, prefix: newPrefix() }));
  afterAll(() => server.stop());
}

const shared = new KurrentDbDouble();
beforeAll(() => shared.start());
afterAll(() => shared.stop());
sharedServerContract('a wire-level double', async () => ({ url: shared.url, prefix: newPrefix() }));

describe('the contract on a server that is shared', () => {
  it('sees nothing of others and leaves what they have', async () => {
    const double = new KurrentDbDouble();
    await double.start();
    const [mine, theirs] = [connect(double.url).open(), connect(double.url).open()];
    await theirs.append('book-a', 'no-stream', [anEvent('{"theirs":true}')]);
    await mine.append('book-a', 'no-stream', [anEvent('{"mine":true}')]);
    for (const [store, data] of [
      [mine, '{"mine":true}'],
      [theirs, '{"theirs":true}'],
    ] as const) {
      expect(await everything(store)).toMatchObject([{ stream: 'book-a', revision: 0, data }]);
      expect(await store.last()).toMatchObject({ stream: 'book-a', data });
      await store.close();
    }
    expect(double.events()).toHaveLength(2);
    await double.stop();
  });
});
