import { accountLedgerQuestion } from './account-ledger/query.js';
import { auditTrail } from './audit-trail/projection.js';
import { auditTrailQuestion } from './audit-trail/query.js';
import { balanceSheetQuestion } from './balance-sheet/query.js';
import { bookKeys } from './book-keys/projection.js';
import { bookState } from './book-state/projection.js';
import { closingChecklistQuestion } from './closing-checklist/query.js';
import { differenceQuestion } from './difference/query.js';
import { disclosures } from './disclosure/projection.js';
import { disclosureQuestion } from './disclosure/query.js';
import { enforcement } from './enforcement/projection.js';
import { enforcementQuestion } from './enforcement/query.js';
import { finalAccountsQuestion } from './final-accounts/query.js';
import { fundBalance } from './fund-balance/projection.js';
import { fundBalanceQuestion } from './fund-balance/query.js';
import { journalQuestion } from './journal/query.js';
import { likelyDuplicatesQuestion } from './likely-duplicates/query.js';
import { budgetExecution } from './budget-execution/projection.js';
import { budgetExecutionQuestion } from './budget-execution/query.js';
import { earlyWarningQuestion } from './early-warning/query.js';
import { gapSharing } from './gap-sharing/projection.js';
import { gapSharingQuestion } from './gap-sharing/query.js';
import { importedFiles } from './imported-files/projection.js';
import { incomeExpenditureQuestion } from './income-expenditure/query.js';
import { names } from './names/projection.js';
import { netAssets } from './net-assets/projection.js';
import { netAssetsQuestion } from './net-assets/query.js';
import { overviewQuestion } from './overview/query.js';
import { logPlaces } from './log-places/projection.js';
import { periods } from './periods/projection.js';
import { periodsQuestion } from './periods/query.js';
import { type Projection } from './projection.js';
import { provincialConsolidation } from './provincial-consolidation/projection.js';
import { consolidationQuestion } from './provincial-consolidation/query.js';
import { type Question } from './asking/question.js';
import { poolingMatrixQuestion } from './pooling-matrix/query.js';
import { registers } from './registers/projection.js';
import { registersQuestion } from './registers/query.js';
import { trialBalanceQuestion } from './trial-balance/query.js';
import { reference } from './reference/projection.js';
import { referenceQuestion } from './reference/query.js';
import { searchQuestion } from './search/query.js';
import { voucherDaysQuestion } from './voucher-days/query.js';
import { recordedTime } from './recorded-time/projection.js';

/** Every projection of the log. A new one is a new folder and a line here. */
export const PROJECTIONS: readonly Projection[] = [
  bookState,
  recordedTime,
  fundBalance,
  provincialConsolidation,
  auditTrail,
  enforcement,
  budgetExecution,
  netAssets,
  periods,
  registers,
  gapSharing,
  disclosures,
  reference,
  logPlaces,
  importedFiles,
  names,
];

/** The projections of a node whose log is of a kind: one that has no index of keys needs them kept beside it. */
export const projectionsOver = (store: 'sqlite' | 'kurrentdb'): readonly Projection[] =>
  store === 'kurrentdb' ? [...PROJECTIONS, bookKeys] : PROJECTIONS;

/** Every question that can be asked. */
export const QUESTIONS: readonly Question[] = [
  overviewQuestion,
  fundBalanceQuestion,
  consolidationQuestion,
  auditTrailQuestion,
  trialBalanceQuestion,
  accountLedgerQuestion,
  journalQuestion,
  differenceQuestion,
  enforcementQuestion,
  budgetExecutionQuestion,
  earlyWarningQuestion,
  likelyDuplicatesQuestion,
  periodsQuestion,
  registersQuestion,
  poolingMatrixQuestion,
  closingChecklistQuestion,
  gapSharingQuestion,
  disclosureQuestion,
  referenceQuestion,
  incomeExpenditureQuestion,
  balanceSheetQuestion,
  netAssetsQuestion,
  finalAccountsQuestion,
  searchQuestion,
  voucherDaysQuestion,
];
