import { parseLedgerLine, SHARES } from '../../src/books/entries.js';
import { type Text, text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { type Chart, isOfFund } from '../../src/reference/chart.js';
import { type Turnover } from '../fund-balance/lines.js';
import { plus, UNMOVED } from '../fund-balance/turnover.js';
import { STATUTORY } from '../statements/places.js';

/** What one ledger line, or some of them together, had, moved and has in a period. */
export interface PeriodAmounts {
  /** Debit positive. */
  readonly opening: Fen;
  readonly period: Turnover;
  readonly year: Turnover;
  readonly closing: Fen;
}

/** The same, and in the period that it is compared with, where there is one. */
export interface Amounts extends PeriodAmounts {
  readonly compared?: PeriodAmounts | undefined;
}

/** 1 a statutory account, 2 an account or detail beneath it, 3 a share. */
export type Level = 1 | 2 | 3;

/** A row of the trial balance. */
export interface AccountRow extends Amounts {
  /** The ledger line that it is of; a statutory account that is none of the chart's own is known by its number. */
  readonly key: string;
  readonly number: string;
  readonly name: Text;
  readonly level: Level;
  /** How far it is set in. */
  readonly depth: number;
  /** Whether it is of what stands on the account itself, beside its details. */
  readonly isUndivided?: boolean;
}

interface Node {
  readonly key: string;
  readonly number: string;
  readonly name: Text;
  readonly below: Map<string, Node>;
  /** What stands on it and on nothing below it, by share; under the empty text where it has none. */
  readonly own: Map<string, Amounts>;
}

export const NOTHING: Amounts = {
  opening: 0n,
  period: UNMOVED,
  year: UNMOVED,
  closing: 0n,
};

const addPeriods = (one: PeriodAmounts, other: PeriodAmounts): PeriodAmounts => ({
  opening: one.opening + other.opening,
  period: plus(one.period, other.period),
  year: plus(one.year, other.year),
  closing: one.closing + other.closing,
});

/** Amounts added up. */
export const addAmounts = (one: Amounts, other: Amounts): Amounts => ({
  ...addPeriods(one, other),
  ...((one.compared ?? other.compared) && {
    compared: addPeriods(one.compared ?? NOTHING, other.compared ?? NOTHING),
  }),
});

/** Of the other period its movements and its closing balance are shown, and nothing else counts. */
const isNothing = ({ compared, opening, period, year, closing }: Amounts): boolean =>
  [opening, ...sidesIn(period), ...sidesIn(year), closing].every((amount) => amount === 0n) &&
  (compared === undefined || [...sidesIn(compared.period), compared.closing].every((amount) => amount === 0n));

const sidesIn = ({ debit, credit }: Turnover): Fen[] => [debit, credit];

/**
 * The rows of a trial balance by the levels of the chart: statutory account, accounts and details by their numbers,
 * shares. Where something stands on an account itself beside its details, it has a row among them, so that a row is
 * the sum of those beneath it. Pure.
 * @param lines by ledger line
 * @param withZeros whether every account and detail of the fund is listed, whatever stands on it
 */
export function accountRows(
  chart: Chart,
  fund: string,
  lines: ReadonlyMap<string, Amounts>,
  level: Level,
  withZeros: boolean,
): AccountRow[] {
  const top = new Map<string, Node>();
  if (withZeros)
    for (const account of chart.all.filter((each) => isOfFund(each, fund) && !each.closed))
      for (const line of [account.key, ...chart.detailsOf(account.key, fund).map(({ key }) => key)])
        nodeOf(top, chart, line);
  for (const [line, amounts] of lines) {
    const { own } = nodeOf(top, chart, line);
    const share = parseLedgerLine(line).share ?? '';
    own.set(share, addAmounts(own.get(share) ?? NOTHING, amounts));
  }
  return inOrder(top).flatMap((node) => rowsOf(node, 0, level, withZeros));
}

/** The node of a ledger line without its share, made where there is none yet. */
function nodeOf(top: Map<string, Node>, chart: Chart, line: string): Node {
  const { account, detail } = parseLedgerLine(line);
  const row = chart.find(account);
  const number = row?.number ?? account;
  const statutory = number.slice(0, 4);
  const above = chart.all.find((each) => each.number === statutory);
  const name = above?.name ?? STATUTORY[statutory] ?? row?.name ?? text(account, account);
  let node = childOf(top, above?.key ?? statutory, statutory, name);
  if (number !== statutory) node = childOf(node.below, account, number, row?.name ?? text(account, account));
  if (detail === undefined) return node;
  const found = chart.detail(account, detail);
  const between = (row?.detailRows ?? [])
    .filter((each) => found && each.key !== found.key && isBeneath(found.number, each.number))
    .toSorted((one, other) => one.number.length - other.number.length);
  for (const each of between) node = childOf(node.below, each.key, each.number, each.name);
  const key = `${account}/${detail}`;
  return childOf(node.below, key, found?.number ?? number, found?.name ?? text(detail, detail));
}

/**
 * The rows of a trial balance that a ledger line is on, from the statutory account down, its share with them: by their
 * keys, and with `~` before it the row of what stands on its last account or detail itself.
 */
export function rowsWith(chart: Chart, line: string): string[] {
  const top = new Map<string, Node>();
  const { key } = nodeOf(top, chart, line);
  const keys: string[] = [];
  for (let nodes = top; nodes.size > 0; nodes = [...nodes.values()][0]!.below) keys.push(...nodes.keys());
  const { share } = parseLedgerLine(line);
  return [...keys, `~${key}`, ...(share === undefined ? [] : [`${key}@${share}`])];
}

/** Whether it is numbered beneath another: `5001.0103` and `5001.01.03` beneath `5001.01`. */
const isBeneath = (number: string, above: string): boolean =>
  number.startsWith(above) && /^(\.|[0-9]{2})/.test(number.slice(above.length));

function childOf(nodes: Map<string, Node>, key: string, number: string, name: Text): Node {
  const known = nodes.get(key);
  if (known) return known;
  const made: Node = { key, number, name, below: new Map(), own: new Map() };
  nodes.set(key, made);
  return made;
}

const inOrder = (nodes: ReadonlyMap<string, Node>): Node[] =>
  [...nodes.values()].toSorted((one, other) => (`${one.number} ${one.key}` < `${other.number} ${other.key}` ? -1 : 1));

/** All that stands on a node and below it. */
const sumOf = ({ own, below }: Node): Amounts =>
  [...own.values(), ...[...below.values()].map(sumOf)].reduce(addAmounts, NOTHING);

const UNDIVIDED = text('未分明细', 'Without a detail');

function rowsOf(node: Node, depth: number, most: Level, withZeros: boolean): AccountRow[] {
  const sum = sumOf(node);
  if (!withZeros && isNothing(sum)) return [];
  const { key, number, name, own, below } = node;
  const rows: AccountRow[] = [{ key, number, name, level: depth === 0 ? 1 : 2, depth, ...sum }];
  const details = most === 1 ? [] : inOrder(below).flatMap((each) => rowsOf(each, depth + 1, most, withZeros));
  if (details.length === 0) return [...rows, ...sharesOf(node, depth + 1, most, withZeros)];
  const itself: Node = { key, number, name: UNDIVIDED, below: new Map(), own };
  const [first, ...shares] = isNothing(sumOf(itself)) ? [] : rowsOf(itself, depth + 1, most, withZeros);
  const rest = first ? [{ ...first, isUndivided: true }, ...shares] : [];
  return [...rows, ...rest, ...details];
}

function sharesOf({ key, number, own }: Node, depth: number, most: Level, withZeros: boolean): AccountRow[] {
  if (most < 3) return [];
  return SHARES.codes.flatMap((share): AccountRow[] => {
    const amounts = own.get(share);
    if (!amounts || (!withZeros && isNothing(amounts))) return [];
    return [{ key: `${key}@${share}`, number, name: SHARES.nameOf(share), level: 3, depth, ...amounts }];
  });
}
