import { OF_A_FUND, sheetPattern } from '../../projections/asking/question.js';
import { describe, expect, it } from '@jest/globals';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { QUESTIONS } from '../../projections/registry.js';
import { describeInterface } from '../../src/http/openapi/interface.js';
import { fieldsOf } from '../../src/kinds/fields.js';
import { COMMAND_KINDS } from '../../src/catalogue/registry.js';

interface Operation {
  readonly parameters?: readonly { readonly name?: string; readonly schema?: object }[];
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: object }>> };
}

const source = JSON.stringify(describeInterface(COMMAND_KINDS, QUESTIONS));
const description = JSON.parse(source) as Description;

describe('the description of the interface', () => {
  it('passes the recommended rules of a linter, warnings included', async () => {
    const problems = await lintFromString({ source, config: await createConfig({ extends: ['recommended'] }) });
    expect(problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)).toEqual(
      [],
    );
  }, 240_000);

  it.each(COMMAND_KINDS.map((kind) => [kind.kind, kind] as const))('describes %s with all its fields', (_, kind) => {
    expect(description.paths[`/v1/${kind.route}`]?.['post']?.responses).toHaveProperty('201');
    const fields = Object.keys(description.components.schemas[kind.command.name]?.properties ?? {});
    expect(fields).toEqual(fieldsOf(kind.command).map(({ property }) => property));
  });

  it('says of a text that all of it is to be seen', () => {
    const { reason } = description.components.schemas['ReverseVoucher']!.properties as { reason: object };
    expect(reason).toMatchObject({ type: 'string', description: expect.stringContaining('可见字符') });
  });

  const lacking = (isMeant: (method: string, path: string) => boolean, statuses: readonly number[]): string[] =>
    Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { responses }]) =>
        isMeant(method, path)
          ? statuses.filter((status) => !(status in responses)).map((status) => `${method} ${path}: ${status}`)
          : [],
      ),
    );

  it('says of every operation what may become of it by its head, and where the service stops', () => {
    expect(lacking(() => true, [400, 414, 417, 421, 431, 503])).toEqual([]);
  });

  it('says of every write that it may be cross-site, too large, late, of another type, or find no room', () => {
    expect(lacking((method) => method !== 'get', [403, 408, 413, 415, 507])).toEqual([]);
  });

  it('says of every question, of the log and of an import that too many may be waiting', () => {
    const isWaiting = (method: string, path: string): boolean =>
      QUESTIONS.some(({ route }) => path === `/v1/${route}`) ||
      path === '/v1/events' ||
      (method === 'post' && path === '/v1/imports');
    expect(lacking(isWaiting, [429])).toEqual([]);
  });

  it('describes how a voucher is waited for', () => {
    const { parameters, responses } = description.paths['/v1/vouchers/{id}']!['get']!;
    expect(parameters).toEqual([expect.objectContaining({ name: 'id' }), { $ref: '#/components/parameters/After' }]);
    expect(responses['200']).toMatchObject({ headers: { 'X-Ledger-Position': {} } });
  });

  it('describes every question with all its parameters', () => {
    for (const { route, parameters, sheets } of QUESTIONS) {
      const described = description.paths[`/v1/${route}`]?.['get']?.parameters ?? [];
      const own = described.filter(({ name }) => name !== undefined);
      const named = fieldsOf(parameters).map(({ property }) =>
        expect.objectContaining({ name: property, schema: expect.objectContaining({ type: 'string' }) }),
      );
      const isOpen = sheets.some((name) => name.includes(OF_A_FUND));
      const listed = isOpen ? { pattern: sheetPattern({ sheets }) } : { enum: sheets };
      const sheet = expect.objectContaining({ name: 'sheet', schema: { type: 'string', ...listed } });
      expect(own).toEqual([...named, sheet]);
    }
  });
});
