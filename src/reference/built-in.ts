import { join } from 'node:path';
import { readSet, type ReadSet, type SetTexts } from './read-set.js';
import { Reference } from './reference.js';
import { type Rows } from './rows.js';
import { readSetFolder } from './set-folder.js';

/** The set that is built in: Hainan's. It is read from the same files that a person can copy and edit. */
export const BUILT_IN_NAME = 'hainan';
const BUILT_IN_FOLDER = join(import.meta.dirname, BUILT_IN_NAME);
export const BUILT_IN_TEXTS: SetTexts = readSetFolder(BUILT_IN_FOLDER);
export const BUILT_IN: ReadSet = readSet(BUILT_IN_TEXTS);

/** The account of the risk fund: a fund has it that has adopted it; until it was so, every fund had it. */
const RISK_FUND = 'net.risk';

/** The set as it was built in before: what a log of then has adopted, and goes by. */
export const BUILT_IN_BEFORE: Rows = {
  ...BUILT_IN.rows,
  accounts: BUILT_IN.rows.accounts.map((account) => (account.key === RISK_FUND ? { ...account, funds: [] } : account)),
};

/** What holds in a log that has adopted nothing: one that was begun before reference data stood in the log. */
export const BEFORE_ADOPTION = new Reference([{ revision: undefined, position: 0, rows: BUILT_IN_BEFORE }]);
