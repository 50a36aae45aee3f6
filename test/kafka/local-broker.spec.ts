import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { brokerJars, startLocalBroker } from '../../src/kafka/local-broker.js';
import { temporaryDirectory } from '../service.js';
import { orNotRun } from './test-broker.js';

const jars = await orNotRun(brokerJars);

/** Every sign that a list of properties, or a list of directories, takes for something else. */
const ODD = ' 数据 目录, a=b:c\\d#!$HOME%';
const DEEP = Array.from({ length: 12 }, (_, level) => `level-${level}`).join('/');

(jars ? describe : describe.skip)('the broker of the demo', () => {
  const folder = temporaryDirectory();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Through a link, named from where this process runs, with odd signs, and deep. */
  const real = join(folder, ODD, DEEP);
  mkdirSync(real, { recursive: true });
  symlinkSync(join(folder, ODD), join(folder, 'link'));
  const directory = join(relative(process.cwd(), join(folder, 'link')), DEEP, 'kafka');

  it('keeps its data in any directory, and comes back there at its address', async () => {
    const first = await startLocalBroker(directory);
    await first.stop('SIGTERM');
    const kafka = join(real, 'kafka');
    expect(existsSync(join(kafka, 'log/meta.properties'))).toBe(true);
    // As it was written when its path was relative to another directory: the broker had never come to start.
    const properties = join(kafka, 'server.properties');
    const before = readFileSync(properties, 'utf8');
    expect(before).toContain('\nlog.dirs=log\n');
    writeFileSync(properties, before.replace('log.dirs=log', 'log.dirs=data/demo/kafka/log'));
    const second = await startLocalBroker(directory);
    await second.stop('SIGKILL');
    expect(second.address).toBe(first.address);
    expect(readFileSync(properties, 'utf8')).toBe(before);
  }, 240_000);
});
