import { hash } from 'node:crypto';
import { type CheckedLine } from '../check/checked-line.js';
import { DigestPlaces } from './digest-places.js';
import { type Overflow } from './overflow.js';
import { type SpoolPlace } from './spool.js';

/**
 * Where the lines with keys of their own stand. Kept by a short digest, because a million keys as text would not be
 * flat memory; what is found is compared with the line itself.
 */
export class KeyPlaces {
  private readonly places: DigestPlaces;

  constructor(
    overflow: Overflow,
    private readonly lineAt: (place: SpoolPlace) => Promise<CheckedLine>,
  ) {
    this.places = new DigestPlaces(overflow, Infinity);
  }

  /** The earlier line of the same stream and key. */
  async find(stream: string, key: string): Promise<CheckedLine | undefined> {
    for (const place of this.places.find(digestOf(stream, key))) {
      const line = await this.lineAt(place);
      if (line.key === key && line.prepared.stream === stream) return line;
    }
    return undefined;
  }

  /** Remembers a line that `find` did not find. */
  add(stream: string, key: string, place: SpoolPlace): void {
    this.places.add(digestOf(stream, key), place);
  }
}

const digestOf = (stream: string, key: string): string =>
  hash('sha256', `${stream}\n${key}`, 'base64url').slice(0, DIGEST_DIGITS);
const DIGEST_DIGITS = 8;
