import { parseLedgerLine } from '../../src/books/entries.js';
import { lineName } from '../../src/books/ledger-lines.js';
import { LedgerError, type Text, text } from '../../src/errors.js';
import { kindOf } from '../../src/reference/account-kinds.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Chart } from '../../src/reference/chart.js';
import { balanceSheet, linesWith as onBalanceSheet } from '../balance-sheet/statement.js';
import { finalAccounts, linesWith as onFinalAccounts } from '../final-accounts/statement.js';
import { partOf } from '../fund-balance/statement.js';
import { incomeAndExpenditure, linesWith as onIncomeExpenditure } from '../income-expenditure/statement.js';
import { directKinds, linesWith as onNetAssets, netAssetChanges, RARE_LINES } from '../net-assets/statement.js';
import { netPartOf } from '../statements/net-part.js';
import { STATUTORY } from '../statements/places.js';
import { IN_TRANSIT } from '../statements/scope.js';
import { accountRows, NOTHING, rowsWith } from '../trial-balance/tree.js';

/** What a line of a statement is made of: the ledger lines it begins with, and what moves on which of them. */
export interface Selection {
  readonly name: Text;
  /** Whether what closes carry is a part of it, as it is of an account by itself. */
  readonly withCarried: boolean;
  /** Whether flows within the scope are left out of it, as in consolidated statements. */
  readonly isEliminated: boolean;
  /** Whether what stood on a ledger line before counts; of what only comes and goes, nothing does. */
  readonly begins: (line: string) => boolean;
  readonly moves: (line: string) => boolean;
  /** The kinds of vouchers that count, with what takes them back; absent: all. */
  readonly kinds?: (kind: string) => boolean;
}

type Part = Pick<Selection, 'begins' | 'moves' | 'kinds'>;
type Of = (chart: Chart, fund: Fund, key: string) => Part;

interface Statement {
  readonly title: Text;
  readonly withCarried?: boolean;
  /** Whether it adds the books up as they are. */
  readonly isSummed?: boolean;
  /** The lines that its form has anyway, by their keys. */
  readonly lines: (chart: Chart, fund: Fund) => readonly { readonly key: string; readonly name: Text }[];
  readonly of: Of;
}

const nothing = (): boolean => false;
const standing = (has: (line: string) => boolean): Part => ({ begins: has, moves: has });
const flowing = (has: (line: string) => boolean): Part => ({ begins: nothing, moves: has });
const isNet = (line: string): boolean => kindOf(parseLedgerLine(line).account) === 'net';

/**
 * What a fund is said to begin with where it is told from its end, less what came and went: what stood there, and what
 * was put right in net assets directly since. So the totals that it is a part of, too.
 */
const begun = (isNetPart: (line: string) => boolean, more: (line: string) => boolean = nothing): Part => ({
  begins: isNetPart,
  moves: (line) => (isNetPart(line) && isNet(line)) || more(line),
});

const ofKind = (kind: string): ((line: string) => boolean) => {
  return (line) => kindOf(parseLedgerLine(line).account) === kind;
};

const STANDING = text('结余', 'fund balance');
/** The parts of a fund that the balances of funds and books tell. */
const BALANCES: Readonly<Record<string, Text>> = {
  opening: text('期初结余', 'opening'),
  income: text('收入', 'income'),
  expenditure: text('支出', 'expenditure'),
  closing: STANDING,
  pool: text('其中统筹', 'pool'),
  personal: text('个人账户', 'personal accounts'),
  risk: text('风险基金', 'risk fund'),
  pending: text('待转基金', 'pending'),
};

/** The statements whose lines can be asked for, by name. */
const STATEMENTS: Readonly<Record<string, Statement>> = {
  'income-expenditure': {
    title: text('收支表', 'income and expenditure'),
    lines: (chart, fund) => incomeAndExpenditure(chart, fund, [{ before: new Map(), end: new Map() }], false),
    of: (chart, fund, key) => flowing((line) => onIncomeExpenditure(chart, fund, line).includes(key)),
  },
  'balance-sheet': {
    title: text('资产负债表', 'balance sheet'),
    lines: (chart, fund) => {
      const { left, right } = balanceSheet(chart, fund, [new Map()], false);
      return [...left, ...right].filter(({ amounts }) => amounts);
    },
    of: (chart, fund, key) => standing((line) => onBalanceSheet(chart, fund, line).includes(key)),
  },
  'net-assets': {
    title: text('净资产变动表', 'changes in net assets'),
    lines: (chart, fund) => {
      const nothingYet = { fund, beginning: new Map(), at: new Map(), direct: [] };
      return [...netAssetChanges(chart, nothingYet, new Map(), false).lines, ...RARE_LINES];
    },
    of: (chart, fund, key) => {
      const [line, part] = key.split('@') as [string, string | undefined];
      const isOfPart = (each: string): boolean => {
        const own = netPartOf(chart, fund, each);
        return own !== undefined && (part === undefined || own === part);
      };
      if (line === 'opening' || line === 'closing') return standing(isOfPart);
      const kinds = directKinds(line);
      if (kinds) return { ...flowing((each) => isNet(each) && isOfPart(each)), kinds };
      return flowing((each) => isOfPart(each) && onNetAssets(chart, each).includes(line));
    },
  },
  'final-accounts': {
    title: text('预算、决算收支表', 'budget and final accounts'),
    lines: (chart, fund) => {
      const { income, expenditure } = finalAccounts(chart, fund, [undefined], { above: true, below: true });
      return [...income, ...expenditure];
    },
    of: (chart, fund, key) => {
      const isPart = (line: string): boolean => netPartOf(chart, fund, line) !== undefined;
      if (key === 'opening') return begun(isPart);
      if (key === 'closing') return standing(isPart);
      if (key === 'income-total' || key === 'expenditure-total') return begun(isPart, ofKind('income'));
      if (key === 'surplus') return flowing((line) => isPart(line) && !isNet(line));
      return flowing((line) => onFinalAccounts(chart, fund, line).includes(key));
    },
  },
  balances: {
    title: text('基金收支与结余', 'fund balances'),
    lines: () => Object.entries(BALANCES).map(([key, name]) => ({ key, name })),
    of: (chart, fund, key) => {
      const isPart = (line: string): boolean => netPartOf(chart, fund, line) !== undefined;
      if (key === 'income' || key === 'expenditure') return flowing(ofKind(key));
      if (key === 'opening') return begun(isPart);
      if (key === 'closing') return standing(isPart);
      return standing((line) => isPart(line) && partOf(parseLedgerLine(line).account, line) === key);
    },
  },
  account: {
    title: text('科目', 'account'),
    isSummed: true,
    lines: () => [],
    of: (_chart, _fund, key) => {
      const kind = kindOf(parseLedgerLine(key).account);
      const has = (line: string): boolean => line === key;
      return kind === 'income' || kind === 'expenditure' ? flowing(has) : standing(has);
    },
  },
  'trial-balance': {
    title: text('科目余额表', 'trial balance'),
    withCarried: true,
    isSummed: true,
    lines: (chart, { key }) => accountRows(chart, key, new Map(), 2, true).map((row) => ({ ...NOTHING, ...row })),
    of: (chart, _fund, key) => standing((line) => rowsWith(chart, line).includes(key)),
  },
};

/**
 * What a line of a statement is made of, by `<statement>/<line>`, e.g. `income-expenditure/pool-expenditure/5001`.
 * @throws LedgerError invalid, where there is no such statement, or it has no such line
 */
export function selectionOf(written: string, chart: Chart, fund: Fund): Selection {
  const at = written.indexOf('/');
  const [named, key] = [written.slice(0, at), written.slice(at + 1)];
  if (!Object.hasOwn(STATEMENTS, named)) throw unknownLine(written, Object.keys(STATEMENTS));
  const statement = STATEMENTS[named]!;
  const { title, withCarried = false, isSummed = false } = statement;
  const known = statement.lines(chart, fund);
  const name = nameOf(chart, known, key);
  if (!name)
    throw unknownLine(
      written,
      known.map((line) => `${named}/${line.key}`),
    );
  return {
    name: text(`${title.zh}·${name.zh}`, `${title.en}, ${name.en}`),
    withCarried,
    isEliminated: !isSummed,
    ...statement.of(chart, fund, key),
  };
}

/** What a line is called: as in its form, by the statutory account at its end, or as the chart calls a ledger line. */
function nameOf(chart: Chart, known: ReturnType<Statement['lines']>, key: string): Text | undefined {
  const [bare] = key.split('@') as [string];
  const own = known.find((line) => line.key === key || line.key === bare)?.name;
  const number = bare.slice(bare.lastIndexOf('/') + 1);
  if (own) return text(own.zh.trim(), own.en.trim());
  if (Object.hasOwn(STATUTORY, number)) return STATUTORY[number];
  if (key === IN_TRANSIT) return text('在途资金', 'In transit between units');
  const line = key.replace(/^~/, '');
  const { account, detail } = parseLedgerLine(line);
  const found = detail === undefined ? chart.find(account) : chart.detail(account, detail);
  return found && lineName(line, chart);
}

function unknownLine(written: string, known: readonly string[]): LedgerError {
  return new LedgerError('invalid', 'unknown-line', text(`没有报表项目 ${written}`, `there is no line ${written}`), [
    {
      pointer: 'line',
      code: 'unknown-line',
      expected: text(`报表项目 ${known.join('、')} 之一`, `one of the lines ${known.join(', ')}`),
      got: written,
    },
  ]);
}
