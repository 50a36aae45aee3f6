import { net, readAvoided, readPenalties, readRecoveries } from '../../projections/enforcement/figures.js';
import { enforcement } from '../../projections/enforcement/projection.js';
import { fundsWithTransfers, openTransfers, unitFlows } from '../../projections/provincial-consolidation/transfers.js';
import { provincialConsolidation } from '../../projections/provincial-consolidation/projection.js';
import { type ReadTables } from '../../projections/following/read-tables.js';
import { identityText, pairText, stateOf, type Sums } from '../books/transfers.js';
import { formatFen } from '../money.js';
import { type Breach } from './breach.js';
import { addTo, differences } from './differences.js';
import { avoidedName, penaltyName, recoveryName, type Tally } from './enforcement-audit.js';
import { sumsOf, type Transfer } from './transfer-audit.js';

/** Every business day there is. */
const EVER = { from: '0000-01-01', to: '9999-12-31' } as const;

/**
 * What the consolidation answers of the transfers at its position, as its own question reads it: the list of what is in
 * transit, and the flows between units. Compared with the audit's matching of the same vouchers.
 */
export function claimTransfers(tables: ReadTables, position: number): (walked: readonly Transfer[]) => Breach[] {
  const scope = { funds: fundsWithTransfers(tables), interval: EVER, position };
  const list = new Map(openTransfers(tables, scope).map((transfer) => [identityText(transfer), told(transfer)]));
  const flows = new Map(unitFlows(tables, scope).map((flow) => [pairText(flow), told(flow)]));
  return (walked) => [
    ...compare('the list of what is in transit', position, listOf(walked), list),
    ...compare('the flows between units', position, flowsOf(walked), flows),
  ];
}

type Told = ReadonlyMap<string, string>;

const told = ({ sent, received }: Sums): string => `sent ${formatFen(sent)}, received ${formatFen(received)}`;

const listOf = (walked: readonly Transfer[]): Told =>
  new Map(
    walked
      .map((transfer) => [identityText(transfer), sumsOf(transfer)] as const)
      .filter(([, sums]) => stateOf(sums) !== 'matched')
      .map(([name, sums]) => [name, told(sums)]),
  );

function flowsOf(walked: readonly Transfer[]): Told {
  const sent = new Map<string, bigint>();
  const received = new Map<string, bigint>();
  for (const transfer of walked) {
    const sums = sumsOf({ ...transfer, sent: transfer.sent.filter(({ opened }) => !opened) });
    addTo(sent, pairText(transfer), sums.sent);
    addTo(received, pairText(transfer), sums.received);
  }
  const flows = [...sent].map(([pair, sum]) => [pair, { sent: sum, received: received.get(pair)! }] as const);
  const moved = flows.filter(([, sums]) => sums.sent !== 0n || sums.received !== 0n);
  return new Map(moved.map(([pair, sums]) => [pair, told(sums)]));
}

/** What the enforcement report answers at its position: counts and sums of what stands. */
export function claimEnforcement(
  tables: ReadTables,
  position: number,
): (walked: ReadonlyMap<string, Tally>) => Breach[] {
  const scope = { interval: EVER, fund: undefined, position };
  const viewed = new Map<string, Tally>([
    ...readPenalties(tables, scope, 0).articles.map((each) => [penaltyName(each.article), net(each)] as const),
    ...readRecoveries(tables, scope).map((each) => [recoveryName(each.channel, each.fund), net(each)] as const),
    ...readAvoided(tables, scope).map((each) => [avoidedName(each.channel, each.fund), net(each)] as const),
  ]);
  return (walked) =>
    differences(tallied(walked), tallied(viewed), 'none').map(([name, byLog, byView]) => ({
      invariant: 'enforcement',
      expected: `${name}: ${byLog} at position ${position}`,
      got: `${byView} in ${enforcement.name}`,
    }));
}

const tallied = (tallies: ReadonlyMap<string, Tally>): Told =>
  new Map(
    [...tallies]
      .filter(([, { count, sum }]) => count !== 0 || sum !== 0n)
      .map(([name, { count, sum }]) => [name, `${count} of ${formatFen(sum)}`]),
  );

function compare(view: string, position: number, expected: Told, got: Told): Breach[] {
  return differences(expected, got, 'nothing').map(([name, byLog, byView]) => ({
    invariant: 'transfers',
    expected: `${name}: ${byLog} at position ${position}`,
    got: `${byView} in ${view} of ${provincialConsolidation.name}`,
  }));
}
