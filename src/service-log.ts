import { type DestinationStream, type Logger, pino } from 'pino';
import { type LogLevel } from './config.js';
import { visibleLines } from './text/foreign-text.js';

/** The log of a long-running command: JSON, one line each, on standard output; what is not seen is written out. */
export function serviceLog(level: LogLevel, to?: DestinationStream): Logger {
  const { isoTime } = pino.stdTimeFunctions;
  return pino({ level, base: undefined, timestamp: isoTime, hooks: { streamWrite: visibleLines } }, to);
}
