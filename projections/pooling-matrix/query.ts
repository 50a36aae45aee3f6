import { text } from '../../src/errors.js';
import { type Fen, formatFen } from '../../src/money.js';
import { BookParameters } from '../asking/book-parameters.js';
import { booksOf, statementsOf } from '../fund-balance/books.js';
import { readLines } from '../fund-balance/lines.js';
import { intervalBody, intervalOf } from '../asking/interval.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { unitFlows } from '../provincial-consolidation/transfers.js';
import { tree } from '../provincial-consolidation/worksheet.js';
import { type Answer, type Asking, OF_A_FUND, type Question } from '../asking/question.js';
import { momentOf } from '../recorded-time/query.js';
import { type Matrix, matrixOf, type UnitNet } from './matrix.js';
import { matrixSheet, unitSheet } from './sheets.js';

/** Who funded whom: what each unit sent every other in the interval, and who gave more than it took. */
export const poolingMatrixQuestion: Question<BookParameters> = {
  name: 'pooling-matrix',
  route: 'pooling-matrix',
  title: text('统筹调剂矩阵', 'Pooling matrix'),
  projection: provincialConsolidation,
  parameters: BookParameters,
  sheets: [`matrix-${OF_A_FUND}`, 'units'],
  ask: askMatrix,
};

async function askMatrix(asking: Asking, parameters: BookParameters): Promise<Answer> {
  const { fund, unit } = parameters;
  const interval = intervalOf(parameters, asking.today);
  const adopted = asking.reference.known(interval.to);
  const places = booksOf(adopted, fund, unit);
  const shown = await readLines(asking, {
    books: places.map(({ stream }) => stream),
    days: [interval.before, interval.to],
    recordedAsOf: await momentOf(asking, parameters.recordedAsOf),
    alsoFrom: [provincialConsolidation],
  });
  const { position } = shown;
  const books = statementsOf(adopted.chart, places, shown);
  const keys = [...new Set(places.map((place) => place.fund.key))];
  const flows = unitFlows(asking.tables, { funds: keys, interval, position }).filter(
    ({ sender, receiver }) => unit === undefined || unit === sender || unit === receiver,
  );
  const order = adopted.units.all
    .filter(({ parent }) => parent === undefined)
    .flatMap(({ code }) => tree(adopted, code));
  const matrices = keys.flatMap((key): Matrix[] => {
    const own = books.filter((book) => book.fund.key === key);
    const ownFlows = flows.filter((flow) => flow.fund === key);
    if (own.length === 0 && ownFlows.length === 0) return [];
    const spent = new Map<string, Fen>(
      own.map(({ unit: { code }, statement }) => [code, statement.expenditure - statement.toOtherLevels]),
    );
    return [matrixOf(places.find((place) => place.fund.key === key)!.fund, order, ownFlows, spent)];
  });
  const days = { ...interval, recordedAsOf: parameters.recordedAsOf };
  return {
    position,
    body: { ...intervalBody(interval, parameters), funds: matrices.map(matrixBody) },
    sheets: [...matrices.map((matrix) => matrixSheet(adopted, matrix, days)), unitSheet(adopted, matrices, days)],
  };
}

const matrixBody = ({ fund, flows, units }: Matrix) => ({
  fund: fund.key,
  flows: flows.map(({ direction, sender, receiver, sent, received }) => ({
    direction,
    sender,
    receiver,
    sent: formatFen(sent),
    received: formatFen(received),
    difference: formatFen(sent - received),
  })),
  units: units.map(unitBody),
});

const unitBody = ({ unit, ...amounts }: UnitNet) => ({
  unit,
  ...Object.fromEntries(Object.entries(amounts).map(([key, amount]) => [key, formatFen(amount)])),
});
