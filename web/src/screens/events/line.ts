import { type Row } from '../../api/tables.ts';
import { type Happening } from './live.ts';

/** What of an `EventSource`, and of what it brings, is used. */
export interface Source {
  readonly readyState: number;
  readonly addEventListener: (name: string, listener: (event: Message) => void) => void;
  readonly close: () => void;
}
export interface Message {
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}
/** What it says of itself when it does not seek its connection again by itself. */
const GIVEN_UP = 2;

/** The service says something every 15 s: so long without a word, and the line is dead, whoever has cut it. */
export const MOST_SILENCE_MS = 40_000;
/** So long it waits before it seeks anew what the browser has given up. */
export const AGAIN_MS = 3_000;
/** What comes within this time is told together. */
export const TOGETHER_MS = 200;

interface Options {
  /** Where the log is told from behind a position on. */
  readonly addressOf: (after: number) => string;
  readonly told: (happening: Happening) => void;
  readonly open?: (address: string) => Source;
}

/**
 * A line to the end of the log, kept up for as long as it is wanted: one that is lost is sought again, by the browser
 * or anew, and always goes on behind the last position that came.
 */
export class LiveLine {
  private source: Source | undefined;
  private rows: Row[] = [];
  private telling: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private position: number,
    private readonly options: Options,
  ) {
    this.begin();
  }

  /** Cuts the line; where it was is remembered. */
  pause(): void {
    this.end();
    this.options.told({ what: 'line', line: 'paused' });
  }

  /** Goes on where it was. */
  resume(): void {
    this.options.told({ what: 'line', line: 'opening' });
    this.begin();
  }

  /** Ends it: what has come is told. */
  end(): void {
    clearTimeout(this.silence);
    clearTimeout(this.again);
    this.source?.close();
    this.source = undefined;
    if (this.telling !== undefined) this.tell();
  }

  private begin(): void {
    const { addressOf, open = (address) => new EventSource(address) } = this.options;
    const source = open(addressOf(this.position));
    this.source = source;
    this.hear();
    source.addEventListener('event', (event) => this.come(source, event));
    source.addEventListener('reached', (event) => this.come(source, event));
    source.addEventListener('error', () => this.lose(source));
  }

  /** A word has come: a row, or how far the log was looked at. What was told before is not told again. */
  private come(source: Source, { type, data, lastEventId }: Message): void {
    if (source !== this.source) return;
    this.hear();
    const position = Number.parseInt(lastEventId, 10);
    if (type === 'event' && position > this.position) this.rows.push(JSON.parse(data) as Row);
    this.position = Math.max(this.position, position);
    this.telling ??= setTimeout(() => this.tell(), TOGETHER_MS);
  }

  private tell(): void {
    clearTimeout(this.telling);
    this.telling = undefined;
    this.options.told({ what: 'come', position: this.position, rows: this.rows.splice(0) });
  }

  /** A word came: the line is there. */
  private hear(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.anew(), MOST_SILENCE_MS);
  }

  private lose(source: Source): void {
    if (source !== this.source) return;
    this.options.told({ what: 'line', line: 'lost' });
    if (source.readyState === GIVEN_UP) this.again = setTimeout(() => this.anew(), AGAIN_MS);
  }

  private anew(): void {
    this.end();
    this.options.told({ what: 'line', line: 'lost' });
    this.begin();
  }
}
