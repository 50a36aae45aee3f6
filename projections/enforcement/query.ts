import { text } from '../../src/errors.js';
import { formatFen } from '../../src/money.js';
import { FundParameters } from '../asking/book-parameters.js';
import { type Interval, intervalBody, intervalOf } from '../asking/interval.js';
import { type Answer, type Asking, type Question } from '../asking/question.js';
import { recordedTime } from '../recorded-time/projection.js';
import { momentOf, positionAsOf } from '../recorded-time/query.js';
import {
  addUp,
  CASH_CHANNELS,
  type Channel,
  type Figure,
  isRecorded,
  MEMO_CHANNELS,
  net,
  type OfChannel,
  type Penalties,
  readAvoided,
  readPenalties,
  readRecoveries,
  type Recorded,
} from './figures.js';
import { caseSheet, casesBody } from './case-sheet.js';
import { readCases } from './cases.js';
import { enforcement } from './projection.js';
import { findingSheet, penaltySheet, recoverySheet } from './sheets.js';

/**
 * What supervision brought. Fines go to the treasury and stand apart from what came back to the funds, which is given
 * by channel, and from what never left them; a sum over channels says which, and of which interval.
 */
export const enforcementQuestion: Question<FundParameters> = {
  name: 'enforcement',
  route: 'enforcement',
  title: text('基金监管成效', 'Enforcement'),
  projection: enforcement,
  parameters: FundParameters,
  sheets: ['recoveries', 'penalties', 'cases', 'findings'],
  ask: (asking, parameters) => askEnforcement(asking, parameters, MOST_LISTED),
  export: (asking, parameters) => askEnforcement(asking, parameters, 'all'),
};

/** Most cases, and most penalties with findings, that an answer lists; a file holds them all. */
const MOST_LISTED = 200;

async function askEnforcement(asking: Asking, parameters: FundParameters, listed: number | 'all'): Promise<Answer> {
  const { tables, today } = asking;
  const { fund } = parameters;
  const recordedAsOf = await momentOf(asking, parameters.recordedAsOf);
  const interval = intervalOf(parameters, today);
  const { position, recovered, avoided, penalties, cases } = tables.atOneMoment(enforcement, (now) => {
    const slowest = Math.min(now, tables.checkpoint(recordedTime).position);
    const scope = { interval, fund, position: positionAsOf(tables, recordedAsOf, slowest) };
    return {
      position: scope.position,
      recovered: readRecoveries(tables, scope),
      avoided: readAvoided(tables, scope),
      penalties: readPenalties(tables, scope, listed),
      cases: readCases(tables, scope, listed),
    };
  });
  const asked = { ...interval, fund, recordedAsOf: parameters.recordedAsOf };
  const beside = {
    recovered: net(addUp(recovered)).sum,
    fined: net(penalties).sum,
    avoided: net(addUp(avoided)).sum,
  };
  return {
    position,
    body: {
      ...intervalBody(interval, parameters),
      fund: fund ?? null,
      penalties: penaltiesBody(penalties),
      recoveries: recoveriesBody(recovered, interval),
      avoided: MEMO_CHANNELS.map((channel) => ofFunds(channel, avoided, avoidedBody)),
      ...casesBody(cases, asked),
    },
    sheets: [
      recoverySheet(recovered, avoided, asked),
      penaltySheet(penalties, asked),
      caseSheet(cases, beside, asking.reference.known(interval.to), asked),
      findingSheet(penalties, interval),
    ],
  };
}

type Json = Readonly<Record<string, unknown>>;
const figureBody = ({ count, sum }: Figure): Json => ({ count, sum: formatFen(sum) });

/** What stands, and of what that is left: `gross` and `takenBack`, each by the words of its matter. */
const standingBody = (recorded: Recorded, gross: string, takenBack: string): Json => ({
  ...figureBody(net(recorded)),
  [gross]: figureBody(recorded.gross),
  [takenBack]: figureBody(recorded.takenBack),
});

const recoveredBody = (recorded: Recorded): Json => standingBody(recorded, 'received', 'takenBack');
/** Where nothing was recorded nothing is known: not that nothing was avoided. */
const avoidedBody = (recorded: Recorded): Json =>
  isRecorded(recorded)
    ? { recorded: true, ...standingBody(recorded, 'avoided', 'withdrawn') }
    : { recorded: false, count: null, sum: null };
const penaltyBody = (recorded: Recorded): Json => standingBody(recorded, 'imposed', 'withdrawn');

/** One channel, and the funds that it is about. */
function ofFunds({ key, name }: Channel, all: readonly OfChannel[], bodyOf: (recorded: Recorded) => Json): Json {
  const own = all.filter(({ channel }) => channel === key);
  const funds = [...new Set(own.map(({ fund }) => fund))].map((fund) => ({
    fund,
    of: own.filter((each) => each.fund === fund),
  }));
  return {
    channel: key,
    name,
    ...bodyOf(addUp(own)),
    funds: funds.map(({ fund, of }) => ({ fund, ...bodyOf(addUp(of)) })),
  };
}

const recoveriesBody = (recovered: readonly OfChannel[], { from, to }: Interval): Json => ({
  into: 'fund',
  channels: CASH_CHANNELS.map((channel) => ofFunds(channel, recovered, recoveredBody)),
  /** The one sum over channels: it names them and its interval, and no fine is in it. */
  cashIntoFunds: {
    from,
    to,
    channels: CASH_CHANNELS.map(({ key }) => key),
    ...recoveredBody(addUp(recovered)),
  },
});

function penaltiesBody({ cases, articles, questionable, questionableCount, ...recorded }: Penalties): Json {
  return {
    into: 'treasury',
    ...penaltyBody(recorded),
    cases,
    articles: articles.map(({ article, ...own }) => ({ article, ...penaltyBody(own) })),
    findingsCount: questionableCount,
    findings: questionable.map(({ amount, ...facts }) => ({ ...facts, amount: formatFen(amount) })),
  };
}
