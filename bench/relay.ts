import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerError } from '../src/errors.js';
import { type LocalBroker, startLocalBroker } from '../src/kafka/local-broker.js';
import { type Figure, median, ratioOf } from './figure.js';
import { run, temporaryDirectory } from './processes.js';
import { singleCommandsWith } from './single-commands.js';

const EVENTS = 40_000;
const ROUNDS = 3;
const LEAST_OF_BARE = 0.6;
const LEAST_OF_SINGLE = 0.9;

/**
 * The relay against a bare transactional loop on the same broker, and single commands with the relay on against off.
 * Nothing, and it says so, where no broker can be started.
 */
export async function onKafka(say: (message: string) => void): Promise<Figure[]> {
  const directory = temporaryDirectory();
  let broker: LocalBroker | undefined;
  try {
    broker = await startLocalBroker(join(directory, 'kafka'));
    const environment = { KAFKA_BROKERS: broker.address };
    return [
      await againstBareLoop(broker.address),
      await singleCommandsWith('single commands, relay on against off', environment, LEAST_OF_SINGLE),
    ];
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code !== 'no-local-broker') throw error;
    say(`\n!!! 未测量 NOT MEASURED: relay. ${error.text.zh} ${error.text.en}\n`);
    return [];
  } finally {
    await broker?.stop('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}

async function againstBareLoop(broker: string): Promise<Figure> {
  const rate = async (file: string, topic: string, kind = ''): Promise<number> =>
    Number.parseFloat(await run(file, broker, topic, String(EVENTS), kind));
  const [ours, bare, withHeaders]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await rate('bare-kafka.js', `bare-${round}`, 'values'));
    withHeaders.push(await rate('bare-kafka.js', `headers-${round}`, 'headers'));
    ours.push(await rate('relay-once.js', `relay-${round}`));
  }
  const note = `the bare loop with the relay's headers ${Math.round(median(withHeaders))}/s`;
  return ratioOf('relay, transactions on, against a bare loop', median(ours), median(bare), LEAST_OF_BARE, note);
}
