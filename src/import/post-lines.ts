import { type Books, type Posted } from '../books/handle.js';
import { LedgerError } from '../errors.js';
import { lineErrors } from './check-lines.js';
import { type CheckedLine, readChecked } from './checked-line.js';
import { type LineError } from './import-report.js';
import { type Spool } from './spool.js';
import { type Totals } from './totals.js';

/** What came of a batch of lines. */
export interface PostedBatch {
  readonly posted: number;
  readonly replayed: number;
  /** Lines that were refused although the check had accepted them: another writer was in their book meanwhile. */
  readonly rejected: readonly number[];
  readonly errors: readonly LineError[];
}

interface PostOptions {
  readonly source: string;
  readonly totals: Totals;
  readonly nameOf: (kind: string, pointer: string) => string;
}

/** Batches of the spool that are posted together: some two thousand lines, so that a commit is shared by many. */
const BATCHES_TOGETHER = 2;

/** Posts the lines of the spool in their order; each answer comes when its lines are durable. */
export async function* postLines(books: Books, spool: Spool, options: PostOptions): AsyncGenerator<PostedBatch> {
  let together: string[] = [];
  let batches = 0;
  for await (const lines of spool.batches()) {
    together = together.length === 0 ? [...lines] : together.concat(lines);
    batches += 1;
    if (batches % BATCHES_TOGETHER !== 0) continue;
    yield await postBatch(books, together, options);
    together = [];
  }
  if (together.length > 0) yield await postBatch(books, together, options);
}

async function postBatch(books: Books, lines: readonly string[], options: PostOptions): Promise<PostedBatch> {
  const checked = lines.map(readChecked);
  const outcomes = await Promise.all(checked.map((line) => postLine(books, line, options.source)));
  const rejected: number[] = [];
  const errors: LineError[] = [];
  let replayed = 0;
  for (const [index, outcome] of outcomes.entries()) {
    const { line, prepared } = checked[index]!;
    if (outcome instanceof LedgerError) {
      rejected.push(line);
      errors.push(...lineErrors(line, outcome, (pointer) => options.nameOf(prepared.kind, pointer)));
      options.totals.remove(checked[index]!);
    } else if (outcome.replayed) replayed += 1;
  }
  return { posted: lines.length - replayed - rejected.length, replayed, rejected, errors };
}

/** Posts a line. @returns the error where a rule refuses it; every other failure is thrown */
async function postLine(books: Books, checked: CheckedLine, source: string): Promise<Posted | LedgerError> {
  const { prepared, line, key, expectedRevision } = checked;
  try {
    return await books.post({ prepared, key: key === undefined ? { source, line } : { key }, expectedRevision });
  } catch (error) {
    if (error instanceof LedgerError && error.kind !== 'unavailable') return error;
    throw error;
  }
}
