import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AGAIN_MS, LiveLine, type Message, MOST_SILENCE_MS, type Source, TOGETHER_MS } from './line.js';
import { afterwards, type Happening, NOT_BEGUN } from './live.js';

/** A source that does what the spec says. */
class GivenSource implements Source {
  readyState = 1;
  isClosed = false;
  private readonly listeners = new Map<string, (event: Message) => void>();
  constructor(readonly address: string) {}
  readonly addEventListener = (name: string, listener: (event: Message) => void): void => {
    this.listeners.set(name, listener);
  };
  readonly close = (): void => void (this.isClosed = true);
  say(type: string, position = 0): void {
    const data = type === 'event' ? JSON.stringify({ cells: [{ text: String(position) }] }) : '{}';
    this.listeners.get(type)({ type, data, lastEventId: String(position) });
  }
}

let sources: GivenSource[] = [];
let told: Happening[] = [];
const begin = (position: number): LiveLine =>
  new LiveLine(position, {
    addressOf: (after) => `/live?after=${after}`,
    told: (happening) => told.push(happening),
    open: (address) => {
      const source = new GivenSource(address);
      sources.push(source);
      return source;
    },
  });
const last = () => sources.at(-1);
/** What is in sight by all that was told, the newest first. */
const seen = () => {
  const begun: Happening = { what: 'begin', position: 5, rows: [] };
  const live = [begun, ...told].reduce(afterwards, NOT_BEGUN);
  return { line: live.line, rows: live.rows.map(({ cells }) => cells[0].text) };
};

beforeEach(() => {
  jest.useFakeTimers();
  sources = [];
  told = [];
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a line to the end of the log', () => {
  it('tells together what comes within a short time', () => {
    begin(5);
    for (const position of [6, 7, 8]) last().say('event', position);
    expect(told).toEqual([]);
    jest.advanceTimersByTime(TOGETHER_MS);
    expect(told).toHaveLength(1);
    expect(seen()).toEqual({ line: 'open', rows: ['8', '7', '6'] });
  });

  it('says when it is lost, and when the browser has it again, with nothing twice', () => {
    begin(5);
    last().say('event', 6);
    jest.advanceTimersByTime(TOGETHER_MS);
    last().readyState = 0;
    last().say('error');
    expect(seen().line).toBe('lost');
    for (const position of [6, 7]) last().say('event', position);
    last().say('reached', 7);
    jest.advanceTimersByTime(TOGETHER_MS);
    expect(seen()).toEqual({ line: 'open', rows: ['7', '6'] });
    expect(sources).toHaveLength(1);
  });

  it('seeks anew what the browser has given up, behind the last that came', () => {
    begin(5);
    last().say('event', 6);
    last().readyState = 2;
    last().say('error');
    jest.advanceTimersByTime(AGAIN_MS);
    expect(sources.map(({ address, isClosed }) => [address, isClosed])).toEqual([
      ['/live?after=5', true],
      ['/live?after=6', false],
    ]);
    // What an old one may still say is nobody's.
    sources[0].say('event', 9);
    last().say('event', 7);
    jest.advanceTimersByTime(TOGETHER_MS);
    expect(seen()).toEqual({ line: 'open', rows: ['7', '6'] });
  });

  it('seeks anew what has been silent for too long, and not what says that there is nothing', () => {
    begin(5);
    for (let turn = 0; turn < 5; turn += 1) {
      jest.advanceTimersByTime(MOST_SILENCE_MS - 1);
      last().say('reached', 5);
    }
    expect(sources).toHaveLength(1);
    jest.advanceTimersByTime(MOST_SILENCE_MS);
    expect(seen().line).toBe('lost');
    expect(sources).toHaveLength(2);
  });

  it('is cut while it is paused, and goes on where it was', () => {
    const line = begin(5);
    last().say('event', 6);
    line.pause();
    expect(seen()).toEqual({ line: 'paused', rows: ['6'] });
    expect(last().isClosed).toBe(true);
    jest.advanceTimersByTime(10 * MOST_SILENCE_MS);
    expect(sources).toHaveLength(1);
    line.resume();
    expect(last().address).toBe('/live?after=6');
    last().say('event', 7);
    jest.advanceTimersByTime(TOGETHER_MS);
    expect(seen()).toEqual({ line: 'open', rows: ['7', '6'] });
  });

  it('says nothing more once it has ended', () => {
    const line = begin(5);
    line.end();
    jest.advanceTimersByTime(10 * MOST_SILENCE_MS);
    expect([told, sources.length]).toEqual([[], 1]);
  });
});
