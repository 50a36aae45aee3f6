import { type Text } from '../../src/errors.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Gap, type Parts, type Shares } from './gap.js';
import { type PaidShares } from './shares-paid.js';

/** The proposal for one book and year: how short it is, of what that came, and who bears how much. */
export interface Proposal {
  /** By which vouchers refer to it: `gap-resident-460100-2024`; they say the year, and the book is their own. */
  readonly id: string;
  readonly fund: Fund;
  readonly unit: string;
  /** Undefined where the pool is not known. */
  readonly gap: Gap | undefined;
  readonly parts: Parts | undefined;
  readonly policy: Shares | undefined;
  readonly management: Shares | undefined;
  readonly paid: PaidShares;
  /** Why something cannot be told. */
  readonly reason: Text | undefined;
}
