import { accountLedgerQuestion } from './account-ledger/query.js';
import { auditTrailQuestion } from './audit-trail/query.js';
import { balanceSheetQuestion } from './balance-sheet/query.js';
import { closingChecklistQuestion } from './closing-checklist/query.js';
import { differenceQuestion } from './difference/query.js';
import { disclosureQuestion } from './disclosure/query.js';
import { enforcementQuestion } from './enforcement/query.js';
import { finalAccountsQuestion } from './final-accounts/query.js';
import { fundBalanceQuestion } from './fund-balance/query.js';
import { journalQuestion } from './journal/query.js';
import { likelyDuplicatesQuestion } from './likely-duplicates/query.js';
import { budgetExecutionQuestion } from './budget-execution/query.js';
import { earlyWarningQuestion } from './early-warning/query.js';
import { gapSharingQuestion } from './gap-sharing/query.js';
import { incomeExpenditureQuestion } from './income-expenditure/query.js';
import { netAssetsQuestion } from './net-assets/query.js';
import { overviewQuestion } from './overview/query.js';
import { periodsQuestion } from './periods/query.js';
import { consolidationQuestion } from './provincial-consolidation/query.js';
import { type Question } from './asking/question.js';
import { poolingMatrixQuestion } from './pooling-matrix/query.js';
import { registersQuestion } from './registers/query.js';
import { trialBalanceQuestion } from './trial-balance/query.js';
import { referenceQuestion } from './reference/query.js';
import { searchQuestion } from './search/query.js';
import { voucherDaysQuestion } from './voucher-days/query.js';

export { PROJECTIONS, projectionsOver } from './followed.js';

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
