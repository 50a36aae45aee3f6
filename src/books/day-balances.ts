import { type Fen } from '../money.js';
import { namedParts, unnamedLine } from './register-lines.js';

/** The balances of one guarded line at the end of the days on which it moved, in their order. */
interface LineDays {
  readonly days: string[];
  /** In fen; less than nothing is what may not be. */
  readonly closings: Fen[];
}

/** What moved on a guarded line, on each of its days in their order, in fen, more being better. */
export interface LineMovements {
  readonly line: string;
  readonly days: readonly string[];
  readonly effects: readonly Fen[];
}

/** Why a line cannot bear an effect from a day on. */
export interface Shortfall {
  /** The first day at whose end the effect would leave the line below zero, and what the line holds then, in fen. */
  readonly day: string;
  readonly balance: Fen;
  /** The least that the line holds at the end of any day from the effect's on: what may be taken from it. */
  readonly least: Fen;
  /** The first day from which on the line could bear the effect; undefined where it cannot today. */
  readonly coveredFrom: string | undefined;
}

/**
 * What the guarded lines of a book hold at the end of every business day. Vouchers mostly come in the order of their
 * days, and then only the last balance changes; one of an earlier day changes all those behind it. A line has as many
 * balances as days on which it moved since the last year that is closed.
 */
export class DayBalances {
  private readonly lines: Map<string, LineDays>;
  /** Lines that no copy shares: they are changed where they stand. */
  readonly #own = new Set<string>();

  private constructor(lines: Map<string, LineDays>) {
    this.lines = lines;
  }

  static empty(): DayBalances {
    return new DayBalances(new Map());
  }

  /** What moved on each line, on its days in their order. */
  static ofLines(lines: Iterable<LineMovements>): DayBalances {
    const balances = DayBalances.empty();
    for (const { line, days, effects } of lines) {
      let closing = 0n;
      balances.lines.set(line, { days: [...days], closings: effects.map((effect) => (closing += effect)) });
    }
    for (const [line, { days, closings }] of balances.lines) {
      const named = namedParts(line);
      if (named)
        balances.draw(
          named.account,
          days,
          closings.map((closing) => -shortOf(closing)),
        );
    }
    return balances;
  }

  /** A copy that can be changed, or the book that it is of, without the other: what changes is copied then. */
  copy(): DayBalances {
    this.#own.clear();
    return new DayBalances(new Map(this.lines));
  }

  /** The guarded lines that have ever moved. */
  get names(): Iterable<string> {
    return this.lines.keys();
  }

  /** What a line holds at the end of a day, in fen, more being better. */
  at(line: string, day: string): Fen {
    return this.daysOf(line).findLast(([on]) => on <= day)?.[1] ?? 0n;
  }

  /** The balances of a line, a day and its closing each; for comparing and showing. */
  daysOf(line: string): readonly (readonly [day: string, closing: Fen])[] {
    const { days, closings } = this.lines.get(line) ?? NOTHING;
    return days.map((day, index) => [day, closings[index]!]);
  }

  /**
   * Takes what happened on a day into the balances of that day and of all behind it. What is taken off under a name
   * beyond what stands under it is drawn from what was put there under none.
   */
  add(line: string, day: string, effect: Fen): void {
    const { days, closings } = this.addTo(line, day, effect);
    const named = namedParts(line);
    if (!named) return;
    const from = firstFrom(days, day);
    const given = closings.slice(from).map((closing) => shortOf(closing - effect) - shortOf(closing));
    this.draw(named.account, days.slice(from), given);
  }

  /** Gives to what stands under no name, at the end of each day, what a name gives to it or draws from it. */
  private draw(account: string, days: readonly string[], given: readonly Fen[]): void {
    let before = 0n;
    for (const [index, day] of days.entries()) {
      const now = given[index]!;
      if (now !== before) this.addTo(unnamedLine(account), day, now - before);
      before = now;
    }
  }

  private addTo(line: string, day: string, effect: Fen): LineDays {
    const own = this.ownLine(line);
    const { days, closings } = own;
    let index = days.length - 1;
    for (; index >= 0 && days[index]! > day; index -= 1) closings[index]! += effect;
    if (days[index] === day) closings[index]! += effect;
    else {
      const before = index < 0 ? 0n : closings[index]!;
      days.splice(index + 1, 0, day);
      closings.splice(index + 1, 0, before + effect);
    }
    return own;
  }

  /** Makes one day of all up to a day: nothing is ever dated there again, so that only its last balances count. */
  fold(last: string): void {
    for (const name of this.lines.keys()) {
      const { days, closings } = this.ownLine(name);
      const folded = days.findLastIndex((day) => day <= last);
      if (folded < 0) continue;
      days.splice(0, folded + 1, last);
      closings.splice(0, folded);
    }
  }

  /**
   * What keeps a line from bearing an effect of a day: a day from then on at whose end it would be below zero.
   * Undefined where nothing does, and for an effect that takes nothing away: what stood below zero before may always
   * get better.
   */
  shortfall(line: string, day: string, effect: Fen): Shortfall | undefined {
    if (effect >= 0n) return undefined;
    const { days, closings } = this.heldFrom(line, day);
    const wanted = -effect;
    let least: Fen | undefined;
    let short: Pick<Shortfall, 'day' | 'balance' | 'coveredFrom'> | undefined;
    for (let index = days.length - 1; ; index -= 1) {
      // What the day begins with is what it ends with, where nothing has moved on it yet.
      const isTheDay = index < 0 || days[index]! <= day;
      const balance = closings[index] ?? 0n;
      if (least === undefined || balance < least) least = balance;
      if (balance < wanted) {
        const coveredFrom = short ? short.coveredFrom : days[index + 1];
        short = { day: isTheDay ? day : days[index]!, balance, coveredFrom };
      }
      if (isTheDay) return short && { ...short, least };
    }
  }

  /** What can be taken off a line from a day on: under a name also what stands under none and is not drawn yet. */
  private heldFrom(line: string, day: string): LineDays {
    const own = this.lines.get(line) ?? NOTHING;
    const named = namedParts(line);
    if (!named) return own;
    const unnamed = this.lines.get(unnamedLine(named.account)) ?? NOTHING;
    const later = [own, unnamed].flatMap((each) => each.days.slice(firstFrom(each.days, day)));
    const days = [...new Set([day, ...later])].toSorted();
    const closings = days.map((day) => atLeastNothing(closingOf(own, day)) + atLeastNothing(closingOf(unnamed, day)));
    return { days, closings };
  }

  private ownLine(line: string): LineDays {
    const known = this.lines.get(line);
    if (known && this.#own.has(line)) return known;
    const own = { days: [...(known?.days ?? [])], closings: [...(known?.closings ?? [])] };
    this.lines.set(line, own);
    this.#own.add(line);
    return own;
  }
}

const NOTHING: LineDays = { days: [], closings: [] };

const atLeastNothing = (fen: Fen): Fen => (fen < 0n ? 0n : fen);

/** By how much a balance is below zero. */
const shortOf = (closing: Fen): Fen => atLeastNothing(-closing);

/** The place of the first day that is not before a day. */
function firstFrom(days: readonly string[], day: string): number {
  let index = days.length;
  while (index > 0 && days[index - 1]! >= day) index -= 1;
  return index;
}

/** What a line holds at the end of a day. */
const closingOf = ({ days, closings }: LineDays, day: string): Fen =>
  closings[days.findLastIndex((each) => each <= day)] ?? 0n;
