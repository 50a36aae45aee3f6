import { listed } from '../../text/codes.js';
import { LedgerError, show, text, type Text } from '../../errors.js';
import { type Adopted } from '../../reference/adopted.js';
import { type Reference } from '../../reference/reference.js';
import { ENTRIES, textOfCommand } from '../../books/event.js';
import { type Prepared } from '../../books/prepared.js';
import { checkCommand } from '../../kinds/check.js';
import { prepare } from '../../kinds/prepare.js';
import { prepareAdoption } from '../../kinds/prepare-adoption.js';
import { findSentKind, KINDS } from '../../catalogue/registry.js';
import { type SentKind } from '../../kinds/kind.js';
import { type LedgerCommand } from '../../kinds/commands.js';
import { Bodies } from './bodies.js';
import { type BodyPlace, BRACES, writeChecked } from './checked-line.js';
import { type LineError } from '../../text/unreadable-file.js';
import { type ImportNote } from '../report/import-report.js';
import { MOST_LISTED, told } from '../report/error-list.js';
import { NoteList } from '../report/notes.js';
import { amountOf, fundOf, type Subtotal, Totals } from '../report/totals.js';

/** A line of a file as a command, whichever format it came in. */
export interface CommandLine {
  readonly line: number;
  readonly kind: SentKind;
  readonly key: string | undefined;
  readonly command: unknown;
  /** What the file calls the field at a JSON pointer. */
  readonly nameOf: (pointer: string) => string;
  /** The same as text, where no header says it: what the line itself calls its fields. */
  readonly names?: string | undefined;
  /** Why fields of it mean nothing: said instead of what the check of the command says of them. */
  readonly causes?: readonly LineError[];
}

/** The outcome of checking some consecutive lines. Plain data that crosses threads: text, bytes, and few objects. */
export interface CheckedBatch {
  /** How many records were read, good and bad. */
  readonly records: number;
  /** How many lines `text` holds: the good ones, as written by `writeChecked`, divided by line breaks. */
  readonly good: number;
  readonly text: string;
  /** Their bodies, one behind the other. */
  readonly bodies: Uint8Array<ArrayBuffer>;
  /** The lines that are bad. */
  readonly rejected: readonly number[];
  /** What is told of their errors, and how many there are. */
  readonly errors: readonly LineError[];
  readonly errorCount: number;
  readonly notes: readonly ImportNote[];
  readonly totals: readonly Subtotal[];
}

/** Checks and prepares command lines, and gathers what came of them. */
export class LineChecker {
  private records = 0;
  private good: string[] = [];
  private readonly bodies = new Bodies();
  private rejected: number[] = [];
  private errors: LineError[] = [];
  private errorCount = 0;
  /** How many errors have been told in all batches. */
  private told = 0;
  private totals = new Totals();
  /** Whether the file changes reference data; its first line says so. */
  private adopts: boolean | undefined;
  /** What was passed over or taken otherwise than it is written. */
  notes = new NoteList();

  constructor(private readonly reference: Reference) {}

  /** Every code there is, for reading words. */
  get adopted(): Adopted {
    return this.reference.ever;
  }

  get size(): number {
    return this.records;
  }

  /** Takes a line that could not even be read as a command. */
  reject(errors: readonly LineError[]): void {
    this.records += 1;
    this.tell(errors);
  }

  /** What is told crosses threads: of a file that is bad to its end, no more than can be listed. */
  private tell(errors: readonly LineError[]): void {
    this.rejected.push(errors[0]!.line);
    this.errorCount += errors.length;
    if (this.told >= MOST_LISTED) return;
    const some = told(errors);
    this.told += some.length;
    this.errors.push(...some);
  }

  take({ line, kind, key, command, nameOf, names, causes = [] }: CommandLine): void {
    this.records += 1;
    this.adopts ??= kind.form === 'adoption';
    if (this.adopts !== (kind.form === 'adoption')) return this.tell([mixed(line, nameOf('/kind'), kind)]);
    try {
      const checked = checkCommand<object>(kind, command ?? {}, this.reference);
      if (causes.length > 0) return this.tell(causes);
      const prepared =
        kind.form === 'adoption'
          ? prepareAdoption(kind, checked, this.reference)
          : prepare(kind, checked as LedgerCommand, this.reference);
      if (prepared.objection) throw prepared.objection;
      const sum = amountOf(prepared.command, prepared.entries);
      const place = this.placeBody(prepared);
      this.good.push(writeChecked({ line, key, target: undefined, names, sum: String(sum), place, prepared }));
      this.totals.add(kind.kind, fundOf(prepared.command), 1, sum);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      const caused = new Set(causes.map(({ field }) => field));
      const others = lineErrors(line, error, nameOf).filter(({ field }) => !caused.has(field));
      this.tell([...causes, ...others]);
    }
  }

  private placeBody({ command, entries }: Prepared): BodyPlace {
    const text = JSON.stringify(command);
    const from = this.bodies.length;
    // The parts of `textOfCommand` one by one: what is put together first is written twice.
    this.bodies.add(textOfCommand(text, undefined));
    if (entries) this.bodies.add(ENTRIES + JSON.stringify(entries));
    return { from, to: this.bodies.length, command: text.length - BRACES };
  }

  /** Hands out what was gathered, and begins anew. */
  batch(): CheckedBatch {
    const { records, good, rejected, errors, errorCount, totals } = this;
    const notes = this.notes.list();
    this.records = 0;
    this.good = [];
    this.rejected = [];
    this.errors = [];
    this.errorCount = 0;
    this.totals = new Totals();
    this.notes = new NoteList();
    const counts = { records, good: good.length, errorCount };
    const lines = { text: good.join('\n'), bodies: this.bodies.take() };
    return { ...counts, ...lines, rejected, errors, notes, totals: totals.subtotals() };
  }
}

/**
 * The refusal of a line that is of the other sort than those before it: vouchers are checked against what is adopted
 * when the file comes, so that what they stand on is adopted first.
 */
const mixed = (line: number, field: string, { kind, form }: SentKind): LineError => ({
  line,
  field,
  code: 'mixed-file',
  expected:
    form === 'adoption'
      ? text(
          '本文件首行是业务：基础资料的变更另放一个文件，先导入它，再导入业务',
          'commands, as in the first line: changes of reference data go into a file of their own, imported before this',
        )
      : text(
          '本文件首行是基础资料的变更：业务另放一个文件，在本文件之后导入',
          'changes of reference data, as in the first line: commands go into a file of their own, imported after this',
        ),
  got: show(kind),
});

/** The facts of an error, each with the line and the column it belongs to. */
export function lineErrors(line: number, error: LedgerError, nameOf: (pointer: string) => string): LineError[] {
  if (error.details.length === 0) return [{ line, field: '', code: error.code, expected: error.text, got: '' }];
  return error.details.map(({ pointer, code, expected, got }) => ({
    line,
    field: nameOf(pointer),
    code,
    expected,
    got,
    ...(error.kind !== 'invalid' && { says: error.text }),
  }));
}

/** A JSON pointer as a dotted path, e.g. `payer.kind`: the name of a field where the file has no column for it. */
export const dotted = (pointer: string): string =>
  pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');

const isWholeSet = (kind: SentKind | undefined): boolean => kind?.form === 'adoption' && kind.whole === true;

const KNOWN_KINDS = listed(
  KINDS,
  KINDS.codes.filter((word) => !isWholeSet(findSentKind(word))),
);
const ONE_KIND = text(`${KNOWN_KINDS.zh} 之一`, `one of ${KNOWN_KINDS.en}`);
/** A set begins a ledger, from its own folder; it is no line of a file. */
const BY_INIT = text(
  '开账时采用：npx tongzhang init --reference DIR；已开账的逐项变更（fund-adoption、unit-adoption 等）',
  'a ledger begins with a set, by npx tongzhang init --reference DIR; one that has begun takes one change a line ' +
    '(fund-adoption, unit-adoption, …)',
);
const KEY = text('1 至 255 个可见 ASCII 字符', '1 to 255 visible ASCII characters');
const KEY_PATTERN = /^[\x21-\x7e]{1,255}$/;

/** The kind and key of a line, or what is wrong with them; an error calls them what the file does. */
export function readIdentity(
  line: number,
  kindWord: unknown,
  key: unknown,
  names: { readonly kind?: string | undefined; readonly key?: string | undefined },
): { kind: SentKind; key: string | undefined } | LineError {
  const wrong = (field: 'kind' | 'key', code: string, expected: Text, got: unknown): LineError => ({
    line,
    field: names[field] ?? field,
    code,
    expected,
    got: show(got),
  });
  if (kindWord === undefined || kindWord === '') return wrong('kind', 'required', ONE_KIND, undefined);
  const kind = typeof kindWord === 'string' ? findSentKind(KINDS.codeOf(kindWord) ?? '') : undefined;
  if (!kind) return wrong('kind', 'unknown-kind', ONE_KIND, kindWord);
  if (isWholeSet(kind)) return wrong('kind', 'not-from-a-file', BY_INIT, kindWord);
  if (key === undefined || key === '') return { kind, key: undefined };
  if (typeof key === 'string' && KEY_PATTERN.test(key)) return { kind, key };
  return wrong('key', 'key', KEY, key);
}
