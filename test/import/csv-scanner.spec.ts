import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decoderOf } from '../../src/import/read/decode.js';
import { type CsvRecord, CsvScanner } from '../../src/text/csv-scanner.js';
import { quoted } from './fixture.js';

/** The records of a text that arrives in pieces of whole lines, `linesPerPiece` in each. */
function scan(text: string, linesPerPiece = 1_000): CsvRecord[] {
  const scanner = new CsvScanner(decoderOf('utf-8'));
  const lines = Buffer.from(text)
    .toString('latin1')
    .split(/(?<=\n)/);
  const records: CsvRecord[] = [];
  for (let at = 0; at < lines.length; at += linesPerPiece) {
    const isLast = at + linesPerPiece >= lines.length;
    scanner.take(lines.slice(at, at + linesPerPiece).join(''), isLast, (record) => records.push(record));
  }
  return records;
}

const cellsOf = (records: readonly CsvRecord[]): (readonly string[])[] => records.map(({ cells }) => cells);
const linesOf = (records: readonly CsvRecord[]): number[] => records.map(({ line }) => line);

describe('cutting CSV into records', () => {
  it('reads cells, empty ones too, with and without an end of the last line', () => {
    expect(cellsOf(scan('a,b,c\n1,,3\n,,\nx,y,z'))).toEqual([
      ['a', 'b', 'c'],
      ['1', '', '3'],
      ['', '', ''],
      ['x', 'y', 'z'],
    ]);
  });

  it('takes LF and CRLF for the end of a line, also beside quotes and empty last cells', () => {
    expect(cellsOf(scan('a,b\r\n1,\r\n"x","y"\r\n"z",\r\nlast,"q"\n'))).toEqual([
      ['a', 'b'],
      ['1', ''],
      ['x', 'y'],
      ['z', ''],
      ['last', 'q'],
    ]);
  });

  it('keeps the line on which a record begins, quoted line breaks and blank lines counted', () => {
    const records = scan('a,b\n\n"1\n2\r\n3",x\n\r\ny,z\n', 1);
    expect(cellsOf(records)).toEqual([
      ['a', 'b'],
      ['1\n2\r\n3', 'x'],
      ['y', 'z'],
    ]);
    expect(linesOf(records)).toEqual([1, 3, 7]);
  });

  it('unfolds doubled quotes and leaves a quote inside a plain cell alone', () => {
    expect(cellsOf(scan('"say ""hi""",b"c\n"",""""\n'))).toEqual([
      ['say "hi"', 'b"c'],
      ['', '"'],
    ]);
  });

  it('decodes the cells that need it and no others', () => {
    expect(cellsOf(scan('a,五月医保费,b\nplain,x,y\n"引,号",z,末\n'))).toEqual([
      ['a', '五月医保费', 'b'],
      ['plain', 'x', 'y'],
      ['引,号', 'z', '末'],
    ]);
  });

  it('marks a record in which a closing quote is followed by more, and goes on with the next line', () => {
    const [, broken, next] = scan('a,b\n"x"y,1\nz,2\n');
    expect(broken).toMatchObject({ line: 2, broken: true });
    expect(next).toEqual({ line: 3, cells: ['z', '2'], broken: false });
  });

  it('refuses a quote that is never closed, naming its line', () => {
    expect(() => scan('a,b\n1,2\n"x,3\n4,5\n')).toThrow('line 3: unclosed-quote');
  });

  it('refuses a quote that is closed only beyond the longest record', () => {
    const far = 'x,y\n'.repeat(20_000);
    expect(() => scan(`a,b\n"${far}",z\n`)).toThrow('line 2: unclosed-quote');
  });

  it('gives back any table, however it is quoted and cut into pieces', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', '金', '𠀀', ' ', '='), maxLength: 6 });
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 4 }), (rows, newline, lines) => {
        const always = (value: string): string => (value === '' ? '""' : quoted(value));
        const text = rows.map((row) => row.map(always).join(',') + newline).join('');
        expect(cellsOf(scan(text, lines))).toEqual(rows);
      }),
    );
  });
});
