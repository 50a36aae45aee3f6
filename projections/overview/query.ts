import { text } from '../../src/errors.js';
import { BookParameters } from '../asking/book-parameters.js';
import { intervalBody } from '../asking/interval.js';
import { type Answer, type Asking, type Question } from '../asking/question.js';
import { fundBalance } from '../fund-balance/projection.js';
import { OVERVIEW_ANSWER } from './answer.js';
import { overviewBody } from './body.js';
import { readOverview } from './overview.js';
import { comparedSheet, fundsSheet, trendSheet, unitsSheet, warningsSheet } from './sheets.js';

/** What a page begins with: how the funds stand, what changed, what warns, month by month and unit by unit. */
export const overviewQuestion: Question<BookParameters> = {
  name: 'overview',
  route: 'overview',
  title: text('总览', 'Overview'),
  projection: fundBalance,
  parameters: BookParameters,
  sheets: ['funds', 'compared', 'trend', 'units', 'warnings'],
  answer: OVERVIEW_ANSWER,
  ask: askOverview,
};

async function askOverview(asking: Asking, parameters: BookParameters): Promise<Answer> {
  const overview = await readOverview(asking, parameters);
  return {
    position: overview.position,
    body: { ...intervalBody(overview.period.interval, parameters), ...overviewBody(overview) },
    sheets: [
      fundsSheet(overview),
      comparedSheet(overview),
      trendSheet(overview),
      unitsSheet(overview),
      warningsSheet(overview),
    ],
  };
}
