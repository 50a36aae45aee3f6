import { dirname, resolve } from 'node:path';
import { type Command } from 'commander';
import { environment, readConfig } from '../config.js';
import { evolve } from '../books/evolve.js';
import { emptyBook } from '../books/book-state.js';
import { copiedFrom } from '../books/copied-event.js';
import { keyOf, readEvent } from '../books/event.js';
import { DataDirectory, dataPaths } from '../data-directory.js';
import { demandLedger } from '../data-place.js';
import { LedgerError, text } from '../errors.js';
import { visible } from '../text/foreign-text.js';
import { type CopyDifference, copyLog, firstDifference, TargetDiffers } from '../event-store/copy.js';
import { type EventStore, eventId, type StoredEvent, type StorePlace } from '../event-store/event-store.js';
import { openStore, openStoreForReading } from '../event-store/open-store.js';
import { progressBar } from './progress-bar.js';
import { both, EXIT, globalsOf } from './globals.js';
import { toStandardOutput } from './terminal.js';

interface CopyOptions {
  readonly from: string;
  readonly to: string;
}

/** `tongzhang copy`: a ledger from one event store to another, unchanged to the byte, and checked. */
export function addCopyCommand(program: Command): void {
  program
    .command('copy')
    .description(both(text('把账簿原样搬到另一个事件存储', 'copy a ledger to another event store')))
    .requiredOption('--from <store>', both(text('来源', 'source')))
    .requiredOption('--to <store>', both(text('去向', 'target')))
    .addHelpText('after', HELP)
    .action(async ({ from, to }: CopyOptions, command: Command) => {
      const { json, language } = globalsOf(command);
      const source = await openSource(placeOf(from));
      const target = await openTarget(placeOf(to));
      try {
        const result = await copyAndCompare(source, target.store);
        const { events, alreadyThere, difference, unequal } = result;
        if (json)
          toStandardOutput(
            `${JSON.stringify({ events, alreadyThere, difference: difference ?? null, unequal: unequal ?? null })}\n`,
          );
        else toStandardOutput(`${visible(sentence(result)[language])}\n`);
        process.exitCode = difference || unequal !== undefined ? EXIT.checkFailed : EXIT.done;
      } finally {
        await source.close();
        await target.close();
      }
    });
}

const HELP = `
存储  Stores:  sqlite:DIR   esdb://HOST:PORT?tls=false   kurrentdb://…

先停止使用来源的服务。去向应为空，或为同一账簿未搬完的部分，否则拒绝且不写入；中断后再次运行，从断处继续；最后逐条比较
哈希并比较每个余额，不一致则退出码 1。
Stop the services on the source first. The target must be empty, or hold the beginning of the same ledger: anything else
is refused, and nothing is written.
Run it again after an interruption and it goes on; at the end every event's hash and every balance is
compared, and the exit code is 1 where one differs.

示例  Examples:
  $ npx tongzhang copy --from sqlite:./data/ledger --to 'esdb://127.0.0.1:2113?tls=false'
  $ npx tongzhang copy --from 'esdb://127.0.0.1:2113?tls=false' --to sqlite:./data/copy`;

function placeOf(address: string): StorePlace {
  if (/^(esdb|kurrentdb)(\+discover)?:\/\//.test(address))
    return { store: 'kurrentdb', url: address, prefix: readConfig(environment).eventStorePrefix };
  if (address.startsWith('sqlite:')) return { store: 'sqlite', ...dataPaths(resolve(address.slice(7))) };
  throw new LedgerError('invalid', 'store-address', text('存储地址不符合要求', 'not the address of a store'), [
    {
      pointer: '--from, --to',
      code: 'store-address',
      expected: text('sqlite:目录、esdb:// 或 kurrentdb://', 'sqlite:DIR, esdb:// or kurrentdb://'),
      got: address,
    },
  ]);
}

async function openSource(place: StorePlace): Promise<EventStore> {
  if (place.store === 'sqlite') demandLedger(dirname(place.log));
  return openStoreForReading(place);
}

async function openTarget(place: StorePlace): Promise<{ store: EventStore; close: () => Promise<void> }> {
  const directory = place.store === 'sqlite' ? DataDirectory.take(dirname(place.log)) : undefined;
  const store = await openStore(place, { lostRight: () => directory?.lostRight() });
  const close = async (): Promise<void> => {
    await store.close();
    directory?.release();
  };
  return { store, close };
}

interface Outcome {
  readonly events: number;
  readonly alreadyThere: number;
  readonly difference: CopyDifference | undefined;
  /** How many balances were compared; the first line that differs, where one does. */
  readonly balances: number;
  readonly unequal: string | undefined;
}

async function copyAndCompare(source: EventStore, target: EventStore): Promise<Outcome> {
  const last = await source.last();
  const besideOf = (stored: StoredEvent) => ({
    ...keyOf(stored),
    copied: copiedFrom(stored, source.severalWritersUpTo),
  });
  const copying = progressBar(text('复制', 'copying'), last?.position ?? 0);
  const { events, alreadyThere } = await copyLog(source, target, besideOf, copying.update)
    .catch(refuse)
    .finally(copying.stop);
  const comparing = progressBar(text('比较', 'comparing'), last?.position ?? 0);
  const difference = await firstDifference(source, target, comparing.update);
  comparing.stop();
  const [ours, theirs] = [await balancesOf(source), await balancesOf(target)];
  const unequal = [...new Set([...ours.keys(), ...theirs.keys()])].find((line) => ours.get(line) !== theirs.get(line));
  return { events, alreadyThere, difference, balances: ours.size, unequal };
}

function refuse(error: unknown): never {
  if (!(error instanceof TargetDiffers)) throw error;
  const [ours, theirs] = [placeName(error.difference.source), placeName(error.difference.target)];
  const zh = `去向中已有别的内容，未写入：首处不同，来源 ${ours}，去向 ${theirs}`;
  const en = `the target holds something else, nothing was written; first difference: source ${ours}, target ${theirs}`;
  throw new LedgerError('refused', 'target-differs', text(zh, en));
}

/** Every balance of every book, folded from the log itself. */
async function balancesOf(store: EventStore): Promise<Map<string, bigint>> {
  const books = new Map<string, ReturnType<typeof emptyBook>>();
  for await (const batch of store.readAll({ after: 0, live: false })) {
    for (const stored of batch) {
      let book = books.get(stored.stream);
      if (!book) books.set(stored.stream, (book = emptyBook()));
      evolve(book, readEvent(stored));
    }
  }
  const lines = [...books].flatMap(([stream, { balances }]) =>
    [...balances].map(([line, fen]) => [`${stream} ${line}`, fen]),
  );
  return new Map(lines as [string, bigint][]);
}

function sentence({ events, alreadyThere, difference, balances, unequal }: Outcome): { zh: string; en: string } {
  const counted = text(
    `共 ${events} 条事件，其中 ${alreadyThere} 条此前已有`,
    `${events} events, ${alreadyThere} of them were there before`,
  );
  if (difference) {
    const [ours, theirs] = [placeName(difference.source), placeName(difference.target)];
    return text(
      `${counted.zh}；不一致：来源 ${ours}，去向 ${theirs}`,
      `${counted.en}; they differ: source ${ours}, target ${theirs}`,
    );
  }
  if (unequal !== undefined)
    return text(`${counted.zh}；余额不一致：${unequal}`, `${counted.en}; a balance differs: ${unequal}`);
  return text(
    `${counted.zh}；逐条哈希一致，${balances} 个余额一致`,
    `${counted.en}; every hash is equal, and so are ${balances} balances`,
  );
}

const placeName = (stored: StoredEvent | undefined): string => (stored ? eventId(stored.stream, stored.revision) : '-');
