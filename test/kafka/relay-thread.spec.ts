import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { cpSync, renameSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type KafkaConfig } from '../../src/config.js';
import { type StorePlace } from '../../src/event-store/event-store.js';
import { type startRelay as start } from '../../src/kafka/start-relay.js';
import { contribution } from '../../src/catalogue/collecting/contribution.js';
import { CLI, post, startService, temporaryDirectory } from '../service.js';
import { untilHolds } from '../probe.js';

const LONG_MS = 240_000;
/** Nobody listens there: what the thread reaches is the wait for a broker. */
const KAFKA: KafkaConfig = {
  brokers: ['127.0.0.1:1'],
  topic: 'thread',
  partitions: 1,
  replication: 1,
  createTopics: true,
  source: '/test',
};

describe('the thread of a relay', () => {
  const directory = temporaryDirectory();
  afterAll(() => rmSync(directory, { recursive: true }));

  it(
    'that dies is named, started again with pauses, and goes on once its cause is gone',
    async () => {
      // A thread is started from what is built.
      const { startRelay } = (await import(join(CLI, '../kafka/start-relay.js'))) as { startRelay: typeof start };
      const service = await startService(join(directory, 'ledger'));
      expect((await post(service, '/v1/contributions', contribution.example, 'first')).status).toBe(201);
      await service.stop();
      const [path, away] = [join(directory, 'ledger/log.db'), join(directory, 'away.db')];
      cpSync(path, away);
      rmSync(path);
      const said: string[] = [];
      const place: StorePlace = { store: 'sqlite', log: path, mark: join(directory, 'ledger/log.mark') };
      const relay = startRelay(place, KAFKA, { change: (_, message) => said.push(message), debug: () => undefined });
      await untilHolds(() => said.length >= 3);
      expect(relay.status.state).toBe('retrying');
      expect(relay.status.failure).toMatch(/^its thread has ended: /);
      expect(new Set(said)).toEqual(new Set([`relay: ${relay.status.failure}; it is started again after position 0`]));
      renameSync(away, path);
      await untilHolds(() => said.some((line) => line.includes('trying again until it works')));
      await untilHolds(() => relay.status.state === 'retrying' && relay.status.failure!.includes('127.0.0.1:1'));
      await relay.stop();
      await relay.ended;
      expect(relay.status.state).toBe('stopped');
    },
    LONG_MS,
  );

  it('that is stopped while it waits to be started again ends at once', async () => {
    const { startRelay } = (await import(join(CLI, '../kafka/start-relay.js'))) as { startRelay: typeof start };
    const said: string[] = [];
    const place: StorePlace = { store: 'sqlite', log: join(directory, 'none.db'), mark: join(directory, 'none') };
    const relay = startRelay(place, KAFKA, { change: (_, message) => said.push(message), debug: () => undefined });
    await untilHolds(() => said.length > 0);
    await relay.stop();
    await relay.ended;
    expect(said).toHaveLength(1);
    expect(relay.status.state).toBe('stopped');
  });

  it('that waits for a broker that never answers is ended from outside, and has stopped', async () => {
    const { startRelay } = (await import(join(CLI, '../kafka/start-relay.js'))) as { startRelay: typeof start };
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const asked = once(silent, 'connection');
    const broker = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const log = join(directory, 'ledger/log.db');
    const place: StorePlace = { store: 'sqlite', log, mark: join(directory, 'ledger/log.mark') };
    const said: string[] = [];
    const relay = startRelay(
      place,
      { ...KAFKA, brokers: [broker] },
      { change: (_, message) => said.push(message), debug: () => undefined },
    );
    await asked;
    await relay.stop();
    await relay.ended;
    silent.close();
    expect(said).toEqual(['relay: it did not stop in time, and was ended after position 0']);
    expect(relay.status.state).toBe('stopped');
  });
});
