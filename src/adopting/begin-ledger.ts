import { hash, randomUUID } from 'node:crypto';
import { adopt, type Adopting } from './adopt.js';
import { type Posted } from '../books/post-request.js';
import { LedgerError } from '../errors.js';
import { referenceSet } from '../catalogue/reference/reference-set.js';
import { unsound } from '../kinds/prepare-adoption.js';
import { BUILT_IN, BUILT_IN_NAME, BUILT_IN_TEXTS } from '../reference/built-in.js';
import { TABLE_NAMES } from '../reference/columns.js';
import { type Problem, problemsOf } from '../reference/problems.js';
import { placeIn, type ReadSet, readSet, type SetTexts } from '../reference/read-set.js';

/** A set that is to be adopted: its name, its files and what was read of them, and who answers for it. */
export interface GivenSet {
  readonly name: string;
  readonly texts: SetTexts;
  readonly read: ReadSet;
  readonly maker?: string | undefined;
  readonly reviewer?: string | undefined;
  readonly note?: string | undefined;
}

/** The set that is built in. Nobody need answer for it: it was reviewed with the release of the program. */
export const BUILT_IN_SET: GivenSet = { name: BUILT_IN_NAME, texts: BUILT_IN_TEXTS, read: BUILT_IN };

/**
 * Reads the files of a set and looks whether its rows hold together.
 * @throws LedgerError invalid, with file, line and column of everything that is wrong with a file; refused, with the
 * same of everything that would not hold together
 */
export function checkSet(texts: SetTexts): ReadSet {
  const read = readSet(texts);
  const placeOf = ({ table, row, column }: Problem): string =>
    row < 0 ? `${table}.csv` : placeIn(table, read.lines[table][row]!, column);
  const problems = problemsOf(undefined, read.rows, true);
  if (problems.length > 0) throw unsound(problems, placeOf);
  return read;
}

/** Adopts a whole set, decided today. @throws LedgerError refused, where the ledger has one; conflict */
export function adoptSet(ledger: Adopting, { name, texts, read, maker, reviewer, note }: GivenSet): Promise<Posted> {
  const sha256 = hash('sha256', TABLE_NAMES.map((table) => texts[table]).join('\n'), 'hex');
  const command = {
    set: name,
    businessDate: ledger.books.today(),
    evidence: { kind: 'reference-set', number: name, sha256 },
    ...(maker !== undefined && { maker }),
    ...(reviewer !== undefined && { reviewer }),
    ...(note !== undefined && { note }),
    ...read.cells,
  };
  return adopt(ledger, referenceSet, command, randomUUID());
}

/**
 * Lets a ledger whose log holds nothing begin with the set that is built in. Of two nodes that begin one log at once
 * one is faster; the other goes by what that adopted.
 * @throws LedgerError as any append does, where nothing can be recorded now; then nothing is, and who opens the ledger
 * next begins it
 */
export async function beginLedger(ledger: Adopting): Promise<void> {
  const { store, reference } = ledger;
  if (reference.current.revision !== undefined) return;
  try {
    if ((await store.last()) === undefined) await adoptSet(ledger, BUILT_IN_SET);
    // Another node may have begun it since this one has read what is adopted.
    else await reference.read();
  } catch (error) {
    if (!(error instanceof LedgerError) || (await reference.read()).revision === undefined) throw error;
  }
}
