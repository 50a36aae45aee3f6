import { hash } from 'node:crypto';
import { type Fen, formatFen } from '../../src/money.js';
import { BUSINESS_DAYS, type BusinessDay } from './calendar.js';
import { type FixedLine, OPENING_DAY, PHASE } from './fixed-lines.js';
import { amountsOf } from './flows.js';
import { type FeedLine, type Fields } from './line.js';
import { type PlannedFlow } from './movements.js';
import { type Plan, planFeed } from './plan.js';
import { FISCAL_YEAR_START, FUND_LINES } from './published.js';
import { Random } from './random.js';
import { PublishedTotals } from './totals.js';
import { COUNTIES, PROVINCE } from './weights.js';

/** A voucher recorded wrongly that is taken back on the next business day. */
interface Pending {
  readonly wrong: FeedLine;
  readonly revision: number;
  readonly right: Fields;
}

/** One book on its way through the days. */
interface Book {
  readonly fund: string;
  readonly unit: string;
  readonly fixed: ReadonlyMap<number, readonly FixedLine[]>;
  readonly flows: readonly { readonly planned: PlannedFlow; readonly random: Random }[];
  /** The revision of the last line of this book, as the ledger will count: -1 before the first. */
  revision: number;
  serial: number;
  pending: Pending[];
}

/**
 * The lines of the feed in the order of the file: day by day, and each day book by book. Nothing is kept but the plan
 * and one day of one flow, so a feed of any length needs the same memory.
 * @returns what the lines come to
 * @throws Error where that is not what was published
 */
export function* feed(seed: string, events: number): Generator<FeedLine, PublishedTotals> {
  const writer = new FeedWriter(seed, planFeed(seed, events));
  yield* writer.lines();
  writer.totals.demandPublished();
  return writer.totals;
}

class FeedWriter {
  readonly totals = new PublishedTotals();
  private readonly books: readonly Book[];
  private readonly mistakes: ReadonlySet<string>;

  constructor(
    private readonly seed: string,
    plan: Plan,
  ) {
    this.mistakes = new Set(plan.corrections.map(({ label, dayIndex }) => `${label}/${dayIndex}`));
    this.books = booksOf(seed, plan);
  }

  *lines(): Generator<FeedLine> {
    for (const book of this.books) yield* this.fixedLines(book, OPENING_DAY, FISCAL_YEAR_START, 0, PHASE.sent);
    for (const [dayIndex, day] of BUSINESS_DAYS.entries())
      for (const book of this.books) yield* this.dayOf(book, dayIndex, day);
  }

  private *dayOf(book: Book, dayIndex: number, day: BusinessDay): Generator<FeedLine> {
    yield* this.fixedLines(book, dayIndex, day.date, PHASE.received, PHASE.contributions);
    yield* this.flowLines(book, dayIndex, day, 'contribution');
    yield* this.fixedLines(book, dayIndex, day.date, PHASE.sweep, PHASE.sweep);
    const pending = book.pending;
    book.pending = [];
    for (const correction of pending) yield* this.correct(book, day.date, correction);
    yield* this.flowLines(book, dayIndex, day, 'payout');
    yield* this.fixedLines(book, dayIndex, day.date, PHASE.payouts, PHASE.sent);
  }

  private *fixedLines(book: Book, dayIndex: number, date: string, from: number, to: number): Generator<FeedLine> {
    for (const line of book.fixed.get(dayIndex) ?? [])
      if (line.phase >= from && line.phase <= to) yield this.record(book, line.kind, date, { ...line.fields });
  }

  private *flowLines(book: Book, dayIndex: number, day: BusinessDay, kind: string): Generator<FeedLine> {
    for (const { planned, random } of book.flows) {
      const { flow, cells } = planned;
      const cell = cells[dayIndex];
      if (flow.kind !== kind || cell === undefined || cell.count === 0) continue;
      const mistaken = this.mistakes.has(`${flow.label}/${dayIndex}`);
      let first = true;
      for (const amount of amountsOf(cell, random)) {
        const fields = flow.fields({ unit: book.unit, day, amount, random });
        fields['amount'] = formatFen(amount);
        if (mistaken && first) yield* this.mistake(book, flow.kind, day.date, fields, amount);
        else yield this.record(book, flow.kind, day.date, fields);
        first = false;
      }
    }
  }

  private *mistake(book: Book, kind: string, date: string, right: Fields, amount: Fen): Generator<FeedLine> {
    const isPayout = kind === 'payout';
    const slipped: Fields = isPayout ? { amount: formatFen(amount / 10n) } : { 'payer.kind': 'on-behalf' };
    const wrong = this.record(book, kind, date, { ...right, ...slipped });
    yield wrong;
    const correction = { wrong, revision: book.revision, right };
    if (isPayout) book.pending.push(correction);
    else yield* this.correct(book, date, correction);
  }

  private *correct(book: Book, date: string, { wrong, revision, right }: Pending): Generator<FeedLine> {
    const reason = wrong.kind === 'payout' ? '金额错位' : '缴费人类别错误';
    const reverses = `book-${book.fund}-${book.unit}-${revision}`;
    const fields = { reverses, reason, 'evidence.kind': 'correction', note: `红字冲销：${reason}` };
    yield this.record(book, 'reversal', date, fields, wrong);
    yield this.record(book, wrong.kind, date, { ...right, note: `${right['note']!}（更正）` });
  }

  /** Completes a line, in place: its evidence, and who made and who reviewed it. */
  private record(
    book: Book,
    kind: string,
    businessDate: string,
    fields: Record<string, string>,
    reversed?: FeedLine,
  ): FeedLine {
    const { fund, unit } = book;
    book.serial += 1;
    if (kind !== 'penalty') book.revision += 1;
    const number = `${fund}-${unit}-${businessDate}-${book.serial}`;
    fields['evidence.number'] = number;
    fields['evidence.sha256'] = hash('sha256', `${this.seed}:${number}`);
    fields['maker'] = `m-${unit}-${1 + (book.serial % 4)}`;
    fields['reviewer'] = `r-${unit}-${1 + (book.serial % 3)}`;
    const line = { kind, fund, unit, businessDate, fields };
    this.totals.take(line, reversed);
    return line;
  }
}

function booksOf(seed: string, { fixed, flows }: Plan): Book[] {
  return FUND_LINES.flatMap(({ fund }) =>
    [PROVINCE, ...COUNTIES].map((unit): Book => {
      const own = fixed.filter((line) => line.fund === fund && line.unit === unit);
      const byDay = Map.groupBy(
        own.toSorted((a, b) => a.phase - b.phase),
        ({ dayIndex }) => dayIndex,
      );
      const ownFlows = flows.filter(({ flow }) => flow.fund === fund && flow.unit === unit);
      return {
        fund,
        unit,
        fixed: byDay,
        flows: ownFlows.map((planned) => ({ planned, random: new Random(`${seed}/${planned.flow.label}`) })),
        revision: -1,
        serial: 0,
        pending: [],
      };
    }),
  );
}
