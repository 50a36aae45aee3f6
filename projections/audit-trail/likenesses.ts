import { type Prepared } from '../../src/books/prepared.js';
import { bookStream } from '../../src/vouchers/voucher.js';
import { type ReadTables, tableName } from '../read-tables.js';
import { auditTrail, TRAIL } from './projection.js';

/** A likeness of the trail, and the place of the event that has it. */
export interface TrailLikeness {
  readonly likeness: string;
  readonly stream: string;
  readonly revision: number;
}

/** Up to which position the trail tells everything; it says so also where an event has stopped it. */
export function trailPosition(tables: ReadTables): number {
  const { name, version } = auditTrail;
  const found = tables.checkpoints().find((each) => each.projection === name && each.version === version);
  return found?.position ?? 0;
}

/** The likenesses of a command's book on its business day, those of the memos of its fund and unit among them. */
export function* likenessesShown(
  tables: ReadTables,
  { fund, unit, businessDate }: Prepared['command'],
): Generator<TrailLikeness> {
  const book = bookStream(fund, unit);
  const lists = tables.rows<{ lines: string }>(
    `SELECT lines FROM "${tableName(auditTrail, TRAIL)}" WHERE business_day = ? AND book = ? ORDER BY block`,
    businessDate,
    book,
  );
  for (const { lines } of lists)
    for (let from = 0, end = 0; (end = lines.indexOf('\n', from)) >= 0; from = end + 1) {
      const [, revision, likeness, stream] = lines.slice(from, end).split('\t', 4) as [string, string, string, string];
      if (likeness !== '') yield { likeness, stream: stream || book, revision: Number.parseInt(revision, 10) };
    }
}
