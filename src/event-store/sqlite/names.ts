import { type SqliteFile } from '../../sqlite-file.js';

/** The end of a stream as the one writer knows it. */
export interface StreamHead {
  readonly id: number;
  revision: number;
}

/** Most streams that are remembered: a province has hundreds of books, and its penalties have a case each. */
const MOST_REMEMBERED = 16_384;

/** Names and ends of streams and names of types, as a log holds them and as they are remembered. */
export class SqliteNames {
  private readonly heads = new Map<string, StreamHead>();
  private readonly streamIds = new Map<string, number>();
  private readonly streamNames = new Map<number, string>();
  private readonly typeIds = new Map<string, number>();
  private readonly typeNames = new Map<number, string>();

  constructor(private readonly file: SqliteFile) {}

  /** Forgets everything: what a transaction handed out that was rolled back is in no log. */
  forget(): void {
    for (const known of [this.heads, this.streamIds, this.streamNames, this.typeIds, this.typeNames]) known.clear();
  }

  headOf(stream: string): StreamHead | undefined {
    const known = this.heads.get(stream);
    if (known) return known;
    const id = this.streamId(stream);
    if (id === undefined) return undefined;
    const head = { id, revision: this.lastRevision(id) };
    remember(this.heads, stream, head);
    return head;
  }

  private lastRevision(id: number): number {
    const inRows = this.file.prepare('SELECT max(revision) FROM event WHERE stream = ?').pluck().get(id);
    const inBlocks = this.file
      .prepare('SELECT last FROM part WHERE stream = ? ORDER BY revision DESC LIMIT 1')
      .pluck()
      .get(id);
    return Math.max((inRows as number | null) ?? -1, (inBlocks as number | undefined) ?? -1);
  }

  newHead(stream: string): StreamHead {
    const { lastInsertRowid } = this.file.prepare('INSERT INTO stream (name) VALUES (?)').run(stream);
    const head = { id: Number(lastInsertRowid), revision: -1 };
    remember(this.streamIds, stream, head.id);
    remember(this.heads, stream, head);
    return head;
  }

  streamId(stream: string): number | undefined {
    const known = this.streamIds.get(stream);
    if (known !== undefined) return known;
    const id = this.file.prepare('SELECT id FROM stream WHERE name = ?').pluck().get(stream) as number | undefined;
    if (id !== undefined) remember(this.streamIds, stream, id);
    return id;
  }

  /** The id of a type, which is entered where it is new. */
  typeId(type: string): number {
    let id = this.typeIds.get(type);
    if (id === undefined) {
      this.file.prepare('INSERT INTO type (name) VALUES (?) ON CONFLICT DO NOTHING').run(type);
      id = this.file.prepare('SELECT id FROM type WHERE name = ?').pluck().get(type) as number;
      this.typeIds.set(type, id);
    }
    return id;
  }

  /** Undefined in a damaged log. */
  streamName(id: number): string | undefined {
    return this.nameOf(this.streamNames, 'stream', id);
  }

  typeName(id: number): string | undefined {
    return this.nameOf(this.typeNames, 'type', id);
  }

  private nameOf(cache: Map<number, string>, table: 'stream' | 'type', id: number): string | undefined {
    const known = cache.get(id);
    if (known !== undefined) return known;
    const name = this.file.prepare(`SELECT name FROM ${table} WHERE id = ?`).pluck().get(id) as string | undefined;
    if (name !== undefined) remember(cache, id, name);
    return name;
  }
}

/** All of it stands in the file: what is too much is forgotten, and read again when it is asked for. */
function remember<K, V>(known: Map<K, V>, key: K, value: V): void {
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, value);
}
