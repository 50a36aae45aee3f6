import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FINAL_AFTER_MS } from '../../src/time/effective-time.js';
import { MovedClock } from '../moved-clock.js';
import { command } from '../one-of-each.js';
import { get, post, type RunningService, runProgram, startService, temporaryDirectory } from '../service.js';
import { KurrentDbDouble } from './double.js';

const ROUNDS = 12;
const UNITS = ['460100', '460200', '460300', '469021'];
const HOUR_MS = 3_600_000;

/** Two nodes on one server, each with a clock of its own. */
describe('recorded time of two nodes', () => {
  const double = new KurrentDbDouble();
  const nodes: RunningService[] = [];
  const clocks: MovedClock[] = [];
  let posted = 0;

  beforeAll(async () => {
    await double.start();
    for (let n = 0; n < 2; n += 1) {
      const dataDir = temporaryDirectory();
      const clock = new MovedClock(join(dataDir, 'moved.by'));
      clocks.push(clock);
      nodes.push(await startService(dataDir, { EVENT_STORE_URL: double.url, ...clock.environment }));
    }
  });
  afterAll(async () => {
    for (const node of nodes) {
      await node.stop();
      node.clean();
    }
    await double.stop();
  });

  interface Receipt {
    readonly recordedAt: string;
    readonly position: number;
  }
  const record = async (node: RunningService, unit: string): Promise<Receipt> => {
    const one = command('contribution', { unit, amount: '1.00', poolShare: undefined, personalShare: undefined });
    const { status, body } = await post(node, ...one, `one-${(posted += 1)}`);
    expect([status, body['code']]).toEqual([201, undefined]);
    return body as unknown as Receipt;
  };
  /** What each node shows as of a moment: the position, the sum of all that was paid in, and whether it is final. */
  const shown = (recordedAsOf: string, after: number): Promise<unknown[]> =>
    Promise.all(
      nodes.map(async (node) => {
        const path = `/v1/balances?asOf=2025-12-31&recordedAsOf=${recordedAsOf}&after=${after}`;
        const { status, body } = await get(node, path);
        expect([status, body['detail']]).toEqual([200, undefined]);
        const books = body['books'] as { income: string }[];
        const income = books.reduce((sum, book) => sum + Number.parseInt(book.income, 10), 0);
        return [body['position'], income, body['recordedAsOfIsFinal']];
      }),
    );
  const clockOf = async (node: RunningService): Promise<Record<string, string>> => {
    const { status, body } = await get(node, '/readyz', { 'accept-language': 'en' });
    expect(status).toBe(200);
    return (body['info'] as Record<string, Record<string, string>>)['clock']!;
  };
  const latestOf = (receipts: readonly Receipt[]) => ({
    instant: receipts
      .map(({ recordedAt }) => recordedAt)
      .sort()
      .at(-1)!,
    position: Math.max(...receipts.map(({ position }) => position)),
  });

  it('shows everything at an instant after everything, in every round of concurrent posts', async () => {
    clocks[1]!.moveBy(-2_000);
    for (let round = 0; round < ROUNDS; round += 1) {
      // An append that is sent again keeps its stamp, and comes to stand behind others that were stamped later.
      if (round % 3 === 0) double.failNextAppends('unavailable-before-write');
      const receipts = await Promise.all(UNITS.map((unit, index) => record(nodes[(round + index) % 2]!, unit)));
      const { instant, position } = latestOf(receipts);
      const all = [position, posted, false];
      expect({ round, shown: await shown(instant, position) }).toEqual({ round, shown: [all, all] });
      expect(await shown(`${position}`, position)).toEqual([
        [position, posted, true],
        [position, posted, true],
      ]);
    }
    const before = new Date(Date.now() - HOUR_MS).toISOString();
    expect(await shown(before, double.events().at(-1)!.position)).toEqual([
      [0, 0, true],
      [0, 0, true],
    ]);
  });

  it('keeps a node that lags by more than the bound near the server, and names it', async () => {
    clocks[1]!.moveBy(-10 * 60_000);
    const behind = await clockOf(nodes[1]!);
    expect(behind).toMatchObject({ state: 'behind-server', message: expect.stringContaining("behind the server's") });
    expect(Math.abs(Date.parse(behind['server']!) - Date.now())).toBeLessThan(30_000);
    expect(nodes[1]!.lines.some((line) => line.includes("behind the server's"))).toBe(true);
    const receipt = await record(nodes[1]!, '460100');
    expect(Date.parse(receipt.recordedAt)).toBeGreaterThan(Date.now() - FINAL_AFTER_MS);
    const all = [receipt.position, posted, false];
    expect(await shown(receipt.recordedAt, receipt.position)).toEqual([all, all]);
    clocks[1]!.moveBy(0);
    expect((await clockOf(nodes[1]!))['state']).toBe('in-step');
  });

  it('names a node that is ahead, and keeps it from stamping the future for all', async () => {
    clocks[1]!.moveBy(HOUR_MS);
    // The server's clock is known from what the node has appended itself.
    const receipt = await record(nodes[1]!, '460200');
    expect(Date.parse(receipt.recordedAt)).toBeLessThan(Date.now() + FINAL_AFTER_MS + 5_000);
    expect(await clockOf(nodes[1]!)).toMatchObject({
      state: 'ahead-of-server',
      message: expect.stringContaining("ahead of the server's"),
    });
    clocks[1]!.moveBy(0);
  });

  it('gives the same instants after the read tables are made anew, and verifies', async () => {
    const instants = double.events().map(({ data }) => (JSON.parse(data) as Receipt).recordedAt);
    const asked = instants.filter((_, index) => index % 9 === 0);
    const { position } = double.events().at(-1)!;
    const ask = () => Promise.all(asked.map(async (instant) => (await shown(instant, position)).map((one) => one)));
    const before = await ask();
    const { dataDir } = nodes[0]!;
    await nodes[0]!.stop();
    rmSync(join(dataDir, 'read.db'));
    nodes[0] = await startService(dataDir, { EVENT_STORE_URL: double.url });
    expect(await ask()).toEqual(before);
    const run = await runProgram(['--data', dataDir, '--json', 'verify'], { EVENT_STORE_URL: double.url });
    expect(run).toMatchObject({ code: 0 });
    const { breachCount, notes } = JSON.parse(run.stdout) as { breachCount: number; notes: { invariant: string }[] };
    expect(breachCount).toBe(0);
    expect(notes.map(({ invariant }) => invariant)).toContain('recorded-time-order');
  });

  it('leaves a copy in a file, and a backup, that verify as well', async () => {
    const [copied, backedUp] = [temporaryDirectory(), temporaryDirectory()];
    const server = { EVENT_STORE_URL: double.url };
    const made = [
      await runProgram(['copy', '--from', double.url, '--to', `sqlite:${copied}`]),
      await runProgram(['--data', nodes[0]!.dataDir, 'backup', join(backedUp, 'of-today')], server),
    ];
    expect(made.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    for (const directory of [copied, join(backedUp, 'of-today')]) {
      const { code, stdout } = await runProgram(['--data', directory, '--json', 'verify']);
      const { breaches } = JSON.parse(stdout) as { breaches: object[] };
      expect({ code, breaches }).toEqual({ code: 0, breaches: [] });
    }
    for (const directory of [copied, backedUp]) rmSync(directory, { recursive: true });
  });
});
