import { eventId } from '../../src/event-store/event-store.js';
import { type Projection, type RowTable } from '../projection.js';

/** What an event's `kind` is called where something was published, and where published figures were written down. */
const DISCLOSURE_KIND = 'disclosure';
const INDICATORS_KIND = 'indicators';

/** What was published, with the digest of the document. */
export const DISCLOSURES: RowTable = {
  form: 'rows',
  name: 'disclosure',
  key: { id: 'TEXT' },
  values: {
    position: 'INTEGER',
    business_day: 'TEXT',
    fund: 'TEXT',
    unit: 'TEXT',
    subject: 'TEXT',
    title: 'TEXT',
    first: 'TEXT',
    last: 'TEXT',
    document: 'TEXT',
    sha256: 'TEXT',
    address: 'TEXT',
    drawn_at: 'INTEGER',
  },
};

/** Figures that somebody published, as they were: amounts of yuan in the JSON of the event. */
export const PUBLISHED: RowTable = {
  form: 'rows',
  name: 'disclosure_figures',
  key: { id: 'TEXT' },
  values: {
    position: 'INTEGER',
    business_day: 'TEXT',
    fund: 'TEXT',
    unit: 'TEXT',
    first: 'TEXT',
    last: 'TEXT',
    stated_by: 'TEXT',
    amounts: 'TEXT',
  },
};

/** What was withdrawn of either, by its id. */
export const WITHDRAWN: RowTable = {
  form: 'rows',
  name: 'disclosure_withdrawn',
  key: { id: 'TEXT' },
  values: { position: 'INTEGER', business_day: 'TEXT' },
};

/** What was published of the funds, to be held against the books. */
export const disclosures: Projection = {
  name: 'disclosure',
  version: 1,
  tables: [DISCLOSURES, PUBLISHED, WITHDRAWN],
  apply: ({ stream, revision, position, event }, rows) => {
    const { kind, businessDate, fund, unit, withdraws } = event;
    if (withdraws !== undefined) rows.put(WITHDRAWN, [withdraws], [position, businessDate]);
    if (kind !== DISCLOSURE_KIND && kind !== INDICATORS_KIND) return;
    const of = [position, businessDate, fund, unit];
    const id = eventId(stream, revision);
    if (kind === DISCLOSURE_KIND) {
      const {
        subject,
        title,
        from = null,
        to,
        evidence,
        address = null,
        drawnAt = null,
      } = event as unknown as Disclosed;
      const values = [subject, title, from, to, evidence.number, evidence.sha256, address, drawnAt];
      rows.put(DISCLOSURES, [id], [...of, ...values]);
    }
    if (kind !== INDICATORS_KIND) return;
    const { from = null, asOf, statedBy, amounts } = event as unknown as Indicated;
    if (amounts) rows.put(PUBLISHED, [id], [...of, from, asOf, statedBy, JSON.stringify(amounts)]);
  },
};

/** The fields of the kinds above that are no other kind's. */
interface Disclosed {
  readonly subject: string;
  readonly title: string;
  readonly from?: string;
  readonly to: string;
  readonly address?: string;
  readonly drawnAt?: number;
  readonly evidence: { readonly number: string; readonly sha256: string };
}
interface Indicated {
  readonly from?: string;
  readonly asOf: string;
  readonly statedBy: string;
  readonly amounts?: Readonly<Record<string, string>>;
}
