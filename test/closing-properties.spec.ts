import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bookState } from '../projections/book-state/projection.js';
import { readBookState } from '../projections/book-state/query.js';
import { fundBalance } from '../projections/fund-balance/projection.js';
import { fundBalanceQuestion } from '../projections/fund-balance/query.js';
import { provincialConsolidation } from '../projections/provincial-consolidation/projection.js';
import { auditLog } from '../src/audit/log-audit.js';
import { nextOpen } from '../src/books/closing/order.js';
import { emptyBook } from '../src/books/book-state.js';
import { readEvent } from '../src/books/event.js';
import { evolve } from '../src/books/evolve.js';
import { Books } from '../src/books/handle.js';
import { lastDayOf, PERIOD_CLOSE_KIND, periodAfter, YEAR_CLOSE_KIND } from '../src/books/periods.js';
import { LedgerError } from '../src/errors.js';
import { type Fen, formatFen } from '../src/money.js';
import { FollowedLog } from './followed-log.js';
import { type Incoming, opened, requestOf } from './given-when-then.js';
import { SEED } from './seed.js';

/*
 * Random vouchers, closes, reopenings and closes of years in a book. A model that has never heard of closing adds up
 * what came and went; whatever is closed when, both time axes say what it says.
 */

const NOW = Date.UTC(2026, 11, 31);
const STREAM = 'book-employee-460100';
const FIRST = '2024-11';

const aDay = fc.integer({ min: 1, max: 28 }).map((day) => String(day).padStart(2, '0'));
/** What is done: in the first open month or one behind it, or in the month closed last. */
const anAct = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ act: fc.constant('contribution' as const), ahead: fc.nat({ max: 2 }), day: aDay }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('payout' as const), ahead: fc.nat({ max: 2 }), day: aDay }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('close' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('reopen' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('late' as const), day: aDay }) },
);
type Act = typeof anAct extends fc.Arbitrary<infer A> ? A : never;

/** What the model knows of an event: where it stands, its day, and what it gave each share, in fen. */
interface Moved {
  readonly position: number;
  readonly day: string;
  readonly pool: Fen;
  readonly personal: Fen;
}

class Played {
  readonly log = new FollowedLog([bookState, fundBalance, provincialConsolidation]);
  readonly books = new Books(this.log.store, () => NOW);
  readonly moved: Moved[] = [];
  private posted = 0;

  async begin(): Promise<void> {
    const { balances } = opened() as unknown as { balances: Readonly<Record<string, string>> };
    const position = await this.post({ ...opened(), businessDate: `${FIRST}-01` });
    const [pool, personal] = ['net.pool', 'net.personal'].map((line) => BigInt(balances[line]!.replace('.', '')));
    this.moved.push({ position, day: `${FIRST}-01`, pool: pool!, personal: personal! });
  }

  async post(command: Incoming): Promise<number> {
    this.posted += 1;
    return (await this.books.post(requestOf(command, `key-${this.posted}`))).receipt!.position;
  }

  async play(act: Act): Promise<void> {
    const state = await this.books.stateOf(STREAM);
    const open = nextOpen(state)!;
    const last = state.closings.at(-1);
    if (act.act === 'close') return this.close(open, last?.kind === PERIOD_CLOSE_KIND ? last.businessDate : undefined);
    if (act.act === 'reopen') {
      if (last?.kind !== PERIOD_CLOSE_KIND) return;
      const { businessDate, revision } = last;
      await this.post({ kind: 'period-reopening', reverses: `${STREAM}-${revision}`, businessDate });
    } else if (act.act === 'late') await this.beLate(`${last?.businessDate.slice(0, 7) ?? ''}-${act.day}`, open, !last);
    else await this.move(act.act, act.ahead, act.day, open);
  }

  private async move(kind: 'contribution' | 'payout', ahead: number, date: string, open: string): Promise<void> {
    let period = open;
    for (let month = 0; month < ahead; month += 1) period = periodAfter(period);
    const day = `${period}-${date}`;
    const position = await this.post({
      kind,
      businessDate: day,
      ...(kind === 'payout' && { amount: '1.01', offsets: undefined }),
    });
    const [pool, personal] = kind === 'payout' ? [-1_01n, 0n] : [900_00n, 334_50n];
    this.moved.push({ position, day, pool, personal });
  }

  /** The next month, or the year where its December is closed; each other December with its year at once. */
  private async close(open: string, closed: string | undefined): Promise<void> {
    if (closed?.endsWith('-12-31')) await this.post({ kind: YEAR_CLOSE_KIND, businessDate: closed });
    else {
      const withYear = open.endsWith('-12') && this.posted % 2 === 0;
      await this.post({ kind: withYear ? YEAR_CLOSE_KIND : PERIOD_CLOSE_KIND, businessDate: lastDayOf(open) });
    }
  }

  private async beLate(day: string, open: string, isNone: boolean): Promise<void> {
    if (isNone) return;
    const refused = await this.post({ kind: 'contribution', businessDate: day }).catch((error: unknown) => error);
    if (!(refused instanceof LedgerError)) throw new Error(`${day} was taken`);
    expect([refused.code, refused.details[0]!.expected.en]).toEqual([
      'period-closed',
      `an open period, ${open} (from ${open}-01 on) or later`,
    ]);
  }

  /** What the model says of a day as recorded by a position. */
  model(day: string, position: number): { closing: string; pool: string; personal: string } {
    const seen = this.moved.filter((each) => each.day <= day && each.position <= position);
    const [pool, personal] = (['pool', 'personal'] as const).map((share) =>
      seen.reduce((sum, each) => sum + each[share], 0n),
    );
    return { closing: formatFen(pool! + personal!), pool: formatFen(pool!), personal: formatFen(personal!) };
  }
}

const acts = fc.array(anAct, { minLength: 5, maxLength: 40 });
const cuts = fc.array(fc.tuple(fc.nat({ max: 100 }), fc.nat({ max: 20 }), aDay), { minLength: 4, maxLength: 8 });

describe('a book whose months and years are closed', () => {
  it(`says on both time axes what it would say had nothing been closed (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(acts, cuts, fc.constantFrom(1, 3, 100), async (done, asked, batch) => {
        const played = new Played();
        const { log, books } = played;
        await played.begin();
        for (const act of done) await played.play(act);
        await log.follow(batch);
        const head = await log.store.head();
        for (const [percent, ahead, date] of asked) {
          let period = FIRST;
          for (let month = 0; month < ahead; month += 1) period = periodAfter(period);
          const [asOf, position] = [`${period}-${date}`, Math.max(1, Math.round((head * percent) / 100))];
          const parameters = { asOf, recordedAsOf: `position:${position}`, fund: 'employee', unit: '460100' };
          const { body } = await fundBalanceQuestion.ask(log.asking('2026-12-31'), parameters);
          expect((body['books'] as unknown[])[0]).toMatchObject(played.model(asOf, position));
        }
        const folded = emptyBook();
        for (const stored of await log.store.readStream(STREAM, { limit: 1_000 })) evolve(folded, readEvent(stored));
        const state = await books.stateOf(STREAM);
        expect(readBookState(log.asking().tables, STREAM)).toEqual(folded);
        expect(state).toEqual(folded);
        expectSmall(folded);
        const { breaches } = await auditLog(log.store, [], () => undefined, { nowMs: NOW, boundMs: Infinity });
        expect(breaches).toEqual([]);
        const rebuilt = new FollowedLog([bookState, fundBalance, provincialConsolidation], log.store);
        await rebuilt.follow();
        expect(rebuilt.contents()).toEqual(log.contents());
        rebuilt.close();
        log.close();
      }),
      { seed: SEED, numRuns: 20, endOnFailure: true },
    );
  }, 240_000);
});

/** Of closed years a book's state keeps one day of each line, no month, and no close but that of the last year. */
function expectSmall({ closings, months, days }: ReturnType<typeof emptyBook>): void {
  const year = closings.findLast(({ kind }) => kind === YEAR_CLOSE_KIND);
  if (!year) return;
  expect(closings[0]).toBe(year);
  expect([...months.keys()].filter((period) => period <= year.businessDate.slice(0, 7))).toEqual([]);
  for (const line of days.names)
    expect(days.daysOf(line).filter(([day]) => day <= year.businessDate).length).toBeLessThanOrEqual(1);
}
