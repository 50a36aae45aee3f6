import { text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { writeCursor } from '../audit-trail/cursor.js';
import { auditTrail } from '../audit-trail/projection.js';
import { nextPageNote } from '../audit-trail/sheets.js';
import { intervalBody } from '../asking/interval.js';
import { type Answer, type Asking, type Export, type Question, type Sheet } from '../asking/question.js';
import { isFinal } from '../recorded-time/query.js';
import { DIFFERENCE_ANSWER } from './answer.js';
import { accountBody, betweenBody, checkBody } from './body.js';
import { type AccountDifference, drawUp, readDifferences } from './drawn.js';
import { DifferenceParameters } from './parameters.js';
import { addUp, beginReading, carriedOn, findBetween, mismatches, type Reading, walkBetween } from './reading.js';
import * as sheets from './sheets.js';

/** 时点回溯: what differs between two points on both time axes, by account, and through which vouchers. */
export const differenceQuestion: Question<DifferenceParameters> = {
  name: 'difference',
  route: 'difference',
  title: text('时点回溯', 'Time travel'),
  projection: auditTrail,
  parameters: DifferenceParameters,
  sheets: ['accounts', 'units', 'vouchers'],
  answer: DIFFERENCE_ANSWER,
  takes: 'long',
  ask: askDifference,
  export: exportDifference,
};

const SUBTOTAL = { role: 'subtotal' } as const;
const DEFAULT_LIMIT = '50';

async function askDifference(asking: Asking, parameters: DifferenceParameters): Promise<Answer> {
  const reading = await beginReading(asking, parameters);
  const { at, against, days, scope, filters, cursor } = reading;
  const limit = Number.parseInt(parameters.limit ?? DEFAULT_LIMIT, 10);
  const found = await findBetween(asking, reading, limit + 1);
  const isLast = found.length <= limit;
  const page = found.slice(0, limit);
  const { accounts, mismatches: wrong } = await drawUp(asking, reading, page, isLast);
  const place = page.at(-1)?.voucher.line;
  const next =
    isLast || !place
      ? null
      : await writeCursor({ ...place, pinned: at.position, carried: carriedOn(reading) }, filters, asking.store);
  const { againstRecordedAsOf } = parameters;
  return {
    position: at.position,
    body: {
      ...intervalBody(days, parameters),
      against: {
        asOf: days.against,
        recordedAsOf: againstRecordedAsOf ?? parameters.recordedAsOf ?? null,
        recordedAsOfIsFinal: await isFinal(asking, againstRecordedAsOf ?? parameters.recordedAsOf, against.position),
        position: against.position,
      },
      units: [...scope.units],
      consolidated: scope.isConsolidated,
      account: parameters.account ?? null,
      accounts: accounts.map(accountBody),
      vouchers: page.map((each) => betweenBody(each, asking.reference.ever.chart)),
      check: checkBody(page.length, wrong),
      next,
    },
    sheets: [
      // What differs is told once: a further page is of the vouchers alone.
      ...(cursor ? [] : comparedSheets(reading, accounts)),
      {
        ...sheets.voucherSheet(reading),
        marks: [
          ...(cursor ? [SUBTOTAL] : []),
          ...sheets.voucherMarks(page),
          SUBTOTAL,
          isLast ? ({ role: 'total' } as const) : SUBTOTAL,
        ],
        rows: [
          ...(cursor ? [sheets.sumRow(sheets.BROUGHT_FORWARD, sumOf(accounts, 'before'))] : []),
          ...sheets.voucherRows(page, asking.reference.ever),
          ...sumRows(accounts, isLast),
        ],
        checks: [sheets.checkOf(wrong)],
        ...(next !== null && { ways: [nextPageNote(next)] }),
      },
    ],
  };
}

const comparedSheets = (reading: Reading, accounts: readonly AccountDifference[]): Sheet[] => [
  sheets.accountSheet(reading, accounts),
  ...(reading.scope.units.length > 1 ? [sheets.unitSheet(reading, accounts)] : []),
];

const sumOf = (accounts: readonly AccountDifference[], part: 'before' | 'onPage' | 'difference'): Fen =>
  accounts.reduce((sum, each) => sum + each[part], 0n);

function sumRows(accounts: readonly AccountDifference[], isLast: boolean): Sheet['rows'] {
  const [before, onPage] = [sumOf(accounts, 'before'), sumOf(accounts, 'onPage')];
  return [
    sheets.sumRow(sheets.PAGE_TOTAL, onPage),
    isLast
      ? sheets.sumRow(sheets.ALL, sumOf(accounts, 'difference'))
      : sheets.sumRow(sheets.CARRIED_FORWARD, before + onPage),
  ];
}

/** All the vouchers, checked at the end as one; a page of them only for whoever asks for so many. */
async function exportDifference(asking: Asking, parameters: DifferenceParameters): Promise<Export> {
  if (parameters.limit !== undefined || parameters.cursor !== undefined) return askDifference(asking, parameters);
  const reading = await beginReading(asking, parameters);
  const { accounts } = await drawUp(asking, reading, [], false);
  return {
    position: reading.at.position,
    body: { ...intervalBody(reading.days, parameters), next: null },
    sheets: [
      ...comparedSheets(reading, accounts),
      { ...sheets.voucherSheet(reading), rows: rowsOn(asking, reading, accounts) },
    ],
  };
}

async function* rowsOn(
  asking: Asking,
  reading: Reading,
  accounts: readonly AccountDifference[],
): AsyncIterable<Sheet['rows']> {
  const sums = new Map<string, Map<string, Fen>>();
  for await (const between of walkBetween(asking, reading)) {
    addUp(between, sums);
    yield sheets.voucherRows(between, asking.reference.ever);
  }
  const wrong = mismatches(sums, await readDifferences(asking, reading));
  yield [sheets.sumRow(sheets.ALL, sumOf(accounts, 'difference')), sheets.checkRow(wrong)];
}
