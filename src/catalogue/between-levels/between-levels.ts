import { by, SIFAS } from '../../books/sources.js';
import { credit, debit, type Entry } from '../../books/entries.js';
import { type Adopted } from '../../reference/adopted.js';
import { listed } from '../../text/codes.js';
import { refusal, type Text, text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { Reference } from '../../kinds/fields.js';
import { AmountCommand, type LedgerCommand } from '../../kinds/commands.js';
import { shareOf } from '../../kinds/shares.js';
import { UnitCode } from '../../kinds/adopted-fields.js';

/**
 * What passes between levels of administration is two vouchers in two books that share a transfer number:
 * expenditure of one and income of the other, which eliminate each other in the consolidation.
 */
export class TransferCommand extends AmountCommand {
  @Reference(text('上下级往来号', 'transfer'))
  transferId!: string;
}

/** The unit on the other side. */
export const OtherUnit = (name: Text): PropertyDecorator => UnitCode(name);

/** Money leaves the book. It is the pool's: personal accounts stay with their persons. */
export function sendEntries(
  adopted: Adopted,
  command: TransferCommand,
  expenditure: string,
  account = 'fiscal-account',
): Entry[] {
  const amount = parseFen(command.amount);
  return [debit(expenditure, amount, { share: shareOf(adopted, command, 'pool') }), credit(account, amount)];
}

/** Money reaches the book. */
export function receiveEntries(
  adopted: Adopted,
  command: TransferCommand,
  income: string,
  account = 'fiscal-account',
): Entry[] {
  const amount = parseFen(command.amount);
  return [debit(account, amount), credit(income, amount, { share: shareOf(adopted, command, 'pool') })];
}

/** Refuses a unit that is not the one directly above the command's own. */
export function demandAbove(adopted: Adopted, { unit }: LedgerCommand, other: string, pointer: string): void {
  const parent = adopted.units.find(unit)?.parent;
  if (parent === other) return;
  throw refusal(
    pointer,
    'not-the-unit-above',
    by(SIFAS, text(`${other} 不是 ${unit} 的上级单位`, `${other} is not the unit above ${unit}`)),
    parent === undefined
      ? text('有上级的核算单位', 'a book of a unit with one above it')
      : listed(adopted.units, [parent]),
    other,
  );
}

/** Refuses a unit that is not directly below the command's own. */
export function demandBelow(adopted: Adopted, { unit }: LedgerCommand, other: string, pointer: string): void {
  if (adopted.units.find(other)?.parent === unit) return;
  const below = adopted.below(unit);
  const { zh, en } = listed(adopted.units, below);
  throw refusal(
    pointer,
    'not-a-unit-below',
    by(SIFAS, text(`${other} 不是 ${unit} 的下级单位`, `${other} is not a unit below ${unit}`)),
    below.length === 0
      ? text('有下级的核算单位', 'a book of a unit with others below it')
      : text(`${zh} 之一`, `one of ${en}`),
    other,
  );
}
