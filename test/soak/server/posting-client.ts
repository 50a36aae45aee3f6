import { setTimeout as sleep } from 'node:timers/promises';
import { command } from '../../one-of-each.js';
import { randomFrom } from '../../random.js';
import { type Answered, post } from '../../service.js';
import { type SupervisedNode } from './supervised-node.js';

/** Fewer units than clients, so that clients meet in a book. */
export const UNITS = ['460100', '460200', '460300', '460400'];
const LONGEST_PAUSE_MS = 200;
/** So long a client waits for an answer; then it asks again by the same key. */
const PATIENCE_MS = 8_000;
/** One acknowledged command in so many is sent once more. */
const AGAIN_EVERY = 10;
/** What says that nothing is known yet, or that it passes: the same key is sent again. */
const PASSING = [409, 429, 503, 507];

/** Posts one voucher after the other to either node, each by a key of its own until it is acknowledged. */
export class PostingClient {
  /** The id of the event that each acknowledged key became. */
  readonly acknowledged = new Map<string, string>();
  /** When the last acknowledgement came. */
  acknowledgedAtMs = 0;
  readonly problems: string[] = [];
  /** How often a key was sent again, since it had no answer, one that says to try again, or for its own sake. */
  repeated = 0;
  private isStopping = false;
  private readonly abandoned = new AbortController();
  private readonly random: () => number;
  private readonly working: Promise<void>;

  constructor(
    private readonly name: string,
    private readonly nodes: readonly SupervisedNode[],
    seed: number,
  ) {
    this.random = randomFrom(seed);
    this.working = this.work();
  }

  /** Waits until what is on its way is acknowledged. */
  stop(): Promise<void> {
    this.isStopping = true;
    return this.working;
  }

  /** Gives up what is on its way. */
  abandon(): Promise<void> {
    this.abandoned.abort();
    return this.stop();
  }

  private async work(): Promise<void> {
    for (let number = 1; !this.isStopping; number += 1) {
      await this.untilAcknowledged(`${this.name}-${number}`, number);
      await sleep(this.random() * LONGEST_PAUSE_MS);
    }
  }

  private async untilAcknowledged(key: string, number: number): Promise<void> {
    const amount = `${1 + (number % 9_000)}.${10 + Math.floor(this.random() * 90)}`;
    const unit = UNITS[Math.floor(this.random() * UNITS.length)]!;
    const evidence = { kind: 'tax-receipt', number: key, sha256: 'ab'.repeat(32) };
    const one = command('contribution', { unit, amount, evidence, poolShare: amount, personalShare: undefined });
    const { id } = await this.untilAnswered(one, key);
    if (id === undefined) return;
    this.acknowledged.set(key, id);
    if (number % AGAIN_EVERY > 0) return;
    this.repeated += 1;
    const again = await this.untilAnswered(one, key);
    // A node that has not heard of it yet takes what stands there for its own: only the event must be the same.
    if (again.id !== undefined && again.id !== id)
      this.problems.push(`${key} was ${id}, and is ${again.id} when sent again`);
  }

  private async untilAnswered(one: [string, object], key: string): Promise<{ id?: string }> {
    while (!this.abandoned.signal.aborted) {
      const node = this.nodes[Math.floor(this.random() * this.nodes.length)]!;
      const answered = await this.send(node, one, key);
      if (answered?.status === 201) {
        const id = String(answered.body['id']);
        this.acknowledgedAtMs = performance.now();
        return { id };
      }
      if (answered && !PASSING.includes(answered.status)) {
        this.problems.push(`${key} was answered ${answered.status}: ${JSON.stringify(answered.body)}`);
        return {};
      }
      this.repeated += 1;
      await sleep(this.random() * LONGEST_PAUSE_MS);
    }
    return {};
  }

  /** Undefined where there is no answer, or not in time. */
  private async send(node: SupervisedNode, one: [string, object], key: string): Promise<Answered | undefined> {
    return post(
      node,
      ...one,
      key,
      {},
      AbortSignal.any([this.abandoned.signal, AbortSignal.timeout(PATIENCE_MS)]),
    ).catch(() => undefined);
  }
}
