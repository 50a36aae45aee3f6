import { eventId } from '../../src/event-store/event-store.js';
import { parseFen } from '../../src/money.js';
import { type Projection, type RowTable } from '../projection.js';

/** What an event's `kind` is called where money comes back, and where a fine goes to the treasury. */
const RECOVERY_KIND = 'recovery';
const PENALTY_KIND = 'penalty';
/** What it is called where a reminder or a refusal kept money in the fund. */
const CLAIM_AUDIT_KIND = 'claim-audit';

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

/** What enforcement brought: to the treasury, back to the funds by channel, and what of losses never came about. */
export const enforcement: Projection = {
  name: 'enforcement',
  version: 2,
  tables: [RECOVERIES, TAKEN_BACK, PENALTIES, AVOIDED],
  apply: ({ stream, revision, position, event }, rows) => {
    const { kind, businessDate, fund, unit, amount, caseId = null, findings } = event;
    const takenBack = event.reverses ?? event.withdraws;
    if (takenBack !== undefined) rows.put(TAKEN_BACK, [takenBack], [position, businessDate]);
    if (kind !== RECOVERY_KIND && kind !== CLAIM_AUDIT_KIND && kind !== PENALTY_KIND) return;
    const id = eventId(stream, revision);
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
}
