import { parseLedgerLine } from '../../src/books/entries.js';
import { stateOf } from '../../src/books/transfers.js';
import { text } from '../../src/errors.js';
import { formatFen } from '../../src/money.js';
import { booksOf } from '../fund-balance/books.js';
import { readLines } from '../fund-balance/lines.js';
import { FIRST_DAY, intervalBody, intervalOf } from '../asking/interval.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { type OpenTransfer, openTransfers } from '../provincial-consolidation/transfers.js';
import { type Answer, type Asking, type Question } from '../asking/question.js';
import { momentOf } from '../recorded-time/query.js';
import { BRACKETS, byAge, daysBetween } from './ages.js';
import { type OpenItem, openItems } from './open-items.js';
import { RegisterParameters, REGISTERS } from './parameters.js';
import { DEPOSITS, registerOf, registers } from './projection.js';
import { type Tie, tiesOf } from './ties.js';
import { itemSheet, tieSheet, transitSheet } from './sheets.js';

/** What is advanced, held, owed or held back, for whom and since when, and whether it ties to the ledger. */
export const registersQuestion: Question<RegisterParameters> = {
  name: 'registers',
  route: 'registers',
  title: text('往来登记簿', 'Registers'),
  projection: registers,
  parameters: RegisterParameters,
  sheets: [...REGISTERS.codes, 'ties'],
  ask: (asking, parameters) => askRegisters(asking, parameters, MOST_LISTED),
  export: (asking, parameters) => askRegisters(asking, parameters, Infinity),
};

/** Most items of a register that an answer lists, the largest; a file holds them all. */
const MOST_LISTED = 500;

async function askRegisters(asking: Asking, parameters: RegisterParameters, most: number): Promise<Answer> {
  const { fund, unit, register, recordedAsOf } = parameters;
  const interval = intervalOf(parameters, asking.today);
  const { to } = interval;
  const adopted = asking.reference.known(to);
  const places = booksOf(adopted, fund, unit);
  const shown = await readLines(asking, {
    books: places.map(({ stream }) => stream),
    days: [to],
    recordedAsOf: await momentOf(asking, recordedAsOf),
    alsoFrom: [registers, provincialConsolidation],
  });
  const { position } = shown;
  const funds = [...new Set(places.map((place) => place.fund.key))];
  const units = [...new Set(places.map((place) => place.unit.code))];
  const items = openItems(asking.tables, { funds, units, day: to, position });
  const transfers = openTransfers(asking.tables, { funds, interval: { from: FIRST_DAY, to }, position }).filter(
    ({ sender, receiver }) => unit === undefined || unit === sender || unit === receiver,
  );
  const isAsked = (key: string): boolean => register === undefined || register === key;
  const itemsOf = (key: string): OpenItem[] => items.filter(({ line }) => registerOf(line) === key);
  const listed = REGISTERS.codes.filter((key) => key !== 'in-transit' && isAsked(key));
  const ties = tiesOf(places, shown, items).filter(({ line }) => isAsked(registerOf(line)));
  return {
    position,
    body: {
      ...intervalBody(interval, parameters),
      items: listed.flatMap((key) => itemsOf(key).map((item) => ({ register: key, ...itemBody(item, to) }))),
      inTransit: isAsked('in-transit') ? transfers.map((each) => transferBody(each, to)) : [],
      ties: ties.map(tieBody),
    },
    sheets: [
      ...listed.map((key) => itemSheet(adopted, { register: key, items: itemsOf(key), asOf: to, most, recordedAsOf })),
      ...(isAsked('in-transit') ? [transitSheet(adopted, transfers, to)] : []),
      tieSheet(adopted, ties, { to, recordedAsOf }),
    ],
  };
}

type Json = Readonly<Record<string, unknown>>;

function itemBody({ fund, unit, line, name, open, since, parts }: OpenItem, asOf: string): Json {
  const ages = byAge(parts, asOf);
  return {
    fund,
    unit,
    ...(line === DEPOSITS ? {} : parseLedgerLine(line)),
    name: name === '' ? null : name,
    open: formatFen(open),
    since,
    days: since === null ? null : daysBetween(since, asOf),
    ages: Object.fromEntries(BRACKETS.map(({ key }, index) => [key, formatFen(ages[index]!)])),
  };
}

function transferBody(transfer: OpenTransfer, asOf: string): Json {
  const { fund, transferId, direction, sender, receiver, sent, received, sentOn, receivedOn } = transfer;
  const since = sentOn ?? receivedOn;
  return {
    fund,
    transferId,
    direction,
    state: stateOf(transfer),
    sender,
    receiver,
    sent: formatFen(sent),
    received: formatFen(received),
    difference: formatFen(sent - received),
    since,
    days: since === null ? null : daysBetween(since, asOf),
    vouchers: [...transfer.sentBy, ...transfer.receivedBy, ...transfer.takenBackBy],
  };
}

const tieBody = ({ fund, unit, line, items, open, ledger }: Tie): Json => ({
  fund,
  unit,
  ...parseLedgerLine(line),
  items,
  register: formatFen(open),
  ledger: formatFen(ledger),
  difference: formatFen(open - ledger),
});
