import { readFileSync } from 'node:fs';
import { BEFORE_ADOPTION } from '../src/reference/built-in.js';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Books } from '../src/books/handle.js';
import { KEY_SCOPE } from '../src/books/key-scope.js';
import { LedgerError, type Text } from '../src/errors.js';
import { MemoryEventStore } from '../src/event-store/memory.js';
import { describeInterface } from '../src/http/openapi/interface.js';
import { checkCommand } from '../src/kinds/check.js';
import { prepare } from '../src/kinds/prepare.js';
import { COMMAND_KINDS, findKind } from '../src/catalogue/registry.js';
import { QUESTIONS } from '../projections/registry.js';
import { contributionRow, csvOf, Desk, NOW } from './import/fixture.js';
import { runProgram } from './service.js';

/** Text on one line in small letters, so that neither the margin of a page nor the beginning of a sentence matters. */
const plain = (written: string): string => written.replaceAll(/\s+/g, ' ').toLowerCase();
const page = (name: string): string => plain(readFileSync(join(import.meta.dirname, '..', name), 'utf8'));
/** What a key reaches, as it is said in a language. */
const said = (language: keyof Text): string => plain(KEY_SCOPE[language]);

describe('how far a key reaches is said', () => {
  it.each(['README.md', 'docs/architecture.md', 'docs/event-stores.md'])('in %s', (name) => {
    expect(page(name)).toContain(said('en'));
    if (name === 'docs/event-stores.md') expect(page(name)).toContain(said('zh'));
  });

  it('wherever the interface describes a key, its answer or its refusal', () => {
    const { components } = describeInterface(COMMAND_KINDS, QUESTIONS) as Record<string, Record<string, object>>;
    const { parameters, headers, responses } = components as Record<string, Record<string, object>>;
    for (const part of [parameters!['IdempotencyKey'], headers!['Idempotency-Replayed'], responses!['Refused']]) {
      expect(plain(JSON.stringify(part))).toContain(said('en'));
      expect(plain(JSON.stringify(part))).toContain(said('zh'));
    }
  });

  it('in the help of the import, whose files have a column of keys', async () => {
    const { stdout } = await runProgram(['import', '--help']);
    expect(plain(stdout)).toContain(said('en'));
    expect(plain(stdout)).toContain(said('zh'));
  });

  it('where a key is refused, alone and in a file', async () => {
    const refused = await twoBooks(0).catch((error: LedgerError) => error);
    expect(refused).toMatchObject({ code: 'key-used-before' });
    const desk = new Desk();
    const keyed = (amount: string) => contributionRow({ key: 'K', amount });
    const { errors } = await desk.import('feed.csv', csvOf([keyed('1.00'), keyed('2.00')]));
    expect(errors).toMatchObject([{ line: 3, code: 'key-used-before' }]);
    for (const { zh, en } of [(refused as LedgerError).text, errors[0]!.expected]) {
      expect(plain(zh)).toContain(said('zh'));
      expect(plain(en)).toContain(said('en'));
    }
  });
});

/** One key twice, in one book or in two, with two contents. */
async function twoBooks(books: number): Promise<string[]> {
  const ledger = new Books(new MemoryEventStore(), () => NOW);
  const contribution = findKind('contribution')!;
  const posted = [];
  for (const [index, amount] of ['1234.50', '2000.00'].entries()) {
    const unit = books > 0 && index > 0 ? '460200' : '460100';
    const command = { ...contribution.example, unit, amount, poolShare: amount, personalShare: '0.00' };
    const prepared = prepare(contribution, checkCommand(contribution, command, BEFORE_ADOPTION), BEFORE_ADOPTION);
    posted.push((await ledger.post({ prepared, key: { key: 'K' } })).receipt!.id);
  }
  return posted;
}

describe('the same key', () => {
  it('in two books is two vouchers', async () => {
    expect(await twoBooks(2)).toEqual(['book-employee-460100-0', 'book-employee-460200-0']);
  });

  it('in a book and a case, and in two cases, is as many facts', async () => {
    const ledger = new Books(new MemoryEventStore(), () => NOW);
    const penalty = findKind('penalty')!;
    const contribution = findKind('contribution')!;
    const commands = [
      prepare(contribution, checkCommand(contribution, contribution.example, BEFORE_ADOPTION), BEFORE_ADOPTION),
      ...['C-1', 'C-2'].map((caseId) =>
        prepare(penalty, checkCommand(penalty, { ...penalty.example, caseId }, BEFORE_ADOPTION), BEFORE_ADOPTION),
      ),
    ];
    const streams = [];
    for (const prepared of commands) streams.push((await ledger.post({ prepared, key: { key: 'K' } })).receipt!.id);
    expect(streams).toEqual(['book-employee-460100-0', 'case-C-1-0', 'case-C-2-0']);
  });

  it('in two books of a file is two lines posted, and none repeated', async () => {
    const desk = new Desk();
    const rows = ['460100', '460200'].map((unit) => contributionRow({ key: 'K', unit }));
    expect(await desk.import('feed.csv', csvOf(rows))).toMatchObject({ posted: 2, replayed: 0, repeated: 0 });
  });
});
