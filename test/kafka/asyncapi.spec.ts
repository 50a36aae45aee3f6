import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeTopic } from '../../src/kafka/asyncapi.js';
import { eventSchema, schemaPath } from '../../src/kinds/event-schema.js';
import { EVENT_KINDS } from '../../src/catalogue/registry.js';
import { incompatibilities } from './compatibility.js';

const generated = JSON.stringify(describeTopic(EVENT_KINDS, 'tongzhang.ledger.events.v1'));

describe('the description of the topic', () => {
  it('is AsyncAPI 3.0 by the official parser, without an error or a warning', async () => {
    // A package of its own world of modules: loaded only here.
    const { Parser } = (await import('@asyncapi/parser')).default;
    const { document, diagnostics } = await new Parser().parse(generated);
    expect(diagnostics.filter(({ severity }) => ['0', '1'].includes(`${severity}`))).toEqual([]);
    expect(document?.messages().all()).toHaveLength(EVENT_KINDS.length);
  });
});

describe('the published schemas', () => {
  it.each(EVENT_KINDS.map((kind) => [kind.event, kind] as const))(
    '%s stands in schemas/ as generated',
    (event, kind) => {
      const published = readFileSync(join('.', schemaPath(event)), 'utf8');
      expect(`${JSON.stringify(eventSchema(kind), undefined, 2)}\n`).toBe(published);
    },
  );

  it.each(EVENT_KINDS.map((kind) => [kind.event, kind] as const))('%s describes its golden event', (event, kind) => {
    const ajv = new Ajv2020({ strict: false, formats: { date: true, 'date-time': true } });
    const check = ajv.compile(eventSchema(kind));
    const golden: unknown = JSON.parse(readFileSync(join('test/golden', `${event}.json`), 'utf8'));
    expect([check(golden), check.errors]).toEqual([true, null]);
    expect(check({ ...(golden as object), maker: undefined, recordedAt: 1 })).toBe(false);
  });

  it('has no schema of an event that nobody knows any more: events are for ever', () => {
    const published = readdirSync('schemas').flatMap((name) =>
      readdirSync(join('schemas', name)).map((file) => `${name}.${file.replace('.json', '')}`),
    );
    expect(published.sort()).toEqual(EVENT_KINDS.map(({ event }) => event).sort());
  });
});

describe('compatibility', () => {
  const old = {
    type: 'object',
    properties: { a: { type: 'string' }, b: { enum: ['x', 'y'] } },
    required: ['a'],
  };

  it('lets an optional field come', () => {
    expect(incompatibilities(old, { ...old, properties: { ...old.properties, c: { type: 'string' } } })).toEqual([]);
  });

  it.each([
    ['a field that goes', { ...old, properties: { b: old.properties.b } }, ['/properties/a is gone']],
    ['a field that may be missing now', { ...old, required: [] }, ['/required no longer promises a']],
    [
      'another type',
      { ...old, properties: { ...old.properties, a: { type: 'integer' } } },
      ['/properties/a/type was "string", is "integer"'],
    ],
    [
      'a value that readers do not know',
      { ...old, properties: { ...old.properties, b: { enum: ['x', 'y', 'z'] } } },
      ['/properties/b/enum has a new value "z"'],
    ],
  ])('refuses %s', (_what, changed, expected) => {
    expect(incompatibilities(old, changed)).toEqual(expected);
  });
});
