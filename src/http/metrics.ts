import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type RunningRelay } from '../kafka/start-relay.js';
import { type Ledger } from '../ledger.js';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

type Observed = ReturnType<Histogram<'method' | 'route' | 'status'>['labels']>;

/**
 * What the service counts, in the text format of Prometheus. Figures the ledger keeps itself are read when asked for.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly durations: Histogram<'method' | 'route' | 'status'>;
  private readonly observed = new Map<string, Observed>();
  readonly contentType = this.registry.contentType;

  constructor(ledger: Ledger, relay: RunningRelay | undefined) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.durations = new Histogram({
      name: 'tongzhang_http_request_duration_seconds',
      help: 'Time from the head of a request to the end of its answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    });
    new Gauge({
      name: 'tongzhang_log_position',
      help: 'Position of the last event in the log: how many have been appended.',
      registers,
      async collect() {
        this.set(await ledger.store.head());
      },
    });
    new Counter({
      name: 'tongzhang_append_conflicts_total',
      help: 'How often a book had moved on under the hands of another node.',
      registers,
      collect() {
        this.reset();
        this.inc(ledger.books.conflicts);
      },
    });
    new Counter({
      name: 'tongzhang_event_store_retries_total',
      help: 'How often the event store was asked again because the outcome of a call was unknown.',
      registers,
      collect() {
        this.reset();
        this.inc(ledger.store.retries ?? 0);
      },
    });
    registerProjections(ledger, registers);
    if (relay) registerRelay(relay, ledger, registers);
  }

  /** Counts an answered request. */
  observe(method: string, route: string, status: number, seconds: number): void {
    const id = `${method} ${route} ${status}`;
    let observed = this.observed.get(id);
    if (!observed) {
      observed = this.durations.labels({ method, route, status: String(status) });
      this.observed.set(id, observed);
    }
    observed.observe(seconds);
  }

  print(): Promise<string> {
    return this.registry.metrics();
  }
}

function registerProjections({ tables, store }: Ledger, registers: Registry[]): void {
  const labelNames = ['projection'] as const;
  new Gauge({
    name: 'tongzhang_projection_position',
    help: 'Position of the log that a projection has come to.',
    labelNames,
    registers,
    collect() {
      for (const { projection, position } of tables.checkpoints()) this.set({ projection }, position);
    },
  });
  new Gauge({
    name: 'tongzhang_projection_lag_events',
    help: 'Positions of the log that a projection has yet to take in: events, or on KurrentDB bytes of its log.',
    labelNames,
    registers,
    async collect() {
      const head = await store.head();
      for (const { projection, position } of tables.checkpoints())
        this.set({ projection }, Math.max(0, head - position));
    },
  });
  new Gauge({
    name: 'tongzhang_projection_stopped',
    help: '1 where an event has stopped a projection.',
    labelNames,
    registers,
    collect() {
      for (const { projection, failure } of tables.checkpoints()) this.set({ projection }, failure === null ? 0 : 1);
    },
  });
}

function registerRelay({ status }: RunningRelay, { store }: Ledger, registers: Registry[]): void {
  const gauge = (name: string, help: string, read: () => number | Promise<number>): void => {
    new Gauge({
      name: `tongzhang_relay_${name}`,
      help,
      registers,
      async collect() {
        this.set(await read());
      },
    });
  };
  gauge('position', 'Position of the last event delivered to Kafka.', () => status.position);
  gauge('lag_events', 'Events of the log that Kafka does not have yet.', async () =>
    Math.max(0, (await store.head()) - status.position),
  );
  gauge('running', '1 where events are being delivered, 0 where the relay waits or has stopped.', () =>
    status.state === 'running' ? 1 : 0,
  );
  gauge('fenced', '1 where another relay has taken over.', () => (status.state === 'fenced' ? 1 : 0));
  gauge('events_per_second', 'Events delivered per second since this was last asked for.', rateOf(status));
  new Counter({
    name: 'tongzhang_relay_delivered_events_total',
    help: 'Events delivered to Kafka since the service started.',
    registers,
    collect() {
      this.reset();
      this.inc(status.delivered);
    },
  });
}

function rateOf(status: RunningRelay['status']): () => number {
  let before = { delivered: status.delivered, at: performance.now() };
  return () => {
    const now = { delivered: status.delivered, at: performance.now() };
    const rate = ((now.delivered - before.delivered) / Math.max(1, now.at - before.at)) * 1_000;
    before = now;
    return rate;
  };
}
