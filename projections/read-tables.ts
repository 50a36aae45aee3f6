import { openSqlite, type SqliteFile, type Statement } from '../src/sqlite-file.js';
import { LedgerError, text } from '../src/errors.js';
import { type Projection, type SqlValue, type Table } from './projection.js';
import { type WrittenRows } from './row-buffer.js';

const CHECKPOINTS = `
CREATE TABLE IF NOT EXISTS checkpoint (
  projection TEXT NOT NULL, version INTEGER NOT NULL, position INTEGER NOT NULL, failure TEXT, tables TEXT NOT NULL,
  PRIMARY KEY (projection, version)) STRICT, WITHOUT ROWID;
`;
const CHECKPOINT = 'projection, version, position, failure';

/** How far a projection has come, and what stopped it where something did. */
export interface Checkpoint {
  readonly projection: string;
  readonly version: number;
  readonly position: number;
  readonly failure: string | null;
}

/** The name of a table in the file: each version of a projection has its own. */
export const tableName = (projection: Projection, table: Table): string => `${table.name}_v${projection.version}`;

/** The read tables of one node, opened for writing by its one follower. */
export class ReadTablesWriter {
  readonly file: SqliteFile;
  private readonly statements = new Map<Table, Statement>();

  constructor(path: string) {
    this.file = openSqlite(path, 'disposable');
    this.file.exec(CHECKPOINTS);
  }

  /** Creates the tables of a projection where they are missing and returns its checkpoint. */
  prepare(projection: Projection): Checkpoint {
    const { name, version } = projection;
    for (const table of projection.tables) {
      this.file.exec(createTable(tableName(projection, table), table));
      this.statements.set(table, this.file.prepare(writeRow(tableName(projection, table), table)));
    }
    const tables = JSON.stringify(projection.tables.map((table) => tableName(projection, table)));
    const enter = this.file.prepare('INSERT INTO checkpoint VALUES (?, ?, 0, NULL, ?) ON CONFLICT DO NOTHING');
    enter.run(name, version, tables);
    return this.file
      .prepare(`SELECT ${CHECKPOINT} FROM checkpoint WHERE projection = ? AND version = ?`)
      .get(name, version) as Checkpoint;
  }

  /** Writes rows and moves checkpoints in one transaction: both or neither. */
  commit(written: readonly WrittenRows[], checkpoints: readonly Checkpoint[]): void {
    this.file.exec('BEGIN IMMEDIATE');
    try {
      for (const rows of written) rows.writeTo((table, row) => this.statements.get(table)!.run(...row));
      const move = this.file.prepare(
        'UPDATE checkpoint SET position = ?, failure = ? WHERE projection = ? AND version = ?',
      );
      for (const { position, failure, projection, version } of checkpoints)
        move.run(position, failure, projection, version);
      this.file.exec('COMMIT');
    } catch (error) {
      this.file.exec('ROLLBACK');
      throw error;
    }
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
    const found = this.file.prepare(`SELECT tables FROM checkpoint WHERE ${condition}`).pluck();
    const dropAll = this.file.transaction(() => {
      for (const tables of found.all(...values) as string[])
        for (const table of JSON.parse(tables) as string[]) this.file.exec(`DROP TABLE IF EXISTS "${table}"`);
      this.file.prepare(`DELETE FROM checkpoint WHERE ${condition}`).run(...values);
    });
    dropAll.immediate();
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

  constructor(path: string) {
    this.file = openSqlite(path, 'readonly');
  }

  /** Runs a question inside one read transaction, so that its tables and its position belong together. */
  atOneMoment<T>(projection: Projection, ask: (position: number) => T): T {
    this.file.exec('BEGIN');
    try {
      return ask(this.checkpoint(projection).position);
    } finally {
      this.file.exec('COMMIT');
    }
  }

  /** Rows of a query, integers as number: for positions, revisions and counts, never for amounts. */
  rows<T>(sql: string, ...values: readonly SqlValue[]): T[] {
    return this.statement(sql, false).all(...values) as T[];
  }

  /** Rows of a query, every integer as bigint: for amounts in fen. */
  sums<T>(sql: string, ...values: readonly SqlValue[]): T[] {
    return this.statement(sql, true).all(...values) as T[];
  }

  /** How far a projection has come. @throws LedgerError unavailable while it is stopped or not yet there */
  checkpoint(projection: Projection): Checkpoint {
    const found = this.checkpoints().find(
      ({ projection: name, version }) => name === projection.name && version === projection.version,
    );
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

  checkpoints(): Checkpoint[] {
    return this.rows<Checkpoint>(`SELECT ${CHECKPOINT} FROM checkpoint`);
  }

  close(): void {
    this.file.close();
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
export function valuesOf(table: Table): Readonly<Record<string, 'TEXT' | 'INTEGER'>> {
  if (table.form === 'sums') return Object.fromEntries(table.sums.map((sum) => [sum, 'INTEGER']));
  return table.form === 'lists' ? { lines: 'TEXT' } : table.values;
}

function createTable(name: string, table: Table): string {
  const columns = Object.entries({ ...table.key, ...valuesOf(table) }).map(([column, type]) => `"${column}" ${type}`);
  const key = Object.keys(table.key).map((column) => `"${column}"`);
  const primary = `PRIMARY KEY (${key.join(', ')})`;
  return `CREATE TABLE IF NOT EXISTS "${name}" (${columns.join(', ')}, ${primary}) STRICT, WITHOUT ROWID`;
}

function writeRow(name: string, table: Table): string {
  const values = Object.keys(valuesOf(table));
  const places = [...Object.keys(table.key), ...values].map(() => '?').join(', ');
  if (table.form === 'rows') return `INSERT OR REPLACE INTO "${name}" VALUES (${places})`;
  const joined = table.form === 'sums' ? '+' : '||';
  const added = values.map((value) => `"${value}" = "${value}" ${joined} excluded."${value}"`).join(', ');
  return `INSERT INTO "${name}" VALUES (${places}) ON CONFLICT DO UPDATE SET ${added}`;
}
