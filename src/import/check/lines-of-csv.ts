import { unguarded } from '../../csv-text.js';
import { show, text } from '../../errors.js';
import { type CommandKind } from '../../vouchers/voucher.js';
import { commandOf, type Header, type Plan, planFor, readHeader } from './cells-to-command.js';
import { dotted, type LineChecker, readIdentity } from './check-lines.js';
import { type LineError } from '../report/import-report.js';
import { type CsvRecord } from '../read/read-csv.js';

/** The header of the file cannot be used; nothing below it can be understood. */
export class UnusableHeader extends Error {
  constructor(readonly lineErrors: readonly LineError[]) {
    super('unusable header');
  }
}

/** Turns the records of a CSV file into commands for the checker; the first record is the header. */
export class CsvLines {
  /** Undefined before the first record. */
  header: Header | undefined;
  private readonly plans = new Map<CommandKind, { plan: Plan; nameOf: (pointer: string) => string }>();

  constructor(private readonly checker: LineChecker) {}

  /** @throws UnusableHeader where a column is unknown, twice there or missing */
  take(record: CsvRecord): void {
    if (!this.header) {
      const { header, errors } = readHeader(record.cells, record.line);
      if (errors.length > 0) throw new UnusableHeader(errors);
      this.header = header;
      return;
    }
    const { line } = record;
    const { names, kindAt, keyAt, reasonsAt } = this.header;
    const misshapen = this.misshapen(record, this.header);
    if (misshapen) return this.checker.reject([misshapen]);
    // Where we wrote the file, an apostrophe that we put before a cell is none of its text.
    const cells = reasonsAt < 0 ? record.cells : record.cells.map(unguarded);
    const identity = readIdentity(line, cells[kindAt], cells[keyAt], { kind: names[kindAt], key: names[keyAt] });
    if ('code' in identity) return this.checker.reject([identity]);
    const { plan, nameOf } = this.planFor(identity.kind, this.header);
    const foreign = plan.foreign.filter((at) => cells[at] !== '');
    if (foreign.length > 0) return this.checker.reject(foreign.map((at) => this.foreign(record, at, identity.kind)));
    this.checker.take({ line, ...identity, command: commandOf(plan.fields, cells), nameOf });
  }

  private planFor(kind: CommandKind, header: Header): { plan: Plan; nameOf: (pointer: string) => string } {
    let known = this.plans.get(kind);
    if (!known) {
      const { plan, errors } = planFor(kind, header);
      if (errors.length > 0) throw new UnusableHeader(errors);
      known = { plan, nameOf: (pointer) => plan.names.get(pointer) ?? dotted(pointer) };
      this.plans.set(kind, known);
    }
    return known;
  }

  private misshapen({ line, cells, broken }: CsvRecord, { names }: Header): LineError | undefined {
    if (broken) {
      const expected = text('结束引号后的逗号或行尾', 'a comma or the end of the line after a closing quote');
      return { line, field: '', code: 'quote', expected, got: show(cells.at(-1)) };
    }
    if (cells.length === names.length) return undefined;
    const expected = text(`${names.length} 个单元格`, `${names.length} cells`);
    return { line, field: '', code: 'cell-count', expected, got: String(cells.length) };
  }

  private foreign({ line, cells }: CsvRecord, at: number, kind: CommandKind): LineError {
    const expected = text(`空白：${kind.name.zh}没有此字段`, `nothing: ${kind.name.en} has no such field`);
    return { line, field: this.header!.names[at]!, code: 'unknown-field', expected, got: show(cells[at]) };
  }
}
