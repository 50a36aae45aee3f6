import { statSync } from 'node:fs';
import { LedgerError, text } from '../errors.js';
import { type ImportOptions, type ImportProgress, type ImportReport } from './report/import-report.js';
import { ImportRun, type ImportTarget } from './import-run.js';

/** The imports of one ledger run one after the other: each tries its file on books that nobody else is filling. */
const LAST_RUN = new WeakMap<object, Promise<unknown>>();

/**
 * Imports a file: checks every line on the books as they are, then posts all of it or, where a line is bad, nothing.
 * A run that was killed is repeated with the same file: what was posted counts as replayed, and the rest follows.
 * @throws LedgerError invalid where there is no such file; unavailable where the store fails while posting
 */
export async function runImport(
  ledger: ImportTarget,
  file: string,
  options: ImportOptions = {},
  onProgress: (progress: ImportProgress) => void = () => undefined,
): Promise<ImportReport> {
  demandFile(file);
  const before = LAST_RUN.get(ledger.books) ?? Promise.resolve();
  const run = before.then(() => new ImportRun(ledger, file, options, onProgress).run());
  LAST_RUN.set(
    ledger.books,
    run.catch(() => undefined),
  );
  return run;
}

function demandFile(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return;
  throw new LedgerError('invalid', 'no-such-file', text(`没有文件 ${file}`, `there is no file ${file}`));
}
