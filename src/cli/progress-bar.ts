import { Presets, SingleBar } from 'cli-progress';
import { type Text } from '../errors.js';

/** How far something over the log has come. */
export interface LogProgress {
  /** So many events are done. */
  readonly update: (done: number) => void;
  /** Leaves the terminal as it was. */
  readonly stop: () => void;
}

const SILENT: LogProgress = { update: () => undefined, stop: () => undefined };

/** A bar on the error stream where that is a terminal; nothing elsewhere, so that logs and pipes stay clean. */
export function progressBar(name: Text, total: number): LogProgress {
  if (!process.stderr.isTTY || total === 0) return SILENT;
  const format = `${name.zh} ${name.en} [{bar}] {percentage}%  {value}/{total}  {eta_formatted}`;
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
  bar.start(total, 0);
  return {
    update: (done) => bar.update(done),
    stop: () => bar.stop(),
  };
}

/** One bar after the other, for something that is done in phases. */
export function phaseBars<P extends string>(
  names: Readonly<Record<P, Text>>,
): {
  readonly begin: (phase: P, total: number) => void;
  readonly update: (done: number) => void;
  readonly end: () => void;
} {
  let bar: LogProgress | undefined;
  return {
    begin: (phase, total) => {
      bar?.stop();
      bar = progressBar(names[phase], total);
    },
    update: (done) => bar?.update(done),
    end: () => bar?.stop(),
  };
}
