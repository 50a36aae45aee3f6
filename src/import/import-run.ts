import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Text, text } from '../errors.js';
import { codeOf } from '../machine-fault.js';
import { type DataDirectory } from '../data-directory.js';
import { makeAll } from '../data-place.js';
import { type Ledger } from '../ledger.js';
import { findSentKind } from '../catalogue/registry.js';
import { type Header, planFor } from './check/cells-to-command.js';
import { nameAmong } from './check/json-to-command.js';
import { type CheckMessage } from './check/check-file.js';
import { dotted } from './check/check-lines.js';
import { type Dialect } from './check/dialect.js';
import { checkedMessages } from './check/checked-messages.js';
import { ImportJournal, type JournalNotes, type JournalRecord } from './decide/import-journal.js';
import { type CheckedLine } from './check/checked-line.js';
import { LineDecider } from './decide/decide-lines.js';
import { formatNamed, formatWithin } from './read/formats.js';
import { type LineError } from '../text/unreadable-file.js';
import {
  type ControlLine,
  type FileFormat,
  type ImportOptions,
  type ImportOutcome,
  type ImportProgress,
  type ImportReport,
} from './report/import-report.js';
import { ImportLists } from './report/import-lists.js';
import { type ImportCounts, stopped } from './report/import-stopped.js';
import { ChangedFile, digestOf, fileChanged, stampOf, takenAway } from './read/file-digest.js';
import { type FileFacts } from './read/inspect-file.js';
import { NoteList } from './report/notes.js';
import { postLines } from './post/post-lines.js';
import { type RejectsSource } from './report/rejects-file.js';
import { Overflow } from './decide/overflow.js';
import { Spool } from './decide/spool.js';
import { compareTotals, fileTotals, mismatchesOf, Totals } from './report/totals.js';

/** What an import needs of a ledger. */
export type ImportTarget = Pick<Ledger, 'books' | 'store' | 'tables' | 'reference' | 'closedUpTo'> & {
  readonly directory: Pick<DataDirectory, 'demandOurs' | 'whenLost'> & {
    readonly paths: { readonly imports: string };
    readonly anchored: { readonly imports: string };
  };
};

type Message<T extends CheckMessage['type']> = Extract<CheckMessage, { type: T }>;

/** Digits of the file's digest that name it in the key of each line. */
const SOURCE_DIGITS = 32;
const SPOOL = '.spool';

/** One run of one file: the check of all of it, then the posting. */
export class ImportRun {
  private readonly started = performance.now();
  private readonly lists: ImportLists;
  private readonly overflow: Overflow;
  private format: FileFormat = 'csv';
  private readonly totals = new Totals();
  private readonly stood = new Totals();
  /** Lines that a rule of the ledger forbids, by the check or when they were posted. */
  private readonly rejectedByRule: number[] = [];
  private facts: FileFacts = { digest: '', bytes: 0, encoding: 'utf-8', lineBreak: '\n' };
  private dialect: Dialect = { separator: ',', headerLine: 1 };
  private readonly notes = new NoteList();
  private header: Header | undefined;
  private ownJournal: ImportJournal | undefined;
  private journal: JournalNotes | undefined;
  /** What is kept of the check while lines are posted: all else that it needed goes, since it grows with the file. */
  private learnt: Pick<LineDecider, 'isBegun' | 'newTargets'> | undefined;
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
    const { imports } = ledger.directory.anchored;
    this.lists = new ImportLists(join(imports, randomUUID()), SPOOL);
    this.overflow = new Overflow(join(imports, randomUUID() + SPOOL));
  }

  /** @throws ImportStopped where a fault of the machine or of the store ends it */
  async run(): Promise<ImportReport> {
    const { format, name = this.file } = this.options;
    let spool: Spool | undefined;
    try {
      const before = stampOf(this.file);
      this.format = format ?? formatNamed(name) ?? (await formatWithin(this.file));
      spool = await this.createSpool();
      await this.check(spool);
      const outcome = this.verdict(spool);
      const final = outcome === 'posted' ? await this.post(spool) : outcome;
      if (outcome === 'posted' && stampOf(this.file) !== before) this.notes.add('changed-since', CHANGED_SINCE, 1);
      return await this.report(final);
    } catch (error) {
      const isGone = codeOf(error) === 'ENOENT' && this.posted === 0 && !existsSync(this.file);
      const change = isGone ? takenAway() : error;
      throw change instanceof ChangedFile ? fileChanged(change) : stopped(error, this.counts);
    } finally {
      // What cannot be cleared away now goes before the next run: it must not stand before what is to be said.
      await Promise.allSettled([this.lists.discard(), spool?.discard(), this.overflow.discard()]);
    }
  }

  /** A spool that a killed process left behind is of no use: the check is made anew. */
  private async createSpool(): Promise<Spool> {
    const { directory } = this.ledger;
    const { imports } = directory.anchored;
    directory.demandOurs();
    makeAll(imports);
    for (const name of readdirSync(imports)) if (LEFT_BEHIND.test(name)) rmSync(join(imports, name));
    return Spool.create(join(imports, randomUUID() + SPOOL));
  }

  private async check(spool: Spool): Promise<void> {
    const { encoding, signal } = this.options;
    const { adoptions } = this.ledger.reference.current;
    const request = { path: this.file, format: this.format, encoding, adoptions };
    let decider: LineDecider | undefined;
    for await (const message of checkedMessages(request, signal)) {
      if (message.type === 'inspected') {
        this.facts = message.facts;
        this.dialect = message.dialect;
        this.notes.addAll(message.notes);
        this.say('inspecting', this.facts.bytes, this.facts.bytes, 0);
        this.journal = await this.fileJournal.read();
        if (this.journal.isDamaged) this.notes.add('journal-damaged', JOURNAL_DAMAGED, 1);
        decider = this.createDecider(spool, this.journal);
      } else if (message.type === 'batch') await this.takeBatch(message, decider!);
      else if (message.type === 'changed') throw new ChangedFile(message.expected, message.got);
      else {
        this.isReadable = false;
        await this.lists.errors.add(message.errors, message.errorCount);
      }
    }
    this.learnt = decider && { isBegun: decider.isBegun, newTargets: decider.newTargets };
  }

  private createDecider(spool: Spool, journal: JournalNotes): LineDecider {
    return new LineDecider(this.ledger, spool, this.overflow, {
      ...this.lineOptions,
      today: () => this.ledger.books.today(),
      journal,
    });
  }

  /** What both passes need to know of the file. */
  private get lineOptions() {
    const { source, totals, stood, nameOf } = this;
    const renamed = (line: number, got: string, taken: string): void =>
      this.notes.add('reversal-renamed', RENAMED, line, got, taken);
    return { source, totals, stood, nameOf, renamed, acceptDuplicates: this.options.acceptDuplicates === true };
  }

  private async takeBatch(batch: Message<'batch'>, decider: LineDecider): Promise<void> {
    this.header ??= batch.header;
    this.lines += batch.records;
    this.notes.addAll(batch.notes);
    this.totals.addAll(batch.totals);
    const { errors, rejected, replayed, repeated } = await decider.take({
      lines: batch.good === 0 ? [] : batch.text.split('\n'),
      bodies: batch.bodies,
    });
    this.replayed += replayed;
    this.repeated += repeated;
    this.rejected += batch.rejected.length + rejected.length;
    this.rejectedByRule.push(...rejected);
    this.lists.reject(batch.rejected);
    this.lists.reject(rejected);
    await this.lists.errors.add(merged(batch.errors, errors), batch.errorCount + errors.length);
    this.say('checking', batch.bytes, this.facts.bytes, this.lines);
  }

  /** What is to be done with the file once all of it has been looked at. */
  private verdict(spool: Spool): ImportOutcome {
    if (!this.isReadable) return 'refused';
    // All of a file or nothing: of one that an earlier run has begun to post, nothing is no longer to be had.
    const isBegun = (this.journal?.isBegun === true || this.learnt?.isBegun === true) && spool.lines > 0;
    if (this.rejected > 0 && !this.options.acceptGood && !isBegun) return 'refused';
    const isCompared = this.rejected === 0 || !isBegun;
    if (isCompared && mismatchesOf(this.compared() ?? []).length > 0) return 'control-mismatch';
    return this.options.dryRun ? 'checked' : 'posted';
  }

  /** The control totals beside what the file comes to so far; undefined where there are none. */
  private compared(): ControlLine[] | undefined {
    const { control } = this.options;
    return control && compareTotals(control, fileTotals(this.totals, this.stood));
  }

  private async post(spool: Spool): Promise<ImportOutcome> {
    // Once more the whole file is read: it must still be the one that was checked before its first line is posted.
    if (this.rejectsSource) await this.lists.writeRejects(this.rejectsSource);
    const total = spool.lines;
    this.ledger.directory.demandOurs();
    if (total > 0) await this.fileJournal.add(this.beginning(this.learnt!.newTargets));
    let done = 0;
    for await (const batch of postLines(this.ledger, spool, this.lineOptions)) {
      this.posted += batch.posted;
      this.replayed += batch.replayed;
      this.rejected += batch.rejected.length;
      this.rejectedByRule.push(...batch.rejected);
      this.lists.reject(batch.rejected);
      await this.lists.addLate(batch.errors);
      done += batch.posted + batch.replayed + batch.rejected.length;
      this.say('posting', done, total, done);
    }
    await this.waitUntilShown();
    return this.rejected === 0 || this.options.acceptGood ? 'posted' : 'incomplete';
  }

  private *beginning(targets: Iterable<JournalRecord>): Generator<JournalRecord> {
    if (!this.journal?.isBegun) yield ['began'];
    yield* targets;
  }

  /** Waits for the read tables; not for one that an event has stopped, nor long where they do not come on. */
  private async waitUntilShown(): Promise<void> {
    const head = await this.ledger.store.head();
    let reached = -1;
    let since = performance.now();
    for (;;) {
      const behind = this.ledger.tables
        .checkpoints()
        .filter(({ position, failure }) => position < head && failure === null);
      const shown = Math.min(head, ...behind.map(({ position }) => position));
      this.say('projecting', shown, head, this.posted);
      if (behind.length === 0) return;
      if (shown > reached) [reached, since] = [shown, performance.now()];
      if (performance.now() - since > NOT_SHOWN_MS) return this.notes.add('not-yet-shown', NOT_YET_SHOWN, 1);
      await sleep(SHOWN_POLL_MS);
    }
  }

  private async report(outcome: ImportOutcome): Promise<ImportReport> {
    const { file, format, posted, replayed, repeated, rejected, lines, facts } = this;
    const { encoding } = facts;
    // A file that is no text has a digest all the same: its lists have names.
    const digest = facts.digest || (await digestOf(file)).digest;
    const control = outcome === 'refused' ? undefined : this.compared();
    if (outcome === 'posted') await this.closeJournal();
    const lists = await this.placeLists(digest);
    const { first, count, listed } = this.lists.errors;
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
      fundNames: this.fundNames(control ?? []),
      ...(control && { control }),
      mismatches: mismatchesOf(control ?? []),
      notes: this.notes.list(),
      errors: first,
      errorCount: count,
      ...(listed < count && { errorsListed: listed }),
      ...lists,
      position: await this.ledger.store.head(),
      elapsedMs: Math.round(performance.now() - this.started),
    };
  }

  /** The lines in the list of rejects are handed back: a later run of the file must know that, and nothing else. */
  private async closeJournal(): Promise<void> {
    if (this.rejected === 0) this.fileJournal.remove();
    else await this.fileJournal.add(this.rejectedByRule.map((line): JournalRecord => ['left-out', line]));
  }

  private placeLists(digest: string): Promise<Partial<ImportReport>> {
    const places = { file: this.file, spare: this.ledger.directory.paths.imports };
    return this.lists.place(digest, this.options, this.rejectsSource, places, this.format);
  }

  /** The file whose rejected lines are listed, where they are. */
  private get rejectsSource(): RejectsSource | undefined {
    const { file: path, format, facts, dialect } = this;
    const isWanted = this.options.acceptGood === true && this.isReadable && this.rejected > 0;
    return isWanted ? { path, format, facts, dialect } : undefined;
  }

  private get counts(): ImportCounts {
    const { lines, posted, replayed, repeated, rejected } = this;
    return { lines, posted, replayed, repeated, rejected };
  }

  private get fileJournal(): ImportJournal {
    return (this.ownJournal ??= new ImportJournal(
      this.ledger.directory.anchored.imports,
      this.source,
      this.ledger.store,
    ));
  }

  private fundNames(control: readonly ControlLine[]): Record<string, Text> {
    const { fundsOrAll } = this.ledger.reference.current.ever;
    const funds = [...this.totals.lines(), ...control].map(({ fund }) => fund);
    return Object.fromEntries(funds.map((fund) => [fund, fundsOrAll.nameOf(fund)]));
  }

  private get source(): string {
    return this.facts.digest.slice(0, SOURCE_DIGITS);
  }

  private readonly nameOf = ({ names, prepared }: CheckedLine, pointer: string): string =>
    this.header
      ? (planFor(findSentKind(prepared.kind)!, this.header, this.ledger.reference.current.ever).plan.names.get(
          pointer,
        ) ?? dotted(pointer))
      : nameAmong(names, pointer);

  /** Tells how far the import has come; the place where it ends when it is told to. */
  private say(phase: ImportProgress['phase'], done: number, total: number, lines: number): void {
    const { posted, replayed, rejected } = this;
    this.onProgress({ phase, done, total, lines, errorCount: this.lists.errors.count, posted, replayed, rejected });
    this.options.signal?.throwIfAborted();
  }
}

const SHOWN_POLL_MS = 20;
/** How long the read tables may stand still. */
const NOT_SHOWN_MS = 15_000;

/** What an earlier run left, and what an earlier release kept. */
const LEFT_BEHIND = /\.(?:spool|left-out)$/;

const RENAMED = text(
  '冲销本文件前面一行的编号，其间账簿有其他凭证，已改为该行实际的编号',
  'reversal of an earlier line of the file: others were in the book, so the line came to have another id',
);
const JOURNAL_DAMAGED = text(
  '此前导入本文件时的记录（数据目录 imports 中的 .journal）已损坏：当时未记账的各行不再试',
  'what earlier imports of the file left (.journal in imports of the data directory) is damaged: lines that were not ' +
    'posted then are not tried again',
);
const NOT_YET_SHOWN = text(
  '已记账，但查询视图没有前进；见 /readyz 或 npx tongzhang verify',
  'posted, but the read tables do not come on; see /readyz or npx tongzhang verify',
);
const CHANGED_SINCE = text(
  '检查之后文件似有改动；已记账的是检查过的内容',
  'the file seems to have been changed after it was checked; what was posted is what was checked',
);

/** Two lists of errors, each in the order of the file, as one. */
function merged(some: readonly LineError[], others: readonly LineError[]): readonly LineError[] {
  if (others.length === 0) return some;
  return [...some, ...others].toSorted((a, b) => a.line - b.line);
}
