import { readBookState } from '../projections/book-state/query.js';
import { Books } from '../src/books/handle.js';
import { openLedger } from '../src/ledger.js';
import { runImport } from '../src/import/run-import.js';

/**
 * One import in a process of its own. Arguments: data directory, file, and `blind` for books that look for no likely
 * duplicates, and the address of a server where the log is to be on one. Ends when the read tables show every line.
 */
const [directory, file, how, eventStoreUrl] = process.argv.slice(2) as [string, string, string?, string?];
const ledger = await openLedger(directory, Date.now, { eventStoreUrl });
const blind = new Books(ledger.store, ledger.clock, (stream) =>
  ledger.tables.known((tables) => readBookState(tables, stream)),
);
const started = performance.now();
const report = await runImport(how === 'blind' ? { ...ledger, books: blind } : ledger, file);
await ledger.tables.waitFor(report.position, 3_600_000);
const elapsedMs = performance.now() - started;
const { outcome, posted, errorCount, position } = report;
await ledger.close();
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const peakMegabytes = Math.round(maxRSS / 1_024);
const cpuMs = (userCPUTime + systemCPUTime) / 1_000;
process.stdout.write(JSON.stringify({ outcome, posted, errorCount, position, elapsedMs, cpuMs, peakMegabytes }));
