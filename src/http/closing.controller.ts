import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { closeBooks, type ClosingReport, nothingDone, reopenBooks } from '../closing/close-books.js';
import { type Ledger } from '../ledger.js';
import { parseStrictJson } from '../text/strict-json.js';
import { JSON_TYPE } from './command.controller.js';
import { idempotencyKeyOf, keyRequired, type Query, readQuery } from './request.js';
import { LEDGER } from './tokens.js';

/** A period that is to be closed, or opened again, in many books. */
export class BooksCommand extends Command<ClosingReport> {
  constructor(
    readonly act: typeof closeBooks,
    readonly body: unknown,
    readonly key: string,
  ) {
    super();
  }
}

@CommandHandler(BooksCommand)
export class BooksCommandHandler implements ICommandHandler<BooksCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ act, body, key }: BooksCommand): Promise<ClosingReport> {
    return act(this.ledger, body, key);
  }
}

/** Periods of many books in one call. */
@Controller('v1')
export class ClosingController {
  constructor(readonly commands: CommandBus) {}

  @Post('period-closes/batch')
  close(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(closeBooks, request, reply);
  }

  @Post('period-reopenings/batch')
  reopen(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reopenBooks, request, reply);
  }

  private async answer(act: typeof closeBooks, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    readQuery(request.query as Query, []);
    const key = idempotencyKeyOf(request.headers);
    const body = parseStrictJson((request.body as Uint8Array | undefined) ?? new Uint8Array());
    if (key === undefined) throw keyRequired();
    const report = await this.commands.execute(new BooksCommand(act, body, key));
    const refused = nothingDone(report);
    if (refused) throw refused;
    const position = report.closed.reduce((last, each) => Math.max(last, each.position), 0);
    if (position > 0) void reply.header('x-ledger-position', position);
    void reply.code(200).header('content-type', JSON_TYPE).send(JSON.stringify(report));
  }
}
