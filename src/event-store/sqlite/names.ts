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
    const last = this.file.prepare('SELECT max(revision) FROM event WHERE stream = ?').pluck().get(id);
    const head = { id, revision: (last as number | null) ?? -1 };
    remember(this.heads, stream, head);
    return head;
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

  streamName(id: number): string {
    return this.nameOf(this.streamNames, 'stream', id);
  }

  typeName(id: number): string {
    return this.nameOf(this.typeNames, 'type', id);
  }

  private nameOf(cache: Map<number, string>, table: 'stream' | 'type', id: number): string {
    let name = cache.get(id);
    if (name === undefined) {
      name = this.file.prepare(`SELECT name FROM ${table} WHERE id = ?`).pluck().get(id) as string;
      remember(cache, id, name);
    }
    return name;
  }
}

/** All of it stands in the file: what is too much is forgotten, and read again when it is asked for. */
function remember<K, V>(known: Map<K, V>, key: K, value: V): void {
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, value);
}
