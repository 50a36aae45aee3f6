import { type SqliteFile } from '../../sqlite-file.js';
import { type CopiedFrom } from '../event-store.js';

/**
 * What a log says of events that several nodes wrote on a server before they were copied here: the last of them, and of
 * those that the server wrote late, when it did. There is no such table in a log that one process has written.
 */
export const COPIED = 'CREATE TABLE copied (position INTEGER PRIMARY KEY, stored_at INTEGER) STRICT';

export const hasCopied = (file: SqliteFile): boolean =>
  file.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'copied'").get() !== undefined;

type Row = [position: number, storedAtMs: number | null];

/** The copied events of a log, as it holds them. */
export class CopiedEvents {
  private known: { readonly storedAt: Map<number, number>; upTo: number | undefined } | undefined;

  constructor(private readonly file: SqliteFile) {}

  /** Up to which position several nodes may have written; undefined where they never did. */
  get upTo(): number | undefined {
    return this.read().upTo;
  }

  /** When the server wrote the event at a position, where it wrote it late. */
  storedAt(position: number): number | undefined {
    const { storedAt } = this.read();
    return storedAt.size === 0 ? undefined : storedAt.get(position);
  }

  /** How the event at a position stood before it was copied; undefined where it was not. */
  of(position: number): CopiedFrom | undefined {
    const { upTo } = this.read();
    if (upTo === undefined || position > upTo) return undefined;
    const storedAtMs = this.storedAt(position);
    return { several: true, ...(storedAtMs !== undefined && { storedAtMs }) };
  }

  /** Keeps in the open transaction what is to be known of events, in their order, of which some were copied. */
  keep(events: readonly { readonly position: number; readonly copied?: CopiedFrom | undefined }[]): void {
    const last = events.findLast(({ copied }) => copied?.several === true || copied?.storedAtMs !== undefined);
    if (!last) return;
    if (!hasCopied(this.file)) this.file.exec(COPIED);
    this.file.exec('DELETE FROM copied WHERE stored_at IS NULL');
    const insert = this.file.prepare('INSERT INTO copied VALUES (?, ?)');
    for (const event of events) {
      const storedAtMs = event.copied?.storedAtMs;
      if (event === last || storedAtMs !== undefined) insert.run(event.position, storedAtMs ?? null);
    }
    this.forget();
  }

  /** What a transaction has kept that was rolled back is in no log. */
  forget(): void {
    this.known = undefined;
  }

  private read(): NonNullable<typeof this.known> {
    if (this.known) return this.known;
    const rows = hasCopied(this.file)
      ? (this.file.prepare('SELECT position, stored_at FROM copied ORDER BY position').raw().all() as Row[])
      : [];
    const late = rows.flatMap(([position, storedAtMs]) =>
      storedAtMs === null ? [] : [[position, storedAtMs] as const],
    );
    return (this.known = { storedAt: new Map(late), upTo: rows.at(-1)?.[0] });
  }
}
