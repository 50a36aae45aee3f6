import { CodeList } from '../text/codes.js';
import { memoWithdrawal } from './correcting/memo-withdrawal.js';
import { disclosure } from './registers/disclosure.js';
import { indicators } from './registers/indicators.js';
import { enrolmentCount } from './registers/enrolment-count.js';
import { budgetAdjustment } from './planning/budget-adjustment.js';
import { caseClosing } from './enforcement/case-closing.js';
import { caseOpening } from './enforcement/case-opening.js';
import { leadClosing } from './enforcement/lead-closing.js';
import { leadDispatch } from './enforcement/lead-dispatch.js';
import { leadReceipt } from './enforcement/lead-receipt.js';
import { qualityDepositRelease } from './agreements/quality-deposit-release.js';
import { qualityDepositHold } from './agreements/quality-deposit-hold.js';
import { paymentRelease } from './agreements/payment-release.js';
import { paymentSuspension } from './agreements/payment-suspension.js';
import { agreementTermination } from './agreements/agreement-termination.js';
import { agreementSuspension } from './agreements/agreement-suspension.js';
import { agreementSigning } from './agreements/agreement-signing.js';
import { budgetApproval } from './planning/budget-approval.js';
import { periodClose } from './closing/period-close.js';
import { periodReopening } from './closing/period-reopening.js';
import { yearClose } from './closing/year-close.js';
import { claimAudit } from './enforcement/claim-audit.js';
import { creditRating } from './enforcement/credit-rating.js';
import { penalty } from './enforcement/penalty.js';
import { ledgerRestored } from './notices/ledger-restored.js';
import { contribution } from './collecting/contribution.js';
import { contributionRecognition } from './collecting/contribution-recognition.js';
import { contributionRefund } from './collecting/contribution-refund.js';
import { donation } from './collecting/donation.js';
import { pendingAllocation } from './collecting/pending-allocation.js';
import { suspenseReceipt } from './collecting/suspense-receipt.js';
import { suspenseRelease } from './collecting/suspense-release.js';
import { fundingDown } from './between-levels/funding-down.js';
import { fundingReceived } from './between-levels/funding-received.js';
import { interest } from './collecting/interest.js';
import { lateFee } from './collecting/late-fee.js';
import { moneyMovement } from './between-accounts/money-movement.js';
import { openingCorrection } from './opening/opening-correction.js';
import { priorYearCorrection } from './correcting/prior-year-correction.js';
import { transferOpening } from './opening/transfer-opening.js';
import { openingBalance } from './opening/opening-balance.js';
import { payout } from './paying/payout.js';
import { recovery } from './enforcement/recovery.js';
import { remittanceReceived } from './between-levels/remittance-received.js';
import { remittanceUp } from './between-levels/remittance-up.js';
import { reversal } from './correcting/reversal.js';
import { subsidy } from './collecting/subsidy.js';
import { thirdPartyReimbursement } from './paying/third-party-reimbursement.js';
import { advanceClearing } from './advances/advance-clearing.js';
import { advancePayment } from './advances/advance-payment.js';
import { advanceReturn } from './advances/advance-return.js';
import { advanceWriteOff } from './advances/advance-write-off.js';
import { inboundCareFunding } from './off-site/inbound-care-funding.js';
import { inboundCarePayment } from './off-site/inbound-care-payment.js';
import { liabilityWriteOff } from './reserves/liability-write-off.js';
import { loan } from './reserves/loan.js';
import { loanRepayment } from './reserves/loan-repayment.js';
import { riskFundAllocation } from './reserves/risk-fund-allocation.js';
import { riskFundUse } from './reserves/risk-fund-use.js';
import { contractPenalty } from './enforcement/contract-penalty.js';
import { misdirectedFine } from './enforcement/misdirected-fine.js';
import { misdirectedFineForwarding } from './enforcement/misdirected-fine-forwarding.js';
import { personalAccountCredit } from './paying/personal-account-credit.js';
import { personalTransferIn } from './paying/personal-transfer-in.js';
import { personalTransferOut } from './paying/personal-transfer-out.js';
import { personalTransferReturn } from './paying/personal-transfer-return.js';
import { seriousIllnessPremium } from './paying/serious-illness-premium.js';
import { seriousIllnessSettlement } from './paying/serious-illness-settlement.js';
import { accountAdoption } from './reference/account-adoption.js';
import { collectionWindowAdoption } from './reference/collection-window-adoption.js';
import { fundAdoption } from './reference/fund-adoption.js';
import { policyAdoption } from './reference/policy-adoption.js';
import { referenceSet } from './reference/reference-set.js';
import { unitAdoption } from './reference/unit-adoption.js';
import { type AdoptionKind, type CommandKind, type EventKind, type SentKind } from '../kinds/kind.js';

/** Every kind of command that is posted to a book or stands beside one. A new kind is a new file and a line here. */
export const COMMAND_KINDS: readonly CommandKind[] = [
  // Opening.
  openingBalance,
  openingCorrection,
  transferOpening,
  // Collecting.
  contribution,
  lateFee,
  subsidy,
  interest,
  contributionRecognition,
  contributionRefund,
  pendingAllocation,
  donation,
  suspenseReceipt,
  suspenseRelease,
  // Paying.
  payout,
  thirdPartyReimbursement,
  seriousIllnessPremium,
  seriousIllnessSettlement,
  personalAccountCredit,
  personalTransferIn,
  personalTransferOut,
  personalTransferReturn,
  // Advances.
  advancePayment,
  advanceClearing,
  advanceReturn,
  advanceWriteOff,
  // Care away from home.
  inboundCareFunding,
  inboundCarePayment,
  // Reserves and loans.
  riskFundAllocation,
  riskFundUse,
  loan,
  loanRepayment,
  liabilityWriteOff,
  // Between the accounts of a book.
  moneyMovement,
  // Between levels.
  remittanceUp,
  remittanceReceived,
  fundingDown,
  fundingReceived,
  // Enforcement.
  recovery,
  penalty,
  claimAudit,
  creditRating,
  leadReceipt,
  leadDispatch,
  leadClosing,
  caseOpening,
  caseClosing,
  contractPenalty,
  misdirectedFine,
  misdirectedFineForwarding,
  // Agreements with providers.
  agreementSigning,
  agreementSuspension,
  agreementTermination,
  paymentSuspension,
  paymentRelease,
  qualityDepositHold,
  qualityDepositRelease,
  // Planning.
  budgetApproval,
  budgetAdjustment,
  // Registers.
  enrolmentCount,
  indicators,
  disclosure,
  // Closing.
  periodClose,
  periodReopening,
  yearClose,
  // Correcting: of vouchers, and of memos.
  reversal,
  priorYearCorrection,
  memoWithdrawal,
];

/** Every change of the reference data. */
export const ADOPTION_KINDS: readonly AdoptionKind[] = [
  referenceSet,
  fundAdoption,
  unitAdoption,
  accountAdoption,
  policyAdoption,
  collectionWindowAdoption,
];

/** Everything that can be sent. */
export const SENT_KINDS: readonly SentKind[] = [...COMMAND_KINDS, ...ADOPTION_KINDS];

/** Every kind of event there is: what was commanded, and what the ledger itself says. */
export const EVENT_KINDS: readonly EventKind[] = [...SENT_KINDS, ledgerRestored];

/** The kinds as they are called. */
export const KINDS = new CodeList(SENT_KINDS.map(({ kind, name }) => ({ code: kind, name })));

const BY_KIND = new Map(COMMAND_KINDS.map((kind) => [kind.kind, kind]));
const BY_SENT_KIND = new Map(SENT_KINDS.map((kind) => [kind.kind, kind]));
const BY_EVENT = new Map(EVENT_KINDS.map((kind) => [kind.event, kind]));

/** A kind that is posted to a book or stands beside one. */
export const findKind = (kind: string): CommandKind | undefined => BY_KIND.get(kind);

/** The kind of a word from a file's `kind` column: whatever can be sent. */
export const findSentKind = (kind: string): SentKind | undefined => BY_SENT_KIND.get(kind);

/** The kind that an event type belongs to. */
export const findKindOfEvent = (event: string): EventKind | undefined => BY_EVENT.get(event);
