import { dayAfter } from '../../src/time/clock.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Span } from './parameters.js';
import { type Scope } from './scope.js';

/** Addresses of the questions and records that a figure is made of: what a reader comes to who wants to know why. */

/** The address of a voucher. */
export const voucherLink = (id: string): string => `/v1/vouchers/${id}`;

/** An address with a query, of which what may stand in one as it is stays legible. */
export function addressOf(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined) as [string, string][];
  const query = new URLSearchParams(given).toString();
  return `${path}?${query.replaceAll('%2F', '/').replaceAll('%40', '@').replaceAll('%3A', ':')}`;
}

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
    addressOf('/v1/account-ledger', {
      fund: fund.key,
      unit: scope.units[0]!,
      scope: scope.isConsolidated ? 'consolidated' : 'unit',
      line: `${statement}/${line}`,
      from: dayAfter(after),
      to,
      chartOn: on === to ? undefined : on,
      recordedAsOf,
    });
