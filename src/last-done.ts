import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogIdentity } from './event-store/log-identity.js';
import { keepRecord } from './kept-record.js';
import { codeOf } from './machine-fault.js';

/** What was done last with a ledger, when, and where its log stood then. */
interface Done {
  /** UTC. */
  readonly at: string;
  /** The version of the program that did it. */
  readonly version: string;
  /** Where the log stood. */
  readonly log: LogIdentity;
}

/** The last time that everything was checked that must hold of the log. */
export interface VerificationDone extends Done {
  /** Whether a job of a service did it, or the command `verify`. */
  readonly by: 'job' | 'command';
  readonly events: number;
  readonly position: number;
  readonly breachCount: number;
  readonly noteCount: number;
  readonly seconds: number;
}

/** The last backup: where it is, and what is in it. */
export interface BackupDone extends Done {
  readonly directory: string;
  readonly events: number;
  /** The position of the log up to which it reaches. */
  readonly position: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** The last time that a backup was put in the place of the log. */
export interface RestoreDone extends Done {
  readonly directory: string;
  /** When the backup was made. */
  readonly madeAt: string;
  readonly events: number;
  readonly position: number;
  /** How many events of before were not in it. */
  readonly lost: number;
}

/** What is remembered of each, by its name. */
export interface DoneByName {
  readonly verification: VerificationDone;
  readonly backup: BackupDone;
  readonly restore: RestoreDone;
}

/** What was done, by the name of its record in the data directory. */
export type Doing = keyof DoneByName;

/** What a record has beside what all have; everything is there, or it is none. */
const FIELDS: { readonly [D in Doing]: Readonly<Record<string, 'string' | 'number'>> } = {
  verification: {
    by: 'string',
    events: 'number',
    position: 'number',
    breachCount: 'number',
    noteCount: 'number',
    seconds: 'number',
  },
  backup: { directory: 'string', events: 'number', position: 'number', bytes: 'number', sha256: 'string' },
  restore: { directory: 'string', madeAt: 'string', events: 'number', position: 'number', lost: 'number' },
};

const pathOf = (dataDir: string, doing: Doing): string => join(dataDir, `last-${doing}.json`);

/** Leaves a record of what was done last in the data directory. @throws an error of the system */
export function leaveDone<D extends Doing>(dataDir: string, doing: D, done: DoneByName[D]): Promise<void> {
  return keepRecord(pathOf(dataDir, doing), `${JSON.stringify(done)}\n`);
}

/**
 * What was done last, as its record says; undefined where there is none.
 * @throws SyntaxError where the record is not as it was written; an error of the system where it cannot be read
 */
export async function readDone<D extends Doing>(dataDir: string, doing: D): Promise<DoneByName[D] | undefined> {
  let written: string;
  try {
    written = await readFile(pathOf(dataDir, doing), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  const read = JSON.parse(written) as DoneByName[D] | null;
  if (!isDone(doing, read)) throw new SyntaxError(`last-${doing}.json is no record of it`);
  return read;
}

function isDone<D extends Doing>(doing: D, read: DoneByName[D] | null): read is DoneByName[D] {
  const facts = (read ?? {}) as unknown as Readonly<Record<string, unknown>>;
  const log = (facts['log'] ?? {}) as Readonly<Record<string, unknown>>;
  const has = (of: Readonly<Record<string, unknown>>, fields: Readonly<Record<string, string>>): boolean =>
    Object.entries(fields).every(([name, type]) => typeof of[name] === type);
  return (
    has(facts, { at: 'string', version: 'string', ...FIELDS[doing] }) &&
    has(log, { first: 'string', position: 'number', hash: 'string' })
  );
}
