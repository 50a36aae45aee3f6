import { describe, expect, it } from '@jest/globals';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { fieldsOf } from '../../src/kinds/fields.js';
import { FollowedLog } from '../../test/followed-log.js';
import { intervalBody, intervalOf, openIntervalOf } from './interval.js';
import { checkParameters } from './parameters.js';
import { PROJECTIONS, QUESTIONS } from '../registry.js';

const TODAY = '2026-02-03';
const refused = (ask: () => unknown): unknown => {
  try {
    return ask();
  } catch (error) {
    return error;
  }
};

describe('the interval of a question about figures', () => {
  it.each([
    [{}, '2026-01-01', TODAY],
    [{ to: '2025-05-31' }, '2025-01-01', '2025-05-31'],
    [{ asOf: '2025-05-31' }, '2025-01-01', '2025-05-31'],
    [{ to: '2025-05-31', asOf: '2025-05-31' }, '2025-01-01', '2025-05-31'],
    [{ from: '2024-12-31', asOf: '2025-05-31' }, '2024-12-31', '2025-05-31'],
    [{ from: TODAY }, TODAY, TODAY],
  ])('%j is from %s to %s', (parameters, from, to) => {
    expect(intervalOf(parameters, TODAY)).toMatchObject({ from, to });
  });

  it('knows the day before it', () => {
    expect(intervalOf({ from: '2025-03-01' }, TODAY).before).toBe('2025-02-28');
  });
});

describe('the interval of a list', () => {
  it.each([
    [{}, undefined, undefined],
    [{ from: '2025-05-31' }, '2025-05-31', undefined],
    [{ to: '2025-05-31' }, undefined, '2025-05-31'],
    [{ asOf: '2025-05-31' }, undefined, '2025-05-31'],
  ])('%j is from %s to %s', (parameters, from, to) => {
    expect(openIntervalOf(parameters)).toEqual({ from, to });
  });
});

describe.each([
  ['intervalOf', (parameters: object) => intervalOf(parameters, TODAY)],
  ['openIntervalOf', openIntervalOf],
])('%s', (_, interval) => {
  it('refuses two last days that are not the same', () => {
    expect(refused(() => interval({ to: '2025-05-31', asOf: '2025-06-30' }))).toMatchObject({
      kind: 'invalid',
      code: 'to-and-as-of-differ',
      details: [{ pointer: 'asOf', got: '2025-06-30', expected: { en: expect.stringContaining('2025-05-31') } }],
    });
  });

  it.each([
    { from: '2025-06-01', to: '2025-05-31' },
    { from: '2025-06-01', asOf: '2025-05-31' },
  ])('refuses %j, which ends before it begins', (parameters) => {
    expect(refused(() => interval(parameters))).toMatchObject({
      kind: 'invalid',
      code: 'interval-ends-before-it-begins',
      details: [{ pointer: 'from', got: '2025-06-01', expected: { en: 'no later than 2025-05-31' } }],
    });
  });
});

it('gives back both time axes under the names they are asked by', () => {
  expect(intervalBody({ from: undefined, to: '2025-05-31' }, {})).toEqual({
    from: null,
    to: '2025-05-31',
    asOf: '2025-05-31',
    recordedAsOf: null,
  });
});

describe.each(QUESTIONS.map((question) => [question.name, question] as const))('%s', (_, question) => {
  it('takes from, to, asOf and recordedAsOf, all of them optional', () => {
    const fields = fieldsOf(question.parameters).map(({ property, optional }) => ({ property, optional }));
    expect(fields.slice(0, 4)).toEqual(
      ['from', 'to', 'asOf', 'recordedAsOf'].map((property) => ({ property, optional: true })),
    );
  });

  it('answers `to` and `asOf` alike, and says in its body which days it shows', async () => {
    const log = new FollowedLog(PROJECTIONS.filter(({ name }) => name !== 'recorded-time'));
    await log.follow();
    const ask = async (parameters: Record<string, string>) =>
      (await question.ask(log.asking(TODAY), checkParameters(question, parameters, BEFORE_ADOPTION))).body;
    const { from, to } = { from: '2025-02-01', to: '2025-05-31' };
    const byTo = await ask({ from, to, recordedAsOf: '0' });
    expect(byTo).toMatchObject({ from, to, asOf: to, recordedAsOf: '0' });
    expect(await ask({ from, asOf: to, recordedAsOf: '0' })).toEqual(byTo);
    expect(await ask({ from, to, asOf: to, recordedAsOf: '0' })).toEqual(byTo);
    expect(Object.keys(await ask({}))).toEqual(expect.arrayContaining(['from', 'to', 'asOf', 'recordedAsOf']));
    await expect(ask({ to, asOf: '2025-06-01' })).rejects.toMatchObject({ code: 'to-and-as-of-differ' });
    log.close();
  });
});
