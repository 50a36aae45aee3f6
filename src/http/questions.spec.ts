import { describe, expect, it } from '@jest/globals';
import { type Question } from '../../projections/asking/question.js';
import { auditTrailQuestion } from '../../projections/audit-trail/query.js';
import { text } from '../errors.js';
import { type Ledger } from '../ledger.js';
import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { AskQuery, AskQueryHandler, ExportQuery, ExportQueryHandler } from './questions.js';
import { Turns } from './turns.js';
import { AS_CSV } from '../../test/as-csv.js';

/** What a question over a log of seven events has waited for by the time it is asked. */
async function waitedFor(way: 'ask' | 'export', after: number | undefined): Promise<number[]> {
  const waited: number[] = [];
  const ledger = {
    clock: () => 0,
    reference: { current: BEFORE_ADOPTION },
    store: { head: async () => 7 },
    tables: { current: () => undefined, waitFor: async (position: number) => void waited.push(position) },
  } as unknown as Ledger;
  const body = { from: null, to: null, asOf: null, recordedAsOf: null };
  const sheet = { name: 'journal', title: text('凭证序时簿', 'Journal'), columns: [], rows: [] };
  const answer = async () => ({ position: 7, body, sheets: [sheet] });
  const question: Question = { ...auditTrailQuestion, ask: answer, export: answer };
  const asked = { question, parameters: {}, after, asker: {} };
  if (way === 'ask') await new AskQueryHandler(ledger, new Turns(), null).execute(new AskQuery(asked));
  else await new ExportQueryHandler(ledger, new Turns(), null).execute(new ExportQuery(asked, AS_CSV));
  return waited;
}

describe('a question over HTTP', () => {
  it.each([
    ['ask', undefined, []],
    ['ask', 3, [3]],
    ['export', undefined, [7]],
    ['export', 3, [3]],
  ] as const)(
    'to %s, after %s, waits for %j: an export holds what is recorded by now',
    async (way, after, expected) => {
      expect(await waitedFor(way, after)).toEqual(expected);
    },
  );
});
