import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../../projections/asking/ask.js';
import { checkParameters } from '../../../projections/asking/parameters.js';
import { type Asking } from '../../../projections/asking/question.js';
import { ReadTables } from '../../../projections/following/read-tables.js';
import { QUESTIONS } from '../../../projections/registry.js';
import { LedgerFiles } from '../../../test/ledger-files.js';
import { ONE_OF_EACH } from '../../../test/one-of-each.js';
import { readReference } from '../../adopting/adopted-in.js';
import { type LedgerError } from '../../errors.js';
import { type EventStore } from '../../event-store/event-store.js';
import { SqliteEventStore } from '../../event-store/sqlite/sqlite-event-store.js';
import { answerFile, type FileWanted } from '../../report/answer-file.js';
import { dayInShanghai } from '../../time/clock.js';
import { answerOver } from './answering.js';
import { Asked } from './asked.js';
import { errorOf, type FromAsked, type ToAsked } from './protocol.js';
import { AS_CSV } from '../../../test/as-csv.js';

/** What is asked of every question; some refuse some of it. */
const PARAMETERS: readonly Readonly<Record<string, string>>[] = [
  {},
  { recordedAsOf: '20' },
  { fund: 'employee', unit: '460100' },
  { fund: 'none' },
];
const NOW_MS = Date.UTC(2026, 5, 1);
describe('a question that is sent over a port', () => {
  const files = new LedgerFiles();
  const { port1: here, port2: there } = new MessageChannel();
  let store: EventStore;
  let tables: ReadTables;
  let asking: Asking;
  let numbers = 0;
  const heard = new Map<number, Asked>();
  const told: ToAsked[] = [];
  const messages: FromAsked[] = [];

  beforeAll(async () => {
    await files.post(ONE_OF_EACH.map(([kind, fields]) => ({ kind, ...fields })));
    await files.follow();
    store = new SqliteEventStore(files.paths.log, { readonly: true });
    tables = new ReadTables(files.paths.read);
    answerOver(there, { store, tables });
    here.on('message', (message: FromAsked) => {
      messages.push(message);
      const asked = heard.get(message.number);
      if ('failure' in message) asked?.fail(errorOf(message.failure));
      else asked?.hear(message);
    });
    const today = dayInShanghai(NOW_MS);
    const reference = await readReference(store);
    asking = { store, tables, reference, today, clock: () => NOW_MS, waitFor: () => Promise.resolve() };
  });
  afterAll(async () => {
    here.close();
    tables.close();
    await store.close();
    files.remove();
  });

  function send(question: string, parameters: Readonly<Record<string, string>>, wanted?: FileWanted): Asked {
    const number = (numbers += 1);
    const tell = (message: ToAsked): void => {
      told.push(message);
      here.postMessage(message);
    };
    const asked = new Asked(
      (telling) => tell({ number, ...telling }),
      () => heard.delete(number),
    );
    heard.set(number, asked);
    tell({ number, ask: { question, parameters, nowMs: NOW_MS, revision: 0, wanted } });
    return asked;
  }

  const outcomeOf = async <T>(work: () => Promise<T>): Promise<unknown> => {
    try {
      return await work();
    } catch (error) {
      const { kind, code, text, details } = error as LedgerError;
      return { kind, code, text, details };
    }
  };
  async function textOf(pieces: AsyncIterable<string | Uint8Array>): Promise<string> {
    const all: Uint8Array[] = [];
    for await (const piece of pieces) all.push(Buffer.from(piece as string));
    return Buffer.concat(all).toString('utf8');
  }

  it.each(QUESTIONS.map((question) => [question.name, question] as const))(
    'has the answer, or the refusal, that it has here: %s',
    async (name, question) => {
      for (const parameters of PARAMETERS) {
        const near = await outcomeOf(async () =>
          ask(question, asking, checkParameters(question, parameters, asking.reference)),
        );
        expect(await outcomeOf(() => send(name, parameters).first)).toEqual(near);
        const file = await outcomeOf(async () => {
          const { pieces, ...head } = await answerFile(
            question,
            asking,
            checkParameters(question, parameters, asking.reference),
            AS_CSV,
          );
          return { ...head, text: await textOf(pieces) };
        });
        const far = await outcomeOf(async () => {
          const asked = send(name, parameters, AS_CSV);
          return { ...(await asked.first), text: await textOf(asked) };
        });
        expect(far).toEqual(file);
      }
    },
  );

  it('has the same workbook', async () => {
    const wanted = { ...AS_CSV, format: 'xlsx', printedBy: '王' } as const;
    const asked = send('audit-trail', {}, wanted);
    expect(await asked.first).toMatchObject({ format: 'xlsx', sheets: ['journal'] });
    const bytes: Uint8Array[] = [];
    for await (const piece of asked) bytes.push(piece);
    expect(Buffer.concat(bytes).subarray(0, 2).toString()).toBe('PK');
  });

  it('sends no piece that is not wanted, nor the end before that', async () => {
    const asked = send('audit-trail', {}, AS_CSV);
    await asked.first;
    const { number } = messages.at(-1)!;
    const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));
    const come = (): string[] => messages.flatMap((one) => (one.number === number ? Object.keys(one).slice(1) : []));
    await later();
    expect(come()).toEqual(['file']);
    here.postMessage({ number, more: 1 });
    await later();
    expect(come()).toEqual(['file', 'piece']);
    await asked.return();
  });

  it('is given up once nobody wants any of it', async () => {
    const asked = send('audit-trail', {}, AS_CSV);
    await asked.first;
    expect(heard.size).toBe(1);
    told.length = 0;
    expect((await asked.next()).done).toBe(false);
    expect(told[0]).toMatchObject({ more: 8 });
    await asked.return();
    expect(heard.size).toBe(0);
    expect(await asked.next()).toEqual({ done: true, value: undefined });
  });

  it('that comes while the log cannot be read is refused, and the next is answered', async () => {
    const { port1, port2 } = new MessageChannel();
    let failures = 1;
    const failing = Object.create(store) as EventStore;
    failing.readStream = (...asked) => {
      failures -= 1;
      return failures < 0 ? store.readStream(...asked) : Promise.reject(new Error('away'));
    };
    answerOver(port2, { store: failing, tables });
    const answers: FromAsked[] = [];
    port1.on('message', (message: FromAsked) => answers.push(message));
    for (const number of [1, 2]) {
      const ask = { question: 'periods', parameters: {}, nowMs: NOW_MS, revision: 0, wanted: undefined };
      port1.postMessage({ number, ask } satisfies ToAsked);
      while (answers.length < number) await new Promise(setImmediate);
    }
    port1.close();
    expect(answers).toMatchObject([
      { number: 1, failure: { fault: { message: 'away' } } },
      { number: 2, answer: {} },
    ]);
  });

  it('that finds no sheet of the name says which there are', async () => {
    const asked = send('audit-trail', {}, { ...AS_CSV, sheet: 'nothing' });
    await expect(asked.first).rejects.toMatchObject({ kind: 'invalid', code: 'unknown-sheet' });
  });
});
