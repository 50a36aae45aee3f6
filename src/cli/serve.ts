import { type Command } from 'commander';
import { environment, readConfig } from '../config.js';
import { text } from '../errors.js';
import { openLedger } from '../ledger.js';
import { lastWords, serviceLog } from '../service-log.js';
import { stopSignal } from '../stop-signal.js';
import { answerFirst } from '../time/stand-back.js';
import { both, globalsOf } from './globals.js';

/** `tongzhang serve`: the HTTP service, until Ctrl-C or SIGTERM. */
export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description(both(text('启动 HTTP 服务', 'run the HTTP service')))
    .addHelpText(
      'after',
      `
示例  Examples:
  $ npx tongzhang serve
  $ PORT=8080 LOG_LEVEL=warn npx tongzhang --data /srv/ledger serve

环境变量  Environment: DATA_DIR HOST PORT ALLOWED_HOSTS LOG_LEVEL CLOCK_BOUND_DAYS EVENT_STORE_URL EVENT_STORE_PREFIX
  IMPORTS_WAITING IMPORTS_GIB IMPORTS_KEEP_DAYS KAFKA_BROKERS …`,
    )
    .action(async (_options: object, command: Command) => {
      const config = readConfig({ ...environment, DATA_DIR: globalsOf(command).dataDir });
      const { eventStoreUrl, eventStorePrefix, clockBoundDays, logLevel: level } = config;
      const logger = serviceLog(level);
      const log = (message: string): void => logger.warn(message);
      answerFirst();
      const ledger = await openLedger(config.dataDir, Date.now, {
        eventStoreUrl,
        eventStorePrefix,
        clockBoundDays,
        log,
      });
      // Only now: a directory in use is refused, and the other commands start, without loading the HTTP framework.
      const { startService } = await import('../main.js');
      const stopped = stopSignal((message) => lastWords(level, message));
      const service = await startService(config, ledger);
      await stopped;
      await service.stop();
    });
}
