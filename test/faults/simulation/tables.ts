import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Checkpoint,
  ReadTables,
  ReadTablesWriter,
  tableName,
} from '../../../projections/following/read-tables.js';
import { PROJECTIONS } from '../../../projections/registry.js';
import { type WrittenRows } from '../../../projections/following/row-buffer.js';
import { type SqliteFile } from '../../../src/sqlite-file.js';
import { type Schedule } from './schedule.js';

const fileFault = (): Error => Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' });

/** Read tables that cannot be written now and then: a commit fails before anything, or after all of it. */
export class UnevenTables extends ReadTablesWriter {
  /** By whom, and how probably, from 0 to 1; undefined where every commit succeeds. */
  uneven: { readonly schedule: Schedule; readonly probability: () => number } | undefined;

  override commit(written: readonly WrittenRows[], checkpoints: readonly Checkpoint[]): void {
    this.mayFail();
    super.commit(written, checkpoints);
    this.uneven?.schedule.note(`tables at ${checkpoints.map(({ position }) => position).join(' ')}`);
    this.mayFail();
  }

  private mayFail(): void {
    if (this.uneven?.schedule.chance(this.uneven.probability())) throw fileFault();
  }
}

/** Compiling the same statements anew would be most of what a run costs. */
function rememberStatements(file: SqliteFile): void {
  const prepare = file.prepare.bind(file);
  const known = new Map<string, ReturnType<typeof prepare>>();
  file.prepare = ((sql: string) => {
    const statement = known.get(sql) ?? prepare(sql);
    known.set(sql, statement);
    return statement;
  }) as typeof file.prepare;
}

/** The read tables of a node, and those that a rebuild fills: made once and emptied for each run. */
export class TwoTables {
  private readonly directory = mkdtempSync(join(tmpdir(), 'tongzhang-simulated-'));
  readonly writer = new UnevenTables(join(this.directory, 'read.db'));
  readonly rebuilt = new UnevenTables(join(this.directory, 'rebuilt.db'));
  readonly reading: ReadTables;

  constructor() {
    for (const tables of [this.writer, this.rebuilt]) {
      // What is in them is of no worth after a run.
      tables.file.pragma('synchronous = OFF');
      rememberStatements(tables.file);
      for (const projection of PROJECTIONS) tables.prepare(projection);
    }
    this.reading = new ReadTables(join(this.directory, 'read.db'));
  }

  /** As if they had just been made. */
  empty(): void {
    this.writer.uneven = undefined;
    for (const tables of [this.writer, this.rebuilt]) {
      tables.file.exec(EMPTY);
      for (const projection of PROJECTIONS) tables.prepare(projection);
    }
  }

  /** The tables whose contents a rebuild does not give. */
  differences(): string[] {
    return TABLES.filter((name) => contentsOf(this.writer, name) !== contentsOf(this.rebuilt, name));
  }

  close(): void {
    this.reading.close();
    this.writer.close();
    this.rebuilt.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

const TABLES = PROJECTIONS.flatMap((each) => each.tables.map((table) => tableName(each, table)));
const BEGINNING = 'UPDATE checkpoint SET position = 0, failure = NULL, first_event = NULL, last_event = NULL';
const EMPTY = ['BEGIN', BEGINNING, ...TABLES.map((name) => `DELETE FROM "${name}"`), 'COMMIT'].join('; ');

const contentsOf = ({ file }: ReadTablesWriter, table: string): string =>
  JSON.stringify(file.prepare(`SELECT * FROM "${table}"`).raw().all());
