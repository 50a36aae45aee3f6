import { expect } from '@jest/globals';
import { type AuditTrailParameters } from '../projections/audit-trail/filters.js';
import { auditTrail } from '../projections/audit-trail/projection.js';
import { auditTrailQuestion } from '../projections/audit-trail/query.js';
import { fundBalance } from '../projections/fund-balance/projection.js';
import { type Sheet } from '../projections/asking/question.js';
import { Books } from '../src/books/handle.js';
import { FollowedLog } from './followed-log.js';
import { type Incoming, opened as openedBook, requestOf } from './given-when-then.js';

const opened = new Set<FollowedLog>();

/** For `afterEach`: removes what the trails of a test have left behind. */
export function closeTrails(): void {
  for (const log of opened) log.close();
  opened.clear();
}

export interface Listed {
  readonly id: string;
  readonly position: number;
  readonly businessDate: string;
  readonly amount: string;
  readonly balance?: string;
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  readonly [field: string]: unknown;
}
export interface Page {
  readonly position: number;
  readonly vouchers: readonly Listed[];
  readonly next: string | null;
  readonly balanceBefore?: string;
}

export type Row = Sheet['rows'][number];
export const BROUGHT_FORWARD = { zh: '承前余额', en: 'brought forward' };

/** A ledger whose commands are posted as they are in earnest, and whose trail can be asked. */
export class Trail {
  readonly log = new FollowedLog([fundBalance, auditTrail]);
  private readonly books: Books;
  private keys = 0;

  constructor() {
    opened.add(this.log);
    this.books = new Books(this.log.store, () => Date.UTC(2026, 11, 31) + this.keys * 1_000);
  }

  async post(...commands: Incoming[]): Promise<void> {
    for (const command of commands) await this.books.post(requestOf(command, `key-${(this.keys += 1)}`));
  }

  async ask(parameters: AuditTrailParameters = {}): Promise<Page> {
    await this.log.follow();
    const { position, body } = await auditTrailQuestion.ask(this.log.asking(), parameters);
    return { position, ...body } as unknown as Page;
  }

  /** The rows of the one sheet of an export, or of a page. */
  async rows(parameters: AuditTrailParameters = {}, way: 'export' | 'ask' = 'export'): Promise<Row[]> {
    await this.log.follow();
    const { sheets } = await auditTrailQuestion[way]!(this.log.asking(), parameters);
    const [sheet] = sheets;
    expect(sheets).toHaveLength(1);
    const rows: Row[] = [];
    if (!(Symbol.asyncIterator in sheet!.rows)) rows.push(...sheet!.rows);
    else for await (const batch of sheet!.rows) rows.push(...batch);
    for (const row of rows) expect(row.length).toBe(sheet!.columns.length);
    return rows;
  }

  async ids(parameters: AuditTrailParameters = {}): Promise<string[]> {
    return (await this.ask(parameters)).vouchers.map(({ id }) => id);
  }
}

export const paid = (businessDate: string, amount: string, more: Partial<Incoming> = {}): Incoming => ({
  kind: 'contribution',
  businessDate,
  amount,
  poolShare: undefined,
  personalShare: undefined,
  ...more,
});

export const haikou = (revision: number): string => `book-employee-460100-${revision}`;

export async function example(): Promise<Trail> {
  const trail = new Trail();
  await trail.post(
    { ...openedBook(), businessDate: '2025-01-01' },
    paid('2025-05-12', '1234.50', { note: 'Ａ五月职工医保费', caseId: 'HK-2025-0099' }),
    paid('2025-05-10', '10.00', { payer: { kind: 'employer', reference: 'E-0002' } }),
    { kind: 'payout', businessDate: '2025-05-12', amount: '250.00', offsets: undefined, note: undefined },
    { kind: 'reversal', businessDate: '2025-05-13', reverses: haikou(1), note: undefined },
    { kind: 'penalty', businessDate: '2025-05-12', amount: '777.00' },
    paid('2025-05-12', '99.99', { fund: 'resident', maker: 'zhao', payer: { kind: 'resident', reference: 'R-1' } }),
    { kind: 'remittance-up', businessDate: '2025-05-14', amount: '60.00', transferId: 'SJ-77', note: undefined },
  );
  return trail;
}
