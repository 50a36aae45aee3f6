import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataPaths } from '../../src/data-directory.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { type Acknowledged, type Resume } from './clients.js';
import { Witness } from './witness.js';
import { randomFrom } from '../random.js';

/** The built writer; `TONGZHANG_DIST` names another build. This file runs from the sources and from the build. */
const ROOT = join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? '../..' : '../../..');
const WRITER = join(process.env['TONGZHANG_DIST'] ?? join(ROOT, 'dist'), 'test/soak/writer.js');
/** The latest a writer is killed after it is ready. */
const LONGEST_LIFE_MS = 400;
/** One writer in so many is killed before it is ready, while it opens what its predecessor left. */
const EARLY_EVERY = 8;
const START_MS = 700;
/** The whole file is read and hashed after each of the first kills, then after each so many, and at the end. */
const AUDIT_ALWAYS_UNTIL = 50;
const AUDIT_EVERY = 50;

export interface Kills {
  readonly kills: number;
  readonly seed: number;
  readonly directory: string;
  readonly progress?: (done: number, witness: Witness) => void;
}

/**
 * Kills a writing process with SIGKILL at random moments, and after each restart holds the log against what was
 * acknowledged. Returns the witness. @throws on the first thing that is wrong, with the number of the kill and the seed
 */
export async function killAgainAndAgain({ kills, seed, directory, progress }: Kills): Promise<Witness> {
  const witness = new Witness();
  const random = randomFrom(seed);
  for (let kill = 1; kill <= kills; kill += 1) {
    try {
      await runAndKill(directory, witness, random);
      await examine(directory, witness, kill <= AUDIT_ALWAYS_UNTIL || kill % AUDIT_EVERY === 0 || kill === kills);
    } catch (error) {
      throw new Error(`kill ${kill}, seed ${seed}: ${(error as Error).message}`, { cause: error });
    }
    progress?.(kill, witness);
  }
  return witness;
}

async function runAndKill(directory: string, witness: Witness, random: () => number): Promise<void> {
  const resumes: Resume[] = witness.resumes();
  const writer = spawn(process.execPath, [WRITER, directory, JSON.stringify(resumes)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  writer.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = new Promise<NodeJS.Signals | null>((resolve) => writer.once('close', (_, signal) => resolve(signal)));
  const early = random() * EARLY_EVERY < 1;
  const life = random() * (early ? START_MS : LONGEST_LIFE_MS);
  const ready = Promise.withResolvers<void>();
  const wrong: unknown[] = [];
  createInterface({ input: writer.stdout }).on('line', (line) => {
    if (line === '"ready"') ready.resolve();
    else
      try {
        witness.hear(JSON.parse(line) as Acknowledged);
      } catch (error) {
        wrong.push(error);
      }
  });
  if (!early) await Promise.race([ready.promise, ended]);
  await Promise.race([sleep(life), ended]);
  writer.kill('SIGKILL');
  const signal = await ended;
  if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself: ${complaint}`);
  if (wrong.length > 0) throw wrong[0];
}

async function examine(directory: string, witness: Witness, audit: boolean): Promise<void> {
  const { log, mark } = dataPaths(directory);
  const store = new SqliteEventStore(log, { readonly: false, markPath: mark });
  try {
    await witness.examine(store);
    if (!audit) return;
    await witness.examineWhole(store);
    for await (const { code, detail, position } of store.audit()) throw new Error(`${code} at ${position}: ${detail}`);
  } finally {
    await store.close();
  }
}
