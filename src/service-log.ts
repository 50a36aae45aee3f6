import { writeSync } from 'node:fs';
import { type DestinationStream, type Logger, pino } from 'pino';
import { type LogLevel } from './config.js';
import { visibleLines } from './text/foreign-text.js';

/** So many characters wait for a disk that is full; what is logged beyond them is lost. */
const MOST_WAITING = 1_000_000;

/** The standard output; a service goes on where nobody reads it, or where it cannot be written for a while. */
function standardOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, sync: true, maxLength: MOST_WAITING });
  output.on('error', () => undefined);
  return output;
}

/** The log of a long-running command: JSON, one line each, on standard output; what is not seen is written out. */
export function serviceLog(level: LogLevel, to: DestinationStream = standardOutput()): Logger {
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
