import { type YearLine } from '../../examples/hainan-2024/line.js';

/*
 * The books of the example once more, from docs/accounting-rules.md and the Ministry's text, by a fold over the lines
 * of the file. It shares nothing with the ledger: no posting rule, no entry, no decider, no question.
 */

/** An amount in fen, debit positive, on a line such as `income.premiums/employer@pool`. */
type Move = readonly [line: string, fen: bigint];
/** By line, in fen, debit positive. */
export type Balances = Map<string, bigint>;

type Command = Readonly<Record<string, string>> & {
  readonly payer: { readonly kind: string };
  readonly offsets?: Readonly<Record<string, string>>;
  readonly debits: Readonly<Record<string, string>>;
  readonly credits: Readonly<Record<string, string>>;
  readonly balances: Readonly<Record<string, string>>;
  readonly raised: Readonly<Record<string, string>>;
  readonly lowered: Readonly<Record<string, string>>;
};

/** Yuan with two digits as fen. */
export const fen = (yuan: string): bigint => BigInt(yuan.replace('.', ''));
const isAsset = (line: string): boolean =>
  ['cash', 'bonds', 'treasury', 'income-account', 'expenditure-account'].includes(line) ||
  line.startsWith('fiscal-account') ||
  line.startsWith('advances.');
export const isIncome = (line: string): boolean => line.startsWith('income.');
export const isExpenditure = (line: string): boolean =>
  line.startsWith('expenditure.') || line.startsWith('benefits') || line.startsWith('serious-illness');

/** What is debited and what is credited, where no share is in play. */
const SIMPLE: Readonly<Record<string, (c: Command) => readonly [debit: string, credit: string]>> = {
  'money-movement': (c) => [c['to']!, c['from']!],
  'suspense-receipt': (c) => [c['account']!, c['heldIn']!],
  'suspense-release': (c) => [c['heldIn']!, c['account']!],
  'advance-payment': (c) => [c['advance']!, c['account']!],
  'advance-return': (c) => [c['account']!, c['advance']!],
  'inbound-care-funding': (c) => [c['account']!, 'suspense.off-site-inbound'],
  'inbound-care-payment': (c) => ['suspense.off-site-inbound', c['account']!],
  'misdirected-fine': (c) => [c['account']!, 'suspense.to-treasury'],
  'misdirected-fine-forwarding': (c) => ['suspense.to-treasury', c['account']!],
  loan: (c) => [c['account']!, 'loans'],
  'personal-account-credit': () => ['net.pool', 'net.personal'],
  'risk-fund-allocation': () => ['net.pool', 'net.risk'],
  'risk-fund-use': () => ['net.risk', 'net.pool'],
};

/** The same with what is the pool's of the employee fund: income and expenditure of no other share. */
const OF_THE_POOL: Readonly<Record<string, (c: Command) => readonly [debit: string, credit: string]>> = {
  subsidy: (c) => ['fiscal-account', `income.subsidy/${c['subsidyKind'] === 'gap-share' ? 'gap' : c['tier']}`],
  'late-fee': (c) => [c['account']!, 'income.other/late-fees'],
  donation: (c) => [c['account']!, 'income.other/donations'],
  'contract-penalty': (c) => [c['account']!, 'income.other/contract-penalties'],
  'liability-write-off': (c) => [c['liability']!, 'income.other/written-off-liabilities'],
  'advance-write-off': (c) => ['expenditure.other/written-off-advances', c['advance']!],
  'advance-clearing': (c) => [`benefits/${c['benefitKind']}`, c['advance']!],
  'serious-illness-premium': (c) => ['serious-illness', c['account']!],
  'serious-illness-settlement': (c) =>
    c['result'] === 'surplus' ? [c['account']!, 'serious-illness'] : ['serious-illness', c['account']!],
  'remittance-up': () => ['expenditure.to-above', 'fiscal-account'],
  'remittance-received': () => ['fiscal-account', 'income.from-below'],
  'funding-down': () => ['expenditure.to-below', 'fiscal-account'],
  'funding-received': () => ['fiscal-account', 'income.from-above'],
};

/** What is of the personal accounts and of nothing else. */
const PERSONAL: Readonly<Record<string, (c: Command) => readonly [debit: string, credit: string]>> = {
  'personal-transfer-in': (c) => [c['account']!, 'income.transfer-in'],
  'personal-transfer-out': (c) => ['expenditure.transfer-out', c['account']!],
  'personal-transfer-return': (c) => [c['account']!, 'expenditure.transfer-out'],
};

const OTHERS: Readonly<Record<string, (c: Command) => readonly Move[]>> = {
  'opening-balance': (c) => Object.entries(c.balances).map(([line, yuan]) => standing(line, fen(yuan))),
  'opening-correction': (c) => [
    ...Object.entries(c.raised).map(([line, yuan]) => standing(line, fen(yuan))),
    ...Object.entries(c.lowered).map(([line, yuan]) => standing(line, -fen(yuan))),
  ],
  contribution: (c) => [
    [c['account'] ?? 'treasury', fen(c['amount']!)],
    ...(c['shares'] === 'unknown'
      ? [['pending.premiums', -fen(c['amount']!)] as const]
      : shares(c, `income.premiums/${c.payer.kind}`, -1n)),
  ],
  'contribution-recognition': (c) => [
    ['suspense.advance-premiums', fen(c['amount']!)],
    ...shares(c, `income.premiums/${c['payerKind']}`, -1n),
  ],
  'contribution-refund': (c) => [
    ...shares(
      c,
      c['paidYear'] === c['businessDate']!.slice(0, 4)
        ? `income.premiums/${c.payer.kind}`
        : 'expenditure.other/prior-year-refunds',
      1n,
    ),
    [c['account']!, -fen(c['amount']!)],
  ],
  interest: (c) => [
    [c['account']!, fen(c['amount']!)],
    ...(c['shares'] === 'unknown'
      ? [['pending.interest', -fen(c['amount']!)] as const]
      : shares(c, c['interestKind'] ? `income.interest/${c['interestKind']}` : 'income.interest', -1n)),
  ],
  'pending-allocation': (c) => [
    [c['pending']!, fen(c['amount']!)],
    ...shares(c, `income.premiums/${c['payerKind']}`, -1n),
  ],
  payout: (c) => {
    const offsets = Object.entries(c.offsets ?? {}).map(([line, yuan]): Move => [line, -fen(yuan)]);
    const rest = offsets.reduce((left, [, part]) => left + part, fen(c['amount']!));
    return [benefit(c, fen(c['amount']!)), ...offsets, [c['account'] ?? 'expenditure-account', -rest]];
  },
  recovery: (c) => cameBack(c, c['lossYear']!),
  'third-party-reimbursement': (c) => cameBack(c, c['paidYear']!),
  'loan-repayment': (c) => {
    const [whole, interest] = [fen(c['amount']!), fen(c['interest'] ?? '0.00')];
    if (c['repaidBy']) return [['loans', whole], pooled(c, `income.subsidy/${c['repaidBy']}`, -whole)];
    const borne = pooled(c, 'expenditure.other/loan-interest', interest);
    return [['loans', whole - interest], borne, [c['account']!, -whole]];
  },
  'prior-year-correction': (c) => [
    ...Object.entries(c.debits).map(([line, yuan]): Move => [line, fen(yuan)]),
    ...Object.entries(c.credits).map(([line, yuan]): Move => [line, -fen(yuan)]),
  ],
};

const standing = (line: string, amount: bigint): Move => [line, isAsset(line) ? amount : -amount];
const isEmployee = (c: Command): boolean => c['fund'] === 'employee';
const pooled = (c: Command, line: string, amount: bigint): Move => [
  isEmployee(c) && (isIncome(line) || isExpenditure(line)) ? `${line}@pool` : line,
  amount,
];

/** By share in the employee fund: the part that is not given is the rest, and all is the pool's where none is. */
function shares(c: Command, line: string, sign: bigint): Move[] {
  const amount = fen(c['amount']!);
  if (!isEmployee(c)) return [[line, sign * amount]];
  const personal = c['personalShare'] ? fen(c['personalShare']) : c['poolShare'] ? amount - fen(c['poolShare']) : 0n;
  return [
    [`${line}@pool`, sign * (amount - personal)],
    [`${line}@personal`, sign * personal],
  ];
}

function benefit(c: Command, amount: bigint): Move {
  const line = `benefits/${c['benefitKind']}`;
  return line.startsWith('benefits/personal') ? [`${line}@personal`, amount] : pooled(c, line, amount);
}

/** A loss of this year takes back its benefits in red; one of an earlier year is other income. */
function cameBack(c: Command, lossYear: string): Move[] {
  const amount = fen(c['amount']!);
  const isOfThisYear = lossYear === c['businessDate']!.slice(0, 4);
  return [
    ['fiscal-account', amount],
    isOfThisYear ? benefit(c, -amount) : pooled(c, 'income.other/prior-year-recoveries', -amount),
  ];
}

/** What a command moves; nothing for a memo and for what is told apart below. */
function movesOf(kind: string, c: Command): readonly Move[] {
  const amount = c['amount'] ? fen(c['amount']) : 0n;
  const two = (line: readonly [string, string], as: (line: string, fen: bigint) => Move): Move[] => [
    as(line[0], amount),
    as(line[1], -amount),
  ];
  if (SIMPLE[kind]) return two(SIMPLE[kind](c), (line, fen) => [line, fen]);
  if (OF_THE_POOL[kind]) return two(OF_THE_POOL[kind](c), (line, fen) => pooled(c, line, fen));
  if (PERSONAL[kind])
    return two(PERSONAL[kind](c), (line, fen) => [
      isIncome(line) || isExpenditure(line) ? `${line}@personal` : line,
      fen,
    ]);
  return OTHERS[kind]?.(c) ?? [];
}

/** One book as it is folded. */
export class PlainBook {
  readonly balances: Balances = new Map();
  /** Income and expenditure of the year by line, whatever was carried; income positive, expenditure positive. */
  readonly year: Balances = new Map();
  /** What stood at the end of each month, once it was closed; the last close counts. */
  readonly closed = new Map<string, Balances>();

  move(moves: readonly Move[]): void {
    for (const [line, amount] of moves) {
      add(this.balances, line, amount);
      if (isIncome(line)) add(this.year, line, -amount);
      else if (isExpenditure(line)) add(this.year, line, amount);
    }
  }

  /** Income and expenditure are carried to the fund balance by share, and nothing else. */
  close(day: string): void {
    for (const [line, amount] of this.balances) {
      if (!isIncome(line) && !isExpenditure(line)) continue;
      add(this.balances, line.endsWith('@personal') ? 'net.personal' : 'net.pool', amount);
      this.balances.set(line, 0n);
    }
    this.closed.set(day, new Map([...this.balances].filter(([, amount]) => amount !== 0n)));
  }

  /** What is pending becomes income: seven parts of ten the pool's. */
  closeYear(day: string): void {
    for (const pending of ['pending.premiums', 'pending.interest']) {
      const amount = -(this.balances.get(pending) ?? 0n);
      const income = pending.replace('pending.', 'income.');
      const pool = (amount * 7n + 5n) / 10n;
      this.move([
        [pending, amount],
        [`${income}@pool`, -pool],
        [`${income}@personal`, pool - amount],
      ]);
    }
    this.close(day);
  }
}

const add = (balances: Balances, line: string, amount: bigint): void => {
  balances.set(line, (balances.get(line) ?? 0n) + amount);
};

/** Every book after the lines of a year, by `fund/unit`. */
export function plainBooks(lines: readonly YearLine[]): Map<string, PlainBook> {
  const books = new Map<string, PlainBook>();
  const moved = new Map<string, readonly Move[]>();
  for (const { kind, command, id } of lines) {
    const c = command as unknown as Command;
    const reversed = kind === 'reversal' ? moved.get(c['reverses']!)! : [];
    const moves = [...movesOf(kind, c), ...reversed.map(([line, amount]): Move => [line, -amount])];
    moved.set(id, moves);
    if (moves.length === 0 && !kind.endsWith('-close')) continue;
    const name = `${c['fund']}/${c['unit']}`;
    const book = books.get(name) ?? new PlainBook();
    books.set(name, book);
    book.move(moves);
    if (kind === 'period-close') book.close(c['businessDate']!);
    if (kind === 'year-close') book.closeYear(c['businessDate']!);
  }
  return books;
}
