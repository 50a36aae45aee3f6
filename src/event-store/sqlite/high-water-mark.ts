import {
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { crc32 } from 'node:zlib';
import { type MarkCondition } from '../event-store.js';
import { HeldFile } from './held-file.js';

const DIGITS = 16;
const RECORD = /([0-9]{16}) ([0-9a-f]{8})\n/g;
/** A record stands twice: one that is damaged is told by its check, and the other still says what it said. */
const COPIES = 2;

/**
 * What a mark says.
 * - whole: its position is one that was acknowledged.
 * - missing, empty: there is nothing, or nothing in it.
 * - damaged: part of it, or all, is not as it was written. Its position is that of what is left; 0 where nothing is.
 */
export interface Mark {
  readonly state: 'whole' | 'missing' | 'empty' | 'damaged';
  readonly position: number;
}

/** Reads the mark of a log. @throws an error of the operating system, where it cannot be read */
export function readMark(path: string): Mark {
  let written: string;
  try {
    written = readFileSync(path, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { state: 'missing', position: 0 };
  }
  if (written === '') return { state: 'empty', position: 0 };
  // As versions up to 0.1 wrote it, without a check.
  if (/^[0-9]{16}$/.test(written)) return { state: 'whole', position: Number.parseInt(written, 10) };
  const records = [...written.matchAll(RECORD)].filter(([, digits, check]) => checkOf(digits!) === check);
  const position = Math.max(0, ...records.map(([, digits]) => Number.parseInt(digits!, 10)));
  const isWhole = records.length === COPIES && written.length === markText(position).length;
  return { state: isWhole ? 'whole' : 'damaged', position };
}

const checkOf = (digits: string): string => crc32(digits).toString(16).padStart(8, '0');

function markText(position: number): string {
  const digits = String(position).padStart(DIGITS, '0');
  return `${digits} ${checkOf(digits)}\n`.repeat(COPIES);
}

/** Leaves the mark of a log that is complete and ends at a position. @throws where it cannot be brought to disk */
export const leaveMark = (path: string, position: number): void =>
  writeFileSync(path, markText(position), { flush: true });

/**
 * The position of the last acknowledged commit, in a small file beside the log.
 * A damaged write-ahead log is silently shorter after its next opening; the mark is what notices.
 * It is written after each commit and forced to disk on closing: after a power failure it may lag, never lead.
 * It protects the log and is no part of it: that it cannot be read or written stops nothing, is said, and tried again.
 */
export class HighWaterMark {
  /** What was found on opening. */
  readonly found: Mark;
  private fd: number | undefined;
  private held: HeldFile | undefined;
  private position = 0;
  /** Why it could not be read or written when that was last tried. */
  private failure: Error | undefined;
  /** What has become of it once. */
  private note: string | undefined;

  /** @param say hears what is wrong with it */
  constructor(
    private readonly path: string,
    private readonly say: (message: string) => void = () => undefined,
  ) {
    this.found = this.read();
  }

  /** Begins with the position at which the log was found to end. */
  begin(position: number): void {
    this.position = position;
    const { state, position: reached } = this.found;
    const isNew = state === 'missing' && position === 0;
    if (state !== 'whole' && !isNew) this.tell(`was ${state} when the log was opened, ${lastWord(reached)}`);
    this.write(position);
  }

  /** Writes a position; where the file has gone or is cut off, once it is looked at. */
  write(position: number): void {
    this.position = position;
    try {
      if (this.fd === undefined) this.open();
      writeSync(this.fd!, markText(position), 0);
      this.failure = undefined;
    } catch (error) {
      if (!this.failure) this.say(`the mark of the log cannot be written: ${codeIn(error)}`);
      this.failure = error as Error;
      this.letGo();
    }
  }

  /**
   * How it stands. One that was removed, replaced or cut off is made anew where the log stands in its own place: beside
   * another log it would say of that one what was never true of it.
   */
  condition(isLogInPlace: boolean): MarkCondition {
    if (!isLogInPlace) return { state: 'not-written', message: 'its log is not in its place' };
    const loss = this.held?.loss();
    if (loss) {
      this.tell(`was ${loss} while the log was open`);
      this.letGo();
      this.write(this.position);
    } else if (this.failure) this.write(this.position);
    if (this.failure) return { state: 'not-written', message: codeIn(this.failure) };
    return this.note === undefined ? { state: 'in-step' } : { state: 'made-anew', message: this.note };
  }

  /** Forces it to disk and lets go of it. */
  close(isLogInPlace: boolean): void {
    if (this.fd !== undefined) this.condition(isLogInPlace);
    try {
      if (this.fd !== undefined) fsyncSync(this.fd);
    } catch (error) {
      this.say(`the mark of the log cannot be brought to disk: ${codeIn(error)}`);
    }
    this.letGo();
  }

  private read(): Mark {
    try {
      return readMark(this.path);
    } catch (error) {
      this.failure = error as Error;
      this.say(`the mark of the log cannot be read: ${codeIn(error)}`);
      return { state: 'damaged', position: 0 };
    }
  }

  private tell(what: string): void {
    this.note = `the mark ${what}; it has been made anew at position ${this.position}`;
    this.say(this.note);
  }

  private open(): void {
    this.fd = openSync(this.path, constants.O_RDWR | constants.O_CREAT, 0o644);
    // What is longer was not written by us.
    ftruncateSync(this.fd, markText(0).length);
    this.held = new HeldFile(this.path);
  }

  private letGo(): void {
    const { fd } = this;
    this.fd = undefined;
    this.held = undefined;
    try {
      if (fd !== undefined) closeSync(fd);
    } catch (error) {
      this.failure ??= error as Error;
    }
  }
}

const lastWord = (reached: number): string =>
  reached > 0 ? `and still said ${reached}` : 'so that a lost end would not have been noticed';

/** The system's word for an error, without the path in its message. */
const codeIn = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

/** The log ends before a position that was once acknowledged. Recognised by its code. */
export class LogShorterThanMark extends Error {
  readonly code = 'log-shorter-than-mark';
  constructor(
    readonly found: number,
    readonly reached: number,
  ) {
    super(`the log ends at position ${found}, but had been acknowledged up to ${reached}: its end is lost, restore it`);
  }
}

export function isLogShorterThanMark(error: unknown): error is LogShorterThanMark {
  return error instanceof Error && 'code' in error && error.code === 'log-shorter-than-mark';
}
