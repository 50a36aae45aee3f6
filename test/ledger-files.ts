import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { follow } from '../projections/following/follow.js';
import { ReadTablesWriter } from '../projections/following/read-tables.js';
import { PROJECTIONS } from '../projections/registry.js';
import { type LedgerEvent } from '../src/books/event.js';
import { type CommandKey } from '../src/books/book-state.js';
import { Books } from '../src/books/handle.js';
import { type DataPaths, dataPaths } from '../src/data-directory.js';
import { SqliteEventStore } from '../src/event-store/sqlite/sqlite-event-store.js';
import { openSqlite, type SqliteFile } from '../src/sqlite-file.js';
import { type Incoming, requestOf } from './given-when-then.js';

/** The files of a ledger as a service leaves them, for specs that look at them from outside or damage them. */
export class LedgerFiles {
  readonly directory = mkdtempSync(join(tmpdir(), 'tongzhang-files-'));
  readonly paths: DataPaths = dataPaths(this.directory);
  private posted = 0;

  /** Posts commands one after the other, each a second later, under a key of its own unless one is given. */
  async post(commands: readonly Incoming[], keyOf?: (index: number) => CommandKey): Promise<void> {
    const store = new SqliteEventStore(this.paths.log, { readonly: false, markPath: this.paths.mark });
    const books = new Books(store, () => Date.UTC(2025, 11, 31) + this.posted * 1_000);
    for (const [index, command] of commands.entries()) {
      this.posted += 1;
      await books.post(requestOf(command, keyOf?.(index) ?? `key-${this.posted}`));
    }
    await store.close();
  }

  /** Brings the read tables up to the log. */
  async follow(): Promise<void> {
    const store = new SqliteEventStore(this.paths.log, { readonly: true });
    const writer = new ReadTablesWriter(this.paths.read);
    await follow(store, writer, PROJECTIONS, { live: false });
    writer.close();
    await store.close();
  }

  /** Does something to the log behind the ledger's back. */
  tamper(act: (log: SqliteFile) => void): void {
    const log = openSqlite(this.paths.log, 'durable');
    act(log);
    log.close();
  }

  /** Rewrites an event behind the ledger's back, its hash along with it unless that is to be left. */
  rewrite(
    position: number,
    change: (event: LedgerEvent) => object | string,
    options: { hash: boolean } = { hash: true },
  ): void {
    this.tamper((log) => {
      const before = log.prepare('SELECT data FROM event WHERE position = ?').pluck().get(position) as string;
      const changed = change(JSON.parse(before) as LedgerEvent);
      const data = typeof changed === 'string' ? changed : JSON.stringify(changed);
      log.prepare('UPDATE event SET data = ? WHERE position = ?').run(data, position);
      if (options.hash)
        log.prepare('UPDATE event SET hash = ? WHERE position = ?').run(hash('sha256', data, 'buffer'), position);
    });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
