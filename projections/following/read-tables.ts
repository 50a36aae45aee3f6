import { statSync } from 'node:fs';
import { openSqlite, type SqliteFile, type Statement } from '../../src/sqlite-file.js';
import { LedgerError, text } from '../../src/errors.js';
import { codeOf } from '../../src/machine-fault.js';
import { type ListTable, type Projection, type SqlValue, type Table } from '../projection.js';
import { ListWriter } from './list-writer.js';
import { type Lines, unpackLines } from './packed-lines.js';
import { type WrittenRows } from './row-buffer.js';

const CHECKPOINTS = `CREATE TABLE checkpoint (
  projection TEXT NOT NULL, version INTEGER NOT NULL, position INTEGER NOT NULL, failure TEXT, tables TEXT NOT NULL,
  first_event TEXT, last_event TEXT, PRIMARY KEY (projection, version)) STRICT, WITHOUT ROWID`;
/** Where events of other programs stand in our log, up to the checkpoints: whoever goes on from these meets none. */
const FOREIGN = 'CREATE TABLE foreign_event (position INTEGER PRIMARY KEY) STRICT, WITHOUT ROWID';
const MOVE = `UPDATE checkpoint SET position = ?, failure = ?, first_event = ?, last_event = ?
  WHERE projection = ? AND version = ?`;
const CHECKPOINT = 'projection, version, position, failure, first_event AS first, last_event AS last';

/**
 * Files up to this size are looked through when they are opened, in a few milliseconds a mebibyte. Of larger ones
 * damage is found where it is met: a start must not wait for gigabytes.
 */
const CHECKED_BYTES = 64 * 1024 * 1024;

/** How far a projection has come, and what stopped it where something did. */
export interface Checkpoint {
  readonly projection: string;
  readonly version: number;
  readonly position: number;
  readonly failure: string | null;
  /** The fingerprints of the log's first event and of the one at the position; null at position 0. */
  readonly first: string | null;
  readonly last: string | null;
}

/**
 * How far all of some projections have come that are at work. One that an event stopped says so itself when it is
 * asked. Infinity where none is at work.
 */
export const slowestOf = (checkpoints: readonly Checkpoint[], projections: readonly Projection[]): number =>
  checkpoints
    .filter(({ failure }) => failure === null)
    .filter((at) => projections.some(({ name, version }) => at.projection === name && at.version === version))
    .reduce((least, { position }) => Math.min(least, position), Infinity);

/** The name of a table in the file: each version of a projection has its own. */
export const tableName = (projection: Projection, table: Table): string => `${table.name}_v${projection.version}`;

/** The checkpoints in a file of read tables. @throws whatever reading the file throws */
export const readAllCheckpoints = (file: SqliteFile): Checkpoint[] =>
  file.prepare(`SELECT ${CHECKPOINT} FROM main.checkpoint`).all() as Checkpoint[];

/** The file of the read tables is at fault, not the log nor an event of it. It has the code of its cause. */
export class TablesFault extends Error {
  readonly code: string;
  constructor(cause: unknown) {
    super((cause as Error).message, { cause });
    this.code = codeOf(cause);
  }
}

/** Read tables that are not those of the log, or not as this release makes them. Recognised by its code. */
export class UnfitTables extends Error {
  readonly code = 'unfit-tables';
}

/** True where SQLite says that a file is at fault; rows that a table does not take are the fault of their event. */
export const isFileFault = (error: unknown): boolean =>
  codeOf(error).startsWith('SQLITE_') && !/^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/.test(codeOf(error));

/** Does something with the file of the read tables. @throws TablesFault, where that is at fault */
function withFile<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw isFileFault(error) ? new TablesFault(error) : error;
  }
}

/** @throws UnfitTables, TablesFault, where a file that is not too large to be looked through is damaged */
function demandWhole(file: SqliteFile, path: string): void {
  if (statSync(path).size > CHECKED_BYTES) return;
  const found = withFile(() => file.pragma('quick_check(1)', { simple: true }));
  if (found !== 'ok') throw new UnfitTables(`the read tables are damaged: ${String(found)}`);
}

/** The read tables of one node, opened for writing by its one follower. */
export class ReadTablesWriter {
  readonly file: SqliteFile;
  private readonly statements = new Map<Table, Statement>();
  private readonly lists = new Map<Table, ListWriter>();
  /** Moves a checkpoint; made with the first of them. */
  private move: Statement | undefined;
  private readonly met = new Set<number>();

  /**
   * @param isPassing whether the tables are thrown away by whoever makes them: then nothing waits for the disk
   * @throws TablesFault, where the file cannot be opened or is damaged; UnfitTables, where it is none of ours
   */
  constructor(path: string, isPassing = false) {
    this.file = withFile(() => openSqlite(path, isPassing ? 'whole' : 'disposable'));
    try {
      withFile(() => this.demandOurs(path));
    } catch (error) {
      this.file.close();
      throw error;
    }
  }

  /**
   * Creates the tables of a projection where it is new, and returns its checkpoint.
   * @throws UnfitTables, where a table of it is gone or has been changed
   */
  prepare(projection: Projection): Checkpoint {
    return withFile(() => {
      const found = this.find(projection);
      if (found) this.demandTables(projection);
      else this.create(projection);
      for (const table of projection.tables) {
        const name = tableName(projection, table);
        if (table.form === 'lists') this.lists.set(table, new ListWriter(this.file, projection.name, name, table));
        else this.statements.set(table, this.file.prepare(writeRow(name, table)));
      }
      return found ?? this.find(projection)!;
    });
  }

  /**
   * Writes rows and moves checkpoints in one transaction: both or neither. Rows are of the projection whose checkpoint
   * stands in the same place.
   * @throws TablesFault, where the file is at fault; what it throws of a row that a table does not take
   */
  commit(written: readonly WrittenRows[], checkpoints: readonly Checkpoint[]): void {
    withFile(() => this.inTransaction(() => this.write(written, checkpoints)));
    this.met.clear();
  }

  /** Keeps, with the next checkpoints, that the event at a position is another program's. */
  keepForeign(position: number): void {
    this.met.add(position);
  }

  /** Where events of other programs stood up to the checkpoints. */
  foreignEvents(): number[] {
    return withFile(() => this.file.prepare('SELECT position FROM foreign_event').pluck().all() as number[]);
  }

  checkpoints(): Checkpoint[] {
    return withFile(() => readAllCheckpoints(this.file));
  }

  private write(written: readonly WrittenRows[], checkpoints: readonly Checkpoint[]): void {
    for (const lists of this.lists.values()) {
      const to = checkpoints.find(({ projection }) => projection === lists.projection);
      if (to) lists.pack(to.position);
    }
    for (const [index, rows] of written.entries())
      rows.writeTo((table, row) => {
        if (table.form === 'lists') this.lists.get(table)!.write(row, checkpoints[index]!.position);
        else this.statements.get(table)!.run(row);
      });
    this.move ??= this.file.prepare(MOVE);
    for (const { position, failure, first, last, projection, version } of checkpoints)
      this.move.run(position, failure, first, last, projection, version);
    if (this.met.size === 0) return;
    const keep = this.file.prepare('INSERT OR IGNORE INTO foreign_event VALUES (?)');
    for (const position of this.met) keep.run(position);
  }

  private inTransaction(act: () => void): void {
    this.file.exec('BEGIN IMMEDIATE');
    try {
      act();
      this.file.exec('COMMIT');
    } catch (error) {
      this.rollBack();
      throw error;
    }
  }

  /** SQLite may have rolled back by itself, and a rollback may fail as well: what came first is the cause. */
  private rollBack(): void {
    if (!this.file.inTransaction) return;
    try {
      this.file.exec('ROLLBACK');
    } catch (error) {
      if (!isFileFault(error)) throw error;
    }
  }

  private find({ name, version }: Projection): Checkpoint | undefined {
    return this.checkpoints().find((each) => each.projection === name && each.version === version);
  }

  private create(projection: Projection): void {
    const names = projection.tables.map((table) => tableName(projection, table));
    this.inTransaction(() => {
      for (const [index, table] of projection.tables.entries()) this.file.exec(createTable(names[index]!, table));
      this.file
        .prepare('INSERT INTO checkpoint VALUES (?, ?, 0, NULL, ?, NULL, NULL)')
        .run(projection.name, projection.version, JSON.stringify(names));
    });
  }

  private demandTables(projection: Projection): void {
    const made = new Map(this.schema().map(({ name, sql }) => [name, sql]));
    for (const table of projection.tables) {
      const name = tableName(projection, table);
      if (made.get(name) !== createTable(name, table))
        throw new UnfitTables(`table ${name} of the read tables is ${made.has(name) ? 'another' : 'gone'}`);
    }
  }

  /** Damage, and what somebody else or another release has made here, is found before anything is read or written. */
  private demandOurs(path: string): void {
    demandWhole(this.file, path);
    const schema = this.schema();
    if (schema.length === 0) this.file.exec(CHECKPOINTS);
    else if (schema.find(({ name }) => name === 'checkpoint')?.sql !== CHECKPOINTS)
      throw new UnfitTables('the read tables were not made by this release');
    if (!schema.some(({ name }) => name === 'foreign_event')) this.file.exec(FOREIGN);
    const listed = this.file.prepare('SELECT value FROM checkpoint, json_each(tables)').pluck().all() as string[];
    const known = new Set(['checkpoint', 'foreign_event', ...listed]);
    const foreign = schema.find(({ type, name }) => type !== 'table' || !known.has(name));
    if (foreign) throw new UnfitTables(`the read tables have a ${foreign.type} that is not theirs: ${foreign.name}`);
  }

  private schema(): { type: string; name: string; sql: string }[] {
    // What SQLite makes by itself, the index of a key, has no text.
    return this.file.prepare('SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL').all() as ReturnType<
      typeof this.schema
    >;
  }

  /** Drops the tables and checkpoints of earlier versions of a projection. */
  dropEarlier({ name, version }: Projection): void {
    this.drop('projection = ? AND version < ?', name, version);
  }

  /** Drops what projections have left behind that are no longer followed. */
  dropAllBut(projections: readonly Projection[]): void {
    const names = JSON.stringify(projections.map(({ name }) => name));
    this.drop('projection NOT IN (SELECT value FROM json_each(?))', names);
  }

  private drop(condition: string, ...values: readonly SqlValue[]): void {
    const dropAll = (): void => {
      const found = this.file.prepare(`SELECT value FROM checkpoint, json_each(tables) WHERE ${condition}`).pluck();
      for (const table of found.all(...values) as string[]) this.file.exec(`DROP TABLE IF EXISTS "${table}"`);
      this.file.prepare(`DELETE FROM checkpoint WHERE ${condition}`).run(...values);
    };
    withFile(() => this.inTransaction(dropAll));
  }

  close(): void {
    this.file.close();
  }
}

/**
 * The read tables as the queries see them: read-only, and each question at one moment.
 * Integers come back as bigint from `sums` and as number from `rows`.
 */
export class ReadTables {
  private readonly file: SqliteFile;
  private readonly cache = new Map<string, Statement>();

  /** @param said what is thrown in the place of what a look at the file throws; by default that itself */
  constructor(
    private readonly path: string,
    private readonly said: (error: unknown) => unknown = (error) => error,
  ) {
    this.file = withFile(() => openSqlite(path, 'readonly'));
  }

  /** Whether what is read is a copy, for want of a right to the file: it does not go on with it. */
  get isCopy(): boolean {
    return this.file.name !== this.path;
  }

  /** Runs a question inside one read transaction, so that its tables and its position belong together. */
  atOneMoment<T>(projection: Projection, ask: (position: number) => T): T {
    this.look(() => this.file.exec('BEGIN'));
    try {
      return ask(this.checkpoint(projection).position);
    } finally {
      // What a question met that failed may have ended the transaction already.
      if (this.file.inTransaction) this.look(() => this.file.exec('COMMIT'));
    }
  }

  /** Rows of a query, integers as number: for positions, revisions and counts, never for amounts. */
  rows<T>(sql: string, ...values: readonly SqlValue[]): T[] {
    return this.look(() => this.statement(sql, false).all(...values) as T[]);
  }

  /** Rows of a query, every integer as bigint: for amounts in fen. */
  sums<T>(sql: string, ...values: readonly SqlValue[]): T[] {
    return this.look(() => this.statement(sql, true).all(...values) as T[]);
  }

  /** Rows of a query with the column `lines` of a table of lists, whose lines are unpacked; integers as number. */
  lists<T extends { readonly lines: string }>(sql: string, ...values: readonly SqlValue[]): T[] {
    const rows = this.rows<Omit<T, 'lines'> & { readonly lines: Lines }>(sql, ...values);
    return this.look(() => rows.map((row) => ({ ...row, lines: unpackLines(row.lines) }) as unknown as T));
  }

  /** How far a projection has come. @throws LedgerError unavailable while it is stopped or not yet there */
  checkpoint(projection: Projection): Checkpoint {
    const found = this.findCheckpoint(projection);
    if (found && found.failure === null) return found;
    throw new LedgerError(
      'unavailable',
      'projection-unavailable',
      text(
        `投影 ${projection.name} 不可用：${found?.failure ?? '正在建立'}`,
        `projection ${projection.name} is unavailable: ${found?.failure ?? 'being built'}`,
      ),
    );
  }

  /** How far a projection has come, also where an event has stopped it; undefined where it is not there yet. */
  findCheckpoint({ name, version }: Projection): Checkpoint | undefined {
    const where = 'WHERE projection = ? AND version = ?';
    return this.rows<Checkpoint>(`SELECT ${CHECKPOINT} FROM checkpoint ${where}`, name, version)[0];
  }

  /** Looks through the file, unless it is large. @throws UnfitTables, TablesFault, where it is damaged */
  demandWhole(): void {
    demandWhole(this.file, this.path);
  }

  /** Whether the file is one of those that this release makes. */
  get isOfThisRelease(): boolean {
    const [made] = this.rows<{ sql: string }>("SELECT sql FROM sqlite_schema WHERE name = 'checkpoint'");
    return made?.sql === CHECKPOINTS;
  }

  checkpoints(): Checkpoint[] {
    return this.rows<Checkpoint>(`SELECT ${CHECKPOINT} FROM checkpoint`);
  }

  close(): void {
    this.file.close();
  }

  private look<T>(at: () => T): T {
    try {
      return withFile(at);
    } catch (error) {
      throw this.said(error);
    }
  }

  private statement(sql: string, asBigInt: boolean): Statement {
    const id = `${asBigInt}${sql}`;
    let statement = this.cache.get(id);
    if (!statement) {
      statement = this.file.prepare(sql).safeIntegers(asBigInt);
      this.cache.set(id, statement);
    }
    return statement;
  }
}

/** The columns of a table that are not its key, with their types. */
export function valuesOf(table: Table): Readonly<Record<string, 'TEXT' | 'INTEGER' | 'ANY'>> {
  if (table.form === 'sums') return Object.fromEntries(table.sums.map((sum) => [sum, 'INTEGER']));
  return table.form === 'lists' ? { lines: 'ANY' } : table.values;
}

function createTable(name: string, table: Table): string {
  const columns = Object.entries({ ...table.key, ...valuesOf(table) }).map(([column, type]) => `"${column}" ${type}`);
  const key = Object.keys(table.key).map((column) => `"${column}"`);
  const primary = `PRIMARY KEY (${key.join(', ')})`;
  // A list is longer than a page of an index holds of a row, and would leave half of each further page empty.
  const place = table.form === 'lists' ? '' : ', WITHOUT ROWID';
  return `CREATE TABLE "${name}" (${columns.join(', ')}, ${primary}) STRICT${place}`;
}

function writeRow(name: string, table: Exclude<Table, ListTable>): string {
  const values = Object.keys(valuesOf(table));
  const places = [...Object.keys(table.key), ...values].map(() => '?').join(', ');
  if (table.form === 'rows') return `INSERT OR REPLACE INTO "${name}" VALUES (${places})`;
  if (table.form === 'firsts') return `INSERT INTO "${name}" VALUES (${places}) ON CONFLICT DO NOTHING`;
  const added = values.map((value) => `"${value}" = "${value}" + excluded."${value}"`).join(', ');
  return `INSERT INTO "${name}" VALUES (${places}) ON CONFLICT DO UPDATE SET ${added}`;
}
