import { openLedger } from '../src/ledger.js';
import { runImport } from '../src/import/run-import.js';

/** One import in a process of its own. Arguments: data directory, file. Ends when the read tables show every line. */
const [directory, file] = process.argv.slice(2) as [string, string];
const ledger = await openLedger(directory, Date.now);
const started = performance.now();
const report = await runImport(ledger, file);
await ledger.waitFor(report.position, 3_600_000);
const elapsedMs = performance.now() - started;
const { outcome, posted, errorCount, position } = report;
await ledger.close();
const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1_024);
process.stdout.write(JSON.stringify({ outcome, posted, errorCount, position, elapsedMs, peakMegabytes }));
