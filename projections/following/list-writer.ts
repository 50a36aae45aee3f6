import { type SqliteFile, type Statement } from '../../src/sqlite-file.js';
import { listBlockOf, type ListTable } from '../projection.js';
import { type Lines, packLines, unpackLines } from './packed-lines.js';
import { type WrittenRow } from './row-buffer.js';

/**
 * Writes the lists of a table. Those of the block in which the log ends are text, to which lines are added; all lists
 * behind are packed, once, because nothing is added to them any more. So the bytes of a table follow from the position
 * that it has come to, and not from how the log was cut on the way. Lists stand in the order of their blocks, because
 * the log is read in its order: those that are text are the last.
 */
export class ListWriter {
  private readonly add: Statement;
  private readonly put: Statement;
  private readonly standing: Statement;
  private readonly fromEnd: Statement;

  /**
   * @param projection the name of the one whose table it is
   * @param name that of the table in the file
   */
  constructor(
    file: SqliteFile,
    readonly projection: string,
    name: string,
    { key }: ListTable,
  ) {
    const columns = Object.keys(key).map((column) => `"${column}"`);
    const insert = `INSERT INTO "${name}" VALUES (${columns.map(() => '?').join(', ')}, ?)`;
    this.add = file.prepare(`${insert} ON CONFLICT DO UPDATE SET lines = lines || excluded.lines`);
    this.put = file.prepare(`${insert} ON CONFLICT DO UPDATE SET lines = excluded.lines`);
    const isKey = columns.map((column) => `${column} = ?`).join(' AND ');
    this.standing = file.prepare(`SELECT lines FROM "${name}" WHERE ${isKey}`).pluck();
    this.fromEnd = file.prepare(`SELECT * FROM "${name}" ORDER BY rowid DESC`).raw();
  }

  /** Packs the lists of blocks that a log which is read up to a position has left behind; before any row is written. */
  pack(upTo: number): void {
    const left: WrittenRow[] = [];
    for (const row of this.fromEnd.iterate() as IterableIterator<WrittenRow>) {
      if (typeof row.at(-1) !== 'string' || !isLeft(row, upTo)) break;
      left.push(row);
    }
    for (const row of left) this.put.run(packed(row, row.at(-1) as Lines));
  }

  /** Writes the lines that a log which is read up to a position adds to a list. */
  write(row: WrittenRow, upTo: number): void {
    const more = row.at(-1) as Lines;
    if (!isLeft(row, upTo)) return void this.add.run([...row.slice(0, -1), unpackLines(more)]);
    const before = this.standing.get(row.slice(0, -1)) as Lines | undefined;
    this.put.run(packed(row, before === undefined ? more : unpackLines(before) + unpackLines(more)));
  }
}

/** Whether a row is of a block behind which a log ends that is read up to a position. */
const isLeft = (row: WrittenRow, upTo: number): boolean => (row.at(-2) as number) < listBlockOf(upTo + 1);

const packed = (row: WrittenRow, lines: Lines): WrittenRow => [...row.slice(0, -1), packLines(lines)];
