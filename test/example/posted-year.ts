import { ADOPTIONS } from '../../examples/hainan-2024/adoptions.js';
import { type FollowingLine } from '../../examples/hainan-2024/following-year.js';
import { adopt } from '../../src/adopting/adopt.js';
import { readReference } from '../../src/adopting/adopted-in.js';
import { beginLedger } from '../../src/adopting/begin-ledger.js';
import { LedgerReference } from '../../src/adopting/ledger-reference.js';
import { Books } from '../../src/books/handle.js';
import { ADOPTION_KINDS, findKind } from '../../src/catalogue/registry.js';
import { MemoryEventStore } from '../../src/event-store/memory.js';
import { checkCommand } from '../../src/kinds/check.js';
import { prepare } from '../../src/kinds/prepare.js';

export const NOW = Date.UTC(2025, 5, 30);

/** A ledger in memory that has adopted what the example adopts and takes lines in. */
export async function begunYear(store = new MemoryEventStore()) {
  const books = new Books(store, () => NOW);
  const reference = new LedgerReference(store, await readReference(store), () => []);
  const closedUpTo = () => Promise.resolve(undefined);
  await beginLedger({ store, books, reference, closedUpTo });
  for (const { kind, key, body } of ADOPTIONS)
    await adopt(
      { store, books, reference, closedUpTo },
      ADOPTION_KINDS.find((one) => one.kind === kind)!,
      body,
      key,
    );
  let posted = 0;
  /** Posts lines one after the other, as a file does. @throws LedgerError with the line that is refused */
  const post = async (lines: Iterable<FollowingLine>): Promise<void> => {
    for (const { kind, command } of lines) {
      posted += 1;
      const definition = findKind(kind)!;
      const prepared = prepare(definition, checkCommand(definition, command, reference.current), reference.current);
      await books.post({ prepared, key: { key: `line-${posted}` } }).catch((error: Error) => {
        throw new Error(`${JSON.stringify({ kind, ...command })}: ${JSON.stringify(error)}`, { cause: error });
      });
    }
  };
  return { store, books, reference, post };
}
