import { CodeList } from '../text/codes.js';
import { budgetApproval } from './planning/budget-approval.js';
import { claimAudit } from './enforcement/claim-audit.js';
import { creditRating } from './enforcement/credit-rating.js';
import { penalty } from './enforcement/penalty.js';
import { ledgerRestored } from './notices/ledger-restored.js';
import { contribution } from './collecting/contribution.js';
import { fundingDown } from './between-levels/funding-down.js';
import { fundingReceived } from './between-levels/funding-received.js';
import { interest } from './collecting/interest.js';
import { lateFee } from './collecting/late-fee.js';
import { moneyMovement } from './between-accounts/money-movement.js';
import { openingBalance } from './opening/opening-balance.js';
import { payout } from './paying/payout.js';
import { recovery } from './enforcement/recovery.js';
import { remittanceReceived } from './between-levels/remittance-received.js';
import { remittanceUp } from './between-levels/remittance-up.js';
import { reversal } from './correcting/reversal.js';
import { subsidy } from './collecting/subsidy.js';
import { type CommandKind, type EventKind } from '../kinds/kind.js';

/** Every kind of command the ledger knows. A new kind is a new file and a line here. */
export const COMMAND_KINDS: readonly CommandKind[] = [
  openingBalance,
  contribution,
  lateFee,
  subsidy,
  payout,
  recovery,
  penalty,
  claimAudit,
  creditRating,
  interest,
  moneyMovement,
  remittanceUp,
  remittanceReceived,
  fundingDown,
  fundingReceived,
  reversal,
  // Planning.
  budgetApproval,
];

/** Every kind of event there is: what was commanded, and what the ledger itself says. */
export const EVENT_KINDS: readonly EventKind[] = [...COMMAND_KINDS, ledgerRestored];

/** The kinds as they are called. */
export const KINDS = new CodeList(COMMAND_KINDS.map(({ kind, name }) => ({ code: kind, name })));

const BY_KIND = new Map(COMMAND_KINDS.map((kind) => [kind.kind, kind]));
const BY_EVENT = new Map(EVENT_KINDS.map((kind) => [kind.event, kind]));

/** The kind of a word from a file's `kind` column. */
export const findKind = (kind: string): CommandKind | undefined => BY_KIND.get(kind);

/** The kind that an event type belongs to. */
export const findKindOfEvent = (event: string): EventKind | undefined => BY_EVENT.get(event);
