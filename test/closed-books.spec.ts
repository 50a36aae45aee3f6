import { afterEach, describe, expect, it } from '@jest/globals';
import { auditLog } from '../src/audit/log-audit.js';
import { Books } from '../src/books/handle.js';
import { FollowedLog } from './followed-log.js';
import { type Incoming, opened, requestOf } from './given-when-then.js';
import { PROJECTIONS, QUESTIONS } from '../projections/registry.js';

const NOW = Date.UTC(2025, 11, 31);
const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

const transfer = (kind: string, unit: string, other: string, amount = '70.00'): Incoming => {
  const named = kind.endsWith('received') ? { fromUnit: other } : { toUnit: other };
  return { kind, fund: 'resident', unit, amount, transferId: 'T-1', businessDate: '2025-05-20', ...named };
};
const GIVEN: readonly Incoming[] = [
  ...['460000', '460100', '460200'].map((unit) => ({ ...opened('resident', unit), businessDate: '2025-05-01' })),
  transfer('remittance-up', '460100', '460000'),
  transfer('remittance-received', '460000', '460100'),
  transfer('funding-down', '460000', '460100', '30.00'),
  transfer('funding-received', '460100', '460000', '30.00'),
  // What this one has sent is on its way.
  transfer('remittance-up', '460200', '460000', '5.00'),
];
const closeOf = (unit: string): Incoming => ({
  kind: 'period-close',
  fund: 'resident',
  unit,
  businessDate: '2025-05-31',
});

/** Of these a close is a fact like any other. */
const OF_CLOSING = [
  'audit-trail',
  'trial-balance',
  'difference',
  'journal',
  'likely-duplicates',
  'periods',
  'closing-checklist',
];

describe('closes of books that sent each other money', () => {
  it('change no figure of any question but those that are of closing, and the audit finds nothing', async () => {
    const log = new FollowedLog(PROJECTIONS.filter(({ name }) => name !== 'recorded-time'));
    logs.push(log);
    const books = new Books(log.store, () => NOW);
    const post = (command: Incoming, index: number) => books.post(requestOf(command, `key-${command.kind}-${index}`));
    const figures = async () => {
      await log.follow();
      const others = QUESTIONS.filter(({ name }) => !OF_CLOSING.includes(name));
      const answers = others.map((each) => each.ask(log.asking(), { from: '2025-05-01', to: '2025-06-30' }));
      return (await Promise.all(answers)).map(({ body, sheets }) => ({ body, rows: sheets.map(({ rows }) => rows) }));
    };
    for (const [index, command] of GIVEN.entries()) await post(command, index);
    const before = await figures();
    for (const [index, unit] of ['460000', '460100', '460200'].entries()) await post(closeOf(unit), index);
    expect(await figures()).toEqual(before);
    const reopening = { kind: 'period-reopening', fund: 'resident', unit: '460100', businessDate: '2025-05-31' };
    await post({ ...reopening, reverses: 'book-resident-460100-3' }, 0);
    expect(await figures()).toEqual(before);
    const { breaches, transfers } = await auditLog(log.store, [], () => undefined, {
      nowMs: NOW,
      boundMs: Infinity,
    });
    expect([breaches, transfers.matched, transfers.inTransit.length, transfers.unmatched]).toEqual([[], 2, 1, []]);
  });
});
