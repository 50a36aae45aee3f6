import { Worker } from 'node:worker_threads';
import { type Answer, type Question } from '../../../projections/asking/question.js';
import { isFileFault, TablesFault } from '../../../projections/following/read-tables.js';
import { fileAt } from '../../../projections/following/tables-file.js';
import { LedgerError, text } from '../../errors.js';
import { rebuilding } from '../../kept-tables.js';
import { type Ledger } from '../../ledger.js';
import { whyThreadEnded } from '../../machine-fault.js';
import { type AnswerFile, type FileWanted } from '../../report/answer-file.js';
import { type Asker, Turns } from '../turns.js';
import { Asked } from './asked.js';
import { errorOf, type FromAsked, type ToAsked } from './protocol.js';

/** What of a ledger is asked. */
type AskedLedger = Pick<Ledger, 'place' | 'directory' | 'tables' | 'reference' | 'clock'>;

/** A question with the parameters it came with, and the connection that it came over. */
interface FarQuestion {
  readonly question: Question;
  readonly parameters: Readonly<Record<string, string>>;
  readonly asker: Asker;
}

/** The thread over one file of read tables, and what it has in hand. */
interface Running {
  readonly file: string;
  readonly worker: Worker;
  readonly asked: Map<number, Asked>;
}

/** The thread's program exists only where the project has been compiled. */
const PROGRAM = import.meta.url.endsWith('.js') ? new URL('./answering.worker.js', import.meta.url) : undefined;
/** It reads as much as a question does by itself, but never takes all the memory of the service. */
const LIMITS = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 1_024 };

/**
 * Has long questions answered by a thread of its own, so that who records does not wait for them. The thread begins
 * with the first of them, and anew where the read tables are another file or where it has ended. What it says of tables
 * that are doubted meanwhile is not believed.
 */
export class AskingThread {
  private running: Running | undefined;
  private numbers = 0;
  private readonly turns = new Turns();

  constructor(
    private readonly ledger: AskedLedger,
    private readonly log: (message: string) => void,
    private readonly program: URL,
  ) {}

  /** Undefined where the project has not been compiled: questions are answered where they are asked. */
  static of(ledger: AskedLedger, log: (message: string) => void): AskingThread | undefined {
    return PROGRAM && new AskingThread(ledger, log, PROGRAM);
  }

  /**
   * The answer to a question, once the turn of its connection has come.
   * @throws LedgerError unavailable, while the read tables do not answer or where the thread ends; what asking throws
   */
  async ask({ asker, ...question }: FarQuestion): Promise<Answer> {
    return this.turns.take(asker, async () => (await this.send(question).first) as Answer);
  }

  /** The same as a file. @throws LedgerError as above, and where there is no such sheet or column */
  async write({ asker, ...question }: FarQuestion, wanted: FileWanted): Promise<AnswerFile> {
    return this.turns.take(asker, async () => {
      const asked = this.send(question, wanted);
      return { ...((await asked.first) as Omit<AnswerFile, 'pieces'>), pieces: asked };
    });
  }

  async close(): Promise<void> {
    await this.running?.worker.terminate();
  }

  private send({ question, parameters }: Omit<FarQuestion, 'asker'>, wanted?: FileWanted): Asked {
    const { asked, worker } = this.run();
    const { reference, clock } = this.ledger;
    const { revision } = reference.current;
    const number = (this.numbers += 1);
    const tell = (message: ToAsked): void => worker.postMessage(message);
    const one = new Asked(
      (telling) => tell({ number, ...telling }),
      () => asked.delete(number),
    );
    asked.set(number, one);
    tell({ number, ask: { question: question.name, parameters, nowMs: clock(), revision, wanted } });
    return one;
  }

  /** The thread over the read tables as they are now. @throws LedgerError unavailable, where there are none */
  private run(): Running {
    const { tables, place, directory } = this.ledger;
    tables.current();
    const file = tables.status.file!;
    if (this.running?.file === file) return this.running;
    void this.running?.worker.terminate();
    const read = directory.anchored.read;
    const worker = new Worker(this.program, { workerData: { place, read }, resourceLimits: LIMITS });
    const running: Running = { file, worker, asked: new Map() };
    worker.on('message', (message: FromAsked) => this.hear(running, message));
    const ended = (cause: Error): void => this.end(running, cause);
    worker.once('error', ended);
    worker.once('exit', (code) => ended(new Error(`exit code ${code}`)));
    return (this.running = running);
  }

  private hear({ asked, file }: Running, message: FromAsked): void {
    const one = asked.get(message.number);
    if (this.ledger.tables.status.file !== file) one?.fail(rebuilding(this.ledger.tables.status));
    else if ('failure' in message) one?.fail(this.explained(errorOf(message.failure), file));
    else one?.hear(message);
  }

  /** All that the thread has in hand ends with it. */
  private end(running: Running, cause: Error): void {
    if (this.running === running) this.running = undefined;
    if (running.asked.size === 0) return;
    const { status } = this.ledger.tables;
    const isOther = status.file !== running.file || fileAt(this.ledger.directory.anchored.read) !== running.file;
    const why = isFileFault(cause) ? this.explained(new TablesFault(cause), running.file) : threadEnded(cause);
    if (!isOther) this.log(`questions: their thread has ended: ${cause.message}`);
    for (const one of running.asked.values()) one.fail(isOther ? rebuilding(status) : why);
  }

  private explained(error: Error, file: string): Error {
    return this.ledger.tables.explain(error, file) as Error;
  }
}

function threadEnded(cause: Error): LedgerError {
  const why = whyThreadEnded(cause);
  const said = text(`回答查询的线程意外结束：${why.zh}`, `the thread that answers questions ended: ${why.en}`);
  return Object.assign(new LedgerError('unavailable', 'question-ended', said), { cause });
}
