import { afterEach, describe, expect, it } from '@jest/globals';
import { closeTrails, paid, Trail } from '../../test/trail.js';
import { type BookParameters } from '../asking/book-parameters.js';
import { voucherDaysQuestion } from './query.js';

afterEach(closeTrails);

async function ask(trail: Trail, parameters: BookParameters = {}, today = '2026-11-27') {
  await trail.log.follow();
  const { body } = await voucherDaysQuestion.ask(trail.log.asking(today), parameters);
  return body as Readonly<Record<string, unknown>>;
}

async function given(...days: readonly string[]): Promise<Trail> {
  const trail = new Trail();
  for (const day of days) await trail.post(paid(day, '7.00'));
  return trail;
}

describe('the question on which days there are vouchers', () => {
  it.each([
    [{ from: '2025-05-01', to: '2025-05-31' }, ['2025-04-02', '2025-05-10', '2025-06-16']],
    [{ from: '2025-05-11', to: '2025-05-31' }, ['2025-05-10', null, '2025-06-16']],
    [{ to: '2025-03-31' }, [null, '2025-03-11', '2025-04-02']],
    [{ from: '2026-01-01' }, ['2025-06-16', null, null]],
    [{}, [null, '2025-03-11', null]],
    [{ fund: 'resident', to: '2025-05-31' }, [null, null, null]],
    [{ recordedAsOf: '2', from: '2025-05-01' }, ['2025-04-02', null, null]],
    [{ recordedAsOf: '3', from: '2025-05-01', to: '2025-05-09' }, ['2025-04-02', null, '2025-05-10']],
    [{ recordedAsOf: '0' }, [null, null, null]],
  ])('%j: before, within and behind %j', async (parameters, days) => {
    const trail = await given('2025-03-11', '2025-04-02', '2025-05-10', '2025-06-16');
    const { before, within, behind } = await ask(trail, parameters);
    expect([before, within, behind]).toEqual(days);
  });

  it('reads what a moment holds from sums and from the log, the same as from the log alone', async () => {
    const trail = new Trail();
    const day = (index: number): string => `2025-0${1 + (index % 7)}-1${index % 10}`;
    for (let index = 0; index < 300; index += 1) await trail.post(paid(day(index), '7.00'));
    for (const position of [1, 3, 255, 256, 257, 299, 300]) {
      const days = Array.from({ length: position }, (_, index) => day(index)).toSorted();
      const { first, last, within } = await ask(trail, { recordedAsOf: String(position), from: '2025-04-01' });
      expect([first, last, within]).toEqual([days[0], days.at(-1), days.find((each) => each >= '2025-04-01') ?? null]);
    }
  });

  it.each([
    ['2026-11-27', '2025-06-16', '2025-05-31', '2025-06-16'],
    ['2025-06-20', '2025-06-16', '2025-06-20', '2025-06-20'],
    ['2026-01-03', '2025-12-30', '2025-12-31', '2025-12-30'],
  ])('on %s, with a last voucher of %s, shows up to %s, and the newest to %s', async (today, last, usual, current) => {
    const trail = await given('2025-03-11', last);
    const answer = await ask(trail, {}, today);
    const from = `${usual.slice(0, 4)}-01-01`;
    expect(answer).toMatchObject({ today, last, usual: { from, to: usual }, current: { from, to: current } });
  });

  it('has a usual period where there is no voucher at all', async () => {
    const answer = await ask(await given());
    const days = { from: '2026-01-01', to: '2026-11-27' };
    expect(answer).toMatchObject({ first: null, last: null, usual: days, current: days });
  });
});
