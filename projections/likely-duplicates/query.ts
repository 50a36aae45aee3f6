import { text } from '../../src/errors.js';
import { formatFen } from '../../src/money.js';
import { Pattern } from '../../src/kinds/fields.js';
import { numberOf } from '../audit-trail/body.js';
import { auditTrail } from '../audit-trail/projection.js';
import { type Stretch, trailBooks } from '../audit-trail/walk.js';
import { FIRST_DAY, intervalBody, IntervalParameters, LAST_DAY, openIntervalOf } from '../asking/interval.js';
import { type Answer, type Asking, type Export, type Question } from '../asking/question.js';
import { recordedTime } from '../recorded-time/projection.js';
import { momentOf, positionAsOf } from '../recorded-time/query.js';
import { type Group, groupsOf, type Member, standing, tooMuch } from './groups.js';
import { GROUP_SHEET, groupRows, groupSheet, SUM_SHEET, sumRows } from './sheets.js';
import { Sums } from './sums.js';
import { FundOrAll, UnitCode } from '../../src/kinds/adopted-fields.js';
import { voucherAt } from '../asking/addresses.js';

const optional = { optional: true } as const;
const DEFAULT_LIMIT = '500';

export class LikelyDuplicatesParameters extends IntervalParameters {
  @FundOrAll(optional)
  fund?: string;

  @UnitCode(text('核算单位', 'unit'), optional)
  unit?: string;

  @Pattern(
    text('至多列出的组数（默认 500）', 'most groups listed (default 500)'),
    '^[1-9][0-9]{0,4}$',
    'limit',
    text('1 至 99999 的整数', 'a whole number from 1 to 99999'),
    optional,
  )
  limit?: string;
}

/**
 * What is likely recorded more than once, whenever it was recorded: the vouchers and memos of a book that have kind,
 * counterparty, business day, amount and evidence in common, and of which two or more stand.
 */
export const likelyDuplicatesQuestion: Question<LikelyDuplicatesParameters> = {
  name: 'likely-duplicates',
  route: 'likely-duplicates',
  title: text('疑似重复', 'Likely duplicates'),
  projection: auditTrail,
  parameters: LikelyDuplicatesParameters,
  sheets: ['duplicates', 'sums'],
  takes: 'long',
  ask: askDuplicates,
  export: exportDuplicates,
};

/** What is looked through: the vouchers of the books and days asked about, as recorded by one position. */
async function stretchOf(asking: Asking, parameters: LikelyDuplicatesParameters): Promise<Stretch> {
  const { tables } = asking;
  const { fund, unit, recordedAsOf } = parameters;
  const { from = FIRST_DAY, to = LAST_DAY } = openIntervalOf(parameters);
  const moment = await momentOf(asking, recordedAsOf);
  const until = tables.atOneMoment(auditTrail, (now) =>
    positionAsOf(tables, moment, Math.min(now, tables.checkpoint(recordedTime).position)),
  );
  return { books: trailBooks(asking.reference, fund, unit), from, to, until };
}

async function askDuplicates(asking: Asking, parameters: LikelyDuplicatesParameters): Promise<Answer> {
  const { fund, unit, limit = DEFAULT_LIMIT } = parameters;
  const { ever } = asking.reference;
  const stretch = await stretchOf(asking, parameters);
  const most = Number.parseInt(limit, 10);
  const listed: Group[] = [];
  const sums = new Sums();
  for await (const group of groupsOf(asking, stretch)) {
    sums.add(group);
    if (standing(group) > 1 && listed.length < most) listed.push(group);
  }
  return {
    position: stretch.until,
    body: {
      ...intervalBody(openIntervalOf(parameters), parameters),
      fund: fund ?? null,
      unit: unit ?? null,
      count: sums.open,
      settled: sums.settled,
      sums: sums.lines().map((line) => ({ ...line, tooMuch: formatFen(line.tooMuch) })),
      groups: listed.map(groupBody),
    },
    sheets: [groupSheet(ever, listed, sums), { ...SUM_SHEET, rows: sumRows(ever, sums) }],
  };
}

/** All groups, however many, unless so many are asked for. */
async function exportDuplicates(asking: Asking, parameters: LikelyDuplicatesParameters): Promise<Export> {
  if (parameters.limit !== undefined) return askDuplicates(asking, parameters);
  const stretch = await stretchOf(asking, parameters);
  return {
    position: stretch.until,
    body: intervalBody(openIntervalOf(parameters), parameters),
    sheets: [
      { ...GROUP_SHEET, rows: groupRowsOn(asking, stretch) },
      { ...SUM_SHEET, rows: sumRowsOn(asking, stretch) },
    ],
  };
}

async function* groupRowsOn(asking: Asking, stretch: Stretch) {
  let number = 0;
  for await (const group of groupsOf(asking, stretch))
    if (standing(group) > 1) yield groupRows(asking.reference.ever, group, (number += 1));
}

async function* sumRowsOn(asking: Asking, stretch: Stretch) {
  const sums = new Sums();
  for await (const group of groupsOf(asking, stretch)) sums.add(group);
  yield sumRows(asking.reference.ever, sums);
}

type Json = Readonly<Record<string, unknown>>;

function groupBody(group: Group): Json {
  const { fund, unit, kind, businessDate, amount, evidence } = group.event;
  return {
    fund,
    unit,
    kind,
    businessDate,
    amount,
    counterparty: group.counterparty || null,
    evidence,
    standing: standing(group),
    tooMuch: formatFen(tooMuch(group)),
    vouchers: group.members.map(memberBody),
  };
}

function memberBody({ id, position, event, reversedBy, hasFinding }: Member): Json {
  const { key, source, line, recordedAt, maker, reviewer, note } = event;
  return {
    id,
    position,
    voucherNumber: numberOf({ event }),
    recordedAt,
    ...(source === undefined ? { key } : { source, line }),
    maker,
    reviewer,
    ...(note !== undefined && { note }),
    reversedBy: reversedBy ?? null,
    hasFinding,
    links: { voucher: voucherAt(id) },
  };
}
