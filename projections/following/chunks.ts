import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type StorePlace } from '../../src/event-store/event-store.js';
import { type Projection, type Table } from '../projection.js';
import { type WrittenRow, type WrittenRows } from './row-buffer.js';

/**
 * A log that lies far ahead is read in chunks by several threads: each turns the events of its chunk into rows, and the
 * one that asked writes them in the order of the log. Sums add up and later rows replace earlier ones, so the tables
 * are those of one thread, in half the time.
 */
export interface Chunks {
  /** The rows of every event from one position to another; nothing where that is too near to be worth threads. */
  read(projections: readonly Projection[], after: number, upTo: number): AsyncIterable<Chunk>;
}

/** The event up to which something has come. */
export interface LastEvent {
  readonly position: number;
  readonly fingerprint: string;
}

/** The rows of some consecutive events. */
export interface Chunk {
  readonly last: LastEvent;
  readonly events: number;
  /** For each projection; undefined where one of them cannot take an event of the chunk. */
  readonly rows: readonly WrittenRows[] | undefined;
}

/** What a thread is asked for. */
export interface ChunkRequest {
  readonly after: number;
  readonly upTo: number;
}

/** What it answers: the rows of each table of each projection; none where one of them cannot take an event. */
export interface ChunkAnswer {
  readonly last: LastEvent;
  readonly events: number;
  readonly rows: readonly (readonly (readonly WrittenRow[])[])[] | undefined;
}

/** Ten blocks of lists: those of one chunk are whole. */
const CHUNK_EVENTS = 20_480;
/** More threads than this would wait for the one that writes. */
const MOST_THREADS = 4;
const LIMITS = { maxYoungGenerationSizeMb: 96, maxOldGenerationSizeMb: 256 };

/** The threads' program exists only where the project has been compiled. */
const PROGRAM = import.meta.url.endsWith('.js') ? new URL('./chunks.worker.js', import.meta.url) : undefined;

/**
 * The chunks of an embedded log; undefined where there are none: over a network one reader is enough. A thread that
 * ends, for want of memory or whatever else, costs speed and no more: the chunks end, and `log` hears why.
 */
export function chunksOf(place: StorePlace, log: (message: string) => void = () => undefined): Chunks | undefined {
  if (!PROGRAM || place.store !== 'sqlite') return undefined;
  return { read: (projections, after, upTo) => readChunks({ program: PROGRAM, place, log }, projections, after, upTo) };
}

interface Threads {
  readonly program: URL;
  readonly place: StorePlace;
  readonly log: (message: string) => void;
}

async function* readChunks(
  { program, place, log }: Threads,
  projections: readonly Projection[],
  after: number,
  upTo: number,
): AsyncGenerator<Chunk> {
  const chunks = Math.floor((upTo - after) / CHUNK_EVENTS);
  if (chunks < 2) return;
  const names = projections.map(({ name }) => name);
  const threads = Array.from(
    { length: Math.min(chunks, MOST_THREADS, availableParallelism()) },
    () => new ChunkThread(program, { place, names }),
  );
  const ask = async (chunk: number): Promise<ChunkAnswer | undefined> => {
    const request = { after: after + chunk * CHUNK_EVENTS, upTo: after + (chunk + 1) * CHUNK_EVENTS };
    try {
      return await threads[chunk % threads.length]!.ask(request);
    } catch (error) {
      log(`a thread that reads the log for the read tables has ended, one reads on alone: ${(error as Error).message}`);
      return undefined;
    }
  };
  try {
    const asked = threads.map((_, chunk) => ask(chunk));
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      const answer = await asked.shift()!;
      if (!answer) return;
      const { last, events, rows } = answer;
      // The next chunk of this thread is made while the rows of this one are written.
      if (chunk + threads.length < chunks) asked.push(ask(chunk + threads.length));
      const written = rows && projections.map(({ tables }, index) => writtenRows(tables, rows[index]!));
      yield { last, events, rows: written };
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

const writtenRows = (tables: readonly Table[], rows: readonly (readonly WrittenRow[])[]): WrittenRows => ({
  writeTo: (write) => {
    for (const [index, table] of tables.entries()) for (const row of rows[index]!) write(table, row);
  },
});

/** A thread that makes the rows of one chunk after the other. */
class ChunkThread {
  private readonly worker: Worker;
  private failure: Error | undefined;
  private settle: ((answer: ChunkAnswer) => void) | undefined;
  private refuse: ((error: Error) => void) | undefined;

  constructor(program: URL, workerData: { place: StorePlace; names: readonly string[] }) {
    this.worker = new Worker(program, { workerData, resourceLimits: LIMITS });
    this.worker.on('message', (answer: ChunkAnswer) => this.settle?.(answer));
    this.worker.on('error', (error: Error) => {
      this.failure = error;
      this.refuse?.(error);
    });
  }

  /** @throws what ended the thread */
  async ask(request: ChunkRequest): Promise<ChunkAnswer> {
    if (this.failure) throw this.failure;
    const answer = new Promise<ChunkAnswer>((resolve, reject) => {
      this.settle = resolve;
      this.refuse = reject;
    });
    this.worker.postMessage(request);
    return answer;
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
