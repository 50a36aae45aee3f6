import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type BatchItem, type Outcome, postBatch, postTogether } from '../batches/post-batch.js';
import { tryBatch, type Tried } from '../batches/try-batch.js';
import { type Ledger } from '../ledger.js';
import { aheadOfReaders } from '../time/give-way.js';
import { LEDGER } from './tokens.js';

/** The commands of a batch, to be posted each by itself or all in one append, or only to be tried. */
export class BatchCommand extends Command<(Outcome | Tried)[]> {
  constructor(
    readonly items: readonly BatchItem[],
    readonly options: { readonly atomic: boolean; readonly dryRun: boolean },
  ) {
    super();
  }
}

@CommandHandler(BatchCommand)
export class BatchCommandHandler implements ICommandHandler<BatchCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ items, options: { atomic, dryRun } }: BatchCommand): Promise<(Outcome | Tried)[]> {
    const post = atomic ? postTogether : postBatch;
    return dryRun ? tryBatch(this.ledger, items, post) : aheadOfReaders(() => post(this.ledger, items));
  }
}
