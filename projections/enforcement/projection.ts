import { eventId } from '../../src/event-store/event-store.js';
import { parseFen } from '../../src/money.js';
import { type Projection, type RowTable } from '../projection.js';

/** What an event's `kind` is called where money comes back, and where a fine goes to the treasury. */
const RECOVERY_KIND = 'recovery';
const PENALTY_KIND = 'penalty';

/** Money returned to the fund that lost it, one row for each voucher. */
export const RECOVERIES: RowTable = {
  form: 'rows',
  name: 'enforcement_recovery',
  key: { id: 'TEXT' },
  values: { position: 'INTEGER', business_day: 'TEXT', fund: 'TEXT', channel: 'TEXT', amount: 'INTEGER' },
};

/**
 * Every reversal. Which of them take back a recovery is known only beside the recoveries: a projection sees one event
 * at a time, and a reversal does not repeat what it takes back.
 */
export const TAKEN_BACK: RowTable = {
  form: 'rows',
  name: 'enforcement_taken_back',
  key: { reversed: 'TEXT' },
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

/** What enforcement brought: to the treasury, and back to the funds, by channel. */
export const enforcement: Projection = {
  name: 'enforcement',
  version: 1,
  tables: [RECOVERIES, TAKEN_BACK, PENALTIES],
  apply: ({ stream, revision, position, event }, rows) => {
    const { kind, businessDate, fund, unit, amount, reverses } = event;
    if (reverses !== undefined) rows.put(TAKEN_BACK, [reverses], [position, businessDate]);
    if (kind !== RECOVERY_KIND && kind !== PENALTY_KIND) return;
    const id = eventId(stream, revision);
    const sum = parseFen(amount!);
    if (kind === RECOVERY_KIND) {
      rows.put(RECOVERIES, [id], [position, businessDate, fund, event['channel'] as string, sum]);
      return;
    }
    const { caseId = null, findings } = event;
    const { article, party } = event as unknown as { article: string; party: string };
    const found = findings && findings.length > 0 ? JSON.stringify(findings) : null;
    rows.put(PENALTIES, [id], [position, businessDate, fund, unit, caseId, article, party, sum, found]);
  },
};
