import { auditTrail } from './audit-trail/projection.js';
import { bookKeys } from './book-keys/projection.js';
import { bookState } from './book-state/projection.js';
import { budgetExecution } from './budget-execution/projection.js';
import { disclosures } from './disclosure/projection.js';
import { enforcement } from './enforcement/projection.js';
import { fundBalance } from './fund-balance/projection.js';
import { gapSharing } from './gap-sharing/projection.js';
import { importedFiles } from './imported-files/projection.js';
import { logPlaces } from './log-places/projection.js';
import { names } from './names/projection.js';
import { netAssets } from './net-assets/projection.js';
import { periods } from './periods/projection.js';
import { type Projection } from './projection.js';
import { provincialConsolidation } from './provincial-consolidation/projection.js';
import { recordedTime } from './recorded-time/projection.js';
import { reference } from './reference/projection.js';
import { registers } from './registers/projection.js';

/**
 * Every projection of the log. A new one is a new folder and a line here. Apart from the questions, which the threads
 * that follow the log never answer and would take twice as long to load.
 */
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
