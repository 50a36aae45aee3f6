import { rmSync } from 'node:fs';
import { closeBooks } from '../src/closing/close-books.js';
import { openLedger } from '../src/ledger.js';
import { findKind } from '../src/catalogue/registry.js';
import { checkCommand } from '../src/kinds/check.js';
import { prepare } from '../src/kinds/prepare.js';
import { atMost, type Figure, percentile } from './figure.js';
import { temporaryDirectory } from './processes.js';

/** Vouchers in each book before its month is closed. */
const VOUCHERS = 100;
const PERIODS = ['2025-05', '2025-06', '2025-07', '2025-08', '2025-09'];
const BY = {
  evidence: { kind: 'closing', number: 'JZ', sha256: '5c'.repeat(32) },
  maker: 'wang',
  reviewer: 'li',
};

/** What whoever closes a month of a whole province waits for: every book decided, and on disk. */
export async function closeMonth(): Promise<Figure> {
  const directory = temporaryDirectory();
  const ledger = await openLedger(directory, Date.now);
  const { current } = ledger.reference;
  const adopted = current.on('2025-05-01');
  const places = adopted.funds.all.flatMap(({ key: fund }) =>
    adopted.units.all.map(({ code: unit }) => ({ fund, unit })),
  );
  const kind = findKind('interest')!;
  const posted = places.flatMap(({ fund, unit }) =>
    Array.from({ length: VOUCHERS }, (_, index) => {
      const shares = fund === 'employee' ? {} : { personalShare: undefined };
      const fields = { ...kind.example, ...shares, fund, unit, businessDate: `2025-05-${10 + (index % 20)}` };
      const body = JSON.parse(JSON.stringify(fields)) as object;
      const prepared = prepare(kind, checkCommand(kind, body, current), current);
      return ledger.books.post({ prepared, key: { key: `interest-${index}` } });
    }),
  );
  await Promise.all(posted);
  const times: number[] = [];
  for (const period of PERIODS) {
    const started = performance.now();
    const { closed } = await closeBooks(ledger, { period, ...BY }, period);
    times.push(performance.now() - started);
    if (closed.length !== places.length) throw new Error(`${closed.length} of ${places.length} books were closed`);
  }
  await ledger.close();
  rmSync(directory, { recursive: true });
  const note = `${PERIODS.length} months, the first ${times[0]!.toFixed(0)} ms`;
  return atMost(`closing a month of ${places.length} books, the slowest`, percentile(times, 100), 1_000, note);
}
