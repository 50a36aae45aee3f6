/**
 * Double-entry bookkeeping once more, by somebody who has not read the production code: it knows the text of the events
 * and the textbook, imports nothing of ours, and adds up debits and credits the slow way. The tests let it audit what
 * the ledger has recorded.
 */

interface WrittenEntry {
  readonly account: string;
  readonly detail?: string;
  readonly share?: string;
  readonly debit?: string;
  readonly credit?: string;
}

interface WrittenEvent {
  readonly kind: string;
  readonly recordedAt: string;
  readonly fund: string;
  readonly unit: string;
  readonly businessDate: string;
  readonly maker: string;
  readonly reviewer: string;
  readonly period?: string;
  readonly voucherType?: string;
  readonly voucherNumber?: number;
  readonly reverses?: string;
  readonly entries?: readonly WrittenEntry[];
}

/** What a book holds, in fen: a debit balance is positive. */
export interface Audit {
  readonly debits: bigint;
  readonly credits: bigint;
  readonly balances: ReadonlyMap<string, bigint>;
  /** Everything that is not as it should be, in words. */
  readonly problems: readonly string[];
}

const ASSETS = ['cash', 'income-account', 'expenditure-account', 'fiscal-account', 'treasury', 'bonds'];

function sideOf(account: string): 'asset' | 'liability' | 'net' | 'income' | 'expenditure' {
  if (ASSETS.includes(account) || account.startsWith('advances.')) return 'asset';
  if (account.startsWith('suspense.') || account === 'loans') return 'liability';
  if (account.startsWith('net.')) return 'net';
  if (account.startsWith('income.') || account.startsWith('pending.')) return 'income';
  return 'expenditure';
}

/** Yuan text to fen, digit by digit. */
function fenOf(written: string | undefined): bigint {
  if (written === undefined) return 0n;
  const match = /^(-?)([0-9]+)\.([0-9])([0-9])$/.exec(written);
  if (!match) throw new Error(`${written} is not an amount as the ledger writes it`);
  let fen = 0n;
  for (const digit of match[2]! + match[3]! + match[4]!) fen = fen * 10n + BigInt(digit.charCodeAt(0) - 48);
  return match[1] === '-' ? -fen : fen;
}

const lineOf = ({ account, detail, share }: WrittenEntry): string =>
  account + (detail === undefined ? '' : `/${detail}`) + (share === undefined ? '' : `@${share}`);

/** Audits one book from the texts of its events, in their order. `stream` is its name, e.g. `book-employee-460100`. */
export function auditBook(stream: string, texts: readonly string[]): Audit {
  const events = texts.map((text) => JSON.parse(text) as WrittenEvent);
  const problems: string[] = [];
  const balances = new Map<string, bigint>();
  const total = { debits: 0n, credits: 0n };
  const lastNumber = new Map<string, number>();
  const reversed = new Set<string>();
  const days = new Map<string, Map<string, bigint>>();
  events.forEach((event, revision) => {
    const say = (problem: string): void => void problems.push(`${stream}-${revision} (${event.kind}): ${problem}`);
    post(event, balances, total, say);
    checkCover(balances, say);
    checkDays(event, days, say);
    checkEquation(balances, say);
    if (event.kind === 'opening-balance' && revision > 2 * reversed.size) say('vouchers stand before the opening');
    checkPaper(event, stream, lastNumber, say);
    if (event.reverses !== undefined) checkReversal(event, events.slice(0, revision), stream, reversed, say);
  });
  return { debits: total.debits, credits: total.credits, balances, problems };
}

type Say = (problem: string) => void;

function post(
  event: WrittenEvent,
  balances: Map<string, bigint>,
  total: { debits: bigint; credits: bigint },
  say: Say,
): void {
  let [debits, credits] = [0n, 0n];
  for (const entry of event.entries ?? []) {
    if ((entry.debit === undefined) === (entry.credit === undefined)) say('an entry needs one side, and one only');
    debits += fenOf(entry.debit);
    credits += fenOf(entry.credit);
    const line = lineOf(entry);
    balances.set(line, (balances.get(line) ?? 0n) + fenOf(entry.debit) - fenOf(entry.credit));
    const kind = sideOf(entry.account);
    const waits = entry.account.startsWith('pending.');
    const shared = event.fund === 'employee' && (kind === 'income' || kind === 'expenditure') && !waits;
    if (shared !== (entry.share !== undefined)) say(`${line} has a share too many or too few`);
  }
  if (debits !== credits) say(`debits ${debits} are not credits ${credits}`);
  total.debits += debits;
  total.credits += credits;
}

function checkCover(balances: ReadonlyMap<string, bigint>, say: Say): void {
  let personal = 0n;
  for (const [line, balance] of balances) {
    const side = sideOf(line.split(/[/@]/)[0]!);
    if (side === 'asset' && balance < 0n) say(`${line} is overdrawn by ${-balance}`);
    if ((side === 'liability' || line === 'net.risk' || line.startsWith('pending.')) && balance > 0n)
      say(`${line} is overpaid by ${balance}`);
    if (line.endsWith('@personal') || line === 'net.personal') personal -= balance;
  }
  if (personal < 0n) say(`the personal accounts are overdrawn by ${-personal}`);
}

/** The end of every day on which something moved so far: no account is short on any of them. */
function checkDays(event: WrittenEvent, days: Map<string, Map<string, bigint>>, say: Say): void {
  const today = days.get(event.businessDate) ?? new Map<string, bigint>();
  days.set(event.businessDate, today);
  for (const entry of event.entries ?? []) {
    const line = lineOf(entry);
    today.set(line, (today.get(line) ?? 0n) + fenOf(entry.debit) - fenOf(entry.credit));
  }
  const balances = new Map<string, bigint>();
  const order = [...days.keys()].sort();
  for (const day of order) {
    for (const [line, effect] of days.get(day)!) balances.set(line, (balances.get(line) ?? 0n) + effect);
    if (day !== order.at(-1)) checkCover(balances, (problem) => say(`at the end of ${day} ${problem}`));
  }
}

function checkEquation(balances: ReadonlyMap<string, bigint>, say: Say): void {
  const sums = { asset: 0n, liability: 0n, net: 0n, income: 0n, expenditure: 0n };
  for (const [line, balance] of balances) sums[sideOf(line.split(/[/@]/)[0]!)] += balance;
  const owned = sums.asset;
  const owed = -sums.liability - sums.net - sums.income - sums.expenditure;
  if (owned !== owed) say(`assets ${owned} are not liabilities, net assets and surplus ${owed}`);
}

function checkPaper(event: WrittenEvent, stream: string, numbers: Map<string, number>, say: Say): void {
  if (stream !== `book-${event.fund}-${event.unit}`) say(`it belongs to ${event.fund} in ${event.unit}`);
  if (event.maker === event.reviewer) say('one person made and reviewed it');
  if (event.kind === 'penalty') say('a penalty stands in a book');
  if (event.period !== event.businessDate.slice(0, 7)) say(`its period is ${event.period}`);
  const series = `${event.period}/${event.voucherType}`;
  const wanted = (numbers.get(series) ?? 0) + 1;
  if (event.voucherNumber !== wanted) say(`its number in ${series} is ${event.voucherNumber}, not ${wanted}`);
  numbers.set(series, wanted);
}

function checkReversal(
  event: WrittenEvent,
  before: readonly WrittenEvent[],
  stream: string,
  reversed: Set<string>,
  say: Say,
): void {
  const id = event.reverses!;
  const original = before.find((_, revision) => `${stream}-${revision}` === id);
  if (!original) return say(`it reverses ${id}, which does not come before it`);
  if (original.kind === 'reversal') say('it reverses a reversal');
  if (reversed.has(id)) say(`${id} is reversed twice`);
  reversed.add(id);
  const effects = (entries: readonly WrittenEntry[] | undefined, sign: bigint): string =>
    (entries ?? [])
      .map((entry) => `${lineOf(entry)} ${sign * fenOf(entry.debit)} ${sign * fenOf(entry.credit)}`)
      .join('; ');
  if (effects(event.entries, -1n) !== effects(original.entries, 1n)) say(`it does not mirror ${id}`);
  if (event.voucherType !== original.voucherType) say(`it left the series of ${id}`);
}
