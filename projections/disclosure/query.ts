import { text } from '../../src/errors.js';
import { type Fen, formatFen } from '../../src/money.js';
import { FundOrAll, UnitCode } from '../../src/kinds/adopted-fields.js';
import { type Interval, intervalBody, intervalOf, IntervalParameters } from '../asking/interval.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { fundBalance } from '../fund-balance/projection.js';
import { type Answer, type Asking, type Question } from '../asking/question.js';
import { recordedTime } from '../recorded-time/projection.js';
import { momentOf, positionAsOf } from '../recorded-time/query.js';
import { type Compared, compare, type Held, held } from './compare.js';
import { disclosures } from './projection.js';
import { readDisclosures, readPublished, type Scope } from './published.js';
import { comparisonSheet, disclosureSheet } from './sheets.js';

const optional = { optional: true } as const;

export class DisclosureParameters extends IntervalParameters {
  @FundOrAll(optional)
  fund?: string;

  @UnitCode(text('核算单位', 'unit'), optional)
  unit?: string;
}

/** What was published, by whom it can be checked, and whether the books of today still give it. */
export const disclosureQuestion: Question<DisclosureParameters> = {
  name: 'disclosure',
  route: 'disclosure',
  title: text('信息公开核对', 'Disclosures against the books'),
  projection: disclosures,
  parameters: DisclosureParameters,
  sheets: ['disclosures', 'figures'],
  ask: askDisclosures,
};

async function askDisclosures(asking: Asking, parameters: DisclosureParameters): Promise<Answer> {
  const { tables } = asking;
  const { fund, unit } = parameters;
  const recordedAsOf = await momentOf(asking, parameters.recordedAsOf);
  const interval = intervalOf(parameters, asking.today);
  const { scope, published, figures } = tables.atOneMoment(disclosures, (now) => {
    const others = [recordedTime, fundBalance, provincialConsolidation].map((each) => tables.checkpoint(each).position);
    const at: Scope = { interval, fund, unit, position: positionAsOf(tables, recordedAsOf, Math.min(now, ...others)) };
    return { scope: at, published: readDisclosures(tables, at), figures: readPublished(tables, at) };
  });
  const { position } = scope;
  const adopted = asking.reference.known(interval.to);
  const checked = await held(asking, published, position);
  const compared = await compare(asking, figures, position);
  const days = { ...interval, recordedAsOf: parameters.recordedAsOf };
  return {
    position,
    body: bodyOf(interval, parameters, checked, compared),
    sheets: [disclosureSheet(adopted, checked, days), comparisonSheet(adopted, compared, days)],
  };
}

const yuan = (amounts: object): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(amounts).map(([key, amount]) => [key, formatFen(amount as Fen)]));

const bodyOf = (
  interval: Interval,
  parameters: DisclosureParameters,
  checked: readonly Held[],
  compared: readonly Compared[],
) => ({
  ...intervalBody(interval, parameters),
  disclosures: checked.map(({ disclosure, now, nowSha256, isDocument, stillGives, differences }) => ({
    ...disclosure,
    figures: [...now].map(([key, amounts]) => ({ fund: key, ...yuan(amounts) })),
    figuresSha256: nowSha256,
    isDocument,
    stillGives,
    differences: differences.map(({ fund, figure, drawn, today }) => ({ fund, figure, ...yuan({ drawn, today }) })),
  })),
  figures: compared.map(
    ({ published: { id, businessDate, fund, unit, from, to, statedBy }, figure, said, books, agrees }) => ({
      id,
      businessDate,
      fund,
      unit,
      from,
      to,
      statedBy,
      figure,
      published: formatFen(said),
      books: books === null ? null : formatFen(books),
      difference: books === null ? null : formatFen(books - said),
      agrees,
    }),
  ),
});
