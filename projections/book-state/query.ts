import { type BookState, type LastLine } from '../../src/books/book-state.js';
import { parseEventId } from '../../src/event-store/event-store.js';
import { DayBalances, type DayMovement } from '../../src/books/day-balances.js';
import { type SumTable, type RowTable } from '../projection.js';
import { type ReadTables, tableName } from '../read-tables.js';
import { BALANCES, bookState, DAYS, LENGTHS, MARKS, NUMBERS } from './projection.js';

const from = (table: SumTable | RowTable): string => `FROM "${tableName(bookState, table)}" WHERE stream = ?`;

function lastLineOf(value: string): LastLine {
  const [line, revision] = value.split(' ') as [string, string];
  return { line: Number.parseInt(line, 10), revision: Number.parseInt(revision, 10) };
}

const revisionOf = (id: string): number => parseEventId(id)!.revision;

/**
 * The state of a book as far as the read tables have come; undefined where they do not know it. The tail is the
 * caller's. A register of memos is short, and its state is all that stands in it: it is read from the log.
 */
export function readBookState(tables: ReadTables, stream: string): BookState | undefined {
  if (!stream.startsWith('book-')) return undefined;
  return tables.atOneMoment(bookState, () => {
    const [length] = tables.sums<{ events: bigint; turnover: bigint }>(
      `SELECT events, turnover ${from(LENGTHS)}`,
      stream,
    );
    if (!length) return undefined;
    const balances = tables.sums<{ line: string; balance: bigint }>(`SELECT line, balance ${from(BALANCES)}`, stream);
    const numbers = tables.rows<{ period: string; voucher_type: string; vouchers: number }>(
      `SELECT period, voucher_type, vouchers ${from(NUMBERS)}`,
      stream,
    );
    const marks = tables.rows<{ mark: string; name: string; value: string }>(
      `SELECT mark, name, value ${from(MARKS)}`,
      stream,
    );
    const days = tables.sums<DayMovement>(
      `SELECT line, business_day AS day, effect ${from(DAYS)} ORDER BY line, business_day`,
      stream,
    );
    const marked = (wanted: string) => marks.filter(({ mark }) => mark === wanted);
    const takenBack = new Set(marked('taken-back').map(({ name }) => name));
    const opening = marked('opening').find(({ name }) => !takenBack.has(name));
    // A correction that was taken back corrects nothing.
    const corrected = marked('corrected').filter(({ value }) => !takenBack.has(value));
    return {
      revision: Number.parseInt(length.events.toString(), 10) - 1,
      turnover: length.turnover,
      opening: opening && { revision: revisionOf(opening.name), businessDate: opening.value },
      balances: new Map(balances.map(({ line, balance }) => [line, balance])),
      days: DayBalances.ofMovements(days),
      numbers: new Map(numbers.map((row) => [`${row.period}/${row.voucher_type}`, row.vouchers])),
      takenBack: new Set([...takenBack].map(revisionOf)),
      corrected: new Map(corrected.map(({ name, value }) => [revisionOf(name), revisionOf(value)])),
      register: new Map(),
      sources: new Map(marked('source').map(({ name, value }) => [name, lastLineOf(value)])),
    };
  });
}
