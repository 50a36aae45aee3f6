import { expect, it } from '@jest/globals';
import { BEFORE_ADOPTION, BUILT_IN } from '../../src/reference/built-in.js';
import { Reference } from '../../src/reference/reference.js';
import { type AccountRow } from '../../src/reference/rows.js';
import { placeOf, STATUTORY } from './places.js';

const CHART = BEFORE_ADOPTION.ever.chart;

it('every account of the chart stands under the statutory account that its number begins with', () => {
  const wrong = CHART.all
    .filter(({ becomes }) => becomes === undefined)
    .filter(({ key, number }) => placeOf(CHART, key).number !== number.slice(0, 4));
  expect(wrong.map(({ key }) => key)).toEqual([]);
  expect(CHART.all.map(({ key }) => placeOf(CHART, key).number).filter((number) => !(number in STATUTORY))).toEqual([]);
});

it.each([
  ['advances.off-site', { number: '1101', share: 'pool', detail: undefined }],
  ['net.personal', { number: '3001', share: 'pool', detail: undefined }],
  ['benefits/inpatient@personal', { number: '5001', share: 'personal', detail: 'benefits/inpatient' }],
  ['income.collective@pool', { number: '4001', share: 'pool', detail: 'income.premiums/collective' }],
])('%s stands at %j', (line, place) => {
  expect(placeOf(CHART, line)).toEqual(place);
});

it('an account whose number leads nowhere stands with its family', () => {
  const accounts = BUILT_IN.rows.accounts.map((row): AccountRow => {
    return row.key === 'bonds' ? { ...row, number: '9901' } : row;
  });
  const { chart } = new Reference([{ revision: 0, position: 0, rows: { ...BUILT_IN.rows, accounts } }]).ever;
  expect(placeOf(chart, 'bonds').number).toBe('1201');
});
