import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { checkParameters } from '../../projections/parameters.js';
import { type Answer, type Question } from '../../projections/question.js';
import { dayInShanghai } from '../clock.js';
import { type Ledger } from '../ledger.js';
import { LEDGER } from './tokens.js';

/** How long an answer waits for the position a client wants to see. */
export const MOST_WAIT_MS = 2_000;

/** A question with the parameters it came with. */
export class AskQuery extends Query<Answer> {
  constructor(
    readonly question: Question,
    readonly parameters: Readonly<Record<string, string>>,
    /** The answer must show this position or a later one. */
    readonly after: number | undefined,
  ) {
    super();
  }
}

@QueryHandler(AskQuery)
export class AskQueryHandler implements IQueryHandler<AskQuery> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /**
   * @throws LedgerError invalid for parameters that are not as they must be, unavailable where `after` is not reached
   */
  async execute({ question, parameters, after }: AskQuery): Promise<Answer> {
    const checked = checkParameters(question, parameters);
    const { tables, store, clock, waitFor } = this.ledger;
    if (after !== undefined) await waitFor(after, MOST_WAIT_MS);
    const wait = (position: number) => waitFor(position, MOST_WAIT_MS);
    return question.ask({ tables, store, today: dayInShanghai(clock()), waitFor: wait }, checked);
  }
}
