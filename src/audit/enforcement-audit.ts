import { type LedgerEvent } from '../books/event.js';
import { type Fen } from '../money.js';
import { fenOf } from './entry-checks.js';

/** So many, and their sum in fen. */
export interface Tally {
  readonly count: number;
  readonly sum: Fen;
}

/**
 * What enforcement brought, by the events themselves: penalties by article, recoveries and what was avoided by channel
 * and fund.
 */
export class EnforcementAudit {
  readonly tallies = new Map<string, Tally>();

  /** Takes an event in; a reversal or a withdrawal takes out again what it names. */
  take(event: LedgerEvent, original: LedgerEvent | undefined): void {
    const own = original ?? event;
    const name = nameOf(own);
    if (name === undefined) return;
    const times = original ? -1 : 1;
    const { count, sum } = this.tallies.get(name) ?? { count: 0, sum: 0n };
    this.tallies.set(name, { count: count + times, sum: sum + BigInt(times) * fenOf(own.amount!) });
  }
}

export const penaltyName = (article: string): string => `penalties, article ${article}`;
export const recoveryName = (channel: string, fund: string): string => `recoveries, ${channel}, ${fund}`;

export const avoidedName = (channel: string, fund: string): string => `losses avoided, ${channel}, ${fund}`;

function nameOf({ kind, fund, ...event }: LedgerEvent): string | undefined {
  const { article, channel } = event as { article?: string; channel?: string };
  if (kind === 'penalty') return penaltyName(article!);
  if (kind === 'claim-audit') return avoidedName(channel!, fund);
  return kind === 'recovery' ? recoveryName(channel!, fund) : undefined;
}
