import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { readConfig } from './config.js';
import { show } from './errors.js';

const BEGIN = process.cwd();

describe('the configuration', () => {
  it('has defaults', () => {
    const dataDir = join(BEGIN, 'data/ledger');
    expect(readConfig({})).toEqual({
      dataDir,
      host: '127.0.0.1',
      port: 3000,
      logLevel: 'info',
      clockBoundDays: 30,
      imports: { mostWaiting: 50, mostBytes: 64 * 1024 ** 3, keepDays: 90 },
      allowedHosts: [],
    });
  });

  it.each([
    ['data/ledger', join(BEGIN, 'data/ledger')],
    ['./账 簿, 2025', join(BEGIN, '账 簿, 2025')],
    ['../beside', join(BEGIN, '../beside')],
    ['/srv/./ledger/', '/srv/ledger'],
  ])('makes the path %j absolute, for threads and processes that begin elsewhere', (given, absolute) => {
    const kafka = { KAFKA_BROKERS: 'a:9092', KAFKA_TLS: 'true', KAFKA_CA_FILE: given };
    expect(readConfig({ DATA_DIR: given, ...kafka })).toMatchObject({
      dataDir: absolute,
      kafka: { tls: { caFile: absolute } },
    });
  });

  it('reads its variables and no other', () => {
    const imports = { IMPORTS_WAITING: '7', IMPORTS_GIB: '2' };
    const variables = { DATA_DIR: '/srv/账簿', HOST: '::1', PORT: '0', LOG_LEVEL: 'warn', ...imports, PATH: '/bin' };
    expect(readConfig(variables)).toEqual({
      dataDir: '/srv/账簿',
      host: '::1',
      port: 0,
      allowedHosts: [],
      logLevel: 'warn',
      clockBoundDays: 30,
      imports: { mostWaiting: 7, mostBytes: 2 * 1024 ** 3, keepDays: 90 },
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.0'],
    ['PORT', '0x10'],
    ['PORT', ''],
    ['HOST', ''],
    ['HOST', 'a b'],
    ['HOST', '-a'],
    ['ALLOWED_HOSTS', 'http://ledger'],
    ['ALLOWED_HOSTS', 'ledger,,'],
    ['ALLOWED_HOSTS', 'ledger:'],
    ['ALLOWED_HOSTS', '::1'],
    ['ALLOWED_HOSTS', '*'],
    ['DATA_DIR', ''],
    ['DATA_DIR', ' \u3000'],
    ['DATA_DIR', '/srv/ledger\u200b'],
    ['LOG_LEVEL', 'verbose'],
    ['LOG_LEVEL', 'INFO'],
    ['KAFKA_BROKERS', 'kafka'],
    ['KAFKA_BROKERS', 'a:1,,b:2'],
    ['KAFKA_TOPIC', 'a b'],
    ['KAFKA_PARTITIONS', '0'],
    ['KAFKA_REPLICATION', '1.5'],
    ['KAFKA_CREATE_TOPICS', 'yes'],
    ['KAFKA_TLS', ''],
  ])('refuses %s=%j', (name, value) => {
    const named = { pointer: name, got: show(value) };
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({ kind: 'invalid', details: [expect.objectContaining(named)] }),
    );
  });

  it('takes an event store and a Kafka', () => {
    const variables = {
      EVENT_STORE_URL: 'esdb://127.0.0.1:2113?tls=false',
      KAFKA_BROKERS: 'a:9092,[::1]:9093',
      KAFKA_TLS: 'true',
      KAFKA_CA_FILE: '/etc/ca.pem',
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: 'ledger',
      KAFKA_SASL_PASSWORD: 'secret',
    };
    expect(readConfig(variables)).toMatchObject({
      eventStoreUrl: 'esdb://127.0.0.1:2113?tls=false',
      kafka: {
        brokers: ['a:9092', '[::1]:9093'],
        topic: 'tongzhang.ledger.events.v1',
        partitions: 6,
        replication: 1,
        createTopics: true,
        source: '/tongzhang',
        tls: { caFile: '/etc/ca.pem' },
        sasl: { mechanism: 'scram-sha-512', username: 'ledger', password: 'secret' },
      },
    });
  });

  it('delivers nothing where no broker is named', () => {
    expect(readConfig({ KAFKA_BROKERS: '', KAFKA_TOPIC: 'other' })).not.toHaveProperty('kafka');
  });

  it('demands a name and a password with a mechanism, and does not print a password', () => {
    const named = (pointer: string): unknown => expect.objectContaining({ pointer });
    expect(() => readConfig({ KAFKA_SASL_MECHANISM: 'plain' })).toThrow(
      expect.objectContaining({ details: ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'].map(named) }),
    );
    expect(() => readConfig({ KAFKA_SASL_PASSWORD: 'secret' })).toThrow(
      expect.objectContaining({ details: [expect.objectContaining({ got: '…' })] }),
    );
  });

  it('names everything that is wrong at once', () => {
    const named = (pointer: string): unknown => expect.objectContaining({ pointer });
    expect(() => readConfig({ PORT: 'x', HOST: ' ', LOG_LEVEL: 'loud' })).toThrow(
      expect.objectContaining({ details: ['HOST', 'PORT', 'LOG_LEVEL'].map(named) }),
    );
  });
});
