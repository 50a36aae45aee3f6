import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Figures, runSeed, sumOf } from './run.js';
import { TwoTables } from './tables.js';

/** What a thread is asked for: every `step`th seed from the first to before the end. */
export interface SeedsWanted {
  readonly first: number;
  readonly step: number;
  readonly end: number;
}

/** How far a thread is, and the seed in which something is wrong. */
export interface SeedsDone {
  readonly done: number;
  readonly figures: Figures;
  readonly wrong?: { readonly seed: number; readonly findings: readonly string[] };
}

export interface Seeds {
  readonly seed: number;
  readonly seeds: number;
  readonly say: (line: string) => void;
}

/** Runs one seed and prints all that happened in it. @throws with what is wrong */
export async function replaySeed({ seed, say }: Seeds): Promise<void> {
  const tables = new TwoTables();
  const { trace, digest, figures, findings } = await runSeed(seed, { tables, keepTrace: true });
  tables.close();
  for (const line of trace) process.stdout.write(`${line}\n`);
  say(`seed ${seed}: ${trace.length} steps, trace ${digest}, ${figuresText(figures)}`);
  if (findings.length > 0) throw new Error(wrongText({ seed, findings }));
}

/** Runs many seeds, on as many threads as the machine has. @throws with what is wrong in the first seed that is */
export async function runSeeds({ seed, seeds, say }: Seeds): Promise<void> {
  const threads = Math.min(seeds, availableParallelism());
  const latest = new Map<number, SeedsDone>();
  const isWrong = new AbortController();
  const last = { percent: 0 };
  const tell = (): void => {
    const all = [...latest.values()];
    const done = all.reduce((sum, each) => sum + each.done, 0);
    const percent = Math.floor((done * 100) / seeds);
    if (percent === last.percent) return;
    last.percent = percent;
    say(`${done}/${seeds} seeds, ${figuresText(sumOf(all.map(({ figures }) => figures)))}`);
  };
  const run = async (index: number): Promise<void> => {
    const wanted: SeedsWanted = { first: seed + index, step: threads, end: seed + seeds };
    await runThread(wanted, isWrong, (message) => {
      latest.set(index, message);
      tell();
    });
  };
  await Promise.all(Array.from({ length: threads }, (_, index) => run(index)));
}

/** @throws with what is wrong in a seed of this thread, or what ended it; the other threads end then, too */
function runThread(workerData: SeedsWanted, isWrong: AbortController, hear: (message: SeedsDone) => void) {
  return new Promise<void>((resolve, reject) => {
    const thread = new Worker(new URL('./seeds.worker.js', import.meta.url), { workerData });
    const fail = (error: Error): void => {
      reject(error);
      isWrong.abort();
    };
    isWrong.signal.addEventListener('abort', () => void thread.terminate());
    thread.on('message', (message: SeedsDone) => {
      hear(message);
      if (message.wrong) fail(new Error(wrongText(message.wrong)));
    });
    thread.once('error', fail);
    thread.once('exit', () => resolve());
  });
}

const figuresText = (figures: Figures): string =>
  Object.entries(figures)
    .map(([name, count]) => `${count} ${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`)
    .join(', ');

const wrongText = ({ seed, findings }: NonNullable<SeedsDone['wrong']>): string =>
  [`seed ${seed}:`, ...findings, `再现 again: npm run soak -- --faults --seed ${seed} --seeds 1`].join('\n');
