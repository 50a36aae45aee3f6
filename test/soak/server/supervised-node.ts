import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../src/kafka/local-broker.js';
import { get, type RunningService, startService } from '../../service.js';

const RESTART_MS = 200;
/** It may begin while its server says nothing, on a machine that is busy. */
const START_WITHIN_MS = 180_000;

/** A ledger node at an address of its own that is started again whenever it ends, as a supervisor does it. */
export class SupervisedNode {
  /** How often it was killed. */
  kills = 0;
  private service: RunningService | undefined;
  private notStarted: string[] = [];
  private isStopping = false;
  private kept: Promise<void> = Promise.resolve();
  /** What a node has done that it must not. */
  readonly problems: string[] = [];

  private constructor(
    readonly name: string,
    readonly dataDir: string,
    private readonly environment: Readonly<Record<string, string>>,
    readonly address: string,
  ) {}

  static async start(name: string, dataDir: string, eventStoreUrl: string): Promise<SupervisedNode> {
    const port = await freePort();
    const environment = { EVENT_STORE_URL: eventStoreUrl, PORT: String(port) };
    const node = new SupervisedNode(name, dataDir, environment, `http://127.0.0.1:${port}`);
    node.kept = node.keep();
    return node;
  }

  /** What it has logged, or why it did not start. */
  get lines(): readonly string[] {
    return this.service?.lines ?? this.notStarted;
  }

  kill(): void {
    if (!this.service) return;
    this.kills += 1;
    void this.service.stop('SIGKILL');
  }

  async isReady(): Promise<boolean> {
    const answered = await get(this, '/readyz').catch(() => undefined);
    return answered?.status === 200;
  }

  /** Stops it in order. @throws where it does not end well */
  async stop(): Promise<void> {
    this.isStopping = true;
    const code = await this.service?.stop();
    await this.kept;
    if (code !== 0) throw new Error(`${this.name} ended with ${code}:\n${this.lines.slice(-10).join('\n')}`);
  }

  /** Ends it at once, whatever it is at. */
  async abandon(): Promise<void> {
    this.isStopping = true;
    await this.service?.stop('SIGKILL');
    await this.kept;
  }

  private async keep(): Promise<void> {
    while (!this.isStopping) {
      try {
        const service = await startService(this.dataDir, this.environment, {
          until: 'listening',
          withinMs: START_WITHIN_MS,
        });
        this.service = service;
        const { process: child } = service;
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
        this.service = this.isStopping ? service : undefined;
        if (child.signalCode !== 'SIGKILL' && !this.isStopping)
          this.problems.push(`${this.name} ended by itself (${child.exitCode}): ${service.lines.slice(-5).join('\n')}`);
      } catch (error) {
        // One that cannot reach its server when it starts ends with a word, and is started again.
        this.notStarted = [`${new Date().toISOString()} ${(error as Error).message}`];
        await sleep(RESTART_MS);
      }
    }
  }
}
