import { type CommandKey } from '../../../src/books/book-state.js';
import { type Incoming } from '../../given-when-then.js';
import { ONE_OF_EACH } from '../../one-of-each.js';
import { type Schedule } from './schedule.js';

/** What somebody wants recorded once, however often they have to send it. */
export interface Intent {
  readonly incoming: Incoming;
  readonly key: CommandKey;
  /** Not to be recorded where the same stands already. */
  readonly refuseLike: boolean;
}

/** Few books, so that everybody meets in them. */
const BOOKS = [
  { fund: 'employee', unit: '460100' },
  { fund: 'resident', unit: '460100' },
  { fund: 'employee', unit: '460200' },
];
const DAYS = ['2026-04-30', '2026-05-01', '2026-05-30', '2026-05-31'];

type Kind = 'contribution' | 'money-movement' | 'payout' | 'reversal' | 'again' | 'penalty' | 'any';
const KINDS: readonly Kind[] = [
  ...Array.from({ length: 8 }, (): Kind => 'contribution'),
  ...Array.from({ length: 4 }, (): Kind => 'money-movement'),
  ...Array.from({ length: 3 }, (): Kind => 'payout'),
  ...Array.from({ length: 3 }, (): Kind => 'reversal'),
  ...Array.from({ length: 2 }, (): Kind => 'again'),
  'penalty',
  'any',
];

/** Makes intents, each of them another: by evidence of its own, unless it is meant to look like one before. */
export class Desk {
  private number = 0;
  private readonly made: Intent[] = [];

  constructor(
    private readonly schedule: Schedule,
    /** Ids of vouchers that were acknowledged, which may be taken back. */
    private readonly acknowledged: readonly string[],
  ) {}

  /** The next intent of a client. */
  next(): Intent {
    const { schedule } = this;
    this.number += 1;
    const incoming = this.incoming(schedule.pick(KINDS));
    // Now and then a key comes that another command had: then one of them is refused.
    const used = schedule.chance(0.03) && this.made.length > 0 ? schedule.pick(this.made).key : undefined;
    // The same under the same key is no other command.
    const isAnother = this.made.every((before) => before.key !== used || before.incoming !== incoming);
    const key = used && isAnother ? used : { key: `k-${this.number}` };
    const intent = { incoming, key, refuseLike: schedule.chance(0.3) };
    this.made.push(intent);
    return intent;
  }

  /** A contribution, which no rule refuses: a line of a file. */
  line(source: string, line: number): Intent {
    this.number += 1;
    return { incoming: this.contribution(), key: { source, line }, refuseLike: false };
  }

  private incoming(kind: Kind): Incoming {
    const { schedule } = this;
    const evidence = { kind: 'settlement', number: `N-${this.number}`, sha256: 'ab'.repeat(32) };
    const common = { ...schedule.pick(BOOKS), businessDate: schedule.pick(DAYS) };
    switch (kind) {
      case 'contribution':
        return this.contribution();
      case 'money-movement':
        return {
          kind,
          ...common,
          amount: this.amount(),
          from: 'treasury',
          to: 'fiscal-account',
          reason: 'treasury-to-fiscal',
          evidence: { ...evidence, kind: 'use-plan' },
        };
      case 'payout': {
        const share = common.fund === 'employee' ? 'pool' : undefined;
        return {
          kind,
          ...common,
          amount: this.amount(),
          share,
          offsets: undefined,
          account: 'fiscal-account',
          evidence,
        };
      }
      case 'reversal':
        return this.reversal() ?? this.contribution();
      case 'again':
        return this.again() ?? this.contribution();
      case 'penalty':
        return { kind, caseId: `HK-2026-${this.number}`, businessDate: '2026-05-30' };
      case 'any': {
        const [any, fields] = schedule.pick(ONE_OF_EACH);
        return { kind: any, ...fields, note: `N-${this.number}` };
      }
    }
  }

  private contribution(): Incoming {
    const { schedule } = this;
    const amount = this.amount();
    const book = schedule.pick(BOOKS);
    const shares = book.fund === 'employee' ? { poolShare: amount, personalShare: '0.00' } : NO_SHARES;
    const evidence = { kind: 'tax-receipt', number: `N-${this.number}`, sha256: 'ab'.repeat(32) };
    const payer = { kind: book.fund === 'employee' ? 'employer' : 'resident', reference: 'E-0001' };
    return { kind: 'contribution', ...book, businessDate: schedule.pick(DAYS), amount, ...shares, payer, evidence };
  }

  private reversal(): Incoming | undefined {
    const vouchers = this.acknowledged.filter((id) => id.startsWith('book-'));
    if (vouchers.length === 0) return undefined;
    const reverses = this.schedule.pick(vouchers);
    const [, fund, unit] = reverses.split('-');
    const evidence = { kind: 'notice', number: `N-${this.number}`, sha256: 'ab'.repeat(32) };
    return { kind: 'reversal', fund, unit, businessDate: '2026-05-31', reverses, evidence };
  }

  /** The same as one before, under a key of its own. */
  private again(): Incoming | undefined {
    const alike = this.made.filter(({ incoming: { kind } }) => kind === 'contribution');
    return alike.length === 0 ? undefined : this.schedule.pick(alike).incoming;
  }

  private amount(): string {
    const fen = this.schedule.between(1, 40_000);
    return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
  }
}

const NO_SHARES = { poolShare: undefined, personalShare: undefined };
