import { writeSync } from 'node:fs';
import { type DestinationStream, type Logger, pino } from 'pino';
import { type LogLevel } from './config.js';
import { visibleLines } from './text/foreign-text.js';

/** The log of a long-running command: JSON, one line each, on standard output; what is not seen is written out. */
export function serviceLog(level: LogLevel, to?: DestinationStream): Logger {
  const { isoTime } = pino.stdTimeFunctions;
  return pino({ level, base: undefined, timestamp: isoTime, hooks: { streamWrite: visibleLines } }, to);
}

/**
 * The same for the last line before the process ends itself: it is written at once, where others are on their way.
 * Where it cannot be written nobody is left to hear of it, and the end must not wait for that.
 */
export function lastWords(level: LogLevel, message: string): void {
  const write = (line: string): void => {
    try {
      writeSync(1, line);
    } catch {
      // Nobody reads the log any more, or its pipe is full.
    }
  };
  serviceLog(level, { write }).error(message);
}
