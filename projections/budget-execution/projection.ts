import { eventId } from '../../src/event-store/event-store.js';
import { parseFen } from '../../src/money.js';
import { type Projection, type RowTable } from '../projection.js';

/** What an event's `kind` is called where a budget is approved, and where lines of one get new amounts. */
export const APPROVAL_KIND = 'budget-approval';
const ADJUSTMENT_KIND = 'budget-adjustment';
/** How the names of the streams of budgets begin. */
const BUDGET_STREAM = 'budget-';

/** Every line of every approval and adjustment, with the amount that it says in fen. */
export const BUDGET_LINES: RowTable = {
  form: 'rows',
  name: 'budget_line',
  key: { fund: 'TEXT', unit: 'TEXT', year: 'TEXT', id: 'TEXT', line: 'TEXT' },
  values: { position: 'INTEGER', business_day: 'TEXT', kind: 'TEXT', amount: 'INTEGER' },
};

/** What was withdrawn of them: a withdrawal does not repeat what it withdraws. */
export const WITHDRAWN: RowTable = {
  form: 'rows',
  name: 'budget_withdrawn',
  key: { id: 'TEXT' },
  values: { position: 'INTEGER', business_day: 'TEXT' },
};

/** Budgets as they were approved and adjusted, line by line. */
export const budgetExecution: Projection = {
  name: 'budget-execution',
  version: 1,
  tables: [BUDGET_LINES, WITHDRAWN],
  apply: ({ stream, revision, position, event }, rows) => {
    if (!stream.startsWith(BUDGET_STREAM)) return;
    const { kind, businessDate, fund, unit, withdraws } = event;
    if (withdraws !== undefined) rows.put(WITHDRAWN, [withdraws], [position, businessDate]);
    if (kind !== APPROVAL_KIND && kind !== ADJUSTMENT_KIND) return;
    const { year, lines } = event as unknown as Facts;
    const id = eventId(stream, revision);
    for (const [line, amount] of Object.entries(lines))
      rows.put(BUDGET_LINES, [fund, unit, year, id, line], [position, businessDate, kind, parseFen(amount)]);
  },
};

/** The fields of the kinds above that are no other kind's. */
interface Facts {
  readonly year: string;
  readonly lines: Readonly<Record<string, string>>;
}
