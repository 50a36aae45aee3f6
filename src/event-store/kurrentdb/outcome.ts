/** What is known of a call that failed, by what the driver and gRPC say of it. */

/** After these the event may be there or not: the same events are sent again until the server says which. */
const UNKNOWN_OUTCOMES = new Set<unknown>(['timeout', 'deadline-exceeded', 'unavailable', 'cancelled', 'not-leader']);
/** The same as gRPC says it where the driver does not translate it: cancelled, deadline, internal, unavailable. */
const UNKNOWN_CODES = new Set<unknown>([1, 4, 13, 14]);
const UNAVAILABLE = 14;
const DEADLINE_EXCEEDED = 4;
/** "unknown": an error of the server's own. It may have struck after the write; a read that meets it has failed. */
const UNKNOWN_TO_SERVER = 2;
/** How the driver says that no node of a cluster could be found; it looks again at the next call. */
const NO_NODE_FOUND = 'Failed to discover';

const codeIn = (error: Error): unknown => ('code' in error ? error.code : undefined);

export const isNoNodeFound = (error: Error): boolean => error.message.startsWith(NO_NODE_FOUND);

/** True where nobody knows what became of a call. */
export function isUnknownOutcome(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('type' in error && UNKNOWN_OUTCOMES.has(error.type)) return true;
  return UNKNOWN_CODES.has(codeIn(error)) || isNoNodeFound(error);
}

export const isUnknownWrite = (error: unknown): boolean =>
  isUnknownOutcome(error) || (error instanceof Error && codeIn(error) === UNKNOWN_TO_SERVER);

/** True where no connection came about, or it was cut. */
export const isUnconnected = (error: unknown): boolean =>
  error instanceof Error && (codeIn(error) === UNAVAILABLE || isNoNodeFound(error));

/** True where a call was not answered in its time: its connection may be dead, and nobody told. */
export const isOverdue = (error: unknown): boolean => error instanceof Error && codeIn(error) === DEADLINE_EXCEEDED;

/** True where the stream of a call was deleted for good. */
export const isDeletedForGood = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && error.type === 'stream-deleted';
