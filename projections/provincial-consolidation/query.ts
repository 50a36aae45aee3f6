import { stateOf } from '../../src/books/transfers.js';
import { text } from '../../src/errors.js';
import { consolidationBody, yuan } from '../fund-balance/body.js';
import { booksOf, fundsOf, statementsOf } from '../fund-balance/books.js';
import { readLines } from '../fund-balance/lines.js';
import { addConsolidations } from '../fund-balance/statement.js';
import { FundParameters } from '../asking/book-parameters.js';
import { intervalBody, intervalOf } from '../asking/interval.js';
import { type Answer, type Asking, OF_A_FUND, type Question } from '../asking/question.js';
import { momentOf } from '../recorded-time/query.js';
import { provincialConsolidation } from './projection.js';
import { eliminationSheet, flowSheet, summarySheet, transitSheet, worksheetSheet } from './sheets.js';
import { openedInTransit, type OpenTransfer, openTransfers, type UnitFlow, unitFlows } from './transfers.js';
import { type Worksheet, worksheetOf } from './worksheet.js';

/** The province as one: the books added up, what they paid each other eliminated, and what is in transit. */
export const consolidationQuestion: Question<FundParameters> = {
  name: 'provincial-consolidation',
  route: 'consolidation',
  title: text('省级汇总', 'Provincial consolidation'),
  projection: provincialConsolidation,
  parameters: FundParameters,
  sheets: ['summary', 'eliminations', 'in-transit', `worksheet-${OF_A_FUND}`, 'flows'],
  ask: askConsolidation,
};

async function askConsolidation(asking: Asking, parameters: FundParameters): Promise<Answer> {
  const interval = intervalOf(parameters, asking.today);
  const adopted = asking.reference.known(interval.to);
  const places = booksOf(adopted, parameters.fund, undefined);
  const shown = await readLines(asking, {
    books: places.map(({ stream }) => stream),
    days: [interval.before, interval.to],
    recordedAsOf: await momentOf(asking, parameters.recordedAsOf),
    alsoFrom: [provincialConsolidation],
  });
  const books = statementsOf(adopted.chart, places, shown);
  const funds = [...new Set(books.map(({ fund }) => fund.key))];
  // Rows of transfers are never changed, only added: read up to the same position, they belong to the same moment.
  const scope = { funds, interval, position: shown.position };
  const opened = openedInTransit(asking.tables, scope);
  const sheets = fundsOf(adopted, books, opened).map((fund) => worksheetOf(adopted, fund, books, opened));
  const open = openTransfers(asking.tables, scope);
  const flows = unitFlows(asking.tables, scope);
  const days = { ...interval, recordedAsOf: parameters.recordedAsOf };
  const basic = sheets.filter(({ fund }) => fund.basicInsurance).map(({ totals }) => totals);
  return {
    position: shown.position,
    body: {
      ...intervalBody(interval, parameters),
      funds: sheets.map((sheet) => fundBody(sheet, open, flows)),
      ...(parameters.fund === undefined && { basicInsurance: consolidationBody(addConsolidations(basic)) }),
    },
    sheets: [
      summarySheet(adopted, sheets, open, days),
      eliminationSheet(sheets, days),
      transitSheet(adopted, open, interval),
      ...sheets.map((sheet) => worksheetSheet(adopted, sheet, days)),
      flowSheet(adopted, flows, days),
    ],
  };
}

function fundBody(sheet: Worksheet, open: readonly OpenTransfer[], flows: readonly UnitFlow[]) {
  const { key } = sheet.fund;
  return {
    fund: key,
    ...consolidationBody(sheet.totals),
    eliminations: sheet.eliminations.map(({ direction, ...amounts }) => ({ direction, ...yuan(amounts) })),
    transfersInTransit: open.filter(({ fund }) => fund === key).map(transferBody),
    units: sheet.units.map(({ unit, row }) => ({ unit: unit.code, ...yuan({ ...row }) })),
    subtotals: sheet.subtotals.map(({ unit, units, row, inTransit }) => ({
      unit: unit.code,
      units: [...units],
      ...yuan({ ...row }),
      inTransit: yuan({ ...inTransit }),
    })),
    flows: flows.filter(({ fund }) => fund === key).map(flowBody),
  };
}

function transferBody({ fund, transferId, direction, sent, received, ...facts }: OpenTransfer) {
  const state = stateOf({ sent, received });
  return { transferId, direction, state, ...facts, ...yuan({ sent, received, difference: sent - received }) };
}

function flowBody({ direction, sender, receiver, sent, received }: UnitFlow) {
  return { direction, sender, receiver, ...yuan({ sent, received, difference: sent - received }) };
}
