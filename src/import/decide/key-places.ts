import { hash } from 'node:crypto';
import { type CheckedLine } from '../check/checked-line.js';
import { type SpoolPlace } from './spool.js';

/**
 * Where the lines with keys of their own stand. Kept by 48 bits of a digest, because a million keys as text would not
 * be flat memory; what is found is compared with the line itself, and of two keys with one digest the later moves on.
 */
export class KeyPlaces {
  private readonly places = new Map<number, SpoolPlace>();

  constructor(private readonly lineAt: (place: SpoolPlace) => Promise<CheckedLine>) {}

  /** The earlier line of the same stream and key. */
  async find(stream: string, key: string): Promise<CheckedLine | undefined> {
    for (let id = digestOf(stream, key); ; id += 1) {
      const place = this.places.get(id);
      if (place === undefined) return undefined;
      const line = await this.lineAt(place);
      if (line.key === key && line.prepared.stream === stream) return line;
    }
  }

  /** Remembers a line that `find` did not find. */
  add(stream: string, key: string, place: SpoolPlace): void {
    let id = digestOf(stream, key);
    while (this.places.has(id)) id += 1;
    this.places.set(id, place);
  }
}

const digestOf = (stream: string, key: string): number =>
  Number.parseInt(hash('sha256', `${stream}\n${key}`).slice(0, 12), 16);
