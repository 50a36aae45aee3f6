import { findKind } from '../src/vouchers/registry.js';
import { type RunningService } from './service.js';

/** The path of a kind and its example with some fields changed; a field set to undefined is left out. */
export function command(kind: string, fields: Readonly<Record<string, unknown>> = {}): [path: string, body: object] {
  const { route, example } = findKind(kind)!;
  return [`/v1/${route}`, { ...example, ...fields }];
}

/** How many events the log has. */
export async function eventCount(service: Pick<RunningService, 'address'>): Promise<number> {
  const headers = { accept: 'application/x-ndjson' };
  const lines = await (await fetch(`${service.address}/v1/events`, { headers })).text();
  return lines.split('\n').length - 1;
}

/** In an order in which each may follow those before it. */
export const ONE_OF_EACH: readonly (readonly [kind: string, fields: Readonly<Record<string, unknown>>])[] = [
  ['opening-balance', {}],
  ['contribution', {}],
  ['subsidy', {}],
  ['payout', {}],
  ['recovery', {}],
  ['penalty', {}],
  ['interest', {}],
  ['money-movement', {}],
  ['remittance-up', {}],
  ['remittance-received', {}],
  ['funding-down', { amount: '10000.00' }],
  ['funding-received', { amount: '10000.00' }],
  ['reversal', { reverses: 'book-employee-460100-1' }],
];
