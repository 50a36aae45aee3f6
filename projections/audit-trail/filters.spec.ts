import { afterEach, describe, expect, it } from '@jest/globals';
import { closeTrails, haikou, paid, Trail } from '../../test/trail.js';
import { opened } from '../../test/given-when-then.js';
import { accountLedgerQuestion } from '../account-ledger/query.js';
import { journalQuestion } from '../journal/query.js';
import { type Question } from '../asking/question.js';
import { auditTrailQuestion } from './query.js';

afterEach(closeTrails);

const LISTS: readonly Question[] = [auditTrailQuestion, journalQuestion, accountLedgerQuestion];
const ASKED = { fund: 'employee', unit: '460100', account: 'treasury', from: '2025-01-01', to: '2025-12-31' };
const CASE = 'HK-2025-0001';

/** Vouchers 1 to 5 of one book, behind its opening: each differs from the others in what lists are filtered by. */
async function five(): Promise<Trail> {
  const trail = new Trail();
  await trail.post(
    { ...opened(), businessDate: '2024-12-01' },
    paid('2025-01-10', '100.00', { note: '甲' }),
    paid('2025-01-10', '20.00', { note: '乙', maker: 'zhao', reviewer: 'qian' }),
    paid('2025-02-05', '3.00', { note: '丙', caseId: CASE }),
    { kind: 'reversal', businessDate: '2025-02-06', reverses: haikou(2), note: '多记' },
    {
      kind: 'money-movement',
      businessDate: '2025-02-06',
      amount: '50.00',
      from: 'treasury',
      to: 'fiscal-account',
      reason: 'treasury-to-fiscal',
      note: '入财政专户',
    },
  );
  await trail.log.follow();
  return trail;
}

/** The revisions of the vouchers that a list has, over all its pages. */
async function listed(trail: Trail, question: Question, filters: Record<string, string>): Promise<number[]> {
  const asked = { ...ASKED, limit: '2', ...filters };
  const found: number[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { body } = await question.ask(trail.log.asking(), { ...asked, ...(cursor && { cursor }) });
    const rows = (body['vouchers'] ?? body['lines']) as { id?: string }[];
    for (const { id } of rows) if (id !== undefined) found.push(Number.parseInt(id.split('-').at(-1)!, 10));
    cursor = body.next ?? null;
  }
  return found;
}

describe.each(LISTS.map((question) => [question.name, question] as const))('the list %s', (_, question) => {
  it.each([
    [{ kind: 'reversal' }, [4]],
    [{ voucherType: 'payment' }, [5]],
    [{ voucherType: 'receipt', fromNumber: '0002' }, [2, 4]],
    [{ toNumber: '1' }, [1, 3, 5]],
    [{ fromNumber: '2', toNumber: '2' }, [2, 4]],
    [{ minAmount: '20.00', maxAmount: '50.00' }, [2, 4, 5]],
    [{ caseId: CASE }, [3]],
    [{ maker: 'zhao' }, [2]],
    [{ reviewer: 'qian' }, [2]],
    [{ maker: 'qian' }, []],
    [{ q: '财政' }, [5]],
    [{ maker: 'wang', minAmount: '60.00' }, [1]],
    [{ counterparty: 'no-such' }, []],
  ])('lists by %j', async (filters, revisions) => {
    expect(await listed(await five(), question, filters)).toEqual(revisions);
  });

  it.each([
    [{ minAmount: '2.00', maxAmount: '1.99' }, 'minAmount'],
    [{ fromNumber: '3', toNumber: '2' }, 'fromNumber'],
  ])('refuses the range %j, of which there can be nothing', async (filters, pointer) => {
    const trail = await five();
    await expect(question.ask(trail.log.asking(), { ...ASKED, ...filters })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'range-ends-before-it-begins',
      details: [{ pointer }],
    });
  });

  it('refuses the cursor of a page that was filtered by something else', async () => {
    const trail = await five();
    const first = { ...ASKED, limit: '1', maker: 'wang' };
    const { body } = await question.ask(trail.log.asking(), first);
    const asked = { ...ASKED, limit: '1', maker: 'zhao', cursor: body.next! };
    await expect(question.ask(trail.log.asking(), asked)).rejects.toMatchObject({ code: 'cursor' });
  });

  it('leads from the number and the amounts of each row to its voucher', async () => {
    const trail = await five();
    const { sheets } = await question.ask(trail.log.asking(), ASKED);
    const { rows, marks, columns } = sheets[0]!;
    expect(marks).toHaveLength(rows.length);
    const led = marks!.filter((mark) => mark?.links !== undefined);
    expect(led.length).toBeGreaterThanOrEqual(5);
    for (const { links } of led as { links: string[] }[]) {
      const names = links.flatMap((to, at) => (to === undefined ? [] : [columns[at]!.name.zh]));
      expect(names).toEqual([expect.stringMatching(/^凭证(字)?号$/), '借方', '贷方']);
      expect(links[1]).toMatch(/^\/v1\/vouchers\/book-employee-460100-[1-5]$/);
    }
  });

  it('says in words what it is filtered by', async () => {
    const trail = await five();
    const asked = { ...ASKED, voucherType: 'receipt', maker: 'wang' };
    const { sheets } = await question.ask(trail.log.asking(), asked);
    expect(sheets[0]!.head!.at(-1)).toEqual({
      zh: '筛选：凭证字 收，经办 wang',
      en: 'Filtered by series receipt, maker wang',
    });
  });
});

describe('a filtered ledger of an account', () => {
  interface Line {
    readonly line: string;
    readonly id?: string;
    readonly debit: string | null;
    readonly credit: string | null;
    readonly balance: string | null;
  }

  async function linesOf(trail: Trail, parameters: Record<string, string>): Promise<Line[]> {
    const { body } = await accountLedgerQuestion.ask(trail.log.asking(), { ...ASKED, ...parameters });
    return body['lines'] as Line[];
  }

  it('has behind each entry the balance of the whole ledger, and says that it is of all vouchers', async () => {
    const trail = await five();
    const whole = await linesOf(trail, {});
    const some = await linesOf(trail, { q: '记' });
    const balanceOf = (lines: readonly Line[], id: string) => lines.find((line) => line.id === id)?.balance;
    expect(balanceOf(some, haikou(4))).toBe(balanceOf(whole, haikou(4)));
    expect(some.map(({ line }) => line)).toEqual(['from-last-year', 'voucher', 'page-total', 'total', 'closing']);
    expect(some[0]!.balance).toBe(whole[0]!.balance);
    expect(some.at(-1)!.balance).toBe(whole.at(-1)!.balance);
    expect(some.slice(2, 4)).toMatchObject([
      { debit: '-20.00', credit: '0.00', balance: null },
      { debit: '-20.00', credit: '0.00', balance: null },
    ]);
    const { sheets } = await accountLedgerQuestion.ask(trail.log.asking(), { ...ASKED, q: '记' });
    expect(sheets[0]!.notes!.map(({ en }) => en)).toEqual([
      'Balances are behind all vouchers; totals are of the entries listed.',
    ]);
  });

  it('carries what it has listed from page to page, and adds up to the same in an export', async () => {
    const trail = await five();
    const asked = { ...ASKED, voucherType: 'receipt' };
    const first = await accountLedgerQuestion.ask(trail.log.asking(), { ...asked, limit: '3' });
    const cursor = first.body.next!;
    const last = await accountLedgerQuestion.ask(trail.log.asking(), { ...asked, limit: '3', cursor });
    const sums = (answer: typeof first) =>
      (answer.body['lines'] as Line[]).filter(({ id }) => id === undefined).map(({ line, debit }) => [line, debit]);
    expect(sums(first).slice(1)).toEqual([
      ['page-total', '123.00'],
      ['carried-forward', '123.00'],
    ]);
    expect(sums(last)).toEqual([
      ['brought-forward', '123.00'],
      ['page-total', '-20.00'],
      ['total', '103.00'],
      ['closing', null],
    ]);
    const exported = await accountLedgerQuestion.export!(trail.log.asking(), asked);
    const rows: unknown[][] = [];
    for await (const batch of exported.sheets[0]!.rows) rows.push(...(batch as unknown[][]));
    expect(rows.at(-2)!.slice(2, 5)).toEqual([expect.objectContaining({ zh: '所列合计' }), 10300n, 0n]);
  });

  it('looks for amounts as they stand on the account: at each entry by itself', async () => {
    const trail = new Trail();
    await trail.post({ ...opened(), businessDate: '2024-12-01' });
    await trail.post({
      kind: 'contribution',
      businessDate: '2025-01-10',
      amount: '100.00',
      payer: { kind: 'flexible', reference: 'E-1' },
      poolShare: '60.00',
      personalShare: '40.00',
    });
    await trail.log.follow();
    const lines = await linesOf(trail, { account: 'income.premiums', minAmount: '50.00' });
    expect(lines.filter(({ id }) => id !== undefined).map(({ credit }) => credit)).toEqual(['60.00']);
    expect(lines.find(({ line }) => line === 'total')!.credit).toBe('60.00');
  });

  it('is no day book', async () => {
    const trail = await five();
    const asked = { ...ASKED, form: 'day-book', maker: 'wang' };
    await expect(accountLedgerQuestion.ask(trail.log.asking(), asked)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'day-book-is-whole',
      details: [{ pointer: 'form' }],
    });
  });
});
