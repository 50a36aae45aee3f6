import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type LedgerEvent, readEvent } from '../../src/books/event.js';
import { Books } from '../../src/books/handle.js';
import { LedgerError } from '../../src/errors.js';
import { eventId } from '../../src/event-store/event-store.js';
import { identityOf } from '../../src/catalogue/identity.js';
import { likenessOf } from '../../src/kinds/likeness.js';
import { FollowedLog } from '../../test/followed-log.js';
import { type Incoming, requestOf } from '../../test/given-when-then.js';
import { likenessesShown, trailPosition } from './likenesses.js';
import { auditTrail } from './projection.js';

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

/** A node over a log and read tables that follow it only when they are told to. */
async function nodesOver(log: FollowedLog, count: number): Promise<Books[]> {
  await log.follow();
  const { tables } = log.asking();
  return Array.from(
    { length: count },
    () =>
      new Books(log.store, () => Date.UTC(2026, 11, 31), undefined, {
        identityOf,
        likenessOf,
        position: () => trailPosition(tables),
        shown: (command) => ({ upTo: trailPosition(tables), likenesses: likenessesShown(tables, command) }),
      }),
  );
}

interface Step {
  readonly what: 'voucher' | 'memo' | 'reversal' | 'follow' | 'restart';
  readonly node: number;
  readonly unit: string;
  readonly amount: number;
  readonly day: number;
  readonly reverses: number;
  /** Posted together with the step before. */
  readonly together: boolean;
}

const steps = fc.array(
  fc.record<Step>({
    what: fc.constantFrom('voucher', 'voucher', 'voucher', 'memo', 'reversal', 'follow', 'restart'),
    node: fc.nat(1),
    unit: fc.constantFrom('460100', '460200'),
    amount: fc.integer({ min: 1, max: 3 }),
    day: fc.integer({ min: 1, max: 2 }),
    reverses: fc.nat(8),
    together: fc.boolean(),
  }),
  { minLength: 5, maxLength: 60 },
);

function incomingOf({ what, unit, amount, day, reverses }: Step): Incoming {
  const common = { unit, businessDate: `2025-05-0${day}` };
  if (what === 'memo') return { kind: 'penalty', ...common, amount: `${amount}.00`, caseId: `X-${reverses}` };
  if (what === 'reversal')
    return { kind: 'reversal', ...common, businessDate: '2025-05-31', reverses: `book-employee-${unit}-${reverses}` };
  return { kind: 'contribution', ...common, amount: `${amount}.00`, poolShare: undefined, personalShare: undefined };
}

/** What each event of a log must have been found like: the first before it that is the same and stood at that time. */
async function expectedOf(log: FollowedLog): Promise<{ got: (string | undefined)[]; wanted: (string | undefined)[] }> {
  const [got, wanted]: (string | undefined)[][] = [[], []];
  const before: { id: string; identity: string | undefined }[] = [];
  const reversed = new Set<string>();
  for await (const events of log.store.readAll({ after: 0, live: false }))
    for (const stored of events) {
      const event: LedgerEvent = readEvent(stored);
      const identity = identityOf(event.kind, event);
      const first = before.find(
        (each) => identity !== undefined && each.identity === identity && !reversed.has(each.id),
      );
      got!.push(event.findings?.find(({ code }) => code === 'likely-duplicate')?.got);
      wanted!.push(first?.id);
      before.push({ id: eventId(stored.stream, stored.revision), identity });
      if (event.reverses !== undefined) reversed.add(event.reverses);
    }
  return { got: got!, wanted: wanted! };
}

describe('what stands is found', () => {
  it('by any nodes, however far the read tables lie behind, and whatever was taken back', async () => {
    const run = await fc.check(
      fc.asyncProperty(steps, async (all) => {
        const log = new FollowedLog([auditTrail]);
        logs.push(log);
        let nodes = await nodesOver(log, 2);
        let posting: Promise<unknown>[] = [];
        for (const [index, step] of all.entries()) {
          // Two memos on two nodes at one moment are in no stream together: neither can know of the other.
          if (!step.together || step.what !== 'voucher') await Promise.all(posting);
          if (!step.together || step.what !== 'voucher') posting = [];
          if (step.what === 'follow') await log.follow(7);
          else if (step.what === 'restart') nodes = await nodesOver(log, 2);
          else {
            const posted = nodes[step.node]!.post(requestOf(incomingOf(step), `key-${index}`));
            posting.push(
              posted.catch((error: unknown) => {
                if (!(error instanceof LedgerError)) throw error;
              }),
            );
            if (step.what !== 'voucher') await Promise.all(posting);
          }
        }
        await Promise.all(posting);
        const { got, wanted } = await expectedOf(log);
        expect(got).toEqual(wanted);
      }),
      { numRuns: 40 },
    );
    if (run.failed) throw new Error(fc.defaultReportMessage(run));
    process.stdout.write(`likenesses: seed ${run.seed}\n`);
  }, 240_000);

  it('in the read tables, and behind them in the log', async () => {
    const log = new FollowedLog([auditTrail]);
    logs.push(log);
    const [node] = await nodesOver(log, 1);
    const post = async (day: number, key: string) => {
      const step = { what: 'voucher', unit: '460100', amount: 1, day, reverses: 0, node: 0, together: false } as const;
      return (await node!.post(requestOf(incomingOf(step), key))).receipt!.findings?.[0]?.got;
    };
    expect(await post(1, 'a')).toBeUndefined();
    await log.follow();
    expect(await post(2, 'b')).toBeUndefined();
    const { tables } = log.asking();
    const { fund, unit } = { fund: 'employee', unit: '460100' };
    const shown = (businessDate: string) => [...likenessesShown(tables, { fund, unit, businessDate })];
    expect(trailPosition(tables)).toBe(1);
    expect(shown('2025-05-01')).toMatchObject([{ stream: 'book-employee-460100', revision: 0 }]);
    expect(shown('2025-05-02')).toEqual([]);
    expect(await post(1, 'c')).toBe('book-employee-460100-0');
    expect(await post(2, 'd')).toBe('book-employee-460100-1');
  });
});
