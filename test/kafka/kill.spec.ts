import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chaos } from './chaos.js';
import { startTestBroker } from './test-broker.js';

const RELAY_KILLS = 8;
const BROKER_KILLS = 1;
const TIMEOUT_MS = 300_000;
const broker = await startTestBroker();

(broker ? describe : describe.skip)('delivery to Kafka, on a real broker', () => {
  const seed = Date.now() % 1_000_000;
  const directory = mkdtempSync(join(tmpdir(), 'tongzhang-relay-'));
  const chaos = broker && new Chaos(directory, broker, 'ledger.events', seed);
  const say = (message: string): void => void process.stdout.write(`seed ${seed}: ${message}\n`);
  const timed = async (what: string, work: () => Promise<void>): Promise<void> => {
    const started = performance.now();
    await work();
    say(`${what}, ${((performance.now() - started) / 1_000).toFixed(1)} s`);
  };

  afterAll(async () => {
    await broker?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it(
    `goes on after the relay is killed at ${RELAY_KILLS} random moments`,
    () => timed(`${RELAY_KILLS} relays killed`, () => chaos!.killRelays(RELAY_KILLS, 300)),
    TIMEOUT_MS,
  );

  it(
    `goes on by itself after the broker is killed under load (${BROKER_KILLS})`,
    () => timed(`${BROKER_KILLS} brokers killed`, () => chaos!.killBroker(BROKER_KILLS, 1_500)),
    TIMEOUT_MS,
  );

  it(
    'is left to the successor by a relay that wakes up after it was taken over',
    () =>
      timed('a zombie woken', async () => {
        expect(await chaos!.wakeZombie(500)).toEqual({ zombie: 4, successor: null });
      }),
    TIMEOUT_MS,
  );

  it(
    'has lost nothing, doubled nothing and changed no order for who reads committed',
    async () => {
      const { events, received, faults } = await chaos!.judge();
      say(`${events} events, ${received} received, ${faults.length} faults`);
      expect(faults.slice(0, 10)).toEqual([]);
      expect(received).toBe(events);
      expect(events).toBeGreaterThan(1_000);
    },
    TIMEOUT_MS,
  );
});
