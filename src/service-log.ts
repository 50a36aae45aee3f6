import { type Logger, pino } from 'pino';
import { type LogLevel } from './config.js';
import { visibleLines } from './foreign-text.js';

/** The log of a long-running command: JSON, one line each, on standard output; what is not seen is written out. */
export const serviceLog = (level: LogLevel): Logger =>
  pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: visibleLines },
  });
