import { type Direction } from '../../src/books/transfers.js';
import { type Fen } from '../../src/money.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type UnitFlow } from '../provincial-consolidation/transfers.js';

/** What one unit gave the others of a fund in an interval and took from them, in fen; what was taken back is off. */
export interface UnitNet {
  readonly unit: string;
  readonly remittedUp: Fen;
  readonly fundedDown: Fen;
  readonly receivedFromBelow: Fen;
  readonly receivedFromAbove: Fen;
  /** What it took less what it gave: more than nothing where others paid for it. */
  readonly net: Fen;
  /** What it spent itself, other levels aside. */
  readonly ownExpenditure: Fen;
}

/** Who funded whom in a fund: what the unit of a row sent to the unit of a column. */
export interface Matrix {
  readonly fund: Fund;
  readonly senders: readonly string[];
  readonly receivers: readonly string[];
  readonly flows: readonly UnitFlow[];
  readonly units: readonly UnitNet[];
}

/**
 * Draws up who funded whom, the units in the order given. Pure.
 * @param order the codes of all units, each before those below it
 * @param spent what each unit that has a book spent itself
 */
export function matrixOf(
  fund: Fund,
  order: readonly string[],
  flows: readonly UnitFlow[],
  spent: ReadonlyMap<string, Fen>,
): Matrix {
  const isNamed = (code: string | null): code is string => code !== null;
  const placed = (codes: readonly (string | null)[]): string[] => {
    const named = new Set(codes.filter(isNamed));
    // A unit that was closed since stands behind those there are.
    return [...order.filter((code) => named.has(code)), ...[...named].filter((code) => !order.includes(code))];
  };
  const senders = placed(flows.map(({ sender }) => sender));
  const receivers = placed(flows.map(({ receiver }) => receiver));
  const units = placed([...senders, ...receivers, ...spent.keys()]).map((unit): UnitNet => {
    const sum = (direction: Direction, side: 'sent' | 'received'): Fen =>
      flows.reduce((total, flow) => {
        const own = side === 'sent' ? flow.sender : flow.receiver;
        return flow.direction === direction && own === unit ? total + flow[side] : total;
      }, 0n);
    const given = { remittedUp: sum('up', 'sent'), fundedDown: sum('down', 'sent') };
    const taken = { receivedFromBelow: sum('up', 'received'), receivedFromAbove: sum('down', 'received') };
    const net = taken.receivedFromBelow + taken.receivedFromAbove - given.remittedUp - given.fundedDown;
    return { unit, ...given, ...taken, net, ownExpenditure: spent.get(unit) ?? 0n };
  });
  return { fund, senders, receivers, flows, units };
}

/** What one unit sent another, both ways together. */
export const sentBetween = ({ flows }: Matrix, from: string, to: string): Fen =>
  flows.reduce((sum, { sender, receiver, sent }) => (sender === from && receiver === to ? sum + sent : sum), 0n);
