import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LedgerFiles } from '../../test/ledger-files.js';
import { DAY_MS } from '../time/recording-clock.js';
import { auditLedger, type LedgerAudit } from './ledger-audit.js';

/** A minute after the first event was recorded. */
const NOW = Date.UTC(2025, 11, 31, 0, 1);
const quiet = { begin: () => undefined, update: () => undefined };

describe('the audit of recorded times', () => {
  let files: LedgerFiles;
  beforeEach(async () => {
    files = new LedgerFiles();
    await files.post(Array.from({ length: 11 }, () => ({ kind: 'contribution' })));
    await files.follow();
  });
  afterEach(() => files.remove());

  const audit = (nowMs: number): Promise<LedgerAudit> =>
    auditLedger({ store: 'sqlite', ...files.paths }, files.paths.read, quiet, { nowMs, boundMs: 30 * DAY_MS });

  it('notes where recorded time jumps, and a log recorded ahead of the clock, and finds nothing broken', async () => {
    const ahead = (recordedAt: string): string => recordedAt.replace('2025-12-31', '2030-01-31');
    for (let position = 6; position <= 11; position += 1)
      files.rewrite(position, (event) => ({ ...event, recordedAt: ahead(event.recordedAt) }));
    rmSync(files.paths.read);
    await files.follow();
    const { breachCount, noteCount, notes } = await audit(NOW);
    expect([breachCount, noteCount]).toEqual([0, 2]);
    expect(notes).toEqual([
      {
        invariant: 'recorded-time-step',
        position: 6,
        id: 'book-employee-460100-5',
        expected: 'at most 30 days after 2025-12-31T00:00:05.000Z',
        got: '2030-01-31T00:00:06.000Z, 1492 days after it',
      },
      {
        invariant: 'clock',
        expected: 'a clock at 2030-01-31T00:00:11.000Z, or up to 30 days later',
        got: expect.stringMatching(/^the clock, 2025-12-31T00:01:00\.000Z, is 1491 days behind/) as unknown,
      },
    ]);
  });

  it('notes a clock that lies beyond the bound, and not one within it', async () => {
    const last = Date.UTC(2025, 11, 31, 0, 0, 11);
    expect((await audit(last + 30 * DAY_MS)).notes).toEqual([]);
    expect((await audit(last + 30 * DAY_MS + 1)).notes).toMatchObject([{ invariant: 'clock' }]);
    expect((await audit(last - 1_001)).notes).toMatchObject([{ invariant: 'clock' }]);
    expect((await audit(last - 1_000)).notes).toEqual([]);
  });
});
