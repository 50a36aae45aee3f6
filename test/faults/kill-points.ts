import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataPaths } from '../../src/data-directory.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { BEGUN, CLI, NODE } from '../service.js';
import { callsIn, type CallFault, faulty, traced, WRITING } from './system-calls.js';

/** A call of the scripted run at which it can be ended, or which can fail. */
export interface Point {
  readonly call: string;
  /** The file within the data directory; undefined where its name is another each time. */
  readonly file: string | undefined;
  /** The how manieth call of its thread on the file. */
  readonly number: number;
}

export const pointText = ({ call, file, number }: Point): string => `${call} ${file ?? 'any file'} #${number}`;

interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const LINES = 6;
const HEADER =
  'kind,fund,unit,businessDate,amount,payer.kind,payer.reference,coverPeriod,headcount,' +
  'evidence.kind,evidence.number,evidence.sha256,maker,reviewer';
const row = (line: number): string =>
  `contribution,resident,460${1 + (line % 2)}00,2025-05-12,${line}.00,resident,E-${line},2025,${line},` +
  `tax-receipt,N-${line},${'ab'.repeat(32)},wang,li`;

/** The scripted run: a file of a few lines is imported into a new ledger, over and over, each time in a new folder. */
export class ScriptedRun {
  private readonly directory = mkdtempSync(join(tmpdir(), 'tongzhang-points-'));
  private readonly feed = join(this.directory, 'feed.csv');
  private readonly data = join(this.directory, 'ledger');

  constructor() {
    const rows = Array.from({ length: LINES }, (_, index) => row(index + 1));
    writeFileSync(this.feed, [HEADER, ...rows, ''].join('\n'));
  }

  /** Every call of the run that changes what is on the disk. */
  async points(): Promise<Point[]> {
    const output = join(this.directory, 'trace');
    this.clear();
    const { code, stderr } = await this.import(traced(output, WRITING, []));
    if (code !== 0) throw new Error(`the scripted run fails by itself: ${stderr}`);
    const counts = new Map<string, number>();
    const points = new Map<string, Point>();
    for (const { thread, call, path } of callsIn(output)) {
      const file = path.startsWith(`${this.data}/`) ? path.slice(this.data.length + 1) : undefined;
      // Names made by chance are not found again; of every call the others are counted, too.
      const isNamed = file !== undefined && !file.includes('imports/');
      const number = (counts.get(`${thread} ${call} ${isNamed ? file : ''}`) ?? 0) + 1;
      counts.set(`${thread} ${call} ${isNamed ? file : ''}`, number);
      if (file === undefined || (call === 'openat' && !isNamed)) continue;
      const point = { call, file: isNamed ? file : undefined, number };
      points.set(pointText(point), point);
    }
    return [...points.values()];
  }

  /** Kills the run at a point and finishes it. Says what is wrong; undefined where nothing is. */
  async kill(point: Point): Promise<string | undefined> {
    this.clear();
    const killed = await this.import(faulty(this.fault(point, 'SIGKILL')));
    // A thread that was slower this time did not come so far.
    if (killed.signal !== 'SIGKILL' && killed.code !== 0) return `it ended by itself: ${killed.stderr}`;
    return this.finish();
  }

  /** Lets a call fail, this once or from then on, and sees to it that the run says so and can be finished. */
  async fail(point: Point, error: 'ENOSPC' | 'EIO', isLasting: boolean): Promise<string | undefined> {
    this.clear();
    const { code, signal, stderr } = await this.import(faulty(this.fault(point, error, isLasting)));
    if (code !== 0 && code !== 3) return `it ended with ${code ?? signal}: ${stderr}`;
    if (/^\s+at /m.test(stderr)) return `it ended with a stack: ${stderr}`;
    return this.finish();
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private fault({ call, file, number }: Point, what: CallFault['with'], isLasting = false): CallFault {
    const paths = file === undefined ? {} : { paths: [join(this.data, file)] };
    return { calls: call, ...paths, with: what, when: `${number}${isLasting ? '+' : ''}` };
  }

  /** What is there opens and is sound, the same run again finishes it, and then every line stands once. */
  private async finish(): Promise<string | undefined> {
    if (existsSync(this.data)) {
      await this.lookInside();
      const { code, stdout, stderr } = await this.run(['verify']);
      if (code !== 0) return `verify ends with ${code}: ${stdout}${stderr}`;
    }
    const { code, stdout, stderr } = await this.import([]);
    if (code !== 0) return `the same run again ends with ${code}: ${stdout}${stderr}`;
    const { events, findings } = await this.lookInside();
    if (findings.length > 0) return findings.join('; ');
    return events === BEGUN + LINES ? undefined : `${events} events stand of ${LINES} lines`;
  }

  /** How many events stand, and what is wrong with the file. @throws where it does not open */
  private async lookInside(): Promise<{ events: number; findings: string[] }> {
    const { log, mark } = dataPaths(this.data);
    const store = new SqliteEventStore(log, { readonly: false, markPath: mark });
    const findings: string[] = [];
    for await (const { code, detail } of store.audit()) findings.push(`${code}: ${detail}`);
    const events = await store.head();
    await store.close();
    return { events, findings };
  }

  private import(through: readonly string[]): Promise<Finished> {
    return this.run(['--json', 'import', this.feed], through);
  }

  private run(words: readonly string[], through: readonly string[] = []): Promise<Finished> {
    const [program, ...others] = [...through, NODE, CLI, '--data', this.data, ...words];
    // Every run makes the same calls: what Node keeps of its own compiling would not be there the first time.
    const environment = { ...process.env, EVENT_STORE_URL: '', NODE_DISABLE_COMPILE_CACHE: '1' };
    const child = spawn(program!, others, { env: environment });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    });
  }

  private clear(): void {
    rmSync(this.data, { recursive: true, force: true });
  }
}

/** A few points of many, evenly: the same for the same seed. */
export function sampleOf(points: readonly Point[], count: number, seed: number): Point[] {
  const step = Math.max(1, points.length / count);
  const first = seed % Math.ceil(step);
  return Array.from({ length: count }, (_, index) => points[Math.floor(first + index * step) % points.length]!);
}

/** The files a failing call is tried on: the log, its mark, the read tables. Their shared memory is no file of ours. */
export const isOfOurs = ({ call, file }: Point): boolean =>
  file !== undefined && /^(log|read)\.(db|db-wal|mark)$/.test(file) && call !== 'openat' && call !== 'unlink';
