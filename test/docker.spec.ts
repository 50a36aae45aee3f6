import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readConfig } from '../src/config.js';
import { LedgerError } from '../src/errors.js';

const ROOT = join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly restart: string;
  readonly read_only?: boolean;
}
const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
};
const services = Object.entries(compose.services);
const ledgers = services.filter(([, { build }]) => build !== undefined);
/** Instructions of the Dockerfile, continued lines joined. */
const steps = read('Dockerfile')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line));

/** Whether the ledger knows a variable: a value that none can have is refused. */
function isKnown(name: string): boolean {
  try {
    readConfig({ [name]: '\0' });
    return false;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return error.details.some(({ pointer }) => pointer === name);
  }
}

describe('docker-compose.yml', () => {
  it('starts both engines, the topics and two ledger nodes', () => {
    expect(services.map(([name]) => name)).toEqual(['kurrentdb', 'kafka', 'topics', 'ledger', 'ledger-2']);
    expect(ledgers.map(([name]) => name)).toEqual(['ledger', 'ledger-2']);
  });

  it('knows a variable from a slip of the pen', () => {
    expect(['EVENT_STORE_URL', 'KAFKA_BROKERS', 'PORT'].map(isKnown)).toEqual([true, true, true]);
    expect(isKnown('KAFKA_BROKER')).toBe(false);
  });

  it.each(ledgers)('gives %s variables that it knows, with values that it takes', (_, { environment = {} }) => {
    expect(Object.keys(environment).filter((name) => !isKnown(name))).toEqual([]);
    expect(readConfig(environment)).toMatchObject({ eventStoreUrl: environment['EVENT_STORE_URL'] });
  });

  it.each(ledgers)('lets %s write nothing but its volume', (_, { read_only: isReadOnly, volumes = [] }) => {
    expect(isReadOnly).toBe(true);
    expect(volumes.map((volume) => volume.split(':')[1])).toEqual(['/data']);
  });

  it.each(services)('pins the image of %s', (_, { image }) => {
    expect(image).toMatch(/^[a-z/-]+:\d+(\.\d+)+$/);
  });

  it.each(services)('watches %s, unless it runs once', (_, { restart, healthcheck }) => {
    if (restart === 'no') expect(healthcheck).toBeUndefined();
    else expect(healthcheck?.test.length).toBeGreaterThan(1);
  });

  it.each(services)('starts %s after services that say when they are ready', (_, { depends_on: dependsOn = {} }) => {
    for (const [name, { condition }] of Object.entries(dependsOn)) {
      const { restart, healthcheck } = compose.services[name]!;
      const wanted = restart === 'no' ? 'service_completed_successfully' : 'service_healthy';
      expect([name, condition]).toEqual([name, wanted]);
      expect(restart === 'no' || healthcheck !== undefined).toBe(true);
    }
  });

  it('opens ports on loopback only, and declares its volumes', () => {
    expect(services.flatMap(([, { ports = [] }]) => ports).filter((port) => !port.startsWith('127.0.0.1:'))).toEqual(
      [],
    );
    const used = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0]!));
    expect(used.toSorted()).toEqual(Object.keys(compose.volumes).toSorted());
  });

  it('makes the topic that the ledger delivers to', () => {
    const { kafka } = readConfig(compose.services['ledger']!.environment!);
    const { command } = compose.services['topics'] as unknown as { command: string[] };
    expect(command.join()).toContain(`--topic ${kafka!.topic} --partitions ${kafka!.partitions} `);
  });
});

describe('Dockerfile', () => {
  const copied = steps.filter((step) => step.startsWith('COPY ') && !step.includes('--from='));
  const sources = copied.flatMap((step) => step.split(/\s+/).slice(1, -1));

  it('copies what is there and not ignored', () => {
    const ignored = read('.dockerignore').split('\n').filter(Boolean);
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
    expect(sources.filter((source) => ignored.includes(source))).toEqual([]);
  });

  it('copies every folder that what is built from src needs', () => {
    expect(sources).toEqual(expect.arrayContaining(['src', 'projections', 'examples', 'package-lock.json', '.npmrc']));
  });

  it('runs scripts of package.json', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...steps.join('\n').matchAll(/npm run (\S+)/g)].map(([, name]) => name!);
    expect(named).toEqual(['build']);
    expect(scripts).toHaveProperty('build');
  });

  it('pins its base and does not run as root', () => {
    for (const step of steps.filter((each) => each.startsWith('FROM '))) expect(step).toMatch(/^FROM node:24[\w.-]+/);
    expect(steps.indexOf('USER node')).toBeGreaterThan(steps.findLastIndex((step) => step.startsWith('RUN ')));
  });

  it('sets variables that the ledger knows', () => {
    const set = [...steps.find((step) => step.startsWith('ENV '))!.matchAll(/([A-Z_]+)=/g)].map(([, name]) => name!);
    expect(set.filter((name) => name !== 'NODE_ENV' && !isKnown(name))).toEqual([]);
  });
});
