import { afterEach, describe, expect, it } from '@jest/globals';
import { Books } from '../../src/books/handle.js';
import { FollowedLog } from '../../test/followed-log.js';
import { type Incoming, opened, requestOf } from '../../test/given-when-then.js';
import { furthestClosed } from './closed.js';
import { periods } from './projection.js';
import { type BookParameters } from '../asking/book-parameters.js';
import { periodsQuestion } from './query.js';

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

async function logOf(...commands: Incoming[]): Promise<FollowedLog> {
  const log = new FollowedLog([periods]);
  logs.push(log);
  const books = new Books(log.store, () => Date.UTC(2026, 11, 31));
  for (const [index, command] of commands.entries()) await books.post(requestOf(command, `key-${index}`));
  await log.follow();
  return log;
}

const ask = async (log: FollowedLog, parameters: BookParameters = {}) =>
  (await periodsQuestion.ask(log.asking(), parameters)).body['books'];

const close = (businessDate: string, more: Partial<Incoming> = {}): Incoming => ({
  kind: 'period-close',
  businessDate,
  ...more,
});
const reopening = { kind: 'period-reopening', reverses: 'book-employee-460100-2', businessDate: '2025-12-31' };
const yearClose = { kind: 'year-close', businessDate: '2025-12-31' };
const DECEMBER: readonly Incoming[] = [
  { ...opened(), businessDate: '2025-11-01' },
  close('2025-11-30'),
  close('2025-12-31'),
];
const closedTo = (closed: string, year: string | null, next: string, by: number) => ({
  fund: 'employee',
  unit: '460100',
  closedTo: closed,
  yearClosedTo: year,
  nextOpen: next,
  closedBy: `book-employee-460100-${by}`,
});

describe('closed periods', () => {
  it('are those of each book that has closed anything, with the event that did', async () => {
    const log = await logOf(...DECEMBER, { ...opened('resident'), unit: '460200' });
    expect(await ask(log)).toEqual([closedTo('2025-12', null, '2026-01', 2)]);
    expect(await ask(log, { fund: 'resident' })).toEqual([]);
    expect(furthestClosed(log.asking().tables)).toMatchObject({ stream: 'book-employee-460100', day: '2025-12-31' });
  });

  it('are fewer once one is opened again, and a year stays closed', async () => {
    expect(await ask(await logOf(...DECEMBER, reopening))).toEqual([closedTo('2025-11', null, '2025-12', 1)]);
    const log = await logOf(...DECEMBER, reopening, close('2025-12-31'), yearClose, close('2026-01-31'));
    expect(await ask(log)).toEqual([closedTo('2026-01', '2025', '2026-02', 6)]);
  });

  it('are those that were recorded by a position', async () => {
    const log = await logOf(...DECEMBER, reopening);
    const at = (position: number) => ask(log, { recordedAsOf: `position:${position}` });
    expect(await at(1)).toEqual([]);
    expect(await at(2)).toEqual([closedTo('2025-11', null, '2025-12', 1)]);
    expect(await at(3)).toEqual([closedTo('2025-12', null, '2026-01', 2)]);
    expect(await at(4)).toEqual([closedTo('2025-11', null, '2025-12', 1)]);
  });

  it('stand on a board of the year that is being closed, with who closed each', async () => {
    const log = await logOf(...DECEMBER, { ...opened('resident'), unit: '460200', businessDate: '2025-12-01' });
    type Board = { months: { month: string; state: string; by: object | null }[]; yearClosed: object | null }[];
    const boardOf = async (parameters: BookParameters) => {
      const { body } = await periodsQuestion.ask(log.asking(), parameters);
      const board = body['board'] as Board;
      return [body['year'], board.map(({ months }) => months.slice(10).map(({ state }) => state)), board] as const;
    };
    const [year, states, board] = await boardOf({ to: '2025-12-31' });
    expect([year, states]).toEqual([
      '2025',
      [
        ['closed', 'closed'],
        ['not-begun', 'next'],
      ],
    ]);
    const by = { id: 'book-employee-460100-2', maker: 'maker-1', reviewer: 'reviewer-1' };
    expect(board[0]!.months[11]!.by).toEqual({ ...by, maker: expect.any(String), reviewer: expect.any(String) });
    expect([board[0]!.yearClosed, board[1]!.months[11]!.by]).toEqual([null, null]);
    const [next, [first]] = await boardOf({});
    expect([next, first]).toEqual(['2026', ['open', 'open']]);
  });

  it('are none in a ledger that has closed nothing', async () => {
    expect(furthestClosed((await logOf(opened())).asking().tables)).toBeUndefined();
  });
});
