import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUESTIONS } from '../../projections/registry.js';
import { describeInterface } from '../../src/http/openapi/interface.js';
import { COMMAND_KINDS } from '../../src/catalogue/registry.js';
import { type RunningService, startService } from '../service.js';

const { paths } = describeInterface(COMMAND_KINDS, QUESTIONS) as {
  paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};
/** Every path that is described, its parameters filled in, and its methods: what can be got has a head too. */
const DESCRIBED = Object.entries(paths).map(([path, methods]): [path: string, methods: string[]] => [
  path.replace(/\{[a-z]+\}/g, 'some-value'),
  Object.keys(methods).flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])),
]);

describe('the routes of the service', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService();
  }, 240_000);
  afterAll(async () => {
    await service.stop();
    service.clean();
  });
  const refused = async (path: string, method: string) => {
    const response = await fetch(`${service.address}${path}`, { method, headers: { 'accept-language': 'en' } });
    return { status: response.status, allow: response.headers.get('allow'), body: (await response.json()) as object };
  };

  it.each(DESCRIBED)('%s has the methods %j and refuses others', async (path, methods) => {
    for (const method of ['DELETE', 'PATCH', 'OPTIONS'].filter((one) => !methods.includes(one))) {
      const { status, allow, body } = await refused(path, method);
      expect({ status, body }).toMatchObject({ status: 405, body: { status: 405, code: 'method-not-allowed' } });
      expect(allow!.split(', ').toSorted()).toEqual(methods.toSorted());
    }
  });

  it.each([
    '/v1/vouchers',
    '/v1/vouchers/a/b',
    '/v1/imports/a/b/c',
    '/v1/events/',
    '/schemas/only-one',
    '/v1/pensions',
  ])('%s is no route, whatever the method', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const { status, allow, body } = await refused(path, method);
      expect({ status, allow, body }).toMatchObject({ status: 404, allow: null, body: { code: 'no-such-route' } });
    }
  });
});
