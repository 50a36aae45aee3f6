import { by, NORMS } from '../books/sources.js';
import { LedgerError, refusal, text } from '../errors.js';
import { type Adopted } from '../reference/adopted.js';
import { isAdopted, isTextSeen, notWellFormed } from './check.js';
import { isSamePerson } from './same-person.js';
import { type LedgerCommand } from './commands.js';
import { type CommandKind } from './kind.js';

const SPELLED = text('（大小写与标点不同仍是同一人）', ' (other capitals or marks are no other person)');

/**
 * Why a command that has the shape of its event is not recorded all the same: rules that came when a log already held
 * events without them, and what is not adopted on the business day. They are for what is recorded from now on, so they
 * are no part of an event's schema; the decider raises them behind the look-up of the key, and the audit names them as
 * notes.
 */
export function objectionTo(kind: CommandKind, command: LedgerCommand, adopted: Adopted): LedgerError | undefined {
  if (!isTextSeen(kind.command, command) || !isAdopted(kind.command, command, adopted))
    return notWellFormed(kind, command, adopted);
  return onePerson(command);
}

/** Two people answer for what is recorded. */
export function onePerson({ maker, reviewer }: Pick<LedgerCommand, 'maker' | 'reviewer'>): LedgerError | undefined {
  if (!isSamePerson(maker, reviewer)) return undefined;
  const spelled = maker === reviewer ? text('', '') : SPELLED;
  return refusal(
    '/reviewer',
    'maker-is-reviewer',
    by(NORMS, text('经办与复核不能是同一人', 'maker and reviewer must be two people')),
    text(`不同于 ${maker} 的复核人${spelled.zh}`, `a reviewer other than ${maker}${spelled.en}`),
    reviewer,
  );
}
