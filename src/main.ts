import { type Logger } from 'pino';
import { type Parts } from './app.module.js';
import { type Config } from './config.js';
import { buildApplication, compileChecks, type HttpApplication } from './http/application.js';
import { AskingThread } from './http/asking/asking-thread.js';
import { LogEnd } from './http/log/log-end.js';
import { AllowedHosts } from './http/protocol/hosts.js';
import { ImportJobs } from './import/jobs/import-jobs.js';
import { USUAL_LIMITS } from './import/jobs/limits.js';
import { Jobs, USUAL_JOB_LIMITS } from './jobs/jobs.js';
import { type RunningRelay, startRelay } from './kafka/start-relay.js';
import { refuseAddress } from './http/refuse-address.js';
import { type Ledger } from './ledger.js';
import { serviceLog } from './service-log.js';
import { DAY_MS } from './time/recording-clock.js';
import { isOverWithin } from './time/within.js';

/** A service that answers. */
export interface Service {
  /** Where, e.g. `http://127.0.0.1:3000`. */
  readonly address: string;
  /** Takes no more requests, answers those in flight as far as there is time, and closes the ledger. */
  readonly stop: () => Promise<void>;
}

/** Starts the service over a ledger, which is then its own to close: also where the start fails. */
export async function startService(config: Config, ledger: Ledger): Promise<Service> {
  const log = serviceLog(config.logLevel);
  let relay: RunningRelay | undefined;
  const imports = importsOf(config, ledger, log);
  const logEnd = new LogEnd(ledger.store);
  const asking = AskingThread.of(ledger, warning(log));
  const jobs = new Jobs(ledger, config.clockBoundDays * DAY_MS, USUAL_JOB_LIMITS, warning(log));
  try {
    relay = deliver(config, ledger, log);
    const hosts = new AllowedHosts(config.host, config.allowedHosts);
    const application = await buildApplication({ ledger, relay, imports, jobs, logEnd, asking }, log, hosts);
    // Of the two addresses of `localhost` only one would be bound, and which one depends on the machine.
    const host = config.host === 'localhost' ? '127.0.0.1' : config.host;
    await application.nest.listen(config.port, host).catch(refuseAddress(config));
    const address = await application.nest.getUrl();
    log.info({ address, docs: `${address}/docs`, dataDir: config.dataDir, pid: process.pid }, 'listening');
    void compileChecks();
    return { address, stop: () => stopService(log, application, { ledger, relay, imports, jobs, logEnd, asking }) };
  } catch (error) {
    await Promise.all([imports.stop(), jobs.stop()]);
    await relay?.stop();
    await ledger.close();
    throw error;
  }
}

/** How long imports may take to come to a place where they can go on, and the service to answer what it has begun. */
const REQUESTS_MS = 5_000;
/** How long the rest of the application may take, once nobody asks it anything any more. */
const CLOSING_MS = 300;
/** How long the ledger may take to close, and the relay to finish its transaction. */
const LEDGER_MS = 3_300;

/**
 * Stops in order, each step within a bound of its own and whatever becomes of the others: a client, a broker or an
 * import that hangs does not keep the ledger from being closed.
 */
async function stopService(
  log: Logger,
  { nest, connections }: HttpApplication,
  { ledger, relay, imports, jobs, logEnd, asking }: Parts,
): Promise<void> {
  const step = async (name: string, work: Promise<unknown>, boundMs: number): Promise<void> => {
    try {
      if (!(await isOverWithin(work, boundMs))) log.warn({ step: name, boundMs }, 'stopping goes on without it');
    } catch (error) {
      log.error({ step: name, err: error }, 'stopping goes on without it');
    }
  };
  log.info('stopping');
  // Who follows the log would go on for ever.
  logEnd.stop();
  await Promise.all([
    step(
      'connections',
      connections.close((facts) => log.warn(facts, 'connections were cut')),
      REQUESTS_MS,
    ),
    // An import comes to a place where it can go on; that takes as long as its batch in hand, not as its file.
    step('imports', imports.stop(), REQUESTS_MS),
    // A job only reads, and is cut off.
    step('jobs', jobs.stop(), REQUESTS_MS),
  ]);
  await step('application', nest.close(), CLOSING_MS);
  await Promise.all([
    step('questions', asking?.close() ?? Promise.resolve(), LEDGER_MS),
    step('relay', relay?.stop() ?? Promise.resolve(), LEDGER_MS),
    step('ledger', ledger.close(), LEDGER_MS),
  ]);
  log.info('stopped');
}

function importsOf({ imports }: Config, ledger: Ledger, log: Logger): ImportJobs {
  return new ImportJobs(ledger, { ...USUAL_LIMITS, ...imports }, warning(log));
}

/** What an operator should know, in the service's log. */
const warning =
  (log: Logger) =>
  (message: string, err?: unknown): void =>
    log.warn({ ...(err !== undefined && { err }) }, message);

/** Starts the relay where a Kafka is named: recording never waits for it. */
function deliver({ kafka }: Config, { place }: Ledger, log: Logger): RunningRelay | undefined {
  const change = (level: 'info' | 'warn', message: string): void => log[level](message);
  return kafka && startRelay(place, kafka, { change, debug: (message) => log.debug(message) });
}
