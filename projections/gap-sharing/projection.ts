import { eventId } from '../../src/event-store/event-store.js';
import { parseFen } from '../../src/money.js';
import { type Projection, type RowTable } from '../projection.js';

/** What an event's `kind` is called where money comes into a book that may be its share of a gap. */
const SUBSIDY_KIND = 'subsidy';
const FUNDING_KIND = 'funding-received';

/** A voucher by which a book got a part of what a year left short. */
export const GAP_SHARES: RowTable = {
  form: 'rows',
  name: 'gap_share',
  /** `gap_year` is the year of the voucher itself where it names none. */
  key: { fund: 'TEXT', unit: 'TEXT', gap_year: 'TEXT', id: 'TEXT' },
  values: { position: 'INTEGER', day: 'TEXT', amount: 'INTEGER' },
};

/** What takes a voucher back, by the id of what is taken back. The two are joined when it is asked. */
export const TAKEN_BACK: RowTable = {
  form: 'rows',
  name: 'gap_share_taken_back',
  key: { taken_back: 'TEXT' },
  values: { position: 'INTEGER', day: 'TEXT' },
};

/** What was paid of the gaps of each book and year: by a tier of government, or by the level above. */
export const gapSharing: Projection = {
  name: 'gap-sharing',
  version: 1,
  tables: [GAP_SHARES, TAKEN_BACK],
  apply: ({ stream, revision, position, event }, rows) => {
    const { kind, fund, unit, businessDate, reverses, amount } = event;
    if (reverses !== undefined) return rows.put(TAKEN_BACK, [reverses], [position, businessDate]);
    const { gapYear, subsidyKind } = event as unknown as { readonly gapYear?: string; readonly subsidyKind?: string };
    const isShare =
      kind === SUBSIDY_KIND ? subsidyKind === 'gap-share' : kind === FUNDING_KIND && gapYear !== undefined;
    if (!isShare) return;
    const key = [fund, unit, gapYear ?? businessDate.slice(0, 4), eventId(stream, revision)];
    rows.put(GAP_SHARES, key, [position, businessDate, parseFen(amount!)]);
  },
};
