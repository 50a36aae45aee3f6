import { Controller, Post, Req, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type SentKind } from '../kinds/kind.js';
import { PostCommand, PreviewCommand } from './commands.js';
import { revisionsNamed } from './protocol/entity-tags.js';
import { idempotencyKeyOf, keyRequired, type Query, readQuery, readSwitch } from './request.js';
import { parseStrictJson } from '../text/strict-json.js';

export const JSON_TYPE = 'application/json; charset=utf-8';
const NO_BODY = new Uint8Array();

/** The controller of a kind of command: `POST /v1/<route>`. */
export function commandController(kind: SentKind): Type {
  @Controller(`v1/${kind.route}`)
  class KindController {
    constructor(readonly commands: CommandBus) {}

    @Post()
    post(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      const { dryRun } = readQuery(request.query as Query, ['dryRun']);
      const key = idempotencyKeyOf(request.headers);
      const expectedRevision = revisionsNamed(request.headers['if-match']);
      const body = parseStrictJson((request.body as Uint8Array | undefined) ?? NO_BODY);
      if (readSwitch('dryRun', dryRun))
        return preview(this.commands, new PreviewCommand(kind, body, expectedRevision), reply);
      if (key === undefined) throw keyRequired();
      return record(this.commands, new PostCommand(kind, body, key, expectedRevision), reply);
    }
  }
  Object.defineProperty(KindController, 'name', { value: `${kind.command.name}Controller` });
  return KindController;
}

async function record(commands: CommandBus, command: PostCommand, reply: FastifyReply): Promise<void> {
  const { receipt, replayed } = await commands.execute(command);
  const { id, revision, position } = receipt!;
  void reply.code(201).headers({
    'content-type': JSON_TYPE,
    location: `/v1/vouchers/${id}`,
    etag: `"${revision}"`,
    'x-ledger-position': position,
    ...(replayed && { 'idempotency-replayed': 'true' }),
  });
  void reply.send(JSON.stringify(receipt));
}

async function preview(commands: CommandBus, command: PreviewCommand, reply: FastifyReply): Promise<void> {
  const answer = await commands.execute(command);
  void reply.code(200).header('content-type', JSON_TYPE).send(JSON.stringify(answer));
}
