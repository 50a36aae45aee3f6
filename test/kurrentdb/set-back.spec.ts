import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { command } from '../one-of-each.js';
import { BEGUN, type Answered, get, post, type RunningService, runProgram, startService } from '../service.js';
import { KurrentDbDouble } from './double.js';
import { untilHolds } from '../probe.js';

const BALANCES = '/v1/balances?asOf=2025-12-31';

/** A server that was restored from an older copy, under a node that knows more than it holds. */
describe('a server that is set back', () => {
  const double = new KurrentDbDouble();
  const nodes: RunningService[] = [];
  let service: RunningService;
  const environment = () => ({ EVENT_STORE_URL: double.url });
  const record = (key: string, unit = '460100'): Promise<Answered> =>
    post(service, ...command('contribution', { unit, note: key }), key);
  const until = (holds: () => Promise<boolean>): Promise<void> =>
    untilHolds(holds, () => `it did not come about: ${service.lines.slice(-8).join('\n')}`);
  const ready = (): Promise<void> => until(async () => (await get(service, '/readyz')).status === 200);

  beforeAll(async () => {
    await double.start();
    service = await startService(undefined, environment());
    nodes.push(service);
  });
  afterAll(async () => {
    for (const node of nodes) {
      expect(await node.stop()).toBe(0);
      node.clean();
    }
    await double.stop();
  });

  it('while it runs: what is gone is in no answer, and what is sent again is recorded once', async () => {
    const positions: number[] = [];
    for (const key of ['a', 'b', 'c', 'd']) positions.push(Number((await record(key)).body['position']));
    expect((await get(service, `${BALANCES}&after=${positions[3]}`)).status).toBe(200);
    double.setBack(positions[1]!);
    const said = (): boolean => service.lines.some((line) => line.includes('made from another log'));
    // A key that is gone is new, one that is still there is answered again; an outcome nobody knows is asked again.
    await until(async () => (await record('c')).status === 201);
    const again = await record('c');
    expect(again).toMatchObject({ status: 201, body: { id: 'book-employee-460100-2' } });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await record('a')).toMatchObject({ status: 201, body: { id: 'book-employee-460100-0' } });
    expect(await record('e')).toMatchObject({ status: 201, body: { id: 'book-employee-460100-3' } });
    expect(double.events()).toHaveLength(BEGUN + 4);
    await until(async () => said());
    await ready();
    const { body } = await record('f');
    await until(async () => (await get(service, `${BALANCES}&after=${String(body['position'])}`)).status === 200);
    const { code } = await runProgram(['--data', service.dataDir, 'replay', '--json'], environment());
    expect(code).toBe(0);
  });

  it('while it was stopped, and others went on from there', async () => {
    const { body } = await record('g');
    await until(async () => (await get(service, `${BALANCES}&after=${String(body['position'])}`)).status === 200);
    expect(await service.stop()).toBe(0);
    const positions = double.events().map(({ position }) => position);
    double.setBack(positions[BEGUN + 1]!);
    const other = await startService(undefined, environment());
    nodes.push(other);
    for (const key of ['x', 'y', 'z', 'u', 'v'])
      expect(await post(other, ...command('contribution', { note: key }), key)).toMatchObject({ status: 201 });
    service = await startService(service.dataDir, environment());
    nodes.push(service);
    expect(service.lines.join('\n')).toContain('made from another log');
    const figures = async (node: RunningService) => (await get(node, BALANCES)).body;
    await until(async () => JSON.stringify(await figures(service)) === JSON.stringify(await figures(other)));
    const again = await record('x');
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
  });
});
