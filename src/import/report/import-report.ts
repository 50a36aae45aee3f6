import { type LineError } from '../../text/unreadable-file.js';
import { type Text } from '../../errors.js';
import { type ListPlace } from './place-lists.js';

/** Something in a file that was passed over, or taken for something else than it is written; not an error. */
export interface ImportNote {
  readonly code: string;
  readonly text: Text;
  /** How often, and the first line. */
  readonly count: number;
  readonly line: number;
  /** What stands in the file at that place. */
  readonly got: string;
  /** What it was taken for; empty where it was passed over. */
  readonly taken: string;
}

/** How many lines, and what they sum to in yuan. */
export interface Total {
  readonly count: number;
  /** Decimal text with two places, exact to the fen. */
  readonly sum: string;
}

/** The lines of one kind in one fund. */
export interface TotalLine extends Total {
  readonly kind: string;
  readonly fund: string;
}

/** What a file comes to in one kind and fund: a command that stands in it twice counts once. */
export interface FileTotal extends TotalLine {
  /** Of these, what is newly posted by this run, or would be where nothing is posted. */
  readonly added: Total;
  /** Of these, what stood in the ledger before. */
  readonly stood: Total;
}

/** A control total beside what the file comes to. Absent on one side counts as none. */
export interface ControlLine {
  readonly kind: string;
  readonly fund: string;
  readonly expected: Total;
  readonly got: Total;
  readonly added: Total;
  readonly stood: Total;
  /** Got less expected. */
  readonly difference: Total;
}

/**
 * - posted: every good line stands in the ledger, those of an earlier run included.
 * - checked: a dry run; nothing was posted.
 * - refused: there are bad lines; nothing was posted.
 * - control-mismatch: the control totals differ; nothing was posted.
 * - incomplete: all lines but those named stand. These were refused once the file had begun to be posted, because
 *   others had been in their books since its check. The same file again tries them once more.
 */
export type ImportOutcome = 'posted' | 'checked' | 'refused' | 'control-mismatch' | 'incomplete';

export type FileFormat = 'csv' | 'ndjson';
/** GB18030 stands for GBK and GB 2312 too, which are parts of it. */
export type FileEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/** How a file is to be imported. */
export interface ImportOptions {
  /** Default: what the file's name says, `.csv`, `.ndjson` or `.jsonl`; else by how the file begins. */
  readonly format?: FileFormat | undefined;
  /** Default: what the file's mark or all of its texts say; a file that could be either is refused. */
  readonly encoding?: FileEncoding | undefined;
  /** Checks everything and posts nothing. */
  readonly dryRun?: boolean | undefined;
  /** Posts the good lines also where others are bad. */
  readonly acceptGood?: boolean | undefined;
  /** Posts also what is likely recorded already, in the ledger or earlier in the file, with a finding. */
  readonly acceptDuplicates?: boolean | undefined;
  /** What the good lines must come to, lines of one kind and fund added up; nothing is posted where they do not. */
  readonly control?: readonly TotalLine[] | undefined;
  /** Ends the import before its next batch; what was posted stays, and the same file later goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /** What the report calls the file; default: its path. */
  readonly name?: string | undefined;
  /** Where the lists of errors and of rejected lines go; default: beside the file. A dry run writes none. */
  readonly lists?: ListPlace | undefined;
  /** A path that the names of the lists are appended to, in a folder of our own: written over, in a dry run too. */
  readonly ownLists?: string | undefined;
}

/** What became of a file. */
export interface ImportReport {
  readonly file: string;
  readonly outcome: ImportOutcome;
  readonly format: FileFormat;
  readonly encoding: FileEncoding;
  /**
   * SHA-256 of the file; its first 32 digits are the `source` of every line without a key of its own.
   */
  readonly digest: string;
  /** Records in the file; a header is none. */
  readonly lines: number;
  readonly posted: number;
  /** Lines that stood in the ledger before. */
  readonly replayed: number;
  /** Lines that stand in the file before, with the same key and the same content. */
  readonly repeated: number;
  readonly rejected: number;
  /** The good lines, posted or replayed or, where nothing is posted, fit to be posted. */
  readonly totals: readonly FileTotal[];
  /** What the funds in it are called. */
  readonly fundNames?: Readonly<Record<string, Text>>;
  /** Every control total beside what the file comes to; absent without control totals, or where lines are bad. */
  readonly control?: readonly ControlLine[];
  /** Those of them that differ. */
  readonly mismatches: readonly ControlLine[];
  /** What was passed over and what was taken how, in the order in which it was met. */
  readonly notes: readonly ImportNote[];
  /** The first hundred. */
  readonly errors: readonly LineError[];
  readonly errorCount: number;
  /** How many of them are listed, where that is not all: a list has a bound. */
  readonly errorsListed?: number;
  /** Where the errors are listed, where there are any. */
  readonly errorsFile?: string;
  /** Where the rejected lines stand with their reasons, where good lines were accepted without them. */
  readonly rejectsFile?: string;
  /** Why these are not where they were meant to be, or are nowhere. */
  readonly listsProblem?: Text;
  /** The position of the log afterwards. */
  readonly position: number;
  readonly elapsedMs: number;
}

export type ImportPhase = 'inspecting' | 'checking' | 'posting' | 'projecting';

/** How far an import has come. */
export interface ImportProgress {
  readonly phase: ImportPhase;
  /** What is done of the phase, and how much there is: bytes of the file, lines to post, positions of
   * the log to show. */
  readonly done: number;
  readonly total: number;
  /** Lines dealt with in this phase. */
  readonly lines: number;
  readonly errorCount: number;
  /** Lines that this run has posted, that stood before, and that are rejected, so far; absent of an earlier release. */
  readonly posted?: number;
  readonly replayed?: number;
  readonly rejected?: number;
  /** What it waits for, where a service has put it off; it goes on by itself. */
  readonly paused?: Text;
}
