import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LedgerError } from '../../src/errors.js';
import { freePort, startLocalBroker } from '../../src/kafka/local-broker.js';
import { sayNotRun } from '../not-run.js';

/** A real Kafka broker that belongs to one spec file. */
export interface TestBroker {
  /** `127.0.0.1:port`, the same after every restart. */
  readonly address: string;
  /** Ends it as a power cut would. */
  readonly kill: () => Promise<void>;
  /** Starts it again with the data it has. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const IMAGE = 'apache/kafka:4.1.1';
const PORT = 9_092;

/**
 * Starts a broker: with Docker where there is one, else from the jars that Maven brings. Where neither can be had this
 * says so, also in the last lines of the test run, and there is no broker.
 */
export async function startTestBroker(): Promise<TestBroker | undefined> {
  return orNotRun(async () => ((await hasDocker()) ? await startContainer() : await startFromJars()));
}

/** What needs a broker, or undefined and the line that says so. */
export async function orNotRun<T>(start: () => Promise<T>): Promise<T | undefined> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code !== 'no-local-broker') throw error;
    const line = 'Kafka：没有真实的代理，投递未经测试 no real broker: delivery to Kafka is NOT TESTED';
    sayNotRun(`${line} (${error.text.en})`);
    return undefined;
  }
}

async function hasDocker(): Promise<boolean> {
  return promisify(execFile)('docker', ['info']).then(
    () => true,
    () => false,
  );
}

async function startFromJars(): Promise<TestBroker> {
  const directory = mkdtempSync(join(tmpdir(), 'tongzhang-kafka-'));
  let broker = await startLocalBroker(directory);
  return {
    address: broker.address,
    kill: () => broker.stop('SIGKILL'),
    restart: async () => {
      broker = await startLocalBroker(directory);
    },
    stop: async () => {
      await broker.stop('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function startContainer(): Promise<TestBroker> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const host = await freePort();
  const container = await new GenericContainer(IMAGE)
    .withExposedPorts({ container: PORT, host })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_LISTENERS: `PLAINTEXT://:${PORT},CONTROLLER://:9093`,
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${host}`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  const docker = (...words: string[]): Promise<unknown> => promisify(execFile)('docker', words);
  return {
    address: `127.0.0.1:${host}`,
    kill: async () => void (await docker('kill', container.getId())),
    restart: async () => void (await docker('start', container.getId())),
    stop: async () => void (await container.stop()),
  };
}
