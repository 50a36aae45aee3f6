import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { LedgerError } from '../errors.js';
import { visible } from '../text/foreign-text.js';
import { asLedgerError, codeOf } from '../machine-fault.js';
import {
  httpError,
  internalError,
  isPassing,
  languageAccepted,
  type Problem,
  PROBLEM_TYPE,
  problemOf,
  statusOf,
} from './problem.js';

/** Failures with a cause that whoever runs the service must see. */
const LOGGED = new Set([
  'store-unavailable',
  'store-misconfigured',
  'store-refused',
  'history-unreadable',
  'disk-full',
  'log-write-failed',
  'log-file-lost',
  'data-directory-lost',
  'store-refuses-appends',
  'machine-fault',
]);

/** When a client may try again what was unavailable. */
export const RETRY_AFTER_SECONDS = 1;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Answers every error with a problem document. What is no error of the client's is logged with its stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Also called by Fastify itself, for requests that never reach a route. */
  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const error = toLedgerError(thrown, request);
    const instance = instanceOf(request);
    // Once an answer has begun there is nobody left to tell: the log is where it is told.
    const isBegun = reply.sent || reply.raw.headersSent;
    const isOurs = (isBegun || statusOf(error) === 500) && !hasLeft(thrown, reply);
    if (isOurs || LOGGED.has(error.code)) this.log.error({ instance, err: thrown });
    if (isBegun) return;
    const language = languageAccepted(request.headers['accept-language']);
    const problem = problemOf(error, language, instance);
    void reply.code(problem.status).headers({
      'content-type': PROBLEM_TYPE,
      'content-language': language,
      vary: 'Accept-Language',
      ...(isPassing(problem.status) && { 'retry-after': RETRY_AFTER_SECONDS }),
      ...(problem.status === 405 && { allow: methodsOf(request).join(', ') }),
    });
    void reply.send(visible(JSON.stringify(problem)));
  }

  /**
   * What becomes of the parts of a request that fail, as documents in its language: each as it would be answered alone.
   * A cause that several have is logged once.
   */
  documentsFor(request: FastifyRequest): (thrown: unknown) => Problem {
    const instance = instanceOf(request);
    const language = languageAccepted(request.headers['accept-language']);
    const logged = new Set<string>();
    return (thrown) => {
      const error = toLedgerError(thrown, request);
      const isOurs = statusOf(error) === 500 || LOGGED.has(error.code);
      if (isOurs && !logged.has(error.code)) this.log.error({ instance, err: thrown });
      logged.add(error.code);
      return problemOf(error, language, instance);
    };
  }
}

/** How the log names a request. */
const instanceOf = ({ url, id }: FastifyRequest): string => `${url.split('?', 1)[0]!}#${id}`;

/**
 * Whether it is only that the client has left: no fault of ours, and nobody's any more. What has a cause is a fault:
 * the thread that met it says it in the ledger's words.
 */
const hasLeft = (thrown: unknown, { raw }: FastifyReply): boolean =>
  raw.destroyed && ((thrown instanceof LedgerError && thrown.cause === undefined) || codeOf(thrown) === 'ECONNRESET');

function toLedgerError(thrown: unknown, request: FastifyRequest): LedgerError {
  const said = asLedgerError(thrown);
  if (said instanceof LedgerError) return said;
  const status = statusIn(thrown);
  const known = status === 404 && methodsOf(request).length > 0 ? httpError(405) : httpError(status);
  return known ?? internalError();
}

/** The status an error of Nest or Fastify carries; 500 where it carries none. */
function statusIn(thrown: unknown): number {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number')
    return thrown.statusCode;
  return 500;
}

/** The methods that the path of a request has, be it a route as written or one with its parameters filled in. */
function methodsOf({ url, server }: FastifyRequest): string[] {
  const path = url.split('?', 1)[0]!;
  // Where no route leads there is null, though the type does not say so.
  const leads = (method: (typeof METHODS)[number]): unknown => server.findRoute({ method, url: path });
  return METHODS.filter((method) => Boolean(leads(method)));
}
