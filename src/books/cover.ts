import { type LedgerError, refusal, type Text, text } from '../errors.js';
import { type Fen, formatFen } from '../money.js';
import { isMoney } from '../reference/account-kinds.js';
import { type BookState } from './book-state.js';
import { accountName } from './account-name.js';
import { type Shortfall } from './day-balances.js';
import { parseLedgerLine } from './entries.js';
import { type Effect, guardedEffects, PERSONAL } from './guarded-lines.js';
import { type Prepared, type RefersTo } from './prepared.js';
import { namedParts } from './register-lines.js';
import { by, SIFAS, TWO_LINES } from './sources.js';

/**
 * No asset, liability or earmarked net asset may be below zero at the end of any business day, nor the personal
 * accounts of the employee fund together (SIFAS: 收支两条线, no account is overdrawn), whatever the order of recording.
 * What stands below zero already is made no worse.
 * @throws LedgerError refused, with the first such day and what the line holds at its end
 */
export function demandCovered(
  { turnover, days }: Pick<BookState, 'turnover' | 'days'>,
  businessDate: string,
  effects: readonly Effect[],
  { refersTo, registers }: Pick<Prepared, 'refersTo' | 'registers'>,
): void {
  const moved = effects.reduce((sum, { effect }) => sum + (effect < 0n ? -effect : effect), turnover);
  if (moved > MOST_TURNOVER) throw beyondTurnover(moved);
  for (const [line, effect] of guardedEffects(effects, registers)) {
    const shortfall = days.shortfall(line, businessDate, effect);
    if (shortfall) throw belowZero(line, shortfall, -effect, refersTo);
  }
}

/** Read tables add fen up in 64-bit integers; no book comes near these 9 × 10^16 yuan. */
const MOST_TURNOVER = 9_000_000_000_000_000_000n;

function beyondTurnover(turnover: Fen): LedgerError {
  return refusal(
    '/amount',
    'beyond-turnover',
    text('账簿累计发生额超过上限', "the book's turnover would go beyond its limit"),
    text(`累计不超过 ${formatFen(MOST_TURNOVER)}`, `a turnover of at most ${formatFen(MOST_TURNOVER)}`),
    formatFen(turnover),
  );
}

function belowZero(line: string, { day, balance, ...shortfall }: Shortfall, wanted: Fen, refersTo?: RefersTo) {
  const named = namedParts(line);
  const key = line === PERSONAL ? 'net.personal' : parseLedgerLine(named?.account ?? line).account;
  const name = nameOf(key, named?.name);
  const [held, left] = [formatFen(balance), formatFen(balance - wanted)];
  return refusal(
    '/amount',
    'below-zero',
    by(
      isMoney(key) ? TWO_LINES : SIFAS,
      text(
        `任何一日日终余额不得为负：${name.zh} ${day} 日终余额 ${held}，将为 ${left}`,
        `no day may end below zero: ${name.en} holds ${held} at the end of ${day}, and would hold ${left}`,
      ),
    ),
    wayOut(named ? `${key} ${named.name}` : key, shortfall, refersTo),
    formatFen(wanted),
  );
}

/** An account, and whose part of it: what was advanced to one is not cleared with what another has. */
function nameOf(key: string, of: string | undefined): Text {
  const { zh, en } = accountName(key);
  return of === undefined ? text(zh, en) : text(`${zh}（${of}）`, `${en} of ${of}`);
}

function wayOut(key: string, { least, coveredFrom }: Omit<Shortfall, 'day' | 'balance'>, refersTo?: RefersTo): Text {
  const most = formatFen(least < 0n ? 0n : least);
  const ways = [text(`不超过 ${most}（${key}）`, `at most ${most} (${key})`)];
  if (coveredFrom !== undefined)
    ways.push(text(`业务日期不早于 ${coveredFrom}`, `a business date from ${coveredFrom} on`));
  if (refersTo?.as === 'reverses')
    ways.push(text('先冲销动用该款的凭证', 'the vouchers that spent it taken back first'));
  return text(ways.map(({ zh }) => zh).join('，或'), ways.map(({ en }) => en).join(', or '));
}
