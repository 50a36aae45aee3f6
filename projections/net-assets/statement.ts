import { parseLedgerLine } from '../../src/books/entries.js';
import { type Text, text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { kindOf } from '../../src/reference/account-kinds.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Chart } from '../../src/reference/chart.js';
import { type Lines } from '../fund-balance/lines.js';
import { blocksOf } from '../income-expenditure/layout.js';
import { hasRiskFund, type NetPart, netPartOf } from '../statements/net-part.js';
import { placeOf, STATUTORY } from '../statements/places.js';
import { IN_TRANSIT } from '../statements/scope.js';
import { type Standing } from '../statements/standing.js';

/** One line of the statement: what net assets grew by, part by part; what made less of them is negative. */
export interface ChangeLine {
  /** By which it is known, whatever it is called: `opening`, `income/4001`, `transfers/risk-set`. */
  readonly key: string;
  readonly name: Text;
  /** How far it is set in: 1 where it is a part of the line above it at 0. */
  readonly level: 0 | 1;
  readonly amounts: Readonly<Partial<Record<NetPart, Fen>>>;
}

/** The statement of one fund. */
export interface Changes {
  readonly fund: Fund;
  /** The parts that the fund has, in their order: the columns before the total. */
  readonly parts: readonly NetPart[];
  readonly lines: readonly ChangeLine[];
  /** Whether the opening and all that moved come to what stands at the end, part by part. */
  readonly ties: boolean;
}

/** What moves net assets and is neither income nor expenditure, by the kinds of its vouchers. */
const DIRECT_LINES: readonly (readonly [key: string, kind: string, name: Text])[] = [
  ['transfers/personal-accounts', 'personal-account-credit', text('个人账户划入', 'Credited to personal accounts')],
  ['transfers/risk-set', 'risk-fund-allocation', text('计提风险基金', 'Set aside as risk fund')],
  ['transfers/risk-used', 'risk-fund-use', text('使用风险基金', 'Risk fund used')],
  ['corrections', 'prior-year-correction', text('五、以前年度更正', 'V. Corrections of earlier years')],
];
const OTHERS = 'others';
const OTHERS_NAME = text('六、其他直接变动', 'VI. Other direct movements');

/** The lines that stand in the form only where there is something on them. */
export const RARE_LINES: readonly { readonly key: string; readonly name: Text }[] = [
  ...DIRECT_LINES.map(([key, , name]) => ({ key, name })),
  { key: OTHERS, name: OTHERS_NAME },
];

/**
 * Which kinds of vouchers a line is made of that moves net assets and is no income and no expenditure; undefined of
 * another line.
 */
export function directKinds(line: string): ((kind: string) => boolean) | undefined {
  const known = DIRECT_LINES.filter(([key]) => key === line || key.startsWith(`${line}/`)).map(([, kind]) => kind);
  if (line === OTHERS) return (kind) => DIRECT_LINES.every(([, each]) => each !== kind);
  return known.length === 0 ? undefined : (kind) => known.includes(kind);
}

/** The lines that a ledger line of income or expenditure is on; none where it is of neither. */
export function linesWith(chart: Chart, line: string): string[] {
  const { account } = parseLedgerLine(line);
  const kind = account === IN_TRANSIT ? undefined : kindOf(account);
  return kind === 'income' || kind === 'expenditure' ? [kind, `${kind}/${placeOf(chart, line).number}`] : [];
}

/**
 * Draws up how the net assets of a fund became what they are: what stood at the beginning, income by statutory account,
 * expenditure by statutory account, what went from one part to another, what of an earlier year was put right in them
 * directly. Corrections of an earlier year by other income 4501 and other expenditure 5401 are among these. Pure.
 * @param end what stands at the end of the interval
 * @param closesYear whether that is in December: what was pending has its share by then
 */
export function netAssetChanges(
  chart: Chart,
  { fund, beginning, direct }: Standing,
  end: Lines,
  closesYear: boolean,
): Changes {
  const sums = new Sums();
  for (const [part, amount] of standing(chart, fund, beginning)) sums.add('opening', part, amount);
  for (const [line, amount] of grown(beginning, end)) {
    const part = netPartOf(chart, fund, line);
    const kind = kindOf(parseLedgerLine(line).account);
    if (part === undefined || (kind !== 'income' && kind !== 'expenditure')) continue;
    sums.add(kind, part, amount);
    sums.add(`${kind}/${placeOf(chart, line).number}`, part, amount);
  }
  for (const { kind, line, debit, credit } of direct) {
    const part = netPartOf(chart, fund, line);
    if (part === undefined || kindOf(parseLedgerLine(line).account) !== 'net') continue;
    const key = DIRECT_LINES.find(([, each]) => each === kind)?.[0] ?? OTHERS;
    sums.add(key, part, credit - debit);
    if (key.startsWith('transfers/')) sums.add('transfers', part, credit - debit);
  }
  const ended = standing(chart, fund, end);
  for (const [part, amount] of ended) sums.add('closing', part, amount);
  const parts = partsOf(chart, fund, sums, closesYear);
  const moved = ['opening', 'income', 'expenditure', 'transfers', 'corrections', OTHERS];
  return {
    fund,
    parts,
    lines: linesOf(fund, sums),
    ties: parts.every((part) => moved.reduce((sum, key) => sum + sums.at(key, part), 0n) === (ended.get(part) ?? 0n)),
  };
}

/** Amounts by line and part, in fen. */
class Sums {
  private readonly byKey = new Map<string, Partial<Record<NetPart, Fen>>>();

  add(key: string, part: NetPart, amount: Fen): void {
    this.byKey.set(key, { ...this.byKey.get(key), [part]: this.at(key, part) + amount });
  }

  of(key: string): Readonly<Partial<Record<NetPart, Fen>>> {
    return this.byKey.get(key) ?? {};
  }

  at(key: string, part: NetPart): Fen {
    return this.of(key)[part] ?? 0n;
  }

  isThere(key: string): boolean {
    return Object.values(this.of(key)).some((amount) => amount !== 0n);
  }

  has(part: NetPart): boolean {
    return [...this.byKey.values()].some((amounts) => (amounts[part] ?? 0n) !== 0n);
  }
}

/** What each part of the net assets holds. */
function standing(chart: Chart, fund: Fund, lines: Lines): Map<NetPart, Fen> {
  const parts = new Map<NetPart, Fen>();
  for (const [line, { debit, credit }] of lines) {
    const part = netPartOf(chart, fund, line);
    if (part !== undefined) parts.set(part, (parts.get(part) ?? 0n) + credit - debit);
  }
  return parts;
}

/** What each ledger line grew by on its credit side. */
function grown(before: Lines, end: Lines): [string, Fen][] {
  return [...end].map(([line, { debit, credit }]) => {
    const earlier = before.get(line) ?? { debit: 0n, credit: 0n };
    return [line, credit - debit - (earlier.credit - earlier.debit)];
  });
}

function partsOf(chart: Chart, fund: Fund, sums: Sums, closesYear: boolean): NetPart[] {
  const isPart: Readonly<Record<NetPart, boolean>> = {
    pool: true,
    personal: fund.personalAccounts,
    pending: fund.personalAccounts && !closesYear,
    risk: hasRiskFund(chart, fund),
  };
  return (Object.keys(isPart) as NetPart[]).filter((part) => isPart[part] || sums.has(part));
}

function linesOf(fund: Fund, sums: Sums): ChangeLine[] {
  const line = (key: string, name: Text, level: 0 | 1 = 0): ChangeLine => ({ key, name, level, amounts: sums.of(key) });
  const byAccount = (side: 'income' | 'expenditure'): ChangeLine[] => {
    const first = side === 'income' ? '4' : '5';
    const prescribed = new Set(blocksOf(fund).flatMap(({ kind, lines }) => (kind === side ? lines : [])));
    return Object.entries(STATUTORY)
      .filter(([number]) => number.startsWith(first))
      .filter(([number]) => prescribed.has(number) || sums.isThere(`${side}/${number}`))
      .map(([number, name]) => line(`${side}/${number}`, name, 1));
  };
  const transfers = DIRECT_LINES.filter(([key]) => key.startsWith('transfers/'))
    .filter(([key]) => sums.isThere(key))
    .map(([key, , name]) => line(key, name, 1));
  const [correctionsKey, , corrections] = DIRECT_LINES.at(-1)!;
  const others = line(OTHERS, OTHERS_NAME);
  return [
    line('opening', text('一、期初净资产', 'I. Net assets at the beginning')),
    line('income', text('二、本期收入', 'II. Income')),
    ...byAccount('income'),
    line('expenditure', text('三、本期支出', 'III. Expenditure')),
    ...byAccount('expenditure'),
    line('transfers', text('四、净资产内部划转', 'IV. Between parts of net assets')),
    ...transfers,
    line(correctionsKey, corrections),
    ...(sums.isThere(OTHERS) ? [others] : []),
    line('closing', text('期末净资产', 'Net assets at the end')),
  ];
}
