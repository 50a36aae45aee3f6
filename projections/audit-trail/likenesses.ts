import { type Prepared } from '../../src/books/prepared.js';
import { bookStream } from '../../src/kinds/kind.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { auditTrail, TRAIL } from './projection.js';

/** A likeness of the trail, and the place of the event that has it. */
export interface TrailLikeness {
  readonly likeness: string;
  readonly stream: string;
  readonly revision: number;
}

/** Up to which position the trail tells everything; it says so also where an event has stopped it. */
export const trailPosition = (tables: ReadTables): number => tables.findCheckpoint(auditTrail)?.position ?? 0;

/** The likenesses of a command's book on its business day, those of the memos of its fund and unit among them. */
export function* likenessesShown(
  tables: ReadTables,
  { fund, unit, businessDate }: Prepared['command'],
): Generator<TrailLikeness> {
  const book = bookStream(fund, unit);
  const lists = tables.lists<{ lines: string }>(
    `SELECT lines FROM "${tableName(auditTrail, TRAIL)}" WHERE business_day = ? AND book = ? ORDER BY block`,
    businessDate,
    book,
  );
  for (const { lines } of lists) {
    const behind = (mark: string, from: number): number => lines.indexOf(mark, from) + 1;
    for (let line = 0; line < lines.length;) {
      // Only the first fields are taken out: a day may have many thousand lines.
      const revision = behind('\t', line);
      const likeness = behind('\t', revision);
      const stream = behind('\t', likeness);
      const kind = behind('\t', stream);
      if (stream - likeness > 1)
        yield {
          likeness: lines.slice(likeness, stream - 1),
          stream: lines.slice(stream, kind - 1) || book,
          revision: Number.parseInt(lines.slice(revision, likeness), 10),
        };
      line = behind('\n', kind);
    }
  }
}
