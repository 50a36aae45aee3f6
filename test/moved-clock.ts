import { writeFileSync } from 'node:fs';

/**
 * Run in a process before anything else: the time there is what it is here, moved by as many milliseconds as a file
 * says now. It is plain JavaScript because it goes along in `NODE_OPTIONS`.
 */
const MOVED_CLOCK = `
import { readFileSync } from 'node:fs';
const Real = Date;
const now = () => Real.now() + Number(readFileSync(process.env.MOVED_BY, 'utf8'));
globalThis.Date = class extends Real {
  constructor(...given) { super(...(given.length === 0 ? [now()] : given)); }
  static now() { return now(); }
};`;

/** The clock of other processes, which can be moved while they run. */
export class MovedClock {
  constructor(private readonly path: string) {
    this.moveBy(0);
  }

  /** The environment in which a process has this clock. */
  get environment(): Record<string, string> {
    const code = `data:text/javascript,${encodeURIComponent(MOVED_CLOCK)}`;
    return { MOVED_BY: this.path, NODE_OPTIONS: `--import=${code}` };
  }

  /** Moves it by as many milliseconds from the true time. */
  moveBy(milliseconds: number): void {
    writeFileSync(this.path, String(milliseconds));
  }
}
