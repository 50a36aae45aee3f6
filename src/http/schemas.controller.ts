import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { LedgerError, text } from '../errors.js';
import { describeTopic } from '../kafka/asyncapi.js';
import { type RunningRelay } from '../kafka/start-relay.js';
import { eventSchema, schemaPath } from '../kinds/event-schema.js';
import { EVENT_KINDS } from '../catalogue/registry.js';
import { JSON_TYPE } from './command.controller.js';
import { RELAY } from './tokens.js';

/** The topic that is described where none is delivered to. */
const USUAL_TOPIC = 'tongzhang.ledger.events.v1';

/**
 * What readers of the topic generate code from: the topic at `/asyncapi.json`, every event where `ce_dataschema` says.
 */
@Controller()
export class SchemasController {
  constructor(@Inject(RELAY) private readonly relay: RunningRelay | null) {}

  @Get('asyncapi.json')
  describe(@Res() reply: FastifyReply): void {
    const topic = this.relay?.topic ?? USUAL_TOPIC;
    void reply.header('content-type', JSON_TYPE).send(JSON.stringify(describeTopic(EVENT_KINDS, topic)));
  }

  @Get('schemas/:name/:version')
  schema(@Param('name') name: string, @Param('version') version: string, @Res() reply: FastifyReply): void {
    const path = `/schemas/${name}/${version}`;
    const kind = EVENT_KINDS.find(({ event }) => schemaPath(event) === path);
    if (!kind)
      throw new LedgerError('not-found', 'no-such-schema', text(`没有结构 ${path}`, `there is no schema ${path}`));
    void reply.header('content-type', JSON_TYPE).send(JSON.stringify(eventSchema(kind)));
  }
}
