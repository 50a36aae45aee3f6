import { unguarded } from '../../text/csv-text.js';
import { show, text } from '../../errors.js';
import { isBlank } from '../../text/foreign-text.js';
import { KINDS } from '../../catalogue/registry.js';
import { type SentKind } from '../../kinds/kind.js';
import { cellValue } from './cell-values.js';
import { commandOf, type Header, type Plan, planFor, readHeader } from './cells-to-command.js';
import { dotted, type LineChecker, readIdentity } from './check-lines.js';
import { isRowNumber } from './columns.js';
import { type FoundDialect } from './dialect.js';
import { type LineError } from '../../text/unreadable-file.js';
import { type CsvRecord } from '../../text/csv-scanner.js';

/** The header of the file cannot be used; nothing below it can be understood. */
export class UnusableHeader extends Error {
  constructor(readonly lineErrors: readonly LineError[]) {
    super('unusable header');
  }
}

/** Turns the records of a CSV file into commands for the checker. What stands above the header is passed over. */
export class CsvLines {
  /** Undefined before the header. */
  header: Header | undefined;
  private readonly plans = new Map<SentKind, { plan: Plan; nameOf: (pointer: string) => string }>();

  constructor(
    private readonly checker: LineChecker,
    private readonly found: FoundDialect,
  ) {}

  /** @throws UnusableHeader where a column is unknown, twice there or missing */
  take(record: CsvRecord): void {
    if (!this.header) {
      if (record.line >= this.found.dialect.headerLine) this.header = this.readHeader(record);
      return;
    }
    const { line } = record;
    const { names, kindAt, keyAt, reasonsAt } = this.header;
    if (this.isPassedOver(record, this.header)) return;
    const misshapen = this.misshapen(record, this.header);
    if (misshapen) return this.checker.reject([misshapen]);
    // Where we wrote the file, an apostrophe that we put before a cell is none of its text.
    const cells = reasonsAt < 0 ? record.cells : record.cells.map(unguarded);
    const causes: LineError[] = [];
    const place = { line, notes: this.checker.notes, causes };
    const kindWord = cellValue(cells[kindAt]!, 'code', names[kindAt]!, place);
    const key = keyAt < 0 ? undefined : cellValue(cells[keyAt]!, 'code', names[keyAt]!, place);
    const identity = readIdentity(line, kindWord, key, { kind: names[kindAt], key: names[keyAt] });
    if ('code' in identity) return this.checker.reject([identity]);
    const { plan, nameOf } = this.planFor(identity.kind, this.header);
    const foreign = plan.foreign.filter((at) => cells[at] !== '' && !isBlank(cells[at]!));
    if (foreign.length > 0) return this.checker.reject(foreign.map((at) => this.foreign(record, at, identity.kind)));
    this.checker.take({ line, ...identity, command: commandOf(plan.fields, cells, place), nameOf, causes });
  }

  private readHeader({ line, cells }: CsvRecord): Header {
    if (this.found.cause) throw new UnusableHeader([this.found.cause]);
    const { header, errors } = readHeader(cells, line, this.checker.adopted);
    if (errors.length > 0) throw new UnusableHeader(errors);
    const unnamed = cells.filter(isBlank).length;
    if (unnamed > 0) this.checker.notes.add('unnamed-columns', UNNAMED, line, '', '', unnamed);
    const numbers = cells.find(isRowNumber);
    if (numbers !== undefined) this.checker.notes.add('row-numbers', NUMBERS, line, numbers);
    return header;
  }

  /** What spreadsheets leave between and below the lines; never a line that names a kind. */
  private isPassedOver({ line, cells }: CsvRecord, { names, kindAt }: Header): boolean {
    const kindWord = cells[kindAt] ?? '';
    if (KINDS.codeOf(kindWord) !== undefined) return false;
    const isAgain = kindWord.trim() === names[kindAt]!.trim();
    if (!isBlank(kindWord) && !isAgain && !isTotal(kindWord) && !isFooter(kindWord)) return false;
    const { notes } = this.checker;
    const [first, ...others] = cells.filter((cell) => !isBlank(cell));
    if (first === undefined) notes.add('blank-lines', BLANK, line);
    else if (isAgain && names.every((name, at) => name.trim() === cells[at]?.trim()))
      notes.add('header-again', AGAIN, line);
    else if (isTotal(first)) notes.add('total-lines', TOTAL, line, [first, ...others].join(' '));
    else if (isFooter(first)) notes.add('footer-lines', FOOTER, line, [first, ...others].join(' '));
    else return false;
    return true;
  }

  private planFor(kind: SentKind, header: Header): { plan: Plan; nameOf: (pointer: string) => string } {
    let known = this.plans.get(kind);
    if (!known) {
      const { plan, errors } = planFor(kind, header, this.checker.adopted);
      if (errors.length > 0) throw new UnusableHeader(errors);
      known = { plan, nameOf: (pointer) => plan.names.get(pointer) ?? dotted(pointer) };
      this.plans.set(kind, known);
    }
    return known;
  }

  /** A line may be longer than the header by empty cells; one that is shorter may have lost a cell anywhere. */
  private misshapen({ line, cells, broken }: CsvRecord, { names }: Header): LineError | undefined {
    if (broken) {
      const expected = text('结束引号后的逗号或行尾', 'a comma or the end of the line after a closing quote');
      return { line, field: '', code: 'quote', expected, got: show(cells.at(-1)) };
    }
    if (cells.length === names.length) return undefined;
    if (cells.length > names.length && cells.slice(names.length).every(isBlank)) {
      this.checker.notes.add('cells-beyond-header', BEYOND, line);
      return undefined;
    }
    const expected = text(`${names.length} 个单元格`, `${names.length} cells`);
    return { line, field: '', code: 'cell-count', expected, got: String(cells.length) };
  }

  private foreign({ line, cells }: CsvRecord, at: number, kind: SentKind): LineError {
    const name = this.header!.names[at]!;
    const got = show(cells[at]);
    if (isBlank(name)) {
      const expected = text(`空白：第 ${at + 1} 列没有列名`, `nothing: column ${at + 1} has no name`);
      return { line, field: '', code: 'unnamed-column', expected, got };
    }
    const expected = text(`空白：${kind.name.zh}没有此字段`, `nothing: ${kind.name.en} has no such field`);
    return { line, field: name, code: 'unknown-field', expected, got };
  }
}

const BLANK = text('空行（只有分隔符或空白），已略过', 'line of nothing but separators or blanks, passed over');
const TOTAL = text('合计行，已略过', 'line of a total, passed over');
const FOOTER = text('表尾（制表人、备注等），已略过', 'line below the table (who drew it up, remarks), passed over');
const NUMBERS = text('表格的序号列，已略过', 'column of row numbers, passed over');
const AGAIN = text('重复的表头，已略过', 'header once more, passed over');
const UNNAMED = text('没有列名的空列，已略过', 'empty columns without a name, passed over');
const BEYOND = text('行末多出的空单元格，已略过', 'line with empty cells beyond the header, passed over');

const TOTAL_WORD = /^(?:(?:本页|本日|本月|本期|本年|本表)?(?:合计|总计|小计|共计|累计|总和)|(?:sub|grand)?total)/i;

const FOOTER_WORD = new RegExp(
  '^(?:(?:制表|制单|填表|填报|编制|审核|复核|经办|单位负责|财务负责|负责|打印|导出)(?:人|员|日期|时间|单位)?[:：]|' +
    '(?:备注|附注|注|说明)[:：]|第[0-9]+页|共[0-9]+[页条笔行])',
);

/** True for the first word of a line below a table: 制表人：…, 备注：…, 第1页. */
const isFooter = (cell: string): boolean => FOOTER_WORD.test(cell.replaceAll(/\s/g, ''));

/** True for the first word of a line that sums up: 合 计, 小计：, Total. */
const isTotal = (cell: string): boolean => TOTAL_WORD.test(cell.replaceAll(/[\s-]/g, ''));
