import { type RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { AppModule, type Parts } from '../app.module.js';
import { takeLongBatches } from './batch-body.js';
import { serveConsole } from './console.js';
import { FILE_ROUTES, readFilesAsStreams } from './imports.controller.js';
import { hasShape } from '../kinds/check.js';
import { SENT_KINDS } from '../catalogue/registry.js';
import { Metrics } from './metrics.js';
import { httpError, stoppingUnder } from './problem.js';
import { takeLanguage } from './request.js';
import { ProblemFilter } from './problem.filter.js';
import { AwaitedBodies } from './protocol/awaited-bodies.js';
import { Connections } from './protocol/connections.js';
import { type AllowedHosts } from './protocol/hosts.js';
import { demandGoodHead } from './protocol/request-head.js';
import { createHttpServer } from './protocol/server.js';
import { MOST_BODY_BYTES } from '../text/strict-json.js';

const LIMITS = { bodyLimit: MOST_BODY_BYTES, routerOptions: { maxParamLength: 300 } };
/** The HTTP application, and what it is asked over. */
export interface HttpApplication {
  readonly nest: NestFastifyApplication;
  readonly connections: Connections;
}

/** So long others have their turn after each check that is compiled. */
const BETWEEN_CHECKS_MS = 20;

/**
 * Compiles the check of every kind, one after the other, so that the first command of a kind is answered as fast as the
 * next. A service that has just started listens already: what comes meanwhile compiles its own.
 */
export async function compileChecks(): Promise<void> {
  for (const { command, example } of SENT_KINDS) {
    await sleep(BETWEEN_CHECKS_MS, undefined, { ref: false });
    hasShape(command, example);
  }
}

/** The HTTP application over an open ledger, ready to listen. It does not close the ledger, nor stop the relay. */
export async function buildApplication(parts: Parts, log: Logger, hosts: AllowedHosts): Promise<HttpApplication> {
  const metrics = new Metrics(parts.ledger, parts.relay);
  const problems = new ProblemFilter(log);
  const adapter = new FastifyAdapter({
    ...LIMITS,
    // Nothing here is Express middleware, so the layer that runs it is left out.
    skipMiddie: true,
    // What comes while the service stops is refused by us, with a problem document.
    return503OnClosing: false,
    serverFactory: (answer: RequestListener) =>
      createHttpServer(answer, (status) => metrics.observe('none', 'none', status, 0)),
    // The server has answered by then.
    clientErrorHandler: () => undefined,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      problems.answer(error, request, reply),
  });
  const connections = closable(adapter.getInstance(), problems);
  demandGoodRequests(adapter.getInstance(), problems, hosts);
  readBodiesAsBytes(adapter.getInstance(), metrics);
  readFilesAsStreams(adapter.getInstance());
  takeLongBatches(adapter.getInstance());
  serveConsole(adapter.getInstance());
  const assembled = AppModule.of(parts, metrics, problems);
  const application = await NestFactory.create<NestFastifyApplication>(assembled, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: nestLog(log),
  });
  application.useGlobalFilters(problems);
  return { nest: application, connections };
}

/**
 * Connections outlive the order to stop as long as a request is on its way in them. One that arrives only then is
 * refused before its body is read; and every answer from then on closes its connection, or the service would wait for
 * clients that merely keep theirs. What cannot be answered in time is told so, as far as nothing was sent yet.
 */
function closable(instance: FastifyInstance, problems: ProblemFilter): Connections {
  const connections = new Connections(instance.server, (unanswered) => {
    const told = unanswered.filter((reply) => !reply.sent && !reply.raw.headersSent);
    for (const reply of told) problems.answer(stoppingUnder(reply.request), reply.request, reply);
    return told.length;
  });
  instance.addHook('onRequest', (request, reply, done) => {
    if (connections.isStopping) return problems.answer(httpError(503), request, reply);
    connections.expect(reply);
    done();
  });
  instance.addHook('onSend', (_request, reply, _payload, done) => {
    if (connections.isStopping) void reply.header('connection', 'close');
    done();
  });
  return connections;
}

/** Refuses a request by its head before its body is read, and one whose body does not come. */
function demandGoodRequests(instance: FastifyInstance, problems: ProblemFilter, hosts: AllowedHosts): void {
  const bodies = new AwaitedBodies();
  instance.addHook('onRequest', (request, reply, done) => {
    takeLanguage(request);
    try {
      demandGoodHead(request, hosts);
    } catch (error) {
      return problems.answer(error, request, reply);
    }
    if (request.routeOptions.url === undefined || !(request.routeOptions.url in FILE_ROUTES))
      bodies.expect(request.raw, () => reply.sent || problems.answer(httpError(408), request, reply));
    done();
  });
  instance.addHook('onResponse', (request, _reply, done) => {
    bodies.answered(request.raw);
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
