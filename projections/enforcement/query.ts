import { ENABLED_FUNDS, FUND_CODES } from '../../src/books/funds.js';
import { text } from '../../src/errors.js';
import { formatFen } from '../../src/money.js';
import { OneOf } from '../../src/kinds/fields.js';
import { type Interval, intervalBody, intervalOf, IntervalParameters } from '../interval.js';
import { type Answer, type Asking, type Question } from '../question.js';
import { recordedTime } from '../recorded-time/projection.js';
import { momentOf, positionAsOf } from '../recorded-time/query.js';
import {
  addUp,
  CASH_CHANNELS,
  type Figure,
  MEMO_CHANNELS,
  type Penalties,
  readPenalties,
  readRecoveries,
  type Recovered,
} from './figures.js';
import { enforcement } from './projection.js';
import { findingSheet, penaltySheet, recoverySheet } from './sheets.js';

const optional = { optional: true } as const;

export class EnforcementParameters extends IntervalParameters {
  @OneOf(text('基金', 'fund'), FUND_CODES, { ...optional, code: 'unknown-fund' })
  fund?: string;
}

/**
 * What supervision brought. Fines go to the treasury and stand apart from what came back to the funds, which is given
 * by channel; a sum over channels says which, and of which interval.
 */
export const enforcementQuestion: Question<EnforcementParameters> = {
  name: 'enforcement',
  route: 'enforcement',
  title: text('基金监管成效', 'Enforcement'),
  projection: enforcement,
  parameters: EnforcementParameters,
  sheets: ['recoveries', 'penalties', 'findings'],
  ask: (asking, parameters) => askEnforcement(asking, parameters, MOST_LISTED),
  export: (asking, parameters) => askEnforcement(asking, parameters, 'all'),
};

/** Most penalties with findings that an answer lists; a file holds them all. */
const MOST_LISTED = 200;

async function askEnforcement(
  asking: Asking,
  parameters: EnforcementParameters,
  listed: number | 'all',
): Promise<Answer> {
  const { tables, today } = asking;
  const { fund } = parameters;
  const recordedAsOf = await momentOf(asking, parameters.recordedAsOf);
  const interval = intervalOf(parameters, today);
  const { position, recovered, penalties } = tables.atOneMoment(enforcement, (now) => {
    const slowest = Math.min(now, tables.checkpoint(recordedTime).position);
    const scope = { interval, fund, position: positionAsOf(tables, recordedAsOf, slowest) };
    return {
      position: scope.position,
      recovered: readRecoveries(tables, scope),
      penalties: readPenalties(tables, scope, listed),
    };
  });
  return {
    position,
    body: {
      ...intervalBody(interval, parameters),
      fund: fund ?? null,
      penalties: penaltiesBody(penalties),
      recoveries: recoveriesBody(recovered, interval),
      avoided: MEMO_CHANNELS.map(({ key, name }) => ({ channel: key, name, recorded: false, count: null, sum: null })),
    },
    sheets: [recoverySheet(recovered, interval), penaltySheet(penalties, interval), findingSheet(penalties, interval)],
  };
}

type Json = Readonly<Record<string, unknown>>;
const figureBody = ({ count, sum }: Figure): Json => ({ count, sum: formatFen(sum) });

function recoveredBody(recovered: readonly Recovered[]): Json {
  const { received, takenBack, count, sum } = addUp(recovered);
  return { ...figureBody({ count, sum }), received: figureBody(received), takenBack: figureBody(takenBack) };
}

function recoveriesBody(recovered: readonly Recovered[], { from, to }: Interval): Json {
  return {
    into: 'fund',
    channels: CASH_CHANNELS.map(({ key, name }) => {
      const own = recovered.filter(({ channel }) => channel === key);
      const funds = ENABLED_FUNDS.map((fund) => ({ fund, of: own.filter((each) => each.fund === fund.key) }));
      return {
        channel: key,
        name,
        ...recoveredBody(own),
        funds: funds
          .filter(({ of }) => of.length > 0)
          .map(({ fund, of }) => ({ fund: fund.key, ...recoveredBody(of) })),
      };
    }),
    /** The one sum over channels: it names them and its interval, and no fine is in it. */
    cashIntoFunds: { from, to, channels: CASH_CHANNELS.map(({ key }) => key), ...recoveredBody(recovered) },
  };
}

function penaltiesBody({ cases, articles, questionable, questionableCount, ...figure }: Penalties): Json {
  return {
    into: 'treasury',
    ...figureBody(figure),
    cases,
    articles: articles.map(({ article, ...own }) => ({ article, ...figureBody(own) })),
    findingsCount: questionableCount,
    findings: questionable.map(({ amount, ...facts }) => ({ ...facts, amount: formatFen(amount) })),
  };
}
