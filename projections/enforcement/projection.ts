import { eventId } from '../../src/event-store/event-store.js';
import { parseFen } from '../../src/money.js';
import { counterpartyOf } from '../audit-trail/projection.js';
import { type Projection, type RowTable } from '../projection.js';

/** What an event's `kind` is called where money comes back, and where a fine goes to the treasury. */
const RECOVERY_KIND = 'recovery';
const PENALTY_KIND = 'penalty';
/** What it is called where a reminder or a refusal kept money in the fund. */
const CLAIM_AUDIT_KIND = 'claim-audit';
/** What it is called where who broke an agreement pays for it: income of the fund, and no fine. */
const CONTRACT_PENALTY_KIND = 'contract-penalty';
/** Those that are told by their amounts, whether they name a case or not. */
const FIGURE_KINDS: ReadonlySet<string> = new Set([
  RECOVERY_KIND,
  PENALTY_KIND,
  CLAIM_AUDIT_KIND,
  CONTRACT_PENALTY_KIND,
]);

/** Money returned to the fund that lost it, one row for each voucher. */
export const RECOVERIES: RowTable = {
  form: 'rows',
  name: 'enforcement_recovery',
  key: { id: 'TEXT' },
  values: { position: 'INTEGER', business_day: 'TEXT', fund: 'TEXT', channel: 'TEXT', amount: 'INTEGER' },
};

/**
 * Every reversal and every withdrawal. What they take back is known only beside that: a projection sees one event at a
 * time, and a reversal or a withdrawal does not repeat what it takes back.
 */
export const TAKEN_BACK: RowTable = {
  form: 'rows',
  name: 'enforcement_taken_back',
  key: { taken_back: 'TEXT' },
  values: { position: 'INTEGER', business_day: 'TEXT' },
};

/** Fines and confiscations: money of the treasury, never of a fund. `findings` is JSON, null where there are none. */
export const PENALTIES: RowTable = {
  form: 'rows',
  name: 'enforcement_penalty',
  key: { id: 'TEXT' },
  values: {
    position: 'INTEGER',
    business_day: 'TEXT',
    fund: 'TEXT',
    unit: 'TEXT',
    case_id: 'TEXT',
    article: 'TEXT',
    party: 'TEXT',
    amount: 'INTEGER',
    findings: 'TEXT',
  },
};

/** What reminders and refusals avoided: money that never left the fund. */
export const AVOIDED: RowTable = {
  form: 'rows',
  name: 'enforcement_avoided',
  key: { id: 'TEXT' },
  values: {
    position: 'INTEGER',
    business_day: 'TEXT',
    fund: 'TEXT',
    channel: 'TEXT',
    amount: 'INTEGER',
  },
};

/**
 * What is recorded of a case, one row for each voucher or memo that names it, and what enforcement brought that names
 * none: its `case_id` is empty. `party` is empty where nobody is named; `outcome` is that of a closing.
 */
export const CASE_FACTS: RowTable = {
  form: 'rows',
  name: 'enforcement_case',
  key: { id: 'TEXT' },
  values: {
    position: 'INTEGER',
    business_day: 'TEXT',
    fund: 'TEXT',
    unit: 'TEXT',
    case_id: 'TEXT',
    kind: 'TEXT',
    party: 'TEXT',
    amount: 'INTEGER',
    outcome: 'TEXT',
  },
};

/** What enforcement brought: to the treasury, back to the funds by channel, and what of losses never came about. */
export const enforcement: Projection = {
  name: 'enforcement',
  version: 3,
  tables: [RECOVERIES, TAKEN_BACK, PENALTIES, AVOIDED, CASE_FACTS],
  apply: ({ stream, revision, position, event }, rows) => {
    const { kind, businessDate, fund, unit, amount, caseId = null, findings } = event;
    const takenBack = event.reverses ?? event.withdraws;
    if (takenBack !== undefined) rows.put(TAKEN_BACK, [takenBack], [position, businessDate]);
    const isFigure = FIGURE_KINDS.has(kind);
    if (!isFigure && caseId === null) return;
    const id = eventId(stream, revision);
    const of = [fund, unit, caseId ?? '', kind, counterpartyOf(event) ?? ''];
    const { outcome = null } = event as unknown as Partial<Facts>;
    rows.put(
      CASE_FACTS,
      [id],
      [position, businessDate, ...of, amount === undefined ? null : parseFen(amount), outcome],
    );
    const { article, party, channel } = event as unknown as Facts;
    if (kind === RECOVERY_KIND) rows.put(RECOVERIES, [id], [position, businessDate, fund, channel, parseFen(amount!)]);
    if (kind === CLAIM_AUDIT_KIND) rows.put(AVOIDED, [id], [position, businessDate, fund, channel, parseFen(amount!)]);
    if (kind !== PENALTY_KIND) return;
    const found = findings && findings.length > 0 ? JSON.stringify(findings) : null;
    rows.put(PENALTIES, [id], [position, businessDate, fund, unit, caseId, article, party, parseFen(amount!), found]);
  },
};

/** The fields of the kinds above that are no other kind's. */
interface Facts {
  readonly article: string;
  readonly party: string;
  readonly channel: string;
  readonly outcome: string;
}
