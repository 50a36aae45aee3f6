/**
 * An instant is final once it is so much older than the server's time. An append is known after its deadline of 5 s,
 * but one whose outcome is unknown goes out again for ever, with the time it was stamped with first; and a node's clock
 * may lag. A minute is far more than an append takes and than clocks differ that are kept in step, and short enough for
 * whoever waits for a figure that no longer changes.
 */
export const FINAL_AFTER_MS = 60_000;

/**
 * The time at which an event counts as recorded, in milliseconds. It is the event's own stamp, unless the server wrote
 * the event later than the bound allows: a retry that came late, or a node whose clock lags. Then it is the latest time
 * that was not final yet, so that nothing is ever recorded into an instant that was.
 * @param storedAtMs the server's time of writing it; undefined where one process writes the log
 */
export const effectiveTime = (recordedAtMs: number, storedAtMs: number | undefined): number =>
  storedAtMs === undefined ? recordedAtMs : Math.max(recordedAtMs, storedAtMs - FINAL_AFTER_MS);
