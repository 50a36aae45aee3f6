import { describe, expect, it } from '@jest/globals';
import { inspectFile } from '../../src/import/read/inspect-file.js';
import { UnreadableFile } from '../../src/text/unreadable-file.js';
import { lineAt, type LineBreak } from '../../src/import/read/read-pieces.js';
import { csvOf, contributionRow, Desk } from './fixture.js';

const desk = new Desk();

/** Longer than any line may be: a wrong file, or one whose ends of lines were lost. */
const ENDLESS = 'x'.repeat(5 * 1024 * 1024);
const twoLines = csvOf([contributionRow()]);

async function refusalOf(text: string, encoding: BufferEncoding): Promise<object> {
  const bytes = Buffer.concat([
    Buffer.from(encoding === 'utf16le' ? '\ufeff' : '', encoding),
    Buffer.from(text, encoding),
  ]);
  const report = await desk.import('endless.csv', bytes);
  return { outcome: report.outcome, errors: report.errors.map(({ line, code }) => [line, code]) };
}

describe('a line that does not end', () => {
  it.each<[string, string, number, BufferEncoding]>([
    ['the first of a file', ENDLESS, 1, 'utf8'],
    ['one behind others', `${twoLines}${ENDLESS}`, 3, 'utf8'],
    ['one with more behind it', `${twoLines}${ENDLESS}\n${twoLines}`, 3, 'utf8'],
    ['one in a file of CR', `${twoLines.replaceAll('\n', '\r')}${ENDLESS}`, 3, 'utf8'],
    ['one in UTF-16', `${twoLines}${ENDLESS}`, 3, 'utf16le'],
  ])('is named and refused: %s', async (_, text, line, encoding) => {
    expect(await refusalOf(text, encoding)).toEqual({ outcome: 'refused', errors: [[line, 'line-too-long']] });
  });

  it('is refused before it is known what it is', async () => {
    await expect(inspectFile(desk.write('endless.csv', ENDLESS), undefined)).rejects.toBeInstanceOf(UnreadableFile);
  });
});

describe('the line at a place of a file', () => {
  it.each<[string, LineBreak, readonly number[]]>([
    ['a\nb\r\nc', '\n', [1, 1, 2, 2, 2, 3]],
    ['a\rb\r\nc\nd', '\r', [1, 1, 2, 2, 3, 3, 3, 4]],
  ])('of %j, which ends its lines with %j, counts what stands before', async (text, lineBreak, lines) => {
    const path = desk.write('lines.csv', text);
    expect(await Promise.all(lines.map((_, offset) => lineAt(path, offset, lineBreak)))).toEqual(lines);
  });
});
