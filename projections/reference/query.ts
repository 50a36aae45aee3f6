import { adoptionIn } from '../../src/adopting/adopted-in.js';
import { AskedDay } from '../../src/kinds/fields.js';
import { text } from '../../src/errors.js';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { type Reference } from '../../src/reference/reference.js';
import {
  type Interval,
  intervalBody,
  intervalOf,
  IntervalParameters,
  LAST_DAY,
  openIntervalOf,
} from '../asking/interval.js';
import { type Answer, type Asking, type Question } from '../asking/question.js';
import { type ReadTables } from '../following/read-tables.js';
import { recordedTime } from '../recorded-time/projection.js';
import { momentOf, positionAsOf } from '../recorded-time/query.js';
import { changesIn } from './changes.js';
import { adoptionsAfter, reference } from './projection.js';
import { accountSheet, changeSheet, fundSheet, namesIn, policySheet, unitSheet, windowSheet } from './sheets.js';

export class ReferenceParameters extends IntervalParameters {
  @AskedDay(text('截止日，同 to', 'the day: the same as to'), { optional: true })
  at?: string;
}

/** What holds on a business day, and what was adopted when: funds, units, accounts, policies, collection windows. */
export const referenceQuestion: Question<ReferenceParameters> = {
  name: 'reference',
  route: 'reference',
  title: text('基础资料', 'Reference data'),
  projection: reference,
  parameters: ReferenceParameters,
  sheets: ['funds', 'units', 'accounts', 'policies', 'windows', 'changes'],
  ask: askReference,
};

async function askReference(asking: Asking, parameters: ReferenceParameters): Promise<Answer> {
  const { tables, today } = asking;
  const moment = await momentOf(asking, parameters.recordedAsOf);
  const { to } = dayOf(parameters, today);
  const { position, adopted, events } = tables.atOneMoment(reference, (now) => {
    const shown = positionAsOf(tables, moment, Math.min(now, tables.checkpoint(recordedTime).position));
    return { position: shown, ...adoptedBy(tables, shown) };
  });
  const changes = changesIn(adopted, events, { ...openIntervalOf(parameters), to });
  const rows = adopted.rowsOn(to);
  const names = namesIn(adopted.rowsOn(LAST_DAY));
  return {
    position,
    body: {
      ...intervalBody({ ...openIntervalOf(parameters), to }, parameters),
      at: to,
      revision: adopted.revision ?? null,
      ...rows,
      changes,
    },
    sheets: [
      fundSheet(rows, to),
      unitSheet(rows, to, names),
      accountSheet(rows, to, names),
      policySheet(rows, to, names),
      windowSheet(rows, to, names),
      changeSheet(changes, names),
    ],
  };
}

/** Three spellings of one day. @throws LedgerError invalid, where they are different days */
function dayOf(parameters: ReferenceParameters, today: string): Interval {
  const { at, ...asked } = parameters;
  if (at === undefined) return intervalOf(asked, today);
  const named = asked.to ?? asked.asOf;
  if (named !== undefined) intervalOf(asked, today);
  return intervalOf({ ...asked, to: at, ...(named !== undefined && { asOf: named }) }, today);
}

/** What had been adopted up to a position, and the events that say so. */
function adoptedBy(tables: ReadTables, position: number) {
  const events = adoptionsAfter(tables, -1).filter((event) => event.position <= position);
  const adopted = events.reduce<Reference>((known, event) => known.with(adoptionIn(event)), BEFORE_ADOPTION);
  return { adopted, events };
}
