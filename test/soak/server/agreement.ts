import { keyText } from '../../../src/books/book-state.js';
import { readEvent } from '../../../src/books/event.js';
import { formatFen } from '../../../src/money.js';
import { auditBook } from '../../independent-book.js';
import { untilHolds } from '../../probe.js';
import { get, runProgram } from '../../service.js';
import { type SupervisedNode } from './supervised-node.js';

/** An event as the server holds it. */
interface Written {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly data: string;
}

/**
 * Everything acknowledged is in the journal as it was acknowledged, every line of every file too, and nothing twice.
 * @throws with what is not so
 */
export function demandJournal(
  journal: readonly Written[],
  acknowledged: ReadonlyMap<string, string>,
  lines: number,
): void {
  const ids = new Map<string, string>();
  const problems: string[] = [];
  const of = { keys: 0, lines: 0 };
  for (const { stream, revision, data } of journal) {
    const { key, source, line } = readEvent({ data });
    of[key === undefined ? 'lines' : 'keys'] += 1;
    const name = keyText(key === undefined ? { source: source!, line: line! } : { key });
    const [id, before] = [`${stream}-${revision}`, ids.get(name)];
    if (before !== undefined) problems.push(`${name} is there twice: ${before} and ${id}`);
    ids.set(name, id);
  }
  for (const [key, id] of acknowledged)
    if (ids.get(key) !== id) problems.push(`${key} was acknowledged as ${id} and is ${ids.get(key) ?? 'lost'}`);
  // Every key is sent until it is acknowledged: there is none that was not.
  if (of.keys !== acknowledged.size) problems.push(`${acknowledged.size} acknowledged, ${of.keys} recorded by keys`);
  if (of.lines !== lines) problems.push(`${lines} lines of files, ${of.lines} recorded`);
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

interface ShownBook {
  readonly book: string;
  readonly accounts: readonly { readonly account: string; readonly amount: string }[];
}

/** Both nodes show the same figures, and these are what the journal comes to. @throws with what is not so */
export async function demandFigures(nodes: readonly SupervisedNode[], journal: readonly Written[]): Promise<void> {
  const path = `/v1/balances?asOf=2025-12-31&after=${journal.at(-1)!.position}`;
  const shown = await Promise.all(nodes.map((node) => answered(node, path)));
  const [first, ...others] = shown.map((body) => JSON.stringify(body));
  const other = others.find((each) => each !== first);
  if (other !== undefined) throw new Error(`the nodes differ:\n${first}\n${other}`);
  const byStream = Map.groupBy(journal, ({ stream }) => stream);
  const books = shown[0]!['books'] as ShownBook[];
  if (books.length !== byStream.size) throw new Error(`${byStream.size} books, ${books.length} shown`);
  for (const { book, accounts } of books) {
    const texts = byStream.get(`book-${book}`)!.map(({ data }) => data);
    const { problems, balances } = auditBook(`book-${book}`, texts);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    for (const { account, amount } of accounts) {
      const wanted = formatFen(balances.get(account) ?? 0n);
      if (wanted !== amount) throw new Error(`${book}: ${account} is shown as ${amount}, the journal says ${wanted}`);
    }
  }
}

/** The body of an answer, once there is one. */
async function answered(node: SupervisedNode, path: string): Promise<Record<string, unknown>> {
  let body: Record<string, unknown> = {};
  await untilHolds(
    async () => {
      const answer = await get(node, path);
      body = answer.body;
      return answer.status === 200;
    },
    () => `${node.name} does not answer ${path}: ${JSON.stringify(body)}`,
  );
  return body;
}

/** @throws where `verify` finds anything wrong in the log, or in the read tables of a node */
export async function demandVerified(node: SupervisedNode, eventStoreUrl: string): Promise<void> {
  const words = ['--data', node.dataDir, '--lang', 'en', 'verify'];
  const { code, stdout, stderr } = await runProgram(words, { EVENT_STORE_URL: eventStoreUrl });
  if (code !== 0) throw new Error(`verify ended with ${code} for ${node.name}:\n${stdout}${stderr}`);
}
