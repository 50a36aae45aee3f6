import { readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type EventStore } from '../../event-store/event-store.js';
import { compareLog, identifyLog, type LogIdentity } from '../../event-store/log-identity.js';

/** What a journal says of a file, for the next run of it. */
export interface JournalNotes {
  /** An earlier run has begun to post it: all of it had been found good, or its good lines accepted. */
  readonly isBegun: boolean;
  /** Lines that were handed back to be corrected, in a list of rejected lines. */
  readonly leftOut: ReadonlySet<number>;
  /** By the line of a reversal, the name of the line of the same file that it takes back. */
  readonly targets: ReadonlyMap<number, string>;
  /** False where there is none of this log, or it is damaged: then it may have said more. */
  readonly isWhole: boolean;
  readonly isDamaged: boolean;
}

const NOTHING: JournalNotes = {
  isBegun: false,
  leftOut: new Set(),
  targets: new Map(),
  isWhole: false,
  isDamaged: false,
};

/** One thing that is so of the file. */
export type JournalRecord =
  readonly ['began'] | readonly ['left-out', line: number] | readonly ['reverses', line: number, target: string];

/**
 * What the log cannot say of a file of which some is posted. Which lines stand is the log's to say and never looked up
 * here: what is lost or damaged of this can make a line refused that might be posted, and none posted twice or taken
 * for posted. It belongs to one log, by whose identity it begins, and is gone once the whole file stands.
 */
export class ImportJournal {
  private readonly path: string;
  /** Whether there is one that may be of this log. */
  private isThere = false;

  constructor(
    folder: string,
    source: string,
    private readonly store: EventStore,
  ) {
    this.path = join(folder, `${source}${JOURNAL}`);
  }

  /** What earlier runs have left; nothing where it is the journal of another log. */
  async read(): Promise<JournalNotes> {
    const [first, ...records] = recordsOf(readIfThere(this.path));
    if (first === undefined) return NOTHING;
    this.isThere = first[0] !== 'log' || (await compareLog(this.store, first[1])) !== 'other';
    if (!this.isThere) return NOTHING;
    const leftOut = new Set<number>();
    const targets = new Map<number, string>();
    for (const record of records) {
      if (record[0] === 'left-out') leftOut.add(record[1]);
      else if (record[0] === 'reverses') targets.set(record[1], record[2]);
    }
    const isBegun = records.some(([what]) => what === 'began');
    const isDamaged = [first, ...records].some(([what]) => what === 'damaged');
    return { isBegun, leftOut, targets, isWhole: !isDamaged, isDamaged };
  }

  /** Adds records, and returns once they are on disk. */
  async add(records: Iterable<JournalRecord>): Promise<void> {
    const each = records[Symbol.iterator]();
    let next = each.next();
    if (next.done) return;
    let piece = this.isThere ? '' : written(['log', await identifyLog(this.store)]);
    const file = await open(this.path, this.isThere ? 'a' : 'w');
    try {
      for (; !next.done; next = each.next()) {
        piece += written(next.value);
        if (piece.length < PIECE_CHARACTERS) continue;
        await file.appendFile(piece);
        piece = '';
      }
      await file.appendFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    this.isThere = true;
  }

  /** The whole file stands: there is nothing to be said of it but what the log says. */
  remove(): void {
    rmSync(this.path, { force: true });
    this.isThere = false;
  }
}

const JOURNAL = '.journal';
/** Of a file of reversals there are millions of records. */
const PIECE_CHARACTERS = 64 * 1024;

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

type Written = JournalRecord | readonly ['log', LogIdentity];

/** A record is a line: the check of its text, and its text. */
function written(record: Written): string {
  const text = JSON.stringify(record);
  return `${checkOf(text)} ${text}\n`;
}

const checkOf = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** The records of a journal, damaged ones among them. What a kill cut short at the end was never relied on. */
function recordsOf(text: string): (Written | readonly ['damaged'])[] {
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.slice(0, -1).map((line) => {
    const record = line.slice(CHECK_DIGITS + 1);
    return line === `${checkOf(record)} ${record}` ? (JSON.parse(record) as Written) : ['damaged'];
  });
}
const CHECK_DIGITS = 8;
