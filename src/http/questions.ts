import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ask } from '../../projections/asking/ask.js';
import { type IntervalParameters } from '../../projections/asking/interval.js';
import { checkParameters } from '../../projections/asking/parameters.js';
import { type Answer, type Asking, type Question } from '../../projections/asking/question.js';
import { dayInShanghai } from '../time/clock.js';
import { MOST_WAIT_MS } from '../kept-tables.js';
import { type Ledger } from '../ledger.js';
import { type AnswerFile, answerFile, type FileWanted } from '../report/answer-file.js';
import { type AskingThread } from './asking/asking-thread.js';
import { ASKING_THREAD, LEDGER } from './tokens.js';
import { type Asker, Turns } from './turns.js';

/** A question with the parameters it came with. */
export interface Asked {
  readonly question: Question;
  readonly parameters: Readonly<Record<string, string>>;
  /** The answer must show this position or a later one. */
  readonly after: number | undefined;
  /** The connection it came over: each has its turn. */
  readonly asker: Asker;
}

/** Asks for an answer; of a list, a page. */
export class AskQuery extends Query<Answer> {
  constructor(readonly asked: Asked) {
    super();
  }
}

/** Asks for an answer as it is written to a file: whole. Its rows may be read while they are sent. */
export class ExportQuery extends Query<AnswerFile> {
  constructor(
    readonly asked: Asked,
    readonly wanted: FileWanted,
  ) {
    super();
  }
}

@QueryHandler(AskQuery)
export class AskQueryHandler implements IQueryHandler<AskQuery> {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(Turns) private readonly turns: Turns,
    @Inject(ASKING_THREAD) private readonly thread: AskingThread | null,
  ) {}

  async execute({ asked }: AskQuery): Promise<Answer> {
    const checked = checkParameters(asked.question, asked.parameters, this.ledger.reference.current);
    const asking = await askingOf(this.ledger, asked);
    if (this.thread && takesLong(asked.question, checked)) return this.thread.ask(asked);
    return this.turns.take(asked.asker, () => ask(asked.question, asking, checked));
  }
}

@QueryHandler(ExportQuery)
export class ExportQueryHandler implements IQueryHandler<ExportQuery> {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(Turns) private readonly turns: Turns,
    @Inject(ASKING_THREAD) private readonly thread: AskingThread | null,
  ) {}

  async execute({ asked, wanted }: ExportQuery): Promise<AnswerFile> {
    const checked = checkParameters(asked.question, asked.parameters, this.ledger.reference.current);
    // What is recorded by now is in it, or it is refused: read tables that are being rebuilt know little of the log.
    const after = asked.after ?? (await this.ledger.store.head());
    const asking = await askingOf(this.ledger, { ...asked, after });
    if (this.thread) return this.thread.write(asked, wanted);
    return this.turns.take(asked.asker, () => answerFile(asked.question, asking, checked, wanted));
  }
}

/** Whether an answer may take so long that who records would wait: what a moment shows is added up from the log. */
const takesLong = ({ takes }: Question, { recordedAsOf }: IntervalParameters): boolean =>
  takes === undefined ? recordedAsOf !== undefined : takes === 'long';

/**
 * What the question may look at, once it shows the position wanted.
 * @throws LedgerError unavailable, where that is not reached
 */
async function askingOf({ tables, store, clock, reference }: Ledger, { after }: Asked): Promise<Asking> {
  const waitFor = (position: number): Promise<void> => tables.waitFor(position, MOST_WAIT_MS);
  if (after !== undefined) await waitFor(after);
  const today = dayInShanghai(clock());
  return { tables: tables.current(), store, reference: reference.current, today, clock, waitFor };
}
