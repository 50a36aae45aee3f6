import { Controller, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Outcome } from '../batches/post-batch.js';
import { type Tried } from '../batches/try-batch.js';
import { show, text } from '../errors.js';
import { formatFen } from '../money.js';
import { visible } from '../text/foreign-text.js';
import { BATCH_ROUTE, readBatch, type ReadItem } from './batch-body.js';
import { BatchCommand } from './batches.js';
import { JSON_TYPE } from './command.controller.js';
import { type Preview } from './commands.js';
import { isPassing, languageAccepted, type Problem } from './problem.js';
import { ProblemFilter, RETRY_AFTER_SECONDS } from './problem.filter.js';
import { malformed, type Query, readQuery, readSwitch } from './request.js';

/** Headers that say something of one command: an item of a batch says it itself. */
const OF_ONE_COMMAND = ['idempotency-key', 'if-match'] as const;

/** Many commands in one body, each answered as if it had come alone. */
@Controller(BATCH_ROUTE)
export class BatchController {
  constructor(
    readonly commands: CommandBus,
    readonly problems: ProblemFilter,
  ) {}

  @Post()
  async post(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const given = readQuery(request.query as Query, ['atomic', 'dryRun']);
    const options = { atomic: readSwitch('atomic', given.atomic), dryRun: readSwitch('dryRun', given.dryRun) };
    for (const name of OF_ONE_COMMAND) demandAbsent(name, request.headers[name]);
    const items = await readBatch(request, options.dryRun);
    const command = new BatchCommand(
      items.map(({ item }) => item),
      options,
    );
    const outcomes = await this.commands.execute(command);
    const answers = new Answers(options.dryRun, this.problems.documentsFor(request));
    for (const [index, item] of items.entries()) answers.add(item, outcomes[index]!);
    const { position } = answers;
    void reply.code(207).headers({
      'content-type': JSON_TYPE,
      'content-language': languageAccepted(request.headers['accept-language']),
      vary: 'Accept-Language',
      ...(position > 0 && { 'x-ledger-position': position }),
      ...(answers.isAgain && { 'retry-after': RETRY_AFTER_SECONDS }),
    });
    void reply.send(answers.print());
  }
}

function demandAbsent(name: (typeof OF_ONE_COMMAND)[number], given: string | string[] | undefined): void {
  if (given === undefined) return;
  const member = name === 'if-match' ? 'ifMatch' : 'key';
  throw malformed(
    name,
    'of-one-command',
    text(`无此头；批中每项自带 ${member}`, `no such header: each command of a batch has its own ${member}`),
    show(given),
  );
}

/** The answers to the items of a batch, in their order. */
class Answers {
  private readonly texts: string[] = [];
  private readonly counts = { recorded: 0, replayed: 0, refused: 0 };
  /** Position of the last event that was told; 0 where there is none. */
  position = 0;
  /** Whether some may be sent again as they are, and are recorded then. */
  isAgain = false;

  constructor(
    private readonly isDryRun: boolean,
    private readonly documentOf: (thrown: unknown) => Problem,
  ) {}

  add({ line, key }: ReadItem, outcome: Outcome | Tried): void {
    const place = { index: this.texts.length, ...(line !== undefined && { line }), ...(key !== undefined && { key }) };
    if (outcome instanceof Error) this.addProblem(place, this.documentOf(outcome));
    else {
      const { receipt, replayed } = outcome;
      this.counts[replayed ? 'replayed' : 'recorded'] += 1;
      const status = this.isDryRun ? 200 : 201;
      const told = 'balances' in outcome ? { preview: previewOf(outcome) } : { receipt };
      if (!this.isDryRun) this.position = Math.max(this.position, receipt!.position);
      this.texts.push(JSON.stringify({ ...place, status, ...(replayed && { replayed }), ...told }));
    }
  }

  print(): string {
    const { position } = this;
    const head = { ...(this.isDryRun && { dryRun: true }), ...this.counts, ...(position > 0 && { position }) };
    return `${JSON.stringify(head).slice(0, -1)},"items":[${this.texts.join(',')}]}`;
  }

  private addProblem(place: object, problem: Problem): void {
    this.counts.refused += 1;
    this.isAgain ||= isPassing(problem.status);
    this.texts.push(visible(JSON.stringify({ ...place, status: problem.status, problem })));
  }
}

/** What a command would do, as it is answered alone. */
function previewOf({ receipt, balances }: Tried): Preview {
  const { book, revision, voucherNumber, entries, findings } = receipt!;
  return {
    dryRun: true,
    book,
    revision,
    voucherNumber,
    entries,
    balances: balances.map(({ line, before, after }) => ({ line, before: formatFen(before), after: formatFen(after) })),
    ...(findings && { findings }),
  };
}
