import { Controller, Get, Inject, Res } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { ServiceUnavailableException } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { type Checkpoint } from '../../projections/read-tables.js';
import { type ErrorDetail, LedgerError, text } from '../errors.js';
import { type RunningRelay } from '../kafka/start-relay.js';
import { type Ledger } from '../ledger.js';
import { clockText } from '../time/recording-clock.js';
import { JSON_TYPE } from './command.controller.js';
import { Metrics } from './metrics.js';
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
  ) {}

  /** The process answers. */
  @Get('livez')
  live(@Res() reply: FastifyReply): void {
    void reply.header('content-type', JSON_TYPE).send('{"status":"ok"}');
  }

  /**
   * The store can be read and takes appends, the clock is not out of bounds, no projection has been stopped by an
   * event, and no other relay has taken over. A broker that is down, and a clock that is wrong within its bound, are
   * named and no more: recording goes on.
   * @throws LedgerError unavailable, with what is wrong
   */
  @Get('readyz')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const { store, tables } = this.ledger;
    const head = await store.head();
    const checks = tables.checkpoints().map((checkpoint) => () => this.projection(checkpoint, head));
    const { relay } = this;
    if (relay) checks.push(() => this.delivery(relay, head));
    try {
      const result = await this.health.check([() => this.log(head), () => this.clock(), ...checks]);
      void reply.headers({ 'content-type': JSON_TYPE, 'cache-control': 'no-store' }).send(JSON.stringify(result));
    } catch (error) {
      if (error instanceof ServiceUnavailableException) throw notReady(error);
      throw error;
    }
  }

  @Get('metrics')
  async measure(@Res() reply: FastifyReply): Promise<void> {
    void reply.header('content-type', this.metrics.contentType).send(await this.metrics.print());
  }

  private log(position: number): HealthIndicatorResult {
    const { failure } = this.ledger.store;
    const indicator = this.indicators.check(STORE_NAME);
    return failure ? indicator.down({ position, message: failure.message }) : indicator.up({ position });
  }

  private clock(): HealthIndicatorResult {
    const reading = this.ledger.recordingClock.reading();
    const { state, clockMs, lastMs } = reading;
    const indicator = this.indicators.check(CLOCK_NAME);
    const facts = {
      state,
      clock: new Date(clockMs).toISOString(),
      lastRecordedAt: lastMs === undefined ? null : new Date(lastMs).toISOString(),
      ...(state !== 'in-step' && { message: clockText(reading).en }),
    };
    return state === 'out-of-bounds' ? indicator.down(facts) : indicator.up(facts);
  }

  private projection({ projection, position, failure }: Checkpoint, head: number): HealthIndicatorResult {
    const indicator = this.indicators.check(projection);
    const lag = Math.max(0, head - position);
    return failure === null ? indicator.up({ position, lag }) : indicator.down({ position, lag, message: failure });
  }

  private delivery({ status }: RunningRelay, head: number): HealthIndicatorResult {
    const { state, position, failure } = status;
    const indicator = this.indicators.check(RELAY_NAME);
    const facts = {
      state,
      position,
      lag: Math.max(0, head - position),
      ...(failure !== undefined && { message: failure }),
    };
    return state === 'fenced' || state === 'failed' ? indicator.down(facts) : indicator.up(facts);
  }
}

const STORE_NAME = 'store';
const CLOCK_NAME = 'clock';
const RELAY_NAME = 'relay';
const REFUSING = {
  code: 'store-refuses-appends',
  expected: text(
    '能够写入；重新启动服务后再试',
    'takes appends; after a failed write the service must be started again',
  ),
};
const CLOCK_WRONG = {
  code: 'clock-out-of-bounds',
  expected: text(
    '与最后入账时间相差在界限之内，或由运维确认：npx tongzhang clock --confirm',
    'within the bound of the last recorded time, or confirmed by an operator: npx tongzhang clock --confirm',
  ),
};
const STOPPED = { code: 'projection-stopped', expected: text('能够接受每个事件', 'takes in every event') };
const RELAY_ENDED: Readonly<Record<string, Pick<ErrorDetail, 'code' | 'expected'>>> = {
  fenced: { code: 'relay-fenced', expected: text('是唯一的投递者', 'is the only relay') },
  failed: { code: 'relay-failed', expected: text('一直投递', 'goes on delivering') },
};

/** What is wrong where one of these is down. */
const WRONG: Readonly<Record<string, Pick<ErrorDetail, 'code' | 'expected'>>> = {
  [STORE_NAME]: REFUSING,
  [CLOCK_NAME]: CLOCK_WRONG,
};

function notReady(error: ServiceUnavailableException): LedgerError {
  const { error: failing } = error.getResponse() as { error: Record<string, { message: string; state?: string }> };
  const details = Object.entries(failing).map(([name, { message, state = '' }]): ErrorDetail => ({
    pointer: name,
    ...(WRONG[name] ?? RELAY_ENDED[state] ?? STOPPED),
    got: message,
  }));
  const names = details.map(({ pointer }) => pointer).join(', ');
  return new LedgerError('unavailable', 'not-ready', text(`未就绪：${names}`, `not ready: ${names}`), details);
}
