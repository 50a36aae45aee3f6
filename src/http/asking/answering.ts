import { type MessagePort } from 'node:worker_threads';
import { ask } from '../../../projections/asking/ask.js';
import { checkParameters } from '../../../projections/asking/parameters.js';
import { type Asking } from '../../../projections/asking/question.js';
import { type ReadTables } from '../../../projections/following/read-tables.js';
import { QUESTIONS } from '../../../projections/registry.js';
import { readReference } from '../../adopting/adopted-in.js';
import { type EventStore } from '../../event-store/event-store.js';
import { looksAt, MOST_WAIT_MS, waitUntilShown } from '../../kept-tables.js';
import { type Reference } from '../../reference/reference.js';
import { answerFile } from '../../report/answer-file.js';
import { dayInShanghai } from '../../time/clock.js';
import { type AskedFar, failureOf, type FromAsked, type ToAsked } from './protocol.js';

/** What is read to answer. */
export interface Read {
  readonly store: EventStore;
  readonly tables: ReadTables;
}

/** A file of which pieces are taken. */
interface Taken {
  /** How many more are wanted. */
  credit: number;
  isStopped: boolean;
  /** Goes on once more are wanted, or nobody wants any. */
  goOn: () => void;
}

/** Bytes that are sent at a time: who passes them on has others to answer. */
const PIECE_BYTES = 65_536;

/** A piece in bytes, in memory of its own: what is sent takes all of the memory with it that it is a view of. */
function* bytesOf(piece: string | Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
  const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield new Uint8Array(bytes.subarray(at, at + PIECE_BYTES));
}

type Say = (message: FromAsked, transfer?: readonly ArrayBuffer[]) => void;

/** Sends a file, as much of it as is taken. */
async function send(number: number, pieces: AsyncIterable<string | Uint8Array>, taken: Taken, say: Say): Promise<void> {
  const wait = async (): Promise<boolean> => {
    while (taken.credit === 0 && !taken.isStopped) await new Promise<void>((resolve) => (taken.goOn = resolve));
    taken.credit -= 1;
    return !taken.isStopped;
  };
  if (!(await wait())) return;
  for await (const piece of pieces)
    for (const bytes of bytesOf(piece)) {
      say({ number, piece: bytes }, [bytes.buffer]);
      if (!(await wait())) return;
    }
  say({ number, end: true });
}

/** Answers what comes over a port, several questions by turns, for as long as it is open. */
export function answerOver(port: MessagePort, { store, tables }: Read): void {
  const files = new Map<number, Taken>();
  const looks = looksAt(() => tables.checkpoints());
  let held: Reference | undefined;
  const say: Say = (message, transfer = []) => port.postMessage(message, transfer);

  /** What is adopted, at least as far as whoever asks knows it. */
  async function adopted(revision: number | undefined): Promise<Reference> {
    if (!held || (held.revision ?? -1) < (revision ?? -1)) held = await readReference(store, held);
    return held;
  }

  async function answer(number: number, { question: name, parameters, nowMs, revision, wanted }: AskedFar) {
    const question = QUESTIONS.find((each) => each.name === name)!;
    const asking: Asking = {
      tables,
      store,
      reference: await adopted(revision),
      today: dayInShanghai(nowMs),
      clock: () => nowMs,
      waitFor: (position) => waitUntilShown(looks, position, MOST_WAIT_MS),
    };
    const checked = checkParameters(question, parameters, asking.reference);
    if (!wanted) return say({ number, answer: await ask(question, asking, checked) });
    const { pieces, ...file } = await answerFile(question, asking, checked, wanted);
    say({ number, file });
    await send(number, pieces, files.get(number)!, say);
  }

  port.on('message', (message: ToAsked) => {
    const { number } = message;
    if ('ask' in message) {
      files.set(number, { credit: 0, isStopped: false, goOn: () => undefined });
      void answer(number, message.ask)
        .catch((error: unknown) => say({ number, failure: failureOf(error) }))
        .finally(() => files.delete(number));
      return;
    }
    const file = files.get(number);
    if (!file) return;
    if ('more' in message) file.credit += message.more;
    else file.isStopped = true;
    file.goOn();
  });
}
