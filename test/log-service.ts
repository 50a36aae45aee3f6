import { type AddressInfo } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { LogController } from '../src/http/log.controller.js';
import { ProblemFilter } from '../src/http/problem.filter.js';
import { Turns } from '../src/http/turns.js';
import { type ImportJobs } from '../src/import/jobs/import-jobs.js';
import { type Ledger } from '../src/ledger.js';
import { type FollowedLog } from './followed-log.js';

const services: FastifyInstance[] = [];

/** For `afterEach`: ends what was served. */
export async function endLogServices(): Promise<void> {
  for (const service of services.splice(0)) await service.close();
}

/** What is answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Asks for what is JSON; `text`: for what is not. */
type Ask = ((path: string, headers?: Record<string, string>) => Promise<Answered>) & {
  readonly text: (path: string, headers?: Record<string, string>) => Promise<string>;
};

/** The log of a spec over HTTP, in this process. Returns how to ask it. */
export async function serveLog(
  log: FollowedLog,
  imports: Pick<ImportJobs, 'ofSource'> = { ofSource: () => [] },
): Promise<Ask> {
  const { tables, reference, waitFor } = log.asking();
  const ledger = { store: log.store, reference: { current: reference }, tables: { current: () => tables, waitFor } };
  const controller = new LogController(ledger as unknown as Ledger, new Turns(), imports);
  const problems = new ProblemFilter(pino({ level: 'silent' }));
  const service = fastify({ forceCloseConnections: true });
  services.push(service);
  service.get('/v1/events', async (request, reply) => {
    await controller.events(request, reply).catch((error: unknown) => problems.answer(error, request, reply));
    return reply;
  });
  service.get<{ Params: { id: string } }>('/v1/vouchers/:id', async (request, reply) => {
    const { id } = request.params;
    await controller.voucher(id, request, reply).catch((error: unknown) => problems.answer(error, request, reply));
    return reply;
  });
  await service.listen({ port: 0, host: '127.0.0.1' });
  const address = `http://127.0.0.1:${(service.server.address() as AddressInfo).port}`;
  const ask = async (path: string, headers: Record<string, string> = {}): Promise<Answered> => {
    const response = await fetch(`${address}${path}`, { headers });
    const body = (await response.json()) as Answered['body'];
    return { status: response.status, headers: response.headers, body };
  };
  const asText = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
    (await fetch(`${address}${path}`, { headers })).text();
  return Object.assign(ask, { text: asText });
}
