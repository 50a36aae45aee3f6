import { type LedgerEvent } from '../books/event.js';
import { type Fen } from '../money.js';
import { fenOf } from './entry-checks.js';

/** So many, and their sum in fen. */
export interface Tally {
  readonly count: number;
  readonly sum: Fen;
}

/** What enforcement brought, by the events themselves: penalties by article, recoveries by channel and fund. */
export class EnforcementAudit {
  readonly tallies = new Map<string, Tally>();

  /** Takes an event in; a reversal takes the recovery it names out again. */
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

function nameOf(event: LedgerEvent): string | undefined {
  if (event.kind === 'penalty') return penaltyName(event['article'] as string);
  return event.kind === 'recovery' ? recoveryName(event['channel'] as string, event.fund) : undefined;
}
