import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { command } from './one-of-each.js';
import { get, post, type RunningService, runProgram, startService, temporaryDirectory } from './service.js';
import { fundAdoption } from '../src/catalogue/reference/fund-adoption.js';
import { referenceSet } from '../src/catalogue/reference/reference-set.js';

/** A set of one's own, from the files that the program writes to the events that are decided under it. */
const directory = temporaryDirectory();
const [begun, mine, files] = ['new', 'mine', 'my-province'].map((name) => join(directory, name)) as [
  string,
  string,
  string,
];
const people = ['--maker', 'E-0001', '--reviewer', 'E-0002'];
const own = (lang = 'en') => ['--lang', lang, '--data', mine, 'init', '--reference', files];
let service: RunningService;

const edit = (name: string, from: string, to: string): void => {
  const path = join(files, name);
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
};

describe('a set of one’s own', () => {
  beforeAll(async () => {
    const [first, second] = [
      await runProgram(['--data', begun, 'init']),
      await runProgram(['--data', begun, 'reference', '--out', files]),
    ];
    expect([first.code, second.code, first.stderr, second.stderr]).toEqual([0, 0, '', '']);
  });
  afterAll(async () => {
    await service.stop();
    service.clean();
  });

  it('is refused with file, line and column of everything that is wrong, and the ledger is not begun', async () => {
    edit('units.csv', '460300,,三沙市,Sansha,460000', '460300,,三沙市,Sansha,990000');
    const unsound = await runProgram([...own(), ...people]);
    expect([unsound.code, unsound.stderr]).toEqual([1, expect.stringContaining('units.csv:5:parent expected')]);
    edit('units.csv', '990000', '46000');
    const malformed = await runProgram([...own('zh'), ...people]);
    expect([malformed.code, malformed.stderr]).toEqual([2, expect.stringContaining('units.csv:5:parent 应为')]);
    edit('units.csv', ',46000,', ',460000,');
    expect(await runProgram(own())).toMatchObject({ code: 2, stderr: expect.stringContaining('--reviewer') });
    expect((await runProgram(['--data', mine, 'verify'])).code).toBe(3);
  });

  it('is adopted once', async () => {
    edit('funds.csv', '医疗救助基金', '省医疗救助基金');
    expect(await runProgram([...own(), ...people])).toMatchObject({ code: 0, stderr: '' });
    expect(await runProgram([...own(), ...people])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('set-adopted'),
    });
  });

  it('is what commands and questions go by, and what every event says it was decided under', async () => {
    service = await startService(mine);
    const [path, body] = command('contribution');
    expect((await post(service, path, body, 'v-1')).body).toMatchObject({ position: 2 });
    const { example, route } = fundAdoption;
    expect((await post(service, `/v1/${route}?dryRun=true`, example, undefined)).status).toBe(200);
    expect((await post(service, `/v1/${route}`, example, 'f-1')).body).toMatchObject({
      id: 'reference-1',
      position: 3,
    });
    expect((await post(service, `/v1/${route}`, example, 'f-1')).headers.get('idempotency-replayed')).toBe('true');
    const unsound = { ...example, row: { ...(example['row'] as object), zh: '省医疗救助基金' } };
    expect((await post(service, `/v1/${route}`, unsound, 'f-2')).body).toMatchObject({
      code: 'reference-unsound',
      errors: [{ pointer: '/row/zh', code: 'ambiguous' }],
    });
    expect((await post(service, `/v1/${referenceSet.route}`, referenceSet.example, 's-1')).status).toBe(422);
    await post(service, path, { ...body, note: 'again' }, 'v-2');
    const events = await get(service, '/v1/events?after=0');
    const data = (events.body['events'] as { data: { reference?: number } }[]).map((event) => event.data.reference);
    expect(data).toEqual([undefined, 0, 0, 1]);
    expect((await get(service, '/v1/vouchers/reference-1')).body).toMatchObject({ type: 'FundAdopted.v1' });
  });

  it('is told for a day, with what changed, and nothing is guessed of what is not known', async () => {
    const fundsOn = async (day: string) => {
      const { body } = await get(service, `/v1/reference?at=${day}&after=4`);
      return (body['funds'] as { key: string; name: { zh: string } }[]).map(({ key, name }) => `${key} ${name.zh}`);
    };
    expect(await fundsOn('2025-06-30')).toContain('assistance 省医疗救助基金');
    expect(await fundsOn('2025-06-30')).not.toContain('long-term-care 长期护理保险基金');
    expect(await fundsOn('2025-07-01')).toContain('long-term-care 长期护理保险基金');
    expect((await get(service, '/v1/reference?day=2025-07-01')).body).toMatchObject({
      errors: [{ pointer: 'day', code: 'unknown-parameter' }],
    });
    expect((await runProgram(['--data', mine, '--json', 'reference', '--at', '2025-07-01'])).stdout).toContain(
      '"at": "2025-07-01"',
    );
    expect(await runProgram(['--data', mine, 'verify'])).toMatchObject({ code: 0 });
  });
});
