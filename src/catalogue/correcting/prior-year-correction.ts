import { by, SIFAS } from '../../books/sources.js';
import { credit, debit, type Entry, parseLedgerLine, type Share } from '../../books/entries.js';
import { refusal, text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { type Adopted, demandFund } from '../../reference/adopted.js';
import { VoucherCommand, VoucherId } from '../../kinds/commands.js';
import { Amounts } from '../../kinds/adopted-fields.js';
import { Line } from '../../kinds/fields.js';
import { type Account } from '../../reference/chart.js';
import { voucher } from '../../kinds/kind.js';

type Amounted = Readonly<Record<string, string>>;

/** Where what an earlier year should have had goes: its own income and expenditure are closed. */
const PRIOR_YEAR_ITEMS = ['income.other', 'expenditure.other'];

/** What a correction may name: assets, liabilities and net assets, other income and other expenditure. */
const isCorrected = ({ key, kind }: Account): boolean =>
  kind === 'asset' || kind === 'liability' || kind === 'net' || PRIOR_YEAR_ITEMS.includes(key);

export class CorrectPriorYear extends VoucherCommand {
  @VoucherId(text('更正凭证', 'corrects'))
  corrects!: string;

  @Line(text('更正事由', 'reason'))
  reason!: string;

  @Amounts(text('借记', 'debits'), isCorrected, { withShares: true })
  debits!: Amounted;

  @Amounts(text('贷记', 'credits'), isCorrected, { withShares: true })
  credits!: Amounted;
}

/**
 * A blue correction 蓝字更正 in the open year of a voucher of an earlier one (SIFAS; basic accounting norms 会计基础工作规范
 * art. 51). The year it belongs to has been reported, so that its income and expenditure stay as they are: what is
 * missing in them is other income or other expenditure of this year, and what only stood on the wrong side of the net
 * assets, or in the wrong share, goes from one to the other there.
 */
export const priorYearCorrection = voucher<CorrectPriorYear>({
  kind: 'prior-year-correction',
  route: 'prior-year-corrections',
  event: 'PriorYearCorrected.v1',
  name: text('蓝字更正', 'Prior-year correction'),
  command: CorrectPriorYear,
  refersTo: ({ corrects }) => ({ as: 'corrects', id: corrects }),
  post: (command, adopted) => {
    const { debits, credits } = command;
    const lines = (amounts: Amounted, side: 'debits' | 'credits', post: typeof debit): Entry[] =>
      Object.entries(amounts).map(([line, amount]) => {
        const { account, detail, share } = parseLedgerLine(line);
        demandShare(adopted, command, side, line);
        return post(account, parseFen(amount), { detail, share });
      });
    return [...lines(debits, 'debits', debit), ...lines(credits, 'credits', credit)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2026-03-10',
    corrects: 'book-employee-460100-0',
    reason: '上年多付住院待遇，已由医院退回',
    debits: { 'fiscal-account': '800.00' },
    credits: { 'income.other/prior-year-recoveries@pool': '800.00' },
    evidence: { kind: 'correction', number: 'GZ-2026-0001', sha256: '0e'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '以前年度差错更正',
  },
});

/** In a fund with personal accounts, income and expenditure say whose they are; in the others they cannot. */
function demandShare(adopted: Adopted, { fund }: CorrectPriorYear, side: string, line: string): void {
  const { account, share } = parseLedgerLine(line);
  if (!PRIOR_YEAR_ITEMS.includes(account)) return;
  const { personalAccounts } = demandFund(adopted, fund);
  if (personalAccounts === (share !== undefined)) return;
  const bare = line.split('@')[0]!;
  const shares: readonly Share[] = ['pool', 'personal'];
  const wanted = shares.map((each) => `${bare}@${each}`);
  throw refusal(
    `/${side}/${line.replaceAll('/', '~1')}`,
    personalAccounts ? 'share-missing' : 'no-personal-accounts',
    by(
      SIFAS,
      personalAccounts
        ? text('须写明属统筹基金还是个人账户', 'it says nothing of pool or personal accounts')
        : text('该基金没有个人账户', 'this fund has no personal accounts'),
    ),
    personalAccounts ? text(wanted.join(' 或 '), wanted.join(' or ')) : text(bare, bare),
    line,
  );
}
