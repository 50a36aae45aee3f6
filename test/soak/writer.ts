import { type CommandKey } from '../../src/books/book-state.js';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { type Posted } from '../../src/books/post-request.js';
import { type Prepared } from '../../src/books/prepared.js';
import { type Ledger, openLedger } from '../../src/ledger.js';
import { prepare } from '../../src/kinds/prepare.js';
import { checkCommand } from '../../src/kinds/check.js';
import { findKind } from '../../src/catalogue/registry.js';
import { type CommandKind } from '../../src/kinds/kind.js';
import { postBatch, postTogether } from '../../src/batches/post-batch.js';
import { type Acknowledged, BATCH_OF, batchOf, CLIENTS, isAtomic, keyOf, type Resume, UNITS } from './clients.js';

/**
 * The process that is killed: clients post to a ledger as fast as it answers, and every acknowledgement is written to
 * standard output at once. Arguments: the data directory, and where each client resumes.
 */

/** Every so many vouchers a client with keys takes its last one back. */
const REVERSE_EVERY = 7;
/** How many lines of its file a client without keys sends at a time. */
const LINES_AT_ONCE = 20;

/** To a pipe this waits for a reader that is slow, where a bare write would fail. */
const say = (message: Acknowledged | 'ready'): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

/** The body of a command of a client. */
function bodyOf(kind: CommandKind, client: number, fields: Record<string, unknown>): Record<string, unknown> {
  const unit = UNITS[client % UNITS.length]!;
  return { ...kind.example, unit, businessDate: '2025-05-20', ...fields };
}

function prepared(kindName: string, client: number, fields: Record<string, unknown>): Prepared {
  const kind = findKind(kindName)!;
  return prepare(kind, checkCommand(kind, bodyOf(kind, client, fields), BEFORE_ADOPTION), BEFORE_ADOPTION);
}

/** What a client pays in by its `number`th command. */
function contributed(client: number, number: number): Record<string, string> {
  const amount = `${client + 1}.${String(number % 100).padStart(2, '0')}`;
  return { amount, poolShare: amount, personalShare: '0.00' };
}

/** The command a client sends as its `number`th: the same whenever it is sent again. */
function commandOf(client: number, number: number, previousId: string | undefined): Prepared {
  if (previousId !== undefined && number % REVERSE_EVERY === 0)
    return prepared('reversal', client, { reverses: previousId });
  return prepared('contribution', client, contributed(client, number));
}

async function post(ledger: Ledger, client: number, number: number, command: Prepared): Promise<Posted> {
  const key: CommandKey = keyOf(client, number);
  const posted = await ledger.books.post({ prepared: command, key });
  const { id, position } = posted.receipt ?? {};
  say({ client, number, replayed: posted.replayed, ...(id !== undefined && { id, position: position! }) });
  return posted;
}

/** One command after the other, each with a key of its own. */
async function withKeys(ledger: Ledger, client: number, resume: Resume): Promise<never> {
  let previousId = resume.previousId;
  for (let number = resume.number; ; number += 1) {
    const { receipt } = await post(ledger, client, number, commandOf(client, number, previousId));
    previousId = number % REVERSE_EVERY === 0 ? undefined : receipt!.id;
  }
}

/** The lines of a file, in order, many at a time. */
async function withLines(ledger: Ledger, client: number, resume: Resume): Promise<never> {
  for (let first = resume.number; ; first += LINES_AT_ONCE) {
    const lines = Array.from({ length: LINES_AT_ONCE }, (_, index) => first + index);
    await Promise.all(lines.map((line) => post(ledger, client, line, commandOf(client, line, undefined))));
  }
}

/** Batches, one after the other: of one book, some all or nothing. */
async function withBatches(ledger: Ledger, client: number, resume: Resume): Promise<never> {
  const kind = findKind('contribution')!;
  for (let batch = batchOf(resume.number); ; batch += 1) {
    const numbers = Array.from({ length: BATCH_OF }, (_, index) => batch * BATCH_OF + index + 1);
    const items = numbers.map((number) => {
      const { key } = keyOf(client, number) as { readonly key: string };
      return { kind, body: bodyOf(kind, client, contributed(client, number)), key, expectedRevision: undefined };
    });
    const outcomes = await (isAtomic(batch) ? postTogether : postBatch)(ledger, items);
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome instanceof Error) throw outcome;
      const { id, position } = outcome.receipt!;
      say({ client, number: numbers[index]!, replayed: outcome.replayed, id, position });
    }
  }
}

const WITH = { keys: withKeys, batches: withBatches, lines: withLines } as const;

const [directory, resumes] = process.argv.slice(2) as [string, string];
const ledger = await openLedger(directory, Date.now);
// The checks are compiled at the first command of a kind: the kills are meant for the writing.
for (const previousId of [undefined, 'book-employee-460100-0']) commandOf(0, 0, previousId);
say('ready');
await Promise.all(
  (JSON.parse(resumes) as Resume[]).map((resume, client) => WITH[CLIENTS[client]!](ledger, client, resume)),
);
