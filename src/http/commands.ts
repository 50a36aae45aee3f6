import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type BookFact, type BookState } from '../books/book-state.js';
import { type Entry, ledgerLine, voucherNumberText } from '../books/entries.js';
import { findingsOf } from '../books/event.js';
import { type ExpectedState, type Posted } from '../books/post-request.js';
import { type ErrorDetail } from '../errors.js';
import { adopt, checkAdoption } from '../adopting/adopt.js';
import { type Prepared } from '../books/prepared.js';
import { type Ledger } from '../ledger.js';
import { formatFen } from '../money.js';
import { checkCommand } from '../kinds/check.js';
import { prepare } from '../kinds/prepare.js';
import { type SentKind } from '../kinds/kind.js';
import { aheadOfReaders } from '../time/give-way.js';
import { LEDGER } from './tokens.js';

/** A command as it came, with its kind and key, on its way to its book. */
export class PostCommand extends Command<Posted> {
  constructor(
    readonly kind: SentKind,
    readonly body: unknown,
    readonly key: string,
    readonly expectedRevision: ExpectedState,
  ) {
    super();
  }
}

/** The same command, only to see what it would do. */
export class PreviewCommand extends Command<Preview> {
  constructor(
    readonly kind: SentKind,
    readonly body: unknown,
    readonly expectedRevision: ExpectedState,
  ) {
    super();
  }
}

/** What a command would do to its book. Nothing of it has been written. */
export interface Preview {
  readonly dryRun: true;
  /** `employee-460100`, or null for a memo. */
  readonly book: string | null;
  /** The revision the book would come to. */
  readonly revision: number;
  readonly voucherNumber: string | null;
  readonly entries: readonly Entry[];
  /** The ledger lines it touches, in yuan, debit positive. */
  readonly balances: readonly { readonly line: string; readonly before: string; readonly after: string }[];
  readonly findings?: readonly ErrorDetail[];
}

@CommandHandler(PostCommand)
export class PostCommandHandler implements ICommandHandler<PostCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ kind, body, key, expectedRevision }: PostCommand): Promise<Posted> {
    if (kind.form === 'adoption') return aheadOfReaders(() => adopt(this.ledger, kind, body, key, expectedRevision));
    const { current } = this.ledger.reference;
    const prepared = prepare(kind, checkCommand(kind, body, current), current);
    return aheadOfReaders(() => this.ledger.books.post({ prepared, key: { key }, expectedRevision }));
  }
}

@CommandHandler(PreviewCommand)
export class PreviewCommandHandler implements ICommandHandler<PreviewCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ kind, body, expectedRevision }: PreviewCommand): Promise<Preview> {
    const prepared = await this.prepared(kind, body);
    const { fact, before, after } = await this.ledger.books.preview({
      prepared,
      key: { key: 'dry-run' },
      expectedRevision,
    });
    const findings = findingsOf(prepared, fact);
    return {
      dryRun: true,
      book: prepared.stream.startsWith('book-') ? prepared.stream.slice('book-'.length) : null,
      revision: after.revision,
      voucherNumber: numberOf(fact),
      entries: fact.entries ?? [],
      balances: balancesTouched(fact.entries ?? [], before, after),
      ...(findings && { findings }),
    };
  }

  private async prepared(kind: SentKind, body: unknown): Promise<Prepared> {
    if (kind.form === 'adoption') return (await checkAdoption(this.ledger, kind, body)).prepared;
    const { current } = this.ledger.reference;
    return prepare(kind, checkCommand(kind, body, current), current);
  }
}

const numberOf = ({ period, voucherType, voucherNumber }: BookFact): string | null =>
  voucherType ? voucherNumberText(period!, voucherType, voucherNumber!) : null;

function balancesTouched(entries: readonly Entry[], before: BookState, after: BookState): Preview['balances'] {
  const lines = [...new Set(entries.map(ledgerLine))];
  const print = (book: BookState, line: string): string => formatFen(book.balances.get(line) ?? 0n);
  return lines.map((line) => ({ line, before: print(before, line), after: print(after, line) }));
}
