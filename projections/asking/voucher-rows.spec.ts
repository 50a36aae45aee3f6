import { afterEach, expect, it } from '@jest/globals';
import { closeTrails, example } from '../../test/trail.js';
import { accountLedgerQuestion } from '../account-ledger/query.js';
import { auditTrailQuestion } from '../audit-trail/query.js';
import { journalQuestion } from '../journal/query.js';
import { type Question } from './question.js';

afterEach(closeTrails);

const BOOK = { fund: 'employee', unit: '460100', from: '2025-05-01', to: '2025-05-31' };

/** Each list of vouchers, and what it is asked. */
const LISTS: readonly (readonly [string, Readonly<Record<string, string>>, Question])[] = [
  ['auditTrail', BOOK, auditTrailQuestion],
  ['auditTrail', { ...BOOK, account: 'treasury' }, auditTrailQuestion],
  ['journal', BOOK, journalQuestion],
  ['accountLedger', { ...BOOK, account: 'treasury' }, accountLedgerQuestion],
];

it.each(LISTS)('every figure of a voucher leads to it: %s %j', async (_name, asked, question) => {
  const trail = await example();
  await trail.log.follow();
  const { sheets } = await question.ask(trail.log.asking(), asked);
  const { rows, marks = [] } = sheets[0]!;
  const ofVouchers = rows.flatMap((row, index) => (marks[index]?.links ? [{ row, links: marks[index].links }] : []));
  expect(ofVouchers.length).toBeGreaterThan(2);
  for (const { row, links } of ofVouchers) {
    const to = links[1];
    expect(to).toMatch(/^\/v1\/vouchers\/(book-employee-460100|case-HK-2025-0007)-[0-9]+$/);
    const moved = row.flatMap((cell, column) => (typeof cell === 'bigint' ? [links[column]] : []));
    // A memo moves nothing.
    if (to?.includes('/book-')) expect(moved).toContain(to);
    expect(moved.filter((link) => link !== undefined && link !== to)).toEqual([]);
  }
});
