import { text } from '../../src/errors.js';
import { writeCursor } from '../audit-trail/cursor.js';
import { auditTrail } from '../audit-trail/projection.js';
import { nextPageNote } from '../audit-trail/sheets.js';
import { findVouchers, type TrailVoucher, walkInBatches } from '../audit-trail/vouchers.js';
import { turnoverOf } from '../fund-balance/turnover.js';
import { intervalBody } from '../asking/interval.js';
import { type Answer, type Asking, type Export, type Question, type Sheet } from '../asking/question.js';
import { isFiltered } from '../audit-trail/filters.js';
import { askFiltered, exportFiltered } from './filtered.js';
import { askLine, exportLine } from './of-line.js';
import { AccountLedgerParameters } from './parameters.js';
import { closed, posted, type Running, turnedTo, written } from './running.js';
import { lineBody } from './body.js';
import { begin, broughtForward, DEFAULT_LIMIT, type Turning } from './turning.js';
import { type EntryLine, type LedgerLine, ledgerSheet, markOf, rowOf } from './sheets.js';

/** 明细账 of an account of one book, or 日记账 of its cash and bank accounts. */
export const accountLedgerQuestion: Question<AccountLedgerParameters> = {
  name: 'account-ledger',
  route: 'account-ledger',
  title: text('明细账与日记账', 'Account ledger and day book'),
  projection: auditTrail,
  parameters: AccountLedgerParameters,
  sheets: ['ledger'],
  ask: async (asking, parameters) =>
    parameters.line === undefined ? askLedger(asking, parameters) : askLine(asking, parameters),
  export: async (asking, parameters) =>
    parameters.line === undefined ? exportLedger(asking, parameters) : exportLine(asking, parameters),
};

/** The lines of one voucher, behind those that close what lies before its day. */
function listed(
  { account, isDaily }: Turning,
  running: Running,
  voucher: TrailVoucher,
): readonly [LedgerLine[], Running] {
  const [lines, turned] = turnedTo(running, voucher.line.day, isDaily);
  let at = turned;
  const entries = (voucher.event.entries ?? []).flatMap((entry): EntryLine[] => {
    if (!account.matches(entry)) return [];
    at = posted(at, turnoverOf(entry));
    return [{ voucher, entry, balance: at.balance }];
  });
  return [[...lines, ...entries], at];
}

async function askLedger(asking: Asking, parameters: AccountLedgerParameters): Promise<Answer> {
  if (isFiltered(parameters)) return askFiltered(asking, parameters);
  const turning = await begin(asking, parameters);
  const { reading, asked, from, to, isDaily, book, account } = turning;
  const limit = Number.parseInt(parameters.limit ?? DEFAULT_LIMIT, 10);
  const found = await findVouchers(asking, reading.stretch, reading.filter, limit + 1);
  const lines: LedgerLine[] = [turning.first];
  let { running } = turning;
  for (const voucher of found.slice(0, limit)) {
    const [more, at] = listed(turning, running, voucher);
    lines.push(...more);
    running = at;
  }
  const following = found[limit];
  let next: string | null = null;
  if (following) {
    const [more, at] = turnedTo(running, following.line.day, isDaily);
    lines.push(...more, broughtForward('carried-forward', at));
    const place = { ...found[limit - 1]!.line, pinned: reading.stretch.until, carried: written(at, from, to) };
    next = await writeCursor(place, asked, asking.store);
  } else lines.push(...closed(running, to, isDaily));
  const sheet = ledgerSheet(account, book, { from, to, isDaily });
  return {
    position: reading.stretch.until,
    body: {
      ...intervalBody({ from, to }, parameters),
      fund: asked['fund'],
      unit: asked['unit'],
      account: asked['account'],
      form: isDaily ? 'day-book' : 'ledger',
      lines: lines.map(lineBody),
      next,
    },
    sheets: [
      {
        ...sheet,
        rows: lines.map(rowOf),
        marks: lines.map(markOf),
        ...(next !== null && { ways: [nextPageNote(next)] }),
      },
    ],
  };
}

/** The whole ledger from the cursor on, where there is one; a page of it only for whoever asks for so many vouchers. */
async function exportLedger(asking: Asking, parameters: AccountLedgerParameters): Promise<Export> {
  if (parameters.limit !== undefined) return askLedger(asking, parameters);
  if (isFiltered(parameters)) return exportFiltered(asking, parameters);
  const turning = await begin(asking, parameters);
  const { reading, from, to, isDaily, book, account } = turning;
  return {
    position: reading.stretch.until,
    body: { ...intervalBody({ from, to }, parameters), next: null },
    sheets: [{ ...ledgerSheet(account, book, { from, to, isDaily }), rows: rowsOn(asking, turning) }],
  };
}

async function* rowsOn(asking: Asking, turning: Turning): AsyncIterable<Sheet['rows']> {
  const { reading, to, isDaily, first } = turning;
  let { running } = turning;
  yield [rowOf(first)];
  for await (const vouchers of walkInBatches(asking, reading.stretch, reading.filter)) {
    const lines: LedgerLine[] = [];
    for (const voucher of vouchers) {
      const [more, at] = listed(turning, running, voucher);
      lines.push(...more);
      running = at;
    }
    yield lines.map(rowOf);
  }
  yield closed(running, to, isDaily).map(rowOf);
}
