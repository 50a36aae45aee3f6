import { hash } from 'node:crypto';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Books } from '../../src/books/handle.js';
import { type LedgerEvent, readEvent } from '../../src/books/event.js';
import { MemoryEventStore } from '../../src/event-store/memory.js';
import { type ImportOptions, type ImportReport } from '../../src/import/report/import-report.js';
import { type ImportTarget } from '../../src/import/import-run.js';
import { FROM_LOG } from '../given-when-then.js';
import { heldForEver } from '../held-directory.js';
import { LedgerReference } from '../../src/adopting/ledger-reference.js';
import { runImport } from '../../src/import/run-import.js';

/** 2025-11-22 in Asia/Shanghai. */
export const NOW = Date.parse('2025-11-22T04:00:00.000Z');

/** A folder of files to import, and a ledger in memory that takes them. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'tongzhang-import-'));
  readonly store = new MemoryEventStore();
  readonly target: ImportTarget = {
    store: this.store,
    reference: new LedgerReference(this.store, BEFORE_ADOPTION, () => []),
    books: new Books(this.store, () => NOW, undefined, FROM_LOG),
    closedUpTo: () => Promise.resolve(undefined),
    tables: { checkpoints: () => [] } as unknown as ImportTarget['tables'],
    directory: heldForEver({ imports: join(this.folder, 'imports') }),
  };

  /** Another node on the same log, with a data directory of its own. */
  otherNode(): ImportTarget {
    const books = new Books(this.store, () => NOW, undefined, FROM_LOG);
    return { ...this.target, books, directory: heldForEver({ imports: join(this.folder, 'imports-there') }) };
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  import(name: string, content: string | Uint8Array, options: ImportOptions = {}): Promise<ImportReport> {
    return runImport(this.target, this.write(name, content), options);
  }

  /** Every event of the log in its order. */
  async events(): Promise<LedgerEvent[]> {
    const events: LedgerEvent[] = [];
    for await (const batch of this.store.readAll({ after: 0, live: false })) events.push(...batch.map(readEvent));
    return events;
  }
}

export const SHA256 = 'ab'.repeat(32);

/**
 * A contribution as a row of cells by column; any of them may be replaced. Rows with other cells have other evidence,
 * so that none is taken for another recorded again.
 */
export function contributionRow(changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    kind: 'contribution',
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-05-12',
    amount: '100.00',
    'payer.kind': 'employer',
    'payer.reference': 'E-0001',
    coverPeriod: '2025-05',
    headcount: '12',
    'evidence.kind': 'tax-receipt',
    'evidence.number':
      Object.keys(changes).length === 0 ? 'HK-1' : `HK-${hash('sha256', JSON.stringify(changes)).slice(0, 8)}`,
    'evidence.sha256': SHA256,
    maker: 'wang',
    reviewer: 'li',
    note: '五月医保费',
    ...changes,
  };
}

export const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** CSV of rows; its columns are those of all rows, in the order of their first appearance. */
export function csvOf(rows: readonly Readonly<Record<string, string>>[], newline = '\n'): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((cells) => cells.map(quoted).join(',') + newline).join('');
}
