import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { findKindOfEvent } from '../catalogue/registry.js';
import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { explainFields } from './meanings.js';

const GOLDEN = new URL('../../test/golden/', import.meta.url);
const adopted = BEFORE_ADOPTION.ever;

const explained = (file: string) => {
  const event = JSON.parse(readFileSync(new URL(file, GOLDEN), 'utf8')) as Record<string, unknown>;
  return { event, fields: explainFields(findKindOfEvent(file.replace(/\.json$/, '')), event, adopted) };
};

/** The values of an event by their pointers, as a reader of JSON finds them. */
function leavesOf(value: unknown, at = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[at, String(value)]];
  return Object.entries(value).flatMap(([key, content]) =>
    leavesOf(content, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

describe('what the fields of an event mean', () => {
  it.each(readdirSync(GOLDEN))('is said of every field of %s in both languages', (file) => {
    const { event, fields } = explained(file);
    expect(fields.filter(({ name }) => !name || name.zh === '' || name.en === '')).toEqual([]);
    const leaves = fields.filter(({ value }) => value !== null);
    expect(leaves.map(({ pointer, value }) => [pointer, value])).toEqual(leavesOf(event));
  });

  it('has the words for codes, and none for what is no code', () => {
    const { fields } = explained('PayoutRecorded.v1.json');
    const named = Object.fromEntries(fields.map(({ pointer, valueName }) => [pointer, valueName?.zh]));
    expect(named).toMatchObject({
      '/kind': '待遇支付',
      '/fund': '职工基本医疗保险基金',
      '/voucherType': '付',
      '/entries/0/account': '社会保险待遇支出',
      '/entries/0/share': '统筹',
      '/amount': undefined,
    });
    const { fields: budget } = explained('BudgetApproved.v1.json');
    expect(budget.find(({ pointer }) => pointer === '/lines/income.premiums')?.name).toEqual({
      zh: '社会保险费收入',
      en: 'Premiums',
    });
  });

  it('is nothing where a later release wrote the field, which is shown all the same', () => {
    const event = { kind: 'of-tomorrow', tomorrow: { a: 1 }, toString: 'x', 'a/b~': '' };
    const fields = explainFields(undefined, event, adopted);
    expect(fields.map(({ pointer, name, value }) => [pointer, name?.en, value])).toEqual([
      ['/kind', 'kind of the event', 'of-tomorrow'],
      ['/tomorrow', undefined, null],
      ['/tomorrow/a', undefined, '1'],
      ['/toString', undefined, 'x'],
      ['/a~1b~0', undefined, ''],
    ]);
  });
});
