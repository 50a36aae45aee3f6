import { type StoredEvent } from '../event-store/event-store.js';

/** The last event that was delivered. */
export interface Delivered {
  /** 0 where there is none. */
  readonly position: number;
  /** SHA-256 of its bytes; undefined where there is none, or where an earlier version delivered it. */
  readonly sha256?: string | undefined;
}

/** The relay's port: where events are delivered. Three methods, so that kafkajs stays in one file. */
export interface Delivery {
  /**
   * Takes the delivery over from whoever had it, and returns the last event delivered.
   * @throws FencedOff when another relay has taken over since this one did
   */
  open(): Promise<Delivered>;
  /**
   * Delivers events and the position of the last of them, all or nothing. After any failure the outcome is unknown:
   * `open` again and go on from what it returns.
   * @throws FencedOff when another relay has taken over
   */
  deliver(events: readonly StoredEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** Another relay has taken over. This one stops; it does not fight back. Recognised by its code. */
export class FencedOff extends Error {
  readonly code = 'fenced-off';
  constructor() {
    super('another relay has taken over');
  }
}

export const isFencedOff = (error: unknown): error is FencedOff =>
  error instanceof Error && 'code' in error && error.code === 'fenced-off';
