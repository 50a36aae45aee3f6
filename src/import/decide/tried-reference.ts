import { type Adopting, objectionBeside, overtaken } from '../../adopting/adopt.js';
import { type Prepared } from '../../books/prepared.js';
import { findSentKind } from '../../catalogue/registry.js';
import { type AdoptionKind, REFERENCE_STREAM } from '../../kinds/kind.js';
import { setAdopted } from '../../kinds/prepare-adoption.js';
import { rowsOf } from '../../reference/read-set.js';
import { type Reference } from '../../reference/reference.js';

/** Whether a line of a file changes reference data. */
export const isAdoption = ({ stream }: Pick<Prepared, 'stream'>): boolean => stream === REFERENCE_STREAM;

const kindOf = ({ kind }: Prepared): AdoptionKind => findSentKind(kind) as AdoptionKind;
const commandOf = ({ text }: Prepared): object => JSON.parse(text!.command) as object;

/** The reference data as the lines of a file would leave it: each is checked against what those before it adopt. */
export class TriedReference {
  private tried: Reference | undefined;

  constructor(private readonly ledger: Adopting) {}

  /** The revision at which a stream is known to be, where it is that of the reference data. */
  async seenOf(stream: string): Promise<number> {
    if (stream !== REFERENCE_STREAM) return -1;
    return (await this.ledger.reference.read()).revision ?? -1;
  }

  /**
   * A line as it is decided behind a revision of the stream: with what it was checked against, and what forbids it.
   * @throws LedgerError conflict, where somebody has changed the reference data since the file has been begun
   */
  async judge(prepared: Prepared, revision: number): Promise<Prepared> {
    const adopted = await this.adoptedAt(revision);
    const kind = kindOf(prepared);
    const isEmpty = kind.whole && revision < 0 && (await this.ledger.store.head()) === 0;
    const objection = isEmpty
      ? setAdopted('the built-in set')
      : await objectionBeside(this.ledger, kind, commandOf(prepared), adopted);
    return { ...prepared, ...(revision >= 0 && { reference: revision }), ...(objection && { objection }) };
  }

  /** Takes in a line that has been found good, and that would stand at a revision. */
  take(prepared: Prepared, revision: number): void {
    const { whole = false, cells } = kindOf(prepared);
    const rows = rowsOf(cells(commandOf(prepared)));
    this.tried = this.tried!.with({ revision, position: Number.MAX_SAFE_INTEGER, rows, whole });
  }

  private async adoptedAt(revision: number): Promise<Reference> {
    this.tried ??= await this.ledger.reference.read();
    if ((this.tried.revision ?? -1) !== revision) throw await overtaken(this.ledger, revision);
    return this.tried;
  }
}
