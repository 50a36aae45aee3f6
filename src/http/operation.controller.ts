import { Controller, Get, Inject, Res } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { type FastifyReply } from 'fastify';
import { ImportJobs } from '../import/jobs/import-jobs.js';
import { type RunningRelay } from '../kafka/start-relay.js';
import { type Ledger } from '../ledger.js';
import { visible } from '../text/foreign-text.js';
import { JSON_TYPE } from './command.controller.js';
import { Metrics } from './metrics.js';
import { downstreamOf } from './downstream-answer.js';
import { operationOf } from './operation-answer.js';
import { type Condition, demandReady, readConditions } from './readiness.js';
import { LEDGER, RELAY } from './tokens.js';

/** What whoever runs the service asks it. */
@Controller()
export class OperationController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly metrics: Metrics,
    @Inject(RELAY) private readonly relay: RunningRelay | null,
    @Inject(ImportJobs) private readonly imports: ImportJobs,
  ) {}

  /** The process answers. */
  @Get('livez')
  live(@Res() reply: FastifyReply): void {
    void reply.header('content-type', JSON_TYPE).send('{"status":"ok"}');
  }

  /**
   * Every part of the service, by name, and how it stands.
   * @throws LedgerError unavailable, with what is wrong
   */
  @Get('readyz')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const conditions = await this.conditions();
    demandReady(conditions);
    const up = conditions.map(
      ({ name, facts }) =>
        () =>
          this.indicators.check(name).up(facts),
    );
    const result = await this.health.check(up);
    void reply.headers({ 'content-type': JSON_TYPE, 'cache-control': 'no-store' }).send(JSON.stringify(result));
  }

  /** How the service and its ledger stand, in words; it answers also where the service is not ready. */
  @Get('v1/operation')
  async operation(@Res() reply: FastifyReply): Promise<void> {
    send(reply, await operationOf(this.ledger, await this.conditions()));
  }

  /** What is delivered to others, how far that is, and what they generate code from. */
  @Get('v1/downstream')
  async downstream(@Res() reply: FastifyReply): Promise<void> {
    send(reply, downstreamOf(this.relay, await this.conditions()));
  }

  @Get('metrics')
  async measure(@Res() reply: FastifyReply): Promise<void> {
    void reply.header('content-type', this.metrics.contentType).send(await this.metrics.print());
  }

  private conditions(): Promise<Condition[]> {
    return readConditions({ ledger: this.ledger, relay: this.relay, imports: this.imports });
  }
}

function send(reply: FastifyReply, body: object): void {
  void reply.headers({ 'content-type': JSON_TYPE, 'cache-control': 'no-store' }).send(visible(JSON.stringify(body)));
}
