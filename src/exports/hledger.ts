import { effectOf, type Entry, ledgerLine, parseLedgerLine, voucherNumberText } from '../books/entries.js';
import { type Fen, formatFen } from '../money.js';
import { kindOf } from '../reference/account-kinds.js';
import { type Adopted } from '../reference/adopted.js';
import { type ExportedVoucher, type ExportScope } from './vouchers.js';

/** The first names of hledger's accounts: by them it knows what kind of account each is. */
const TOP: Readonly<Record<string, string>> = {
  asset: 'assets',
  liability: 'liabilities',
  net: 'equity',
  income: 'revenues',
  expenditure: 'expenses',
};

/** What each book holds by ledger line, in fen, debit positive. */
type Held = Map<string, Map<string, Fen>>;

/**
 * Vouchers as a journal of hledger: a transaction each, with its number as the code, and its id, kind and book as tags.
 * Accounts are named by their keys, `expenses:employee:460100:benefits:inpatient:pool`; each is declared behind the
 * transactions, with the number and name it has. What was before `from` is brought forward in one transaction a book.
 * Nothing is kept but what each line comes to, so that a journal of any length needs the same memory.
 */
export async function* hledgerJournal(
  vouchers: AsyncIterable<ExportedVoucher>,
  { from }: ExportScope,
  names: Adopted,
): AsyncGenerator<string, void> {
  const before: Held = new Map();
  const used = new Set<string>();
  yield `; 统账 Tongzhang\n; hledger -f FILE bal\n\ncommodity 1000.00 CNY\n`;
  for await (const { id, event } of vouchers) {
    const book = `${event.fund}:${event.unit}`;
    for (const entry of event.entries) used.add(`${book} ${ledgerLine(entry)}`);
    if (from === undefined || event.businessDate >= from) yield transaction(id, event);
    else bringForward(before, book, event.entries);
  }
  for (const [book, lines] of before) yield broughtForward(from!, book, lines);
  yield `\n${[...used]
    .toSorted(byName)
    .map((each) => declaration(each, names))
    .join('')}`;
}

const byName = (one: string, other: string): number => (one < other ? -1 : 1);

function transaction(id: string, event: ExportedVoucher['event']): string {
  const { period, voucherType, voucherNumber, businessDate, note, fund, unit, reverses, corrects, transferId, kind } =
    event;
  const number = voucherNumberText(period!, voucherType!, voucherNumber!);
  const tags = { id, kind, fund, unit, reverses, corrects, transfer: transferId };
  const said = Object.entries(tags).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}:${tagged(value)}`],
  );
  const head = `\n${businessDate} (${number}) ${described(note ?? kind)}  ; ${said.join(', ')}\n`;
  return head + event.entries.map((entry) => posting(`${fund}:${unit}`, ledgerLine(entry), effectOf(entry))).join('');
}

/** Two blanks before the amount end the account's name. */
const posting = (book: string, line: string, effect: Fen): string =>
  `    ${accountName(book, line)}  ${formatFen(effect)} CNY\n`;

function accountName(book: string, line: string): string {
  const { account, detail, share } = parseLedgerLine(line);
  return [TOP[kindOf(account)!], book, account, detail, share].filter((part) => part !== undefined).join(':');
}

function bringForward(held: Held, book: string, entries: readonly Entry[]): void {
  let lines = held.get(book);
  if (!lines) held.set(book, (lines = new Map()));
  for (const entry of entries) {
    const line = ledgerLine(entry);
    lines.set(line, (lines.get(line) ?? 0n) + effectOf(entry));
  }
}

function broughtForward(from: string, book: string, lines: ReadonlyMap<string, Fen>): string {
  const [fund, unit] = book.split(':');
  const postings = [...lines].filter(([, effect]) => effect !== 0n);
  if (postings.length === 0) return '';
  const head = `\n${from} 上期结转 brought forward  ; kind:brought-forward, fund:${fund}, unit:${unit}\n`;
  return head + postings.map(([line, effect]) => posting(book, line, effect)).join('');
}

/** A declaration says what hledger does not need and a reader does: number, name, unit and fund. */
function declaration(used: string, { chart, funds, units }: Adopted): string {
  const [book, line] = used.split(' ') as [string, string];
  const [fund, unit] = book.split(':') as [string, string];
  const { account, detail } = parseLedgerLine(line);
  const row = detail === undefined ? chart.find(account) : chart.detail(account, detail);
  const words = [row?.number, row?.name.zh, units.find(unit)?.name.zh, funds.find(fund)?.name.zh];
  return `account ${accountName(book, line)}  ; ${words.filter((word) => word !== undefined).join(' ')}\n`;
}

/** A description ends at a comment, and a bar in it parts payee and note. */
const described = (note: string): string => note.replaceAll(';', '；').replaceAll('|', '｜');
/** The value of a tag ends at a comma. */
const tagged = (value: string): string => value.replaceAll(',', '，');
