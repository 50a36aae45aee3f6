import { describe, expect, it } from '@jest/globals';
import { fundBalanceQuestion } from '../../../projections/fund-balance/query.js';
import { LedgerError, text } from '../../errors.js';
import { BEFORE_ADOPTION } from '../../reference/built-in.js';
import { AskingThread } from './asking-thread.js';
import { AS_CSV } from '../../../test/as-csv.js';

const program = (source: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads';
      const say = (message) => parentPort.postMessage(message);
      ${source}`)}`,
  );
const ASKED = { question: fundBalanceQuestion, parameters: {}, asker: {} };
const ECHO = `parentPort.on('message', ({ number }) => say({ number, answer: { position: number } }));`;

/** A thread that runs a program, over tables of which one can say that they are others now. */
function threadOf(source: string) {
  const logged: string[] = [];
  const status = { file: 'one' };
  const ledger = {
    place: { store: 'sqlite' },
    directory: { anchored: { read: '/nowhere/read.db' } },
    tables: { status, current: () => undefined, explain: (error: unknown) => error },
    reference: { current: BEFORE_ADOPTION },
    clock: () => 0,
  } as unknown as ConstructorParameters<typeof AskingThread>[0];
  return { status, logged, thread: new AskingThread(ledger, (message) => logged.push(message), program(source)) };
}

describe('the thread that answers long questions', () => {
  it('answers each with its own', async () => {
    const { thread } = threadOf(ECHO);
    const answers = await Promise.all([thread.ask(ASKED), thread.ask(ASKED), thread.ask(ASKED)]);
    expect(answers.map(({ position }) => position)).toEqual([1, 2, 3]);
    await thread.close();
  });

  it('begins anew where the tables are another file', async () => {
    const { thread, status } = threadOf(`let asked = 0;
      parentPort.on('message', ({ number }) => say({ number, answer: { position: (asked += 1) } }));`);
    expect([await thread.ask(ASKED), await thread.ask(ASKED)]).toEqual([{ position: 1 }, { position: 2 }]);
    status.file = 'two';
    expect(await thread.ask(ASKED)).toEqual({ position: 1 });
    await thread.close();
  });

  it('is not believed where the tables have become others while it answers', async () => {
    const { thread, status } = threadOf(ECHO);
    const asked = thread.ask(ASKED);
    await Promise.resolve();
    status.file = 'two';
    await expect(asked).rejects.toMatchObject({ kind: 'unavailable', code: 'read-tables-rebuilding' });
    await thread.close();
  });

  it.each([
    ['by a fault', `parentPort.on('message', () => { throw new Error('/srv/secret'); });`],
    ['without a word', `parentPort.on('message', () => process.exit(3));`],
  ])('that ends %s fails all it has in hand, and another begins with the next question', async (_, source) => {
    const { thread } = threadOf(source);
    const ended = await Promise.allSettled([thread.ask(ASKED), thread.write(ASKED, AS_CSV), thread.ask(ASKED)]);
    for (const each of ended) expect(each).toMatchObject({ status: 'rejected', reason: expect.any(LedgerError) });
    await thread.close();
  });

  it('resets a file whose thread ends under it, after what has come of it', async () => {
    const { thread } = threadOf(`parentPort.on('message', ({ number, ask, more }) => {
      if (ask) say({ number, file: { position: 7 } });
      if (more) { say({ number, piece: 'one' }); setTimeout(() => process.exit(0), 50); }
    });`);
    const file = await thread.write(ASKED, AS_CSV);
    const pieces: unknown[] = [];
    const read = (async () => {
      for await (const piece of file.pieces) pieces.push(piece);
    })();
    await expect(read).rejects.toBeInstanceOf(LedgerError);
    expect(pieces.length).toBeGreaterThan(0);
    await thread.close();
  });

  it('says what the other says, words and facts', async () => {
    const detail = { pointer: 'sheet', code: 'unknown-sheet', expected: text('甲', 'one'), got: 'two' };
    const said = { kind: 'invalid', code: 'unknown-sheet', text: text('没有', 'none'), details: [detail] };
    const { thread } = threadOf(
      `parentPort.on('message', ({ number }) => say({ number, failure: { said: ${JSON.stringify(said)} } }));`,
    );
    await expect(thread.write(ASKED, AS_CSV)).rejects.toMatchObject(said);
    await thread.close();
  });
});
