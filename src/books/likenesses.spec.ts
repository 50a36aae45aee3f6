import { describe, expect, it } from '@jest/globals';
import { decidedEvent } from './decided-command.js';
import { FROM_LOG, type Incoming, requestOf } from '../../test/given-when-then.js';
import {
  type Appended,
  type ExpectedRevision,
  type NewEvent,
  type ReadStreamOptions,
} from '../event-store/event-store.js';
import { MemoryEventStore } from '../event-store/memory.js';
import { readEvent } from './event.js';
import { Books } from './handle.js';
import { type LikenessAt, type LikenessSource } from './likenesses.js';

const BOOK = 'book-employee-460100';
const clock = (): number => Date.UTC(2025, 5, 30);
const paid = (more: Partial<Incoming> = {}): Incoming => ({
  kind: 'contribution',
  poolShare: undefined,
  personalShare: undefined,
  ...more,
});
const fine = (more: Partial<Incoming> = {}): Incoming => ({ kind: 'penalty', amount: '150000.00', ...more });
const takeBack = (revision: number): Incoming => ({ kind: 'reversal', reverses: `${BOOK}-${revision}` });

/** A store on which something happens just before the next append, and that counts the events that are looked up. */
class WatchedStore extends MemoryEventStore {
  interruption: (() => Promise<unknown>) | undefined;
  compared = 0;

  override async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    const { interruption } = this;
    this.interruption = undefined;
    await interruption?.();
    return super.append(stream, expected, events);
  }

  override readStream(stream: string, options: ReadStreamOptions) {
    if (options.limit === 1) this.compared += 1;
    return super.readStream(stream, options);
  }
}

class Ledger {
  readonly store = new WatchedStore();
  books = this.node();
  private keys = 0;

  constructor(private readonly source: LikenessSource = FROM_LOG) {}

  node(): Books {
    return new Books(this.store, clock, undefined, this.source ?? FROM_LOG);
  }

  /** Posts commands at once under keys of their own and gives what each was found to be like. */
  async post(...commands: Incoming[]): Promise<(string | undefined)[]> {
    const posted = commands.map((each) => this.books.post(requestOf(each, `key-${(this.keys += 1)}`)));
    return (await Promise.all(posted)).map(({ receipt }) => receipt!.findings?.at(-1)?.got);
  }
}

describe('a command that says again what stands', () => {
  it('is recorded with a finding, in its event and in its receipt, also when its key comes again', async () => {
    const { store, books } = new Ledger();
    await books.post(requestOf(paid(), 'first'));
    const second = await books.post(requestOf(paid({ note: 'again' }), 'second'));
    const finding = {
      pointer: '',
      code: 'likely-duplicate',
      expected: {
        zh: '2025-05-12 已入账的凭证 2025-05-收-0001 以外的一笔',
        en: 'something else than voucher 2025-05-收-0001 of 2025-05-12, which stands',
      },
      got: `${BOOK}-0`,
    };
    expect(second.receipt!.findings).toEqual([finding]);
    const [, stored] = (await store.readStream(BOOK, { limit: 2 })).map(readEvent);
    expect(stored!.findings).toEqual([finding]);
    expect(Object.keys(stored!).slice(-2)).toEqual(['entries', 'findings']);
    expect(await books.post(requestOf(paid({ note: 'again' }), 'second'))).toEqual({ ...second, replayed: true });
    expect((await books.post(requestOf(paid(), 'first'))).receipt!.findings).toBeUndefined();
  });

  it('is found by a preview, which leaves no trace', async () => {
    const ledger = new Ledger();
    await ledger.post(paid());
    for (let round = 0; round < 2; round += 1) {
      const { fact } = await ledger.books.preview(requestOf(paid(), 'dry-run'));
      expect(fact.findings).toMatchObject([{ code: 'likely-duplicate', got: `${BOOK}-0` }]);
    }
    const { fact } = await ledger.books.preview(requestOf(paid({ amount: '1.00' }), 'dry-run'));
    expect(fact.findings).toBeUndefined();
    expect(await ledger.post(paid({ amount: '1.00' }))).toEqual([undefined]);
  });

  it('at the same moment is one of the two', async () => {
    expect(await new Ledger().post(paid(), paid(), paid())).toEqual([undefined, `${BOOK}-0`, `${BOOK}-0`]);
  });

  it('after a restart is found in the log', async () => {
    const ledger = new Ledger();
    await ledger.post(...Array.from({ length: 100 }, (_, index) => paid({ amount: `${index + 1}.00` })));
    ledger.books = ledger.node();
    expect(await ledger.post(paid({ amount: '1.00' }), paid({ amount: '100.00' }), paid())).toEqual([
      `${BOOK}-0`,
      `${BOOK}-99`,
      undefined,
    ]);
  });

  it('after another node was faster is found', async () => {
    const ledger = new Ledger();
    await ledger.post(paid({ amount: '1.00' }));
    const there = ledger.node();
    ledger.store.interruption = () => there.post(requestOf(paid(), 'there'));
    expect(await ledger.post(paid())).toEqual([`${BOOK}-1`]);
    expect(ledger.books.conflicts).toBe(1);
  });

  it('after lines of a file were appended is found', async () => {
    const ledger = new Ledger();
    await ledger.post(paid({ amount: '1.00' }));
    const request = requestOf(paid(), { source: 'ab'.repeat(16), line: 2 });
    const fact = { kind: 'contribution', businessDate: '2025-05-12', period: '2025-05', voucherNumber: 2 } as const;
    await ledger.books.appendTried(BOOK, 0, [decidedEvent({ ...request, fact: { ...fact, voucherType: 'receipt' } })]);
    expect(await ledger.post(paid())).toEqual([`${BOOK}-1`]);
  });

  it('where that is to be refused is refused, and counts for nothing', async () => {
    const ledger = new Ledger();
    const refusing = (incoming: Incoming, key: string) =>
      ledger.books.post({ ...requestOf(incoming, key), refuseLike: true });
    await refusing(paid(), 'a');
    await expect(refusing(paid(), 'b')).rejects.toMatchObject({
      kind: 'refused',
      code: 'likely-duplicate',
      details: [{ pointer: '', got: `${BOOK}-0` }],
    });
    expect((await refusing(paid(), 'a')).replayed).toBe(true);
    expect(await ledger.post(takeBack(0))).toEqual([undefined]);
    expect((await refusing(paid(), 'c')).receipt!.revision).toBe(2);
  });
});

describe('read tables that come to show less than they did', () => {
  /** Tables that have come to a position, and show what is in the log up to there; undefined: they cannot be asked. */
  class Shrinking extends Ledger {
    upTo: number | undefined = 0;
    private all: { at: LikenessAt; position: number }[] = [];

    constructor() {
      super({
        ...FROM_LOG,
        position: () => this.upTo ?? 0,
        shown: () => {
          if (this.upTo === undefined) return undefined;
          const upTo = this.upTo;
          return { upTo, likenesses: this.all.filter(({ position }) => position <= upTo).map(({ at }) => at) };
        },
      });
    }

    /** Brings the tables up to the log. */
    async follow(): Promise<void> {
      this.all = [];
      for await (const events of this.store.readAll({ after: 0, live: false }))
        for (const stored of events) {
          const event = readEvent(stored);
          const identity = FROM_LOG.identityOf(event.kind, event);
          if (identity === undefined) continue;
          const { stream, revision, position } = stored;
          this.all.push({ at: { likeness: FROM_LOG.likenessOf(identity), stream, revision }, position });
        }
      this.upTo = await this.store.head();
    }
  }

  it.each<[string, number | undefined]>([
    ['being made anew', 0],
    ['having come half way', 2],
    ['not to be asked', undefined],
  ])('find in the log what they no longer show, %s', async (_, upTo) => {
    const ledger = new Shrinking();
    await ledger.post(paid({ amount: '1.00' }), fine(), paid({ amount: '2.00' }), paid({ amount: '3.00' }));
    await ledger.follow();
    // The book, and that the memos are left to the tables, is known from now on.
    expect(await ledger.post(paid({ amount: '1.00' }), fine({ caseId: 'HK-2025-77' }))).toEqual([
      `${BOOK}-0`,
      'case-HK-2025-0007-0',
    ]);
    ledger.upTo = upTo;
    const later = { businessDate: '2025-05-13' };
    expect(await ledger.post(paid({ amount: '3.00' }), paid(later), fine({ caseId: 'HK-2025-77' }))).toMatchObject([
      `${BOOK}-2`,
      undefined,
      'case-HK-2025-0007-0',
    ]);
  });
});

describe('a command that says something else', () => {
  it.each<[string, Partial<Incoming>]>([
    ['the same of a voucher that was taken back', {}],
    [
      'evidence of another digest',
      { evidence: { kind: 'tax-receipt', number: 'HK-2025-000123', sha256: '0'.repeat(64) } },
    ],
    ['another day', { businessDate: '2025-05-13' }],
    ['another payer', { payer: { kind: 'employer', reference: 'E-2' } }],
    ['another book', { unit: '460200' }],
  ])('is recorded without a word: %s', async (_, more) => {
    const ledger = new Ledger();
    await ledger.post(paid());
    if (Object.keys(more).length === 0) await ledger.post(takeBack(0));
    expect(await ledger.post(paid(more))).toEqual([undefined]);
  });

  it('is not accused by a digest that it shares', async () => {
    const ledger = new Ledger({ ...FROM_LOG, likenessOf: () => 'AAAAAAAA' });
    const requests = [paid(), paid({ amount: '2.00' }), fine(), fine({ amount: '160000.00', caseId: 'X-1' })].map(
      (each, index) => requestOf(each, `key-${index}`),
    );
    for (const { prepared, ...request } of requests) {
      const { receipt } = await ledger.books.post({ ...request, prepared: { ...prepared, likeness: 'AAAAAAAA' } });
      expect(receipt!.findings ?? []).toEqual([]);
    }
    expect(ledger.store.compared).toBe(1);
  });

  it('that was refused by a rule stands for nothing', async () => {
    const ledger = new Ledger();
    const spent = {
      kind: 'money-movement',
      amount: '9.00',
      from: 'treasury',
      to: 'fiscal-account',
      reason: 'treasury-to-fiscal',
    };
    await expect(ledger.post(spent)).rejects.toMatchObject({ code: 'below-zero' });
    await ledger.post(paid());
    expect(await ledger.post(spent, spent)).toEqual([undefined, `${BOOK}-1`]);
  });
});

describe('memos', () => {
  it('of one fund and unit are found whatever their case, of another not', async () => {
    const ledger = new Ledger();
    await ledger.post(fine());
    expect(await ledger.post(fine({ caseId: 'X-1' }), fine({ note: 'again' }))).toEqual([
      'case-HK-2025-0007-0',
      'case-HK-2025-0007-0',
    ]);
    expect(await ledger.post(fine({ caseId: 'X-1', unit: '460200' }))).toEqual([undefined]);
  });

  it('at the same moment in many cases: all but one are found', async () => {
    const ledger = new Ledger();
    const found = await ledger.post(...Array.from({ length: 20 }, (_, index) => fine({ caseId: `X-${index}` })));
    expect(found.filter((got) => got === undefined)).toHaveLength(1);
    expect(new Set(found).size).toBe(2);
  });

  it('written by another node are found', async () => {
    const ledger = new Ledger();
    expect(await ledger.post(fine({ caseId: 'X-0' }))).toEqual([undefined]);
    await ledger.node().post(requestOf(fine({ amount: '170000.00' }), 'there'));
    expect(await ledger.post(fine({ caseId: 'X-1', amount: '170000.00' }))).toEqual(['case-HK-2025-0007-0']);
  });
});

it('a book that has grown is looked at anew and forgets nothing', async () => {
  const ledger = new Ledger();
  const numbered = (index: number) => paid({ amount: `${index + 1}.00` });
  await ledger.post(...Array.from({ length: 9_000 }, (_, index) => numbered(index)));
  expect(await ledger.post(numbered(0), numbered(8_999), numbered(9_000))).toEqual([
    `${BOOK}-0`,
    `${BOOK}-8999`,
    undefined,
  ]);
}, 240_000);

it.each([['voucher', paid(), paid()] as const, ['memo', fine(), fine({ note: 'again' })] as const])(
  'a %s behind the state that a command is decided on is not seen yet: it may be this command, from another node',
  async (_, first, second) => {
    const ledger = new Ledger();
    const { prepared } = requestOf(second, 'here');
    const before = await ledger.books.stateOf(prepared.stream);
    await ledger.node().post(requestOf(first, 'there'));
    const { likenesses } = ledger.books;
    expect(await likenesses!.find(prepared, before)).toBeUndefined();
    const behind = await ledger.node().stateOf(prepared.stream);
    expect(await likenesses!.find(prepared, behind)).toMatchObject({ id: `${prepared.stream}-0` });
    expect(await likenesses!.find(prepared, behind, -1)).toBeUndefined();
  },
);

it('a store that fails leaves nothing believed', async () => {
  const ledger = new Ledger();
  ledger.store.interruption = () => Promise.reject(new Error('disk full'));
  await expect(ledger.post(paid())).rejects.toMatchObject({ code: 'store-unavailable' });
  expect(await ledger.post(paid())).toEqual([undefined]);
  ledger.store.interruption = () => Promise.reject(new Error('disk full'));
  await expect(ledger.post(fine())).rejects.toMatchObject({ code: 'store-unavailable' });
  expect(await ledger.post(fine({ caseId: 'X-1' }))).toEqual([undefined]);
});
