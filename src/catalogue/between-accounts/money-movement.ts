import { credit, debit, parseLedgerLine } from '../../books/entries.js';
import { by, TWO_LINES } from '../../books/sources.js';
import { code, CodeList } from '../../text/codes.js';
import { refusal, text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { OneOf } from '../../kinds/fields.js';
import { AmountCommand } from '../../kinds/commands.js';
import { voucher } from '../../kinds/kind.js';
import { LineOf } from '../../kinds/adopted-fields.js';

/** From where to where money may be moved inside a book, by reason: two lines of revenue and expenditure 收支两条线. */
const ALLOWED: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>> = {
  'treasury-to-fiscal': [['treasury', 'fiscal-account']],
  'income-sweep': [
    ['income-account', 'fiscal-account'],
    ['cash', 'income-account'],
  ],
  // What a plan left unused, and the interest on it, goes back where it came from.
  'use-plan': [
    ['fiscal-account', 'expenditure-account'],
    ['expenditure-account', 'fiscal-account'],
    ['expenditure-account', 'cash'],
    ['cash', 'expenditure-account'],
  ],
  'term-deposit': [
    ['fiscal-account', 'fiscal-account/term'],
    ['fiscal-account/term', 'fiscal-account'],
  ],
  bond: [
    ['fiscal-account', 'bonds'],
    ['bonds', 'fiscal-account'],
  ],
};

const LINES = [
  'cash',
  'income-account',
  'expenditure-account',
  'fiscal-account',
  'fiscal-account/term',
  'treasury',
  'bonds',
];

const REASONS = new CodeList([
  code('treasury-to-fiscal', '国库划转财政专户', 'Treasury to fiscal account'),
  code('income-sweep', '收入户上划', 'Income sweep'),
  code('use-plan', '用款计划', 'Use plan'),
  code('term-deposit', '定期存款存取', 'Term deposit'),
  code('bond', '债券买卖', 'Bonds'),
]);

export class MoveMoney extends AmountCommand {
  @LineOf(text('转出账户', 'from'), LINES)
  from!: string;

  @LineOf(text('转入账户', 'to'), LINES)
  to!: string;

  @OneOf(text('划转事由', 'reason'), REASONS)
  reason!: string;
}

/** Money moved between accounts of one book 划转: neither income nor expenditure. */
export const moneyMovement = voucher<MoveMoney>({
  kind: 'money-movement',
  route: 'money-movements',
  event: 'MoneyMoved.v1',
  name: text('划转', 'Money movement'),
  command: MoveMoney,
  post: (command) => {
    demandAllowed(command);
    const amount = parseFen(command.amount);
    const [from, to] = [parseLedgerLine(command.from), parseLedgerLine(command.to)];
    return [debit(to.account, amount, { detail: to.detail }), credit(from.account, amount, { detail: from.detail })];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-05-15',
    amount: '300000.00',
    from: 'fiscal-account',
    to: 'expenditure-account',
    reason: 'use-plan',
    evidence: { kind: 'use-plan', number: 'YK-2025-05', sha256: '06'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '五月用款计划',
  },
});

function demandAllowed({ from, to, reason }: MoveMoney): void {
  const allowed = ALLOWED[reason]!;
  if (allowed.some(([one, other]) => one === from && other === to)) return;
  const pairs = allowed.map(([one, other]) => `${one} → ${other}`);
  throw refusal(
    '/to',
    'movement-not-allowed',
    by(TWO_LINES, text(`事由 ${reason} 不允许这样划转`, `money is not moved so for the reason ${reason}`)),
    text(`${pairs.join('、')} 之一`, `one of ${pairs.join(', ')}`),
    `${from} → ${to}`,
  );
}
