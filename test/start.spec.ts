import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { CLI, NODE } from './service.js';

/** What one command alone needs, and what takes longest to load. */
const RARE = ['@eventstore/db-client', '@nestjs/common', '@nestjs/core', '@nestjs/cqrs', 'fastify', 'kafkajs', 'rxjs'];

/** Says, on standard error, the address of every module that is asked for. */
const TOLD = `import { registerHooks } from 'node:module';
registerHooks({ resolve(word, context, next) {
  const found = next(word, context);
  process.stderr.write(found.url + '\\n');
  return found;
} });`;

it('a command loads no framework and no client of a server that it does not use', () => {
  const hooks = `data:text/javascript,${encodeURIComponent(TOLD)}`;
  const { status, stderr } = spawnSync(NODE, ['--import', hooks, CLI, '--help'], { encoding: 'utf8' });
  const addresses = stderr.split('\n');
  const loaded = (name: string): boolean => addresses.some((address) => address.includes(`/node_modules/${name}/`));
  expect([status, loaded('commander'), loaded('better-sqlite3')]).toEqual([0, true, true]);
  expect(RARE.filter(loaded)).toEqual([]);
});
