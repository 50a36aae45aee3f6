import { text } from '../errors.js';
import { UnreadableFile } from './unreadable-file.js';

/** Turns bytes, held as Latin-1 text, into the text they stand for. */
export type Decode = (latin1: string) => string;

/** One record of a file. */
export interface CsvRecord {
  /** The line on which it begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** True where a closing quote is followed by more of its cell; the rest of that line has been passed over. */
  readonly broken: boolean;
  /** The whole line of a broken record, as it stands in the file. */
  readonly raw?: string;
}

/** Longest record, in bytes: the same as the largest command over HTTP. */
export const MOST_RECORD_BYTES = 64 * 1024;
const BEYOND_ASCII = /[\x80-\xff]/g;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;

/**
 * Cuts CSV (RFC 4180) into records. Ends of line are LF or CRLF; blank lines are passed over. A quote inside a cell
 * that does not begin with one stands for itself, as spreadsheets read it.
 * Separators and quotes are looked for with `indexOf`, which is some ten times as fast as looking at every character.
 */
export class CsvScanner {
  /** What is being cut, as Latin-1 text, and how far it has been. */
  private latin1 = '';
  private at = 0;
  private line = 1;
  /** The next quote, and the next byte beyond ASCII, from `at` on; the length of the text where there is none. */
  private quoteAt = 0;
  private beyondAt = 0;

  /** @param separator one ASCII character */
  constructor(
    private readonly decode: Decode,
    private readonly separator = ',',
  ) {}

  /**
   * Gives the records that end in this piece of whole lines; what is left of it waits for the next.
   * @throws UnreadableFile where a quote is not closed within the longest record
   */
  take(piece: string, isLast: boolean, give: (record: CsvRecord) => void): void {
    this.latin1 = this.at < this.latin1.length ? this.latin1.slice(this.at) + piece : piece;
    this.at = 0;
    this.quoteAt = -1;
    this.beyondAt = -1;
    while (this.at < this.latin1.length) {
      const newline = this.find('\n', this.at);
      if (this.quoteAt < this.at) this.quoteAt = this.find('"', this.at);
      const record = this.quoteAt < newline ? this.quoted(isLast) : this.plain(newline);
      if (record === 'incomplete') break;
      if (record.cells.length > 1 || record.cells[0] !== '') give(record);
    }
  }

  /** A record without any quote: what nearly every line is. */
  private plain(newline: number): CsvRecord {
    const { latin1, line, separator } = this;
    const end = latin1.charCodeAt(newline - 1) === CARRIAGE_RETURN && newline > this.at ? newline - 1 : newline;
    const cells: string[] = [];
    for (let at = this.at; ;) {
      const next = latin1.indexOf(separator, at);
      const stop = next < 0 || next > end ? end : next;
      // Most cells of a file that has columns for many kinds are empty.
      cells.push(stop === at ? '' : this.cell(at, stop));
      if (stop === end) break;
      at = stop + 1;
    }
    this.at = newline + 1;
    this.line += 1;
    return { line, cells, broken: false };
  }

  private quoted(isLast: boolean): CsvRecord | 'incomplete' {
    const { latin1, line, separator } = this;
    const cells: string[] = [];
    for (let at = this.at; ;) {
      const isQuoted = latin1.charCodeAt(at) === QUOTE;
      const close = isQuoted ? this.closingQuote(at) : -1;
      if (isQuoted && close - this.at > MOST_RECORD_BYTES) throw unclosed(line);
      if (isQuoted && close >= latin1.length) {
        if (isLast) throw unclosed(line);
        return 'incomplete';
      }
      const newline = this.find('\n', isQuoted ? close + 1 : at);
      const end = latin1.charCodeAt(newline - 1) === CARRIAGE_RETURN ? newline - 1 : newline;
      const next = this.find(separator, isQuoted ? close + 1 : at);
      const stop = Math.min(next, Math.max(end, at));
      cells.push(isQuoted ? this.cell(at + 1, close).replaceAll('""', '"') : this.cell(at, stop));
      const broken = isQuoted && stop !== close + 1;
      if (broken || next >= newline) {
        const raw = broken ? this.decode(latin1.slice(this.at, end)) : undefined;
        this.moveTo(newline + 1);
        return raw === undefined ? { line, cells, broken } : { line, cells, broken, raw };
      }
      at = next + 1;
    }
  }

  /** The text of a cell, decoded where it holds anything beyond ASCII. Cells are asked for in their order. */
  private cell(from: number, to: number): string {
    const cell = this.latin1.slice(from, to);
    if (this.beyondAt < from) {
      BEYOND_ASCII.lastIndex = from;
      this.beyondAt = BEYOND_ASCII.exec(this.latin1)?.index ?? this.latin1.length;
    }
    return this.beyondAt < to ? this.decode(cell) : cell;
  }

  /** The quote that closes the cell which begins with the quote at `from`; a doubled quote is part of the cell. */
  private closingQuote(from: number): number {
    for (let at = this.find('"', from + 1); ; at = this.find('"', at + 2))
      if (at >= this.latin1.length || this.latin1.charCodeAt(at + 1) !== QUOTE) return at;
  }

  private find(mark: string, from: number): number {
    const at = this.latin1.indexOf(mark, from);
    return at < 0 ? this.latin1.length : at;
  }

  private moveTo(next: number): void {
    for (let at = this.find('\n', this.at); at < next; at = this.find('\n', at + 1)) {
      if (at >= this.latin1.length) break;
      this.line += 1;
    }
    this.at = next;
  }
}

function unclosed(line: number): UnreadableFile {
  const expected = text('在 64 KiB 之内结束的引号', 'a quote that is closed within 64 KiB');
  return new UnreadableFile({ line, field: '', code: 'unclosed-quote', expected, got: 'none' });
}
