import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { Books } from '../../src/books/handle.js';
import { type EventStore } from '../../src/event-store/event-store.js';
import { messagesOfThread } from '../../src/import/check/checked-messages.js';
import { Spool } from '../../src/import/decide/spool.js';
import { ImportStopped } from '../../src/import/report/import-stopped.js';
import { runImport } from '../../src/import/run-import.js';
import { FROM_LOG } from '../given-when-then.js';
import { contributionRow, csvOf, Desk, NOW } from './fixture.js';

const LINES = 6_000;
const file = csvOf(Array.from({ length: LINES }, (_, index) => contributionRow({ headcount: String(1 + index) })));
const fault = (code: string): Error => Object.assign(new Error(code), { code });

/** An importer whose log takes so many appends, and then fails. */
function failingAfter(desk: Desk, appends: number, error: Error): Desk['target'] {
  let left = appends;
  const append: EventStore['append'] = async (...given) => {
    if ((left -= 1) < 0) throw error;
    return desk.store.append(...given);
  };
  const store = Object.create(desk.store, { append: { value: append } }) as Desk['store'];
  return { ...desk.target, store, books: new Books(store, () => NOW, undefined, FROM_LOG) };
}

const endOf = (run: Promise<unknown>): Promise<unknown> => run.then(() => undefined).catch((error: unknown) => error);

describe('an import that the log takes no more of', () => {
  it.each([
    ['ENOSPC', 'disk-full', '磁盘已满'],
    ['SQLITE_FULL', 'disk-full', '磁盘已满'],
    ['EIO', 'machine-fault', 'EIO'],
  ])('for %s ends as unavailable, with what was posted, and goes on with the same file', async (code, named, said) => {
    const desk = new Desk();
    const path = desk.write('feed.csv', file);
    const error = await endOf(runImport(failingAfter(desk, 3, fault(code)), path));
    const { length } = await desk.events();
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThan(LINES);
    expect(error).toBeInstanceOf(ImportStopped);
    expect(error).toMatchObject({
      kind: 'unavailable',
      code: named,
      counts: { lines: LINES, posted: length, replayed: 0, rejected: 0 },
    });
    const { zh, en } = (error as ImportStopped).text;
    expect(zh).toContain(said);
    expect([zh, en]).toEqual([
      expect.stringContaining(`本次已记账 ${length} 行`),
      expect.stringContaining(`${length} lines were posted`),
    ]);
    expect(readdirSync(desk.path('imports')).filter((name) => !name.endsWith('.journal'))).toEqual([]);
    expect(await runImport(desk.target, path)).toMatchObject({
      outcome: 'posted',
      posted: LINES - length,
      replayed: length,
    });
    expect(readdirSync(desk.path('imports'))).toEqual([]);
  });

  it('before its first line says that none was posted', async () => {
    const desk = new Desk();
    const path = desk.write('feed.csv', file);
    expect(await endOf(runImport(failingAfter(desk, 0, fault('ENOSPC')), path))).toMatchObject({
      code: 'disk-full',
      counts: { posted: 0 },
    });
  });
});

describe('the spool', () => {
  it('gives back what was written to it, or says that it does not', async () => {
    const desk = new Desk();
    const path = desk.path('one.spool');
    const spool = await Spool.create(path);
    const first = { lines: ['first', 'second'], bodies: Buffer.from('{}') };
    await spool.add(first);
    await spool.add({ lines: ['third'], bodies: Buffer.from('[]') });
    const read = async (): Promise<void> => {
      for await (const batch of spool.batches()) {
        expect(batch).toEqual(first);
        desk.write('one.spool', '{}first\nsecond[]unird');
      }
    };
    await expect(read()).rejects.toMatchObject({ kind: 'unavailable', code: 'spool-damaged' });
    await spool.discard();
  });
});

describe('the thread that checks a file', () => {
  const request = { path: '', format: 'csv', encoding: undefined, adoptions: [] } as const;
  const messages = async (program: string): Promise<void> => {
    const said = messagesOfThread(new URL(`data:text/javascript,${program}`), request);
    while (!(await said.next()).done) await setImmediate();
  };

  it.each([
    ['ends without a word', 'process.exit(3)', { kind: 'unavailable', code: 'check-ended' }],
    ['throws', 'throw new Error("odd")', { kind: 'unavailable', code: 'check-ended' }],
    ['cannot read', 'throw Object.assign(new Error("read"), { code: "EIO" })', { code: 'EIO' }],
    [
      'has no more memory',
      'const held = []; for (;;) held.push(new Array(1e6).fill(1.5))',
      { kind: 'unavailable', code: 'check-ended' },
    ],
  ])(
    'that %s is a named error, and not waited for',
    async (_, program, error) => {
      await expect(messages(program)).rejects.toMatchObject(error);
    },
    240_000,
  );
});
