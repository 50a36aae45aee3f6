import { type Logger } from 'pino';
import { type Config } from './config.js';
import { buildApplication } from './http/application.js';
import { type RunningRelay, startRelay } from './kafka/start-relay.js';
import { type Ledger } from './ledger.js';
import { serviceLog } from './service-log.js';

/** A service that answers. */
export interface Service {
  /** Where, e.g. `http://127.0.0.1:3000`. */
  readonly address: string;
  /** Takes no more requests, answers those in flight, and closes the ledger. */
  readonly stop: () => Promise<void>;
}

/** Starts the service over a ledger, which is then its own to close: also where the start fails. */
export async function startService(config: Config, ledger: Ledger): Promise<Service> {
  const log = serviceLog(config.logLevel);
  let relay: RunningRelay | undefined;
  try {
    relay = deliver(config, ledger, log);
    const application = await buildApplication(ledger, log, relay);
    await application.listen(config.port, config.host);
    const address = await application.getUrl();
    log.info({ address, docs: `${address}/docs`, dataDir: config.dataDir, pid: process.pid }, 'listening');
    const stop = async (): Promise<void> => {
      log.info('stopping');
      await application.close();
      await relay?.stop();
      await ledger.close();
      log.info('stopped');
    };
    return { address, stop };
  } catch (error) {
    await relay?.stop();
    await ledger.close();
    throw error;
  }
}

/** Starts the relay where a Kafka is named: recording never waits for it. */
function deliver({ kafka }: Config, { place }: Ledger, log: Logger): RunningRelay | undefined {
  const change = (level: 'info' | 'warn', message: string): void => log[level](message);
  return kafka && startRelay(place, kafka, { change, debug: (message) => log.debug(message) });
}

/**
 * Resolves at the first SIGINT or SIGTERM. Further ones change nothing: a terminal's Ctrl-C often arrives twice, once
 * from the terminal and once from npm.
 */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}
