import { type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { AppModule } from '../app.module.js';
import { type RunningRelay } from '../kafka/start-relay.js';
import { type Ledger } from '../ledger.js';
import { readFilesAsStreams } from './imports.controller.js';
import { hasShape } from '../vouchers/check.js';
import { COMMAND_KINDS } from '../vouchers/registry.js';
import { Metrics } from './metrics.js';
import { httpError } from './problem.js';
import { ProblemFilter } from './problem.filter.js';
import { MOST_BODY_BYTES } from '../text/strict-json.js';

/** A limit on everything: a client that sends slowly, or stops, gives its connection back. */
const LIMITS = {
  bodyLimit: MOST_BODY_BYTES,
  requestTimeout: 120_000,
  connectionTimeout: 130_000,
  keepAliveTimeout: 72_000,
  http: { headersTimeout: 15_000 },
  routerOptions: { maxParamLength: 300 },
};

/** The HTTP application over an open ledger, ready to listen. It does not close the ledger, nor stop the relay. */
export async function buildApplication(
  ledger: Ledger,
  log: Logger,
  relay: RunningRelay | undefined,
): Promise<NestFastifyApplication> {
  // Compiles the checks now, so that the first command of a kind is answered as fast as the next.
  for (const { command, example } of COMMAND_KINDS) hasShape(command, example);
  const metrics = new Metrics(ledger, relay);
  const problems = new ProblemFilter(log);
  const adapter = new FastifyAdapter({
    ...LIMITS,
    // Nothing here is Express middleware, so the layer that runs it is left out.
    skipMiddie: true,
    // What comes while the service stops is refused by us, with a problem document.
    return503OnClosing: false,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      problems.answer(error, request, reply),
  });
  refuseWhenStopping(adapter.getInstance(), problems);
  readBodiesAsBytes(adapter.getInstance(), metrics);
  readFilesAsStreams(adapter.getInstance());
  const application = await NestFactory.create<NestFastifyApplication>(AppModule.of(ledger, metrics, relay), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: nestLog(log),
  });
  application.useGlobalFilters(problems);
  return application;
}

/**
 * Connections outlive the order to stop as long as a request is on its way in them. One that arrives only then is
 * refused before its body is read; and every answer from then on closes its connection, or the service would wait for
 * clients that merely keep theirs.
 */
function refuseWhenStopping(instance: FastifyInstance, problems: ProblemFilter): void {
  let stopping = false;
  instance.addHook('preClose', (done) => {
    stopping = true;
    done();
  });
  instance.addHook('onRequest', (request, reply, done) => {
    if (stopping) problems.answer(httpError(503), request, reply);
    else done();
  });
  instance.addHook('onSend', (_request, reply, _payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done();
  });
}

/** Bodies reach the controllers as they came: the strict reader is the only one that looks into them. */
function readBodiesAsBytes(instance: FastifyInstance, metrics: Metrics): void {
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  instance.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.observe(request.method, route, reply.statusCode, reply.elapsedTime / 1_000);
    done();
  });
}

/** Nest's own messages in the service's log; what it says of its modules and routes only at level debug. */
function nestLog(log: Logger): LoggerService {
  const to =
    (level: 'debug' | 'warn' | 'error' | 'trace') =>
    (message: unknown, ...more: unknown[]) =>
      log[level]({ ...(more.length > 0 && { context: more }) }, String(message));
  return { log: to('debug'), warn: to('warn'), error: to('error'), debug: to('trace'), verbose: to('trace') };
}
