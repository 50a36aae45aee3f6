import { expect, it } from '@jest/globals';
import { Books } from '../../src/books/handle.js';
import { type LedgerEvent } from '../../src/books/event.js';
import { LedgerError } from '../../src/errors.js';
import { type EventStore, parseEventId } from '../../src/event-store/event-store.js';
import { type ImportReport } from '../../src/import/report/import-report.js';
import { runImport } from '../../src/import/run-import.js';
import { FROM_LOG, type Incoming, requestOf } from '../given-when-then.js';
import { auditBook } from '../independent-book.js';
import { randomFrom } from '../random.js';
import { SEED } from '../seed.js';
import { contributionRow, csvOf, Desk, NOW } from './fixture.js';

const CASES = 25;
const UNITS = ['460100', '460200'];
const bookOf = (unit: string): string => `book-employee-${unit}`;
type Row = Record<string, string>;

/** A line of a file by the number of its evidence, which no two lines share. */
interface Line {
  readonly row: Row;
  /** The number of the line that it takes back. */
  readonly takesBack?: string;
}

const SPENDING = { kind: 'money-movement', from: 'treasury', to: 'fiscal-account', reason: 'treasury-to-fiscal' };
const spend = (amount: string): Incoming => ({ ...SPENDING, amount });

/** A file that is good as its books stand: it receives, spends what it received, and takes back lines of its own. */
function fileOf(random: () => number): Line[] {
  const below = (most: number): number => Math.floor(random() * most);
  const books = UNITS.map((unit) => ({
    unit,
    treasury: 0,
    numbers: [] as string[],
    standing: [] as [string, number][],
  }));
  return Array.from({ length: 10 + below(30) }, (_, index): Line => {
    const book = books[below(books.length)]!;
    const number = `L-${index}`;
    const key: Row = random() < 0.2 ? { key: `K-${index}` } : { key: '' };
    const common: Row = { ...contributionRow(), unit: book.unit, 'evidence.number': number, ...key };
    const bare = Object.fromEntries(Object.entries(common).filter(([name]) => !/^(payer|cover|head)/.test(name)));
    const amount = 1 + below(90);
    const [backNumber, backAmount] = book.standing[below(book.standing.length + 1)] ?? [undefined, 0];
    book.numbers.push(number);
    if (backNumber !== undefined && random() < 0.3 && book.treasury >= backAmount) {
      book.treasury -= backAmount;
      book.standing = book.standing.filter(([other]) => other !== backNumber);
      const reverses = `${bookOf(book.unit)}-${book.numbers.indexOf(backNumber)}`;
      const reversal = { ...bare, kind: 'reversal', amount: '', reverses, reason: '金额录入有误' };
      return { row: reversal, takesBack: backNumber };
    }
    if (random() < 0.3 && book.treasury >= amount) {
      book.treasury -= amount;
      return { row: { ...bare, ...SPENDING, amount: `${amount}.00` } };
    }
    book.treasury += amount;
    book.standing.push([number, amount]);
    return { row: { ...common, amount: `${amount}.00` } };
  });
}

/** What others may do to a book of the file; what is refused has done nothing. */
async function interfere(books: Books, random: () => number, lines: readonly Line[], turn: string): Promise<void> {
  const unit = UNITS[Math.floor(random() * UNITS.length)]!;
  const { row } = lines[Math.floor(random() * lines.length)]!;
  const { 'payer.kind': kind, 'payer.reference': reference, headcount, coverPeriod, amount, businessDate } = row;
  const evidence = { kind: row['evidence.kind'], number: row['evidence.number'], sha256: row['evidence.sha256'] };
  const alike = { businessDate, coverPeriod, headcount: Number.parseInt(headcount ?? '1', 10), amount, evidence };
  const acts: readonly [Incoming, string][] = [
    [{ kind: 'contribution', unit }, `other-${turn}`],
    [{ ...spend(`${1 + Math.floor(random() * 60)}.00`), unit }, `other-${turn}`],
    [{ kind: 'reversal', unit, reverses: `${bookOf(unit)}-${Math.floor(random() * 12)}` }, `other-${turn}`],
    [{ kind: 'contribution', unit: row['unit'] }, row['key'] || `other-${turn}`],
    [
      kind === undefined
        ? { kind: 'contribution', unit }
        : { kind: 'contribution', unit: row['unit'], ...alike, payer: { kind, reference }, poolShare: undefined },
      `other-${turn}`,
    ],
  ];
  const [incoming, key] = acts[Math.floor(random() * acts.length)]!;
  try {
    const number = `other-${turn}`;
    const own = 'evidence' in incoming ? {} : { evidence: { kind: 'tax-receipt', number, sha256: 'cd'.repeat(32) } };
    await books.post(requestOf({ ...incoming, ...own }, key));
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
  }
}

/** One process of the importer, over the log that all share: others come between its appends, and it may be killed. */
function processOn(desk: Desk, random: () => number, before: () => Promise<void>, kills: boolean) {
  const shared = desk.store;
  let isDead = false;
  const append: EventStore['append'] = async (stream, expected, events) => {
    if (isDead) throw new Error('killed');
    await before();
    if (!kills || random() > 0.3) return shared.append(stream, expected, events);
    isDead = true;
    const some = events.slice(0, Math.floor(random() * (events.length + 1)));
    if (some.length > 0) await shared.append(stream, expected, some);
    throw new Error('killed');
  };
  const store = Object.create(shared, { append: { value: append } }) as Desk['store'];
  return { ...desk.target, store, books: new Books(store, () => NOW, undefined, FROM_LOG) };
}

async function importedBesideOthers(seed: number) {
  const random = randomFrom(seed);
  const desk = new Desk();
  const lines = fileOf(random);
  const path = desk.write('feed.csv', csvOf(lines.map(({ row }) => row)));
  let turn = 0;
  const run = (isQuiet: boolean): Promise<ImportReport> => {
    const others = new Books(desk.store, () => NOW, undefined, FROM_LOG);
    const before = async (): Promise<void> => {
      if (!isQuiet && random() < 0.5) await interfere(others, random, lines, String((turn += 1)));
    };
    return runImport(processOn(desk, random, before, !isQuiet), path);
  };
  for (let again = 0; again < 4; again += 1) await run(false).catch(demandKilled);
  const settled = await run(true);
  return { desk, lines, settled, last: await run(true) };
}

function demandKilled(error: unknown): void {
  if (!(error instanceof LedgerError) || error.kind !== 'unavailable') throw error;
}

/** What became of each line: the numbers of those that stand, each as often as it does. */
const standing = (events: readonly LedgerEvent[], lines: readonly Line[]): string[] => {
  const numbers = new Set(lines.map(({ row }) => row['evidence.number']));
  const ours = events.filter(({ key, evidence }) => !key?.startsWith('other') && numbers.has(evidence.number));
  return ours.map(({ evidence }) => evidence.number).toSorted();
};

it.each(Array.from({ length: CASES }, (_, index) => SEED + index))(
  'a file that is killed and run again beside others comes to its end: each line stands once or is named (seed %d)',
  async (seed) => {
    const { desk, lines, settled, last } = await importedBesideOthers(seed);
    const events = await desk.events();
    const refused = settled.errors.map(({ line }) => lines[line - 2]!.row['evidence.number']!);
    const all = lines.map(({ row }) => row['evidence.number']!).toSorted();
    expect([...standing(events, lines), ...new Set(refused)].toSorted()).toEqual(all);
    // What was refused is refused for what holds now, and nothing is posted any more.
    expect(last).toMatchObject({ posted: 0, replayed: lines.length - last.rejected, rejected: settled.rejected });
    expect(last.errors).toEqual(settled.errors);
    for (const unit of UNITS) {
      const stored = await desk.store.readStream(bookOf(unit), { limit: 10_000 });
      expect(
        auditBook(
          bookOf(unit),
          stored.map(({ data }) => data),
        ).problems,
      ).toEqual([]);
    }
    // A reversal took back the line it meant.
    const byId = new Map<string, LedgerEvent>();
    for (const unit of UNITS) {
      const own = events.filter((event) => event.unit === unit);
      for (const [revision, event] of own.entries()) byId.set(`${bookOf(unit)}-${revision}`, event);
    }
    for (const { row, takesBack } of lines) {
      const event = events.find(({ evidence }) => evidence.number === row['evidence.number']);
      if (takesBack === undefined || !event) continue;
      expect(parseEventId(event.reverses!)).toBeDefined();
      const { key, evidence } = byId.get(event.reverses!)!;
      expect([evidence.number, key?.startsWith('other') ?? false]).toEqual([takesBack, false]);
    }
  },
);
