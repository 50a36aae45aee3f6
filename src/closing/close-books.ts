import { type Posted } from '../books/post-request.js';
import { type Books } from '../books/handle.js';
import { lastDayOf, PERIOD_CLOSE_KIND, PERIOD_REOPENING_KIND, YEAR_CLOSE_KIND } from '../books/periods.js';
import { type Prepared } from '../books/prepared.js';
import { by, PRACTICE, REGULAR_CLOSING } from '../books/sources.js';
import { findKind } from '../catalogue/registry.js';
import { type ErrorDetail, LedgerError, refusal, type Text, text } from '../errors.js';
import { eventId } from '../event-store/event-store.js';
import { checkCommand, isAdopted, notWellFormed } from '../kinds/check.js';
import { bookStream } from '../kinds/kind.js';
import { onePerson } from '../kinds/objections.js';
import { prepare } from '../kinds/prepare.js';
import { type Adopted } from '../reference/adopted.js';
import { type Reference } from '../reference/reference.js';
import { type BooksOfPeriod, CloseBooks, ReopenBooks } from './commands.js';

/*
 * One call for many books. Each book decides by itself, as it does of a close that comes alone; nothing is remembered
 * of the call but what its books have in the log. So a call that was cut off is made again: what is closed says so.
 */

/** The part of an open ledger that closes. */
export interface Closing {
  readonly books: Books;
  readonly reference: { readonly current: Reference };
}

interface BookPlace {
  readonly fund: string;
  readonly unit: string;
}

/** A book that was closed, or opened again, by this call. */
export interface DoneBook extends BookPlace {
  readonly id: string;
  readonly position: number;
}

/** A book in which it could not be done, and why. */
export interface RefusedBook extends BookPlace {
  readonly code: string;
  readonly detail: Text;
  readonly errors: readonly ErrorDetail[];
}

/** What became of a call. */
export interface ClosingReport {
  readonly period: string;
  /** Whether the period is closed, or open again, in every book that was asked about. */
  readonly done: boolean;
  readonly closed: readonly DoneBook[];
  /** Books in which there was nothing left to do. */
  readonly already: readonly BookPlace[];
  readonly refused: readonly RefusedBook[];
}

/** How many books are done of how many. */
export type Heard = (done: number, total: number) => void;

/** So many books are closed at a time: whoever waits sees them come, and others have their turns between. */
const AT_ONCE = 16;

/**
 * Closes a period in every book asked about that has a voucher; where one cannot be closed the others are, unless all
 * or none was asked for.
 * @param key that of the call, which each book holds it by
 * @throws LedgerError invalid, where the call is not well formed; refused, where one person made and reviewed it
 */
export function closeBooks(ledger: Closing, body: unknown, key: string, heard?: Heard): Promise<ClosingReport> {
  const { current } = ledger.reference;
  const command = checked(CloseBooks, body, current);
  const { period, year, approval } = command;
  const isYear = year === 'yes';
  if (isYear && !period.endsWith('-12')) throw notDecember(period);
  const kind = isYear ? YEAR_CLOSE_KIND : PERIOD_CLOSE_KIND;
  const more = approval === undefined ? {} : { approval };
  const wanted = placesOf(command, current).map((place) => ({
    place,
    prepared: () => Promise.resolve(preparedOf(kind, command, place, more, current)),
  }));
  return act(ledger, command, wanted, key, { already: CLOSED_ALREADY, heard });
}

/**
 * Opens a period again in every book that has closed it last.
 * @throws LedgerError as `closeBooks`
 */
export function reopenBooks(ledger: Closing, body: unknown, key: string, heard?: Heard): Promise<ClosingReport> {
  const { current } = ledger.reference;
  const command = checked(ReopenBooks, body, current);
  const { period, reason } = command;
  const wanted = placesOf(command, current).map((place) => ({
    place,
    prepared: async (): Promise<Prepared> => {
      const stream = bookStream(place.fund, place.unit);
      const { closings, revision } = await ledger.books.stateOf(stream);
      if (revision < 0) throw nothingThere(period);
      const last = closings.at(-1);
      if (!last || last.businessDate < lastDayOf(period)) throw notClosed(period);
      const close = closings.find(({ businessDate }) => businessDate === lastDayOf(period)) ?? last;
      const reverses = eventId(stream, close.revision);
      return preparedOf(PERIOD_REOPENING_KIND, command, place, { reverses, reason }, current);
    },
  }));
  return act(ledger, command, wanted, key, { already: OPEN_ALREADY, heard });
}

/** Codes of refusals that say that there is nothing left to do. */
const CLOSED_ALREADY: ReadonlySet<string> = new Set(['period-closed', 'year-closed']);
const OPEN_ALREADY: ReadonlySet<string> = new Set(['period-not-closed']);
/** That of a book without a voucher: of many books it is no part. */
const NOTHING_THERE = 'nothing-to-close';

interface Wanted {
  readonly place: BookPlace;
  readonly prepared: () => Promise<Prepared>;
}

interface Manner {
  readonly already: ReadonlySet<string>;
  readonly heard?: Heard | undefined;
}

async function act(
  { books }: Closing,
  { period, allOrNothing }: BooksOfPeriod,
  wanted: readonly Wanted[],
  key: string,
  { already: codes, heard }: Manner,
): Promise<ClosingReport> {
  const closed: DoneBook[] = [];
  const already: BookPlace[] = [];
  const refused: RefusedBook[] = [];
  const skip = (place: BookPlace, error: unknown): void => {
    if (!(error instanceof LedgerError) || error.kind !== 'refused') throw error;
    if (codes.has(error.code)) already.push(place);
    else if (error.code !== NOTHING_THERE || wanted.length === 1)
      refused.push({ ...place, code: error.code, detail: error.text, errors: error.details });
  };
  const each = async (visit: (one: Wanted, prepared: Prepared) => Promise<void>, progress?: Heard): Promise<void> => {
    for (let from = 0; from < wanted.length; from += AT_ONCE) {
      const some = wanted.slice(from, from + AT_ONCE);
      const visits = some.map(async (one) => visit(one, await one.prepared()));
      for (const [index, { status, ...outcome }] of (await Promise.allSettled(visits)).entries())
        if (status === 'rejected') skip(some[index]!.place, (outcome as { reason: unknown }).reason);
      progress?.(from + some.length, wanted.length);
    }
  };
  if (allOrNothing === 'yes') {
    await each(async (_, prepared) => void (await books.preview({ prepared, key: { key } })));
    if (refused.length > 0) return { period, done: false, closed, already, refused };
    already.length = 0;
  }
  await each(async ({ place }, prepared) => {
    closed.push(doneBook(place, await books.post({ prepared, key: { key } })));
  }, heard);
  return { period, done: refused.length === 0, closed: inOrder(closed, wanted), already, refused };
}

const doneBook = ({ fund, unit }: BookPlace, { receipt }: Posted): DoneBook => ({
  fund,
  unit,
  id: receipt!.id,
  position: receipt!.position,
});

/** In the order of the books, whichever was durable first. */
const inOrder = (closed: readonly DoneBook[], wanted: readonly Wanted[]): DoneBook[] =>
  wanted.flatMap(({ place: { fund, unit } }) => closed.filter((one) => one.fund === fund && one.unit === unit));

function checked<C extends BooksOfPeriod>(type: new () => C, body: unknown, reference: Reference): C {
  const command = checkCommand({ command: type }, body, reference);
  const adopted = reference.known(lastDayOf(command.period));
  if (!isAdopted(type, command, adopted)) throw notWellFormed({ command: type }, command, adopted);
  const one = onePerson(command);
  if (one) throw one;
  return command;
}

/** The books of a fund and a unit, of those below it where that is wanted, of all where one is left open. */
function placesOf({ period, fund, unit, scope }: BooksOfPeriod, reference: Reference): BookPlace[] {
  const adopted = reference.on(lastDayOf(period));
  const funds = fund === undefined ? adopted.funds.all.map(({ key }) => key) : [fund];
  const units =
    unit === undefined
      ? adopted.units.all.map(({ code }) => code)
      : scope === 'below'
        ? [...withBelow(adopted, unit)]
        : [unit];
  return funds.flatMap((each) => units.map((at) => ({ fund: each, unit: at })));
}

function* withBelow(adopted: Adopted, unit: string): Generator<string> {
  yield unit;
  for (const below of adopted.below(unit)) yield* withBelow(adopted, below);
}

/** The command of one book, as if it had come alone. */
function preparedOf(
  word: string,
  { period, evidence, maker, reviewer, note }: BooksOfPeriod,
  { fund, unit }: BookPlace,
  more: object,
  reference: Reference,
): Prepared {
  const kind = findKind(word)!;
  const body = {
    fund,
    unit,
    businessDate: lastDayOf(period),
    evidence,
    maker,
    reviewer,
    ...(note !== undefined && { note }),
    ...more,
  };
  return prepare(kind, checkCommand(kind, body, reference), reference);
}

const notDecember = (period: string): LedgerError =>
  new LedgerError('invalid', 'not-december', text('年结的期间应为 12 月', 'a year is closed with its December'), [
    {
      pointer: '/period',
      code: 'not-december',
      expected: text(`${period.slice(0, 4)}-12`, `${period.slice(0, 4)}-12`),
      got: period,
    },
  ]);

const notClosed = (period: string): LedgerError =>
  refusal(
    '/period',
    'period-not-closed',
    by(PRACTICE, text(`${period} 未结账`, `${period} is not closed`)),
    text('已结账的期间', 'a period that is closed'),
    period,
  );

const nothingThere = (period: string): LedgerError =>
  refusal(
    '/period',
    NOTHING_THERE,
    by(REGULAR_CLOSING, text('账簿尚无凭证', 'the book has no voucher yet')),
    text('有凭证的账簿', 'a book with a voucher'),
    period,
  );

/** The refusal of a call by which nothing was done, with what each book says; undefined where there is another. */
export function nothingDone({ closed, already, refused }: ClosingReport): LedgerError | undefined {
  if (refused.length === 0 || closed.length + already.length > 0) return undefined;
  const [first] = refused;
  const { zh, en } = first!.detail;
  return new LedgerError(
    'refused',
    refused.length === 1 ? first!.code : 'books-cannot-close',
    refused.length === 1
      ? first!.detail
      : text(
          `${refused.length} 本账簿不能办理，一本也未办；第一本：${zh}`,
          `${refused.length} books cannot, and nothing was done; the first: ${en}`,
        ),
    refused.flatMap(({ fund, unit, errors }) =>
      errors.map(({ pointer, ...detail }) => ({ ...detail, pointer: `/${fund}-${unit}${pointer}` })),
    ),
  );
}
