import { addressOf } from '../asking/addresses.js';
import { dayAfter } from '../../src/time/clock.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Span } from './parameters.js';
import { type Scope } from './scope.js';

/** What the figures of a statement have in common. */
export interface Linking {
  readonly scope: Scope;
  /** The day whose chart and units the statement is drawn up by. */
  readonly on: string;
  readonly recordedAsOf: string | undefined;
}

/** The address of what a line of a statement is made of over some days, e.g. `balance-sheet/1003`. */
export const lineLink =
  ({ scope, on, recordedAsOf }: Linking, fund: Fund, statement: string) =>
  (line: string, { after, to }: Span): string =>
    addressOf('account-ledger', {
      fund: fund.key,
      unit: scope.units[0]!,
      scope: scope.isConsolidated ? 'consolidated' : 'unit',
      line: `${statement}/${line}`,
      from: dayAfter(after),
      to,
      chartOn: on === to ? undefined : on,
      recordedAsOf,
    });
