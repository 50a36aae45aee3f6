import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type ConfirmedClock } from './recording-clock.js';

/**
 * The confirmation that an operator left in a data directory; undefined where there is none that can be read: then the
 * clock is not confirmed.
 */
export function readConfirmedClock(path: string): ConfirmedClock | undefined {
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const { lastRecordedAt, clock, by, reason } = (written ?? {}) as Partial<Record<string, unknown>>;
  const [lastMs, clockMs] = [lastRecordedAt, clock].map((instant) => Date.parse(String(instant))) as [number, number];
  if (Number.isNaN(lastMs) || Number.isNaN(clockMs)) return undefined;
  return { lastMs, clockMs, by: String(by), reason: String(reason) };
}

/** Leaves a confirmation, whole or not at all: a service may be looking. */
export function writeConfirmedClock(path: string, { lastMs, clockMs, by, reason }: ConfirmedClock): void {
  const [lastRecordedAt, clock] = [new Date(lastMs).toISOString(), new Date(clockMs).toISOString()];
  writeFileSync(`${path}.part`, `${JSON.stringify({ lastRecordedAt, clock, by, reason })}\n`, { flush: true });
  renameSync(`${path}.part`, path);
}
