import { by, PRACTICE } from './sources.js';
import { refusal, type Text, text } from '../errors.js';
import { type Fen, formatFen, parseFen } from '../money.js';

/**
 * The register that a stream of memos is: of one case, one agreement, one budget. Its state is every memo of it, since
 * a decision may turn on any; they are few.
 */
export type Register = Map<number, Memo>;

/** A memo of a register as the decider needs it. Withdrawals are no memos of their own here. */
export interface Memo {
  readonly kind: string;
  readonly fund: string;
  readonly unit: string;
  readonly businessDate: string;
  /** The revision of the memo that it answers. */
  readonly answers?: number | undefined;
  /** What it adds to the amount that the register holds, or takes from it, in fen. */
  readonly adds?: Fen | undefined;
  /** The business day from which it is withdrawn; undefined while it stands. */
  readonly withdrawnOn?: string | undefined;
}

/** A memo that must stand in the register, or must not, and what is said where that is otherwise. */
interface Other {
  readonly kind: string;
  readonly says: Text;
}

/** What a memo asks of the others that stand in its register. */
export interface RegisterRule {
  /** The memo that it answers: the last of a kind that stands, no later than it. The event names it. */
  readonly answers?: Other;
  /** None of these may stand: what is recorded once, and what ends it. */
  readonly unless?: readonly Other[];
  /**
   * What it adds to the amount that the register holds, in yuan with two places, with a minus where it takes from it:
   * at the end of no business day may less than nothing be held.
   */
  readonly adds?: string;
}

/**
 * Whether a memo may be the next of its register. Returns the revision of the memo that it answers.
 * @throws LedgerError refused, with what stands there or is missing
 */
export function demandRegister(
  register: Register,
  stream: string,
  { answers, unless = [], adds }: RegisterRule,
  businessDate: string,
): number | undefined {
  const answered = answers && demandAnswered(register, stream, answers, businessDate);
  for (const { kind, says } of unless) {
    const other = lastStanding(register, kind);
    if (other === undefined) continue;
    const expected = text(`${says.zh}；再登记须先撤销`, `${says.en}; it is recorded again once that is withdrawn`);
    throw refusal('', 'stands-in-register', by(PRACTICE, says), expected, `${stream}-${other}`);
  }
  if (adds !== undefined) demandHeld(register, businessDate, parseFen(adds), '/amount');
  return answered;
}

function demandAnswered(register: Register, stream: string, { kind, says }: Other, businessDate: string): number {
  const revision = lastStanding(register, kind);
  if (revision === undefined)
    throw refusal(
      '',
      'not-in-register',
      by(PRACTICE, says),
      text(`${says.zh}；先登记 ${kind}`, `${says.en}; ${kind} is recorded first`),
      stream,
    );
  const { businessDate: day } = register.get(revision)!;
  if (businessDate >= day) return revision;
  throw refusal(
    '/businessDate',
    'before-the-original',
    by(PRACTICE, text('日期早于所指的一笔', 'it is dated before what it answers')),
    text(`不早于 ${day}（${stream}-${revision}）`, `no earlier than ${day} (${stream}-${revision})`),
    businessDate,
  );
}

/**
 * Whether a memo may be withdrawn: what others stand on goes last, and its withdrawal is of the same fund and unit.
 * @throws LedgerError refused
 */
export function demandWithdrawable(
  register: Register,
  id: string,
  revision: number,
  { fund, unit, businessDate }: { readonly fund: string; readonly unit: string; readonly businessDate: string },
): void {
  const memo = register.get(revision);
  const refuse = (code: string, says: Text, expected: Text, got = id) =>
    refusal('/withdraws', code, by(PRACTICE, says), expected, got);
  if (!memo)
    throw refuse(
      'is-a-withdrawal',
      text('撤销本身不能再被撤销', 'a withdrawal cannot itself be withdrawn'),
      text('备查本身', 'a memo that is no withdrawal'),
    );
  if (memo.fund !== fund || memo.unit !== unit)
    throw refuse(
      'of-another-book',
      text('撤销须与所撤销的备查同一基金、同一单位', 'a withdrawal is of the fund and unit of what it withdraws'),
      text(`基金 ${memo.fund}、单位 ${memo.unit}`, `fund ${memo.fund}, unit ${memo.unit}`),
      `${fund}, ${unit}`,
    );
  const [answer] = [...register].find(([, each]) => each.answers === revision && each.withdrawnOn === undefined) ?? [];
  if (answer !== undefined)
    throw refuse(
      'answered-in-register',
      text('其后的备查以它为据，须先撤销', 'another memo stands on it and is withdrawn first'),
      text('没有其他备查以它为据', 'a memo on which no other stands'),
      `${id.slice(0, id.lastIndexOf('-'))}-${answer}`,
    );
  if (memo.adds !== undefined) demandHeld(register, businessDate, -memo.adds, '/withdraws');
}

/** At the end of no business day may the register hold less than nothing, in whatever order it was recorded. */
function demandHeld(register: Register, from: string, change: Fen, pointer: string): void {
  if (change >= 0n) return;
  const days = new Map<string, Fen>();
  const add = (day: string, fen: Fen): void => void days.set(day, (days.get(day) ?? 0n) + fen);
  for (const { businessDate, adds = 0n, withdrawnOn } of register.values()) {
    add(businessDate, adds);
    if (withdrawnOn !== undefined) add(withdrawnOn, -adds);
  }
  add(from, 0n);
  let held = 0n;
  for (const [day, fen] of [...days].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    held += fen;
    if (day < from || held + change >= 0n) continue;
    throw refusal(
      pointer,
      'register-short',
      by(PRACTICE, text(`${day} 登记簿只有 ${formatFen(held)}`, `the register holds ${formatFen(held)} on ${day}`)),
      text(`不超过 ${formatFen(held)}（${day}）`, `at most ${formatFen(held)} (${day})`),
      formatFen(-change),
    );
  }
}

function lastStanding(register: Register, kind: string): number | undefined {
  let last: number | undefined;
  for (const [revision, memo] of register) if (memo.kind === kind && memo.withdrawnOn === undefined) last = revision;
  return last;
}

/** The memo that an event is. */
export const memoOf = (event: {
  readonly kind: string;
  readonly fund?: string;
  readonly unit?: string;
  readonly businessDate: string;
  readonly answers?: string;
  readonly adds?: string;
}): Memo => ({
  kind: event.kind,
  fund: event.fund!,
  unit: event.unit!,
  businessDate: event.businessDate,
  answers: event.answers === undefined ? undefined : revisionOf(event.answers),
  adds: event.adds === undefined ? undefined : parseFen(event.adds),
});

/** The revision in the id of an event. */
export const revisionOf = (id: string): number => Number.parseInt(id.slice(id.lastIndexOf('-') + 1), 10);
