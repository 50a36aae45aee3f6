import { afterAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brokerJars, startLocalBroker } from '../../src/kafka/local-broker.js';
import { contribution } from '../../src/catalogue/collecting/contribution.js';
import { BEGUN, get, post, type RunningService, runProgram, startService, temporaryDirectory } from '../service.js';
import { readTopic } from './read-topic.js';
import { orNotRun } from './test-broker.js';

const TOPIC = 'secured.events';
const TIMEOUT_MS = 240_000;
const UNTIL_MS = 180_000;
const directory = temporaryDirectory();
const certificate = join(directory, 'broker.pem');

/** A broker with a certificate of its own, which knows one user. */
const broker = await orNotRun(async () => {
  await brokerJars();
  const keys = join(directory, 'broker.p12');
  const store = ['-keystore', keys, '-storepass', 'changeit', '-alias', 'broker'];
  const names = ['-dname', 'CN=127.0.0.1', '-ext', 'san=ip:127.0.0.1', '-keyalg', 'EC', '-validity', '2'];
  await promisify(execFile)('keytool', ['-genkeypair', ...store, ...names]);
  await promisify(execFile)('keytool', ['-exportcert', '-rfc', ...store, '-file', certificate]);
  const login = 'org.apache.kafka.common.security.plain.PlainLoginModule required user_ledger="right";';
  const properties = `ssl.keystore.location=${keys}
ssl.keystore.password=changeit
sasl.enabled.mechanisms=PLAIN
listener.name.sasl_ssl.plain.sasl.jaas.config=${login}
`;
  return startLocalBroker(join(directory, 'kafka'), { protocol: 'SASL_SSL', properties });
});

(broker ? describe : describe.skip)('a Kafka with TLS and passwords', () => {
  const environment = (password: string): Record<string, string> => ({
    KAFKA_BROKERS: broker!.securedAddress!,
    KAFKA_TOPIC: TOPIC,
    KAFKA_TLS: 'true',
    KAFKA_CA_FILE: certificate,
    KAFKA_SASL_MECHANISM: 'plain',
    KAFKA_SASL_USERNAME: 'ledger',
    KAFKA_SASL_PASSWORD: password,
  });
  const services: RunningService[] = [];

  afterAll(async () => {
    for (const service of services) {
      await service.stop('SIGKILL');
      service.clean();
    }
    await broker?.stop('SIGKILL');
    rmSync(directory, { recursive: true });
  });

  const relayOf = async (service: RunningService): Promise<Record<string, unknown>> => {
    const { body } = await get(service, '/readyz');
    return (body['details'] as Record<string, Record<string, unknown>>)['relay']!;
  };
  const relayWhen = async (service: RunningService, holds: (relay: Record<string, unknown>) => boolean) => {
    for (const deadline = performance.now() + UNTIL_MS; performance.now() < deadline; await sleep(100)) {
      const relay = await relayOf(service);
      if (holds(relay)) return relay;
    }
    throw new Error(`the relay did not come to that: ${JSON.stringify(await relayOf(service))}`);
  };

  it(
    'is delivered to, and read from, with the password',
    async () => {
      const service = await startService(undefined, environment('right'));
      services.push(service);
      const { body } = await post(service, '/v1/contributions', contribution.example, 'first');
      await relayWhen(service, ({ position }) => position === BEGUN + 1);
      const received = await readTopic({ broker: broker!.address, topic: TOPIC });
      expect(received.map(({ headers }) => headers['ce_id'])).toEqual(['reference-0', body['id']]);
      const words = ['relay', 'status', '--json'];
      const asked = await runProgram(words, { ...environment('right'), DATA_DIR: service.dataDir });
      expect(JSON.parse(asked.stdout)).toMatchObject({ topic: TOPIC, position: BEGUN + 1, lag: 0 });
    },
    TIMEOUT_MS,
  );

  it(
    'is named where the password is wrong, and recording goes on',
    async () => {
      const service = await startService(undefined, environment('wrong'));
      services.push(service);
      expect(await relayWhen(service, ({ state }) => state === 'retrying')).toMatchObject({
        message: expect.stringMatching(
          `^Kafka \\(${broker!.securedAddress}\\): SASL PLAIN authentication failed: .*Invalid username or password`,
        ),
      });
      const { status } = await post(service, '/v1/contributions', contribution.example, 'first');
      expect(status).toBe(201);
      expect((await get(service, '/readyz')).status).toBe(200);
    },
    TIMEOUT_MS,
  );
});
