import { isPending, kindOf } from '../../src/reference/account-kinds.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Chart } from '../../src/reference/chart.js';
import { parseLedgerLine } from '../../src/books/entries.js';
import { type Text, text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { type Lines } from '../fund-balance/lines.js';
import { placeOf, STATUTORY } from '../statements/places.js';
import { IN_TRANSIT } from '../statements/scope.js';
import { type Block, blocksOf, formDetailOf, OTHER } from './layout.js';

/** One stretch of days of a book: what had moved before it and by its end. */
export interface Turned {
  readonly before: Lines;
  readonly end: Lines;
}

/** One line of the form with its amount in each column. */
export interface FormLine {
  /** By which it is known, whatever it is called: `pool-expenditure/5001/inpatient`. */
  readonly key: string;
  readonly name: Text;
  /** How far it is set in. */
  readonly level: 0 | 1 | 2;
  readonly amounts: readonly Fen[];
}

/** The statement of one fund, and the same days of the year before beside it. */
export interface Drawn {
  readonly fund: Fund;
  /** The lines with the two columns of the form. */
  readonly lines: readonly FormLine[];
  /** The lines with four columns: the stretch and the one a year earlier, the year to date and the year before's. */
  readonly compared: readonly FormLine[];
}

/**
 * Draws up 会社保02表 收支表 over some stretches of days, a column each. Every line of the form is there, empty or not;
 * what has an amount and no line in the form gets one, so that a block is the sum of its lines. Income of an unknown
 * share is in neither block and in 本期基金结余 alone, in a line of its own from January to November, later only where
 * something is left. Pure.
 * @param closesYear whether the columns end with the year
 */
export function incomeAndExpenditure(
  chart: Chart,
  fund: Fund,
  columns: readonly Turned[],
  closesYear: boolean,
): FormLine[] {
  const blocks = blocksOf(fund);
  const sums = columns.map((column) => sumUp(chart, blocks, column));
  const of = (key: string): Fen[] => sums.map((each) => each.get(key) ?? 0n);
  const lines = blocks.flatMap((block) => linesOf(block, sums, of));
  const surplus = (share: string): Fen[] =>
    of(`${share}-income`).map((income, column) => income - of(`${share}-expenditure`)[column]!);
  const [pool, personal, pending] = [surplus('pool'), surplus('personal'), of('pending')];
  const total = pool.map((amount, column) => amount + personal[column]! + pending[column]!);
  const line = (key: string, name: Text, level: FormLine['level'], amounts: readonly Fen[]): FormLine[] => [
    { key, name, level, amounts },
  ];
  if (!fund.personalAccounts)
    return [...lines, ...line('surplus', text('三、本期基金结余', 'III. Surplus of the period'), 0, total)];
  const hasPending = !closesYear || pending.some((amount) => amount !== 0n);
  return [
    ...lines,
    ...line('surplus', text('五、本期基金结余', 'V. Surplus of the period'), 0, total),
    ...line('surplus/pool', text('统筹基金结余', 'Pool'), 1, pool),
    ...line('surplus/personal', text('个人账户基金结余', 'Personal accounts'), 1, personal),
    ...(hasPending ? line('surplus/pending', text('待转基金', 'Awaiting their share'), 1, pending) : []),
  ];
}

function linesOf(block: Block, sums: readonly ReadonlyMap<string, Fen>[], of: (key: string) => Fen[]): FormLine[] {
  const { key, name, details } = block;
  const isThere = (place: string): boolean => sums.some((each) => (each.get(place) ?? 0n) !== 0n);
  const first = block.kind === 'income' ? '4' : '5';
  const more = Object.keys(STATUTORY).filter(
    (number) => number.startsWith(first) && !block.lines.includes(number) && isThere(`${key}/${number}`),
  );
  const others = details.includes(OTHER) || !isThere(`${key}/5001/${OTHER.key}`) ? [] : [OTHER];
  const listed = [...details, ...(details.length > 0 ? others : [])];
  return [
    { key, name, level: 0, amounts: of(key) },
    ...[...block.lines, ...more].flatMap((number): FormLine[] => [
      { key: `${key}/${number}`, name: STATUTORY[number]!, level: 1, amounts: of(`${key}/${number}`) },
      ...(number === '5001' ? listed : []).map((detail, index): FormLine => {
        const place = `${key}/5001/${detail.key}`;
        return { key: place, name: numbered(detail.name, index), level: 2, amounts: of(place) };
      }),
    ]),
  ];
}

const ORDINALS = '一二三四五六七八九';
const numbered = ({ zh, en }: Text, index: number): Text =>
  text(`（${ORDINALS[index]!}）${zh}`, `(${index + 1}) ${en}`);

/** What moved in a stretch, by block, by its statutory account, by prescribed detail, and what has no share yet. */
function sumUp(chart: Chart, blocks: readonly Block[], { before, end }: Turned): Map<string, Fen> {
  const sums = new Map<string, Fen>();
  for (const [line, { debit, credit }] of end) {
    const { account } = parseLedgerLine(line);
    const kind = account === IN_TRANSIT ? undefined : kindOf(account);
    if (kind !== 'income' && kind !== 'expenditure') continue;
    const earlier = before.get(line) ?? { debit: 0n, credit: 0n };
    const grown = debit - earlier.debit - (credit - earlier.credit);
    const amount = kind === 'income' ? -grown : grown;
    for (const key of keysOf(chart, blocks, line, kind)) sums.set(key, (sums.get(key) ?? 0n) + amount);
  }
  return sums;
}

/** The lines of the form that a ledger line is on, those of the surplus with them; none where it is on none. */
export function linesWith(chart: Chart, fund: Fund, line: string): string[] {
  const { account } = parseLedgerLine(line);
  const kind = account === IN_TRANSIT ? undefined : kindOf(account);
  if (kind !== 'income' && kind !== 'expenditure') return [];
  const blocks = blocksOf(fund);
  const keys = keysOf(chart, blocks, line, kind);
  const share = blocks.find(({ key }) => keys.includes(key))?.share ?? 'pending';
  return [...keys, 'surplus', `surplus/${share}`];
}

function keysOf(chart: Chart, blocks: readonly Block[], line: string, kind: Block['kind']): string[] {
  if (isPending(parseLedgerLine(line).account)) return ['pending'];
  const { number, share, detail } = placeOf(chart, line);
  const block = blocks.find((each) => each.kind === kind && each.share === share) ?? blocks[0]!;
  const place = `${block.key}/${number}`;
  const benefit = number === '5001' ? [`${place}/${formDetailOf(block.details, chart, detail).key}`] : [];
  return [block.key, place, ...benefit];
}
