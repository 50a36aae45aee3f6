import { familyOf } from '../reference/account-kinds.js';
import { type Entry } from './entries.js';

/*
 * What an account of advances, of money held, or of loans holds of each counterparty, region, case or cover year. An
 * event names it in a field of its kind; a line of its own among the guarded ones has what stands for it, and another
 * what was put on the account under no name, as by an opening.
 */

/** What each account that a voucher moves holds it for, by ledger line, e.g. `advances.provider`: `H46010000001`. */
export type Registers = Readonly<Record<string, string>>;

/** The fields of commands that say for whom, or for which year, money is advanced, held or owed. */
interface Naming {
  readonly counterparty?: unknown;
  readonly heldFor?: unknown;
  readonly heldIn?: unknown;
  readonly payer?: unknown;
  readonly advancedTo?: unknown;
  readonly payee?: unknown;
  readonly insuredRegion?: unknown;
  readonly caseId?: unknown;
  readonly coverYear?: unknown;
  readonly coverPeriod?: unknown;
  readonly lender?: unknown;
}

type NameIn = (naming: Naming) => unknown;

const referenceIn = (party: unknown): unknown => (party as { readonly reference?: unknown } | undefined)?.reference;

/** A payout sets off what was advanced to its payee, or to whom it says; of a purchase the fund pays somebody else. */
const advancedToPayee: NameIn = ({ counterparty, advancedTo, payee }) =>
  counterparty ?? advancedTo ?? referenceIn(payee);
const advanced: NameIn = ({ counterparty, advancedTo }) => counterparty ?? advancedTo;
/** A refund of what is held goes to the payer for whom it is, unless it says otherwise. */
const held: NameIn = ({ counterparty, heldFor, heldIn, payer }) =>
  counterparty ?? heldFor ?? (heldIn === undefined ? undefined : referenceIn(payer));

const NAMES: Readonly<Record<string, NameIn>> = {
  'advances.provider': advancedToPayee,
  'advances.emergency': advancedToPayee,
  'suspense.advance-premiums': ({ coverYear, coverPeriod }) =>
    coverYear ?? (typeof coverPeriod === 'string' ? coverPeriod.slice(0, 4) : undefined),
  'suspense.off-site-inbound': ({ insuredRegion, counterparty }) => insuredRegion ?? counterparty,
  'suspense.to-treasury': ({ caseId }) => caseId,
  loans: ({ lender, counterparty }) => lender ?? counterparty,
};

/** How the register of an account is named in an event; null for an account that has none. */
function nameIn(account: string): NameIn | null {
  let name = known.get(account);
  if (name === undefined) {
    const family = familyOf(account);
    const usual = family === 'advances' ? advanced : family === 'suspense' ? held : null;
    known.set(account, (name = Object.hasOwn(NAMES, account) ? NAMES[account]! : usual));
  }
  return name;
}

/** There are as many as the chart has accounts, and they are asked for by the million. */
const known = new Map<string, NameIn | null>();

/** Whether what is put on an account, or taken off it, is for somebody or of a year. */
export const hasRegister = (account: string): boolean => nameIn(account) !== null;

/**
 * For whom, or for which year, the entries of a voucher are; undefined where none of its accounts has a register.
 * @param fields those of its command, or of its event
 */
export function registersOf(fields: object, entries: readonly Entry[] = []): Registers | undefined {
  let registers: Record<string, string> | undefined;
  for (const { account } of entries) {
    const name = nameIn(account)?.(fields);
    if (typeof name === 'string') (registers ??= {})[account] = name;
  }
  return registers;
}

const MARK = '#';

/** The guarded line of what an account's line holds for a name. */
export const namedLine = (line: string, name: string): string => `${line}${MARK}${name}`;

/** The guarded line of what was put on a line under no name, and has not been drawn under one. */
export const unnamedLine = (line: string): string => `${line}${MARK}`;

/** A guarded line of a name, in its parts; undefined for any other. */
export function namedParts(line: string): { readonly account: string; readonly name: string } | undefined {
  const at = line.indexOf(MARK);
  if (at < 0 || at === line.length - 1) return undefined;
  return { account: line.slice(0, at), name: line.slice(at + 1) };
}
