import { OPENING_CORRECTION_KIND, OPENING_KIND } from '../../src/books/book-state.js';
import { type Entry, ledgerLine } from '../../src/books/entries.js';
import { isClosing } from '../../src/books/periods.js';
import { eventId } from '../../src/event-store/event-store.js';
import { parseFen } from '../../src/money.js';
import { kindOf } from '../../src/reference/account-kinds.js';
import { type Projection, type RowTable } from '../projection.js';

/** The kinds by which a book says what it held before its first day. */
export const OPENING_KINDS: readonly string[] = [OPENING_KIND, OPENING_CORRECTION_KIND];

/**
 * What vouchers that post to net assets themselves moved on each of their ledger lines, in fen: what the books opened
 * with, what went to the risk fund or to personal accounts, what of an earlier year was put right there. There are few.
 */
export const DIRECT: RowTable = {
  form: 'rows',
  name: 'net_direct',
  key: { stream: 'TEXT', id: 'TEXT', line: 'TEXT' },
  values: { position: 'INTEGER', business_day: 'TEXT', kind: 'TEXT', debit: 'INTEGER', credit: 'INTEGER' },
};

/**
 * What takes a voucher back that moved no income and no expenditure, by the id of what is taken back. It does not say
 * what kind of voucher that was: the two are joined when the question is asked.
 */
export const TAKEN_BACK: RowTable = {
  form: 'rows',
  name: 'net_taken_back',
  key: { taken_back: 'TEXT' },
  values: { position: 'INTEGER', business_day: 'TEXT' },
};

/** What moved net assets without being income or expenditure. A close does, and is no such thing: it only carries. */
export const netAssets: Projection = {
  name: 'net-assets',
  version: 1,
  tables: [DIRECT, TAKEN_BACK],
  apply: ({ stream, revision, position, event }, rows) => {
    const { kind, entries = [], businessDate, reverses } = event;
    if (isClosing(kind)) return;
    if (reverses !== undefined) {
      if (entries.every(isBalance)) rows.put(TAKEN_BACK, [reverses], [position, businessDate]);
      return;
    }
    if (!OPENING_KINDS.includes(kind) && !entries.some(isNet)) return;
    const id = eventId(stream, revision);
    for (const [line, { debit, credit }] of addUp(entries))
      rows.put(DIRECT, [stream, id, line], [position, businessDate, kind, debit, credit]);
  },
};

const isNet = ({ account }: Entry): boolean => kindOf(account) === 'net';
const isBalance = ({ account }: Entry): boolean => !['income', 'expenditure'].includes(kindOf(account)!);

/** What a voucher moves on each line: it may name one more than once. */
function addUp(entries: readonly Entry[]): Map<string, { debit: bigint; credit: bigint }> {
  const lines = new Map<string, { debit: bigint; credit: bigint }>();
  for (const entry of entries) {
    const line = ledgerLine(entry);
    const { debit, credit } = lines.get(line) ?? { debit: 0n, credit: 0n };
    const more = { debit: parseFen(entry.debit ?? '0'), credit: parseFen(entry.credit ?? '0') };
    lines.set(line, { debit: debit + more.debit, credit: credit + more.credit });
  }
  return lines;
}
