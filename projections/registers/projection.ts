import { effectsOf } from '../../src/books/guarded-lines.js';
import { type Entry, parseLedgerLine } from '../../src/books/entries.js';
import { hasRegister, registersOf } from '../../src/books/register-lines.js';
import { eventId } from '../../src/event-store/event-store.js';
import { parseFen } from '../../src/money.js';
import { familyOf, kindOf } from '../../src/reference/account-kinds.js';
import { type Projection, type RowTable } from '../projection.js';

/** Stands for the quality deposits among the lines: they are held back of what was never paid, and in no account. */
export const DEPOSITS = 'quality-deposit';

/** The register that a line belongs to. */
export const registerOf = (line: string): string => (line === DEPOSITS ? 'quality-deposits' : familyOf(line));
const HOLD_KIND = 'quality-deposit-hold';
const RELEASE_KIND = 'quality-deposit-release';

/** What one voucher did to a register: what it added to a name, or took off it; the amount in fen, more being more. */
export const ITEMS: RowTable = {
  form: 'rows',
  name: 'register_item',
  /** `line` is the ledger line, `name` for whom or for which year; empty where the voucher names nobody. */
  key: { fund: 'TEXT', unit: 'TEXT', line: 'TEXT', name: 'TEXT', id: 'TEXT' },
  values: { position: 'INTEGER', day: 'TEXT', amount: 'INTEGER' },
};

/** What takes a voucher or a memo back, by the id of what is taken back. The two are joined when it is asked. */
export const TAKEN_BACK: RowTable = {
  form: 'rows',
  name: 'register_taken_back',
  key: { taken_back: 'TEXT' },
  values: { position: 'INTEGER', day: 'TEXT' },
};

const isInRegister = ({ account }: Entry): boolean => hasRegister(account);

/** What each book has advanced, holds, owes or holds back, by whom it is for: the registers beside the accounts. */
export const registers: Projection = {
  name: 'registers',
  version: 1,
  tables: [ITEMS, TAKEN_BACK],
  apply: ({ stream, revision, position, event }, rows) => {
    const { kind, fund, unit, businessDate: day } = event;
    const takenBack = event.reverses ?? event.withdraws;
    // It names what it takes back, and with that all that it did.
    if (takenBack !== undefined) return rows.put(TAKEN_BACK, [takenBack], [position, day]);
    if (kind === HOLD_KIND || kind === RELEASE_KIND) {
      const { provider, year } = event as unknown as { readonly provider: string; readonly year: string };
      const key = [fund, unit, DEPOSITS, `${provider} ${year}`, eventId(stream, revision)];
      rows.put(ITEMS, key, [position, day, parseFen(event.adds!)]);
    }
    const { entries = [] } = event;
    if (!entries.some(isInRegister)) return;
    const id = eventId(stream, revision);
    const named = event.registers ?? registersOf(event, entries);
    const moved = new Map<string, bigint>();
    for (const [index, { line, effect }] of effectsOf(entries).entries())
      if (isInRegister(entries[index]!)) moved.set(line, (moved.get(line) ?? 0n) + effect);
    for (const [line, effect] of moved) {
      const { account } = parseLedgerLine(line);
      const amount = kindOf(account) === 'asset' ? effect : -effect;
      if (amount !== 0n) rows.put(ITEMS, [fund, unit, line, named?.[account] ?? '', id], [position, day, amount]);
    }
  },
};
