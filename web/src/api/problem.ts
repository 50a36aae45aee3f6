import { type components } from './schema.ts';

/** What the service says of a request that it refuses or cannot answer (RFC 9457). */
export type Problem = components['schemas']['Problem'];

/** The service has answered, with a problem. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail);
  }
}

/** Nothing came from the service, or what came is not of it: it is down, or something between is. */
export class Unreachable extends Error {
  constructor(
    readonly status: number | undefined,
    cause?: unknown,
  ) {
    super(status === undefined ? 'no answer' : `status ${status}`, { cause });
  }
}

/** Whether the same request may be answered later without anybody changing it. */
export const mayPass = (error: Error): boolean =>
  error instanceof Unreachable || (error instanceof Refused && error.status >= 500);
