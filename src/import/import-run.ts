import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ledger } from '../ledger.js';
import { findKind } from '../vouchers/registry.js';
import { type Header, planFor } from './check/cells-to-command.js';
import { nameAmong } from './check/json-to-command.js';
import { type CheckMessage } from './check/check-file.js';
import { dotted } from './check/check-lines.js';
import { type Dialect } from './check/dialect.js';
import { checkedMessages } from './check/checked-messages.js';
import { type CheckedLine, checkedOf, readChecked } from './post/checked-line.js';
import { LineDecider } from './post/decide-lines.js';
import { ErrorList } from './report/error-list.js';
import { formatNamed, formatWithin } from './read/formats.js';
import {
  type ControlLine,
  type FileFormat,
  type ImportOptions,
  type ImportOutcome,
  type ImportProgress,
  type ImportReport,
  type LineError,
} from './report/import-report.js';
import { type FileFacts } from './read/inspect-file.js';
import { NoteList } from './report/notes.js';
import { LeftOutLines } from './post/left-out.js';
import { postLines } from './post/post-lines.js';
import { digestOf, placeBeside, type PlacedList, placeList } from './report/place-lists.js';
import { writeRejects } from './report/rejects-file.js';
import { Spool } from './post/spool.js';
import { compareTotals, fileTotals, mismatchesOf, Totals } from './report/totals.js';

/** What an import needs of a ledger. */
export type ImportTarget = Pick<Ledger, 'books' | 'store' | 'tables'> & {
  readonly directory: { readonly paths: { readonly imports: string } };
};

type Message<T extends CheckMessage['type']> = Extract<CheckMessage, { type: T }>;

/** Digits of the file's digest that name it in the key of each line. */
const SOURCE_DIGITS = 32;
const SPOOL = '.spool';

/** One run of one file: the check of all of it, then the posting. */
export class ImportRun {
  private readonly started = performance.now();
  private readonly errors: ErrorList;
  private readonly rejects: string;
  private format: FileFormat = 'csv';
  private readonly totals = new Totals();
  private readonly stood = new Totals();
  private readonly rejectedByRule: number[] = [];
  private facts: FileFacts = { digest: '', bytes: 0, encoding: 'utf-8', lineBreak: '\n' };
  private dialect: Dialect = { separator: ',', headerLine: 1 };
  private readonly notes = new NoteList();
  private header: Header | undefined;
  /** Errors of lines that were refused while the file was posted. */
  private readonly late: LineError[] = [];
  private lines = 0;
  private posted = 0;
  private replayed = 0;
  private repeated = 0;
  private rejected = 0;
  private isReadable = true;

  constructor(
    private readonly ledger: ImportTarget,
    private readonly file: string,
    private readonly options: ImportOptions,
    private readonly onProgress: (progress: ImportProgress) => void,
  ) {
    // Whatever it writes is first written where it may write, and thrown away with the spool.
    const own = join(ledger.directory.paths.imports, randomUUID());
    this.errors = new ErrorList(`${own}.errors${SPOOL}`);
    this.rejects = `${own}.rejects${SPOOL}`;
  }

  async run(): Promise<ImportReport> {
    const { format, name = this.file } = this.options;
    this.format = format ?? formatNamed(name) ?? (await formatWithin(this.file));
    const spool = await this.createSpool();
    try {
      await this.check(spool);
      const outcome = this.verdict();
      const final = outcome === 'posted' ? await this.post(spool) : outcome;
      return await this.report(final);
    } finally {
      this.errors.close();
      for (const path of [this.errors.path, this.rejects]) rmSync(path, { force: true });
      await spool.discard();
    }
  }

  /** A spool that a killed process left behind is of no use: the check is made anew. */
  private async createSpool(): Promise<Spool> {
    const { imports } = this.ledger.directory.paths;
    mkdirSync(imports, { recursive: true });
    for (const name of readdirSync(imports)) if (name.endsWith(SPOOL)) rmSync(join(imports, name));
    return Spool.create(join(imports, randomUUID() + SPOOL));
  }

  private async check(spool: Spool): Promise<void> {
    const { encoding } = this.options;
    let decider: LineDecider | undefined;
    for await (const message of checkedMessages({ path: this.file, format: this.format, encoding })) {
      if (message.type === 'inspected') {
        this.facts = message.facts;
        this.dialect = message.dialect;
        this.notes.addAll(message.notes);
        this.say('inspecting', this.facts.bytes, this.facts.bytes, 0);
        decider = this.decider(spool);
      } else if (message.type === 'batch') await this.takeBatch(message, decider!);
      else {
        this.isReadable = false;
        this.errors.add(message.errors);
      }
    }
  }

  private decider(spool: Spool): LineDecider {
    return new LineDecider(this.ledger, spool, {
      source: this.source,
      today: () => this.ledger.books.today(),
      leftOut: this.leftOut.read(),
      acceptDuplicates: this.options.acceptDuplicates === true,
      totals: this.totals,
      stood: this.stood,
      nameOf: this.nameOf,
    });
  }

  private async takeBatch(batch: Message<'batch'>, decider: LineDecider): Promise<void> {
    this.header ??= batch.header;
    this.lines += batch.records;
    this.notes.addAll(batch.notes);
    this.totals.addAll(batch.totals);
    const { errors, rejected, replayed, repeated } = await decider.take(batch.good === 0 ? [] : batch.text.split('\n'));
    this.replayed += replayed;
    this.repeated += repeated;
    this.rejected += batch.records - batch.good + rejected.length;
    this.rejectedByRule.push(...rejected);
    this.errors.add(merged(batch.errors, errors));
    this.say('checking', batch.bytes, this.facts.bytes, this.lines);
  }

  /** What is to be done with the file once all of it has been looked at. */
  private verdict(): ImportOutcome {
    if (!this.isReadable || (this.rejected > 0 && !this.options.acceptGood)) return 'refused';
    if (mismatchesOf(this.compared() ?? []).length > 0) return 'control-mismatch';
    return this.options.dryRun ? 'checked' : 'posted';
  }

  /** The control totals beside what the file comes to so far; undefined where there are none. */
  private compared(): ControlLine[] | undefined {
    const { control } = this.options;
    return control && compareTotals(control, fileTotals(this.totals, this.stood));
  }

  private async post(spool: Spool): Promise<ImportOutcome> {
    const total = this.lines - this.rejected - this.replayed - this.repeated;
    this.leftOut.add(this.rejectedByRule);
    const { source, totals, stood, nameOf } = this;
    const acceptDuplicates = this.options.acceptDuplicates === true;
    const options = { source, acceptDuplicates, totals, stood, nameOf };
    let done = 0;
    for await (const batch of postLines(this.ledger.books, spool, options)) {
      this.posted += batch.posted;
      this.replayed += batch.replayed;
      this.rejected += batch.rejected.length;
      this.leftOut.add(batch.rejected);
      this.errors.add(batch.errors);
      this.late.push(...batch.errors);
      done += batch.posted + batch.replayed + batch.rejected.length;
      this.say('posting', done, total, done);
      if (batch.rejected.length > 0 && !this.options.acceptGood) {
        await this.leaveRest(spool, done);
        return 'interrupted';
      }
    }
    await this.waitUntilShown();
    return 'posted';
  }

  /** Takes out of the totals what comes after the lines that were dealt with: it is not posted. */
  private async leaveRest(spool: Spool, done: number): Promise<void> {
    let at = 0;
    for await (const lines of spool.batches()) {
      for (const line of lines.slice(Math.max(0, done - at))) this.totals.remove(readChecked(checkedOf(line)));
      at += lines.length;
    }
  }

  /** Waits for the read tables; not for one that an event has stopped, which is no matter of this file. */
  private async waitUntilShown(): Promise<void> {
    const head = await this.ledger.store.head();
    for (;;) {
      const behind = this.ledger.tables
        .checkpoints()
        .filter(({ position, failure }) => position < head && failure === null);
      const shown = Math.min(head, ...behind.map(({ position }) => position));
      this.say('projecting', shown, head, this.posted);
      if (behind.length === 0) return;
      await sleep(SHOWN_POLL_MS);
    }
  }

  private async report(outcome: ImportOutcome): Promise<ImportReport> {
    this.errors.close();
    const { file, format, posted, replayed, repeated, rejected, lines, errors, facts } = this;
    const { encoding } = facts;
    // A file that is no text has a digest all the same: its lists have names.
    const digest = facts.digest || (await digestOf(file));
    const control = outcome === 'refused' ? undefined : this.compared();
    const hasRejects = this.options.acceptGood === true && this.isReadable && rejected > 0;
    return {
      file: this.options.name ?? file,
      outcome,
      format,
      encoding,
      digest,
      lines,
      posted,
      replayed,
      repeated,
      rejected,
      totals: fileTotals(this.totals, this.stood),
      ...(control && { control }),
      mismatches: mismatchesOf(control ?? []),
      notes: this.notes.list(),
      errors: errors.first,
      errorCount: errors.count,
      ...(await this.placeLists(digest, hasRejects)),
      position: await this.ledger.store.head(),
      elapsedMs: Math.round(performance.now() - this.started),
    };
  }

  /** Puts the lists where they are wanted. A dry run leaves none but in a folder of our own. */
  private async placeLists(digest: string, hasRejects: boolean): Promise<Partial<ImportReport>> {
    const { lists = placeBeside(this.file), ownLists, dryRun } = this.options;
    if (dryRun && ownLists === undefined) return {};
    const place = async (written: string, ending: string): Promise<PlacedList> => {
      if (ownLists === undefined) return placeList(written, lists, digest, ending, this.ledger.directory.paths.imports);
      await rename(written, `${ownLists}.${ending}`);
      return { path: `${ownLists}.${ending}` };
    };
    if (hasRejects) await this.writeRejects();
    const errors = this.errors.count > 0 ? await place(this.errors.path, 'errors.csv') : undefined;
    const rejects = hasRejects ? await place(this.rejects, `rejects.${this.format}`) : undefined;
    const problem = errors?.problem ?? rejects?.problem;
    return {
      ...(errors?.path !== undefined && { errorsFile: errors.path }),
      ...(rejects?.path !== undefined && { rejectsFile: rejects.path }),
      ...(problem && { listsProblem: problem }),
    };
  }

  private writeRejects(): Promise<void> {
    const { file: path, format, facts, dialect } = this;
    return writeRejects({ path, format, facts, dialect }, this.errors.path, this.late, this.rejects);
  }

  private get source(): string {
    return this.facts.digest.slice(0, SOURCE_DIGITS);
  }

  private get leftOut(): LeftOutLines {
    return new LeftOutLines(this.ledger.directory.paths.imports, this.source);
  }

  private readonly nameOf = ({ names, prepared }: CheckedLine, pointer: string): string =>
    this.header
      ? (planFor(findKind(prepared.kind)!, this.header).plan.names.get(pointer) ?? dotted(pointer))
      : nameAmong(names, pointer);

  /** Tells how far the import has come; the place where it ends when it is told to. */
  private say(phase: ImportProgress['phase'], done: number, total: number, lines: number): void {
    this.options.signal?.throwIfAborted();
    this.onProgress({ phase, done, total, lines, errorCount: this.errors.count });
  }
}

const SHOWN_POLL_MS = 20;

/** Two lists of errors, each in the order of the file, as one. */
function merged(some: readonly LineError[], others: readonly LineError[]): readonly LineError[] {
  if (others.length === 0) return some;
  return [...some, ...others].toSorted((a, b) => a.line - b.line);
}
