import { crc32, inflateRawSync } from 'node:zlib';

/** A cell of a workbook as a reader sees it: a number stays as it is written, so that no digit is lost on the way. */
export interface ReadCell {
  readonly value: string;
  readonly kind: 'number' | 'text';
  /** The number format, by its number in ECMA-376: 4 is `#,##0.00`, 3 is `#,##0`, 49 is text. */
  readonly format: number;
  readonly indent: number;
}

export interface ReadSheet {
  readonly name: string;
  /** The rows that stay in sight. */
  readonly frozen: number;
  readonly rows: readonly ReadonlyMap<string, ReadCell>[];
}

/** The files of an archive, by its directory; throws where a digest or a size is not what it says. */
export function readZip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [crc, deflated, size] = [16, 20, 24].map((offset) => archive.readUInt32LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const length = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + length);
    const begin = archive.readUInt32LE(at + 42);
    const data = begin + 30 + archive.readUInt16LE(begin + 26) + archive.readUInt16LE(begin + 28);
    const content = inflateRawSync(archive.subarray(data, data + deflated));
    const behind = [4, 8, 12].map((offset) => archive.readUInt32LE(data + deflated + offset));
    if (content.length !== size || crc32(content) !== crc || behind.join() !== [crc, deflated, size].join())
      throw new Error(`${name} is not what the archive says`);
    files.set(name, content);
    at += 46 + length;
  }
  if (at !== end || at - archive.readUInt32LE(end + 16) !== archive.readUInt32LE(end + 12))
    throw new Error('the directory does not end where it says');
  return files;
}

/** The sheets of a workbook, in the order of the workbook. */
export function readXlsx(archive: Buffer): ReadSheet[] {
  const files = new Map([...readZip(archive)].map(([name, content]) => [name, content.toString('utf8')]));
  const styles = [...files.get('xl/styles.xml')!.matchAll(/<xf xfId[^>]*?(?:\/>|>.*?<\/xf>)/g)].map(([xf]) => xf);
  const targets = new Map(
    [...files.get('xl/_rels/workbook.xml.rels')!.matchAll(/Id="(\w+)"[^>]*Target="([^"]+)"/g)].map(
      ([, id, target]) => [id!, target!] as const,
    ),
  );
  for (const name of files.keys())
    if (name.startsWith('xl/') && name.endsWith('.xml') && !files.get('[Content_Types].xml')!.includes(`"/${name}"`))
      throw new Error(`no type of ${name} is given`);
  return [...files.get('xl/workbook.xml')!.matchAll(/<sheet name="([^"]*)"[^>]*r:id="(\w+)"/g)].map(([, name, id]) => {
    const xml = files.get(`xl/${targets.get(id!)!}`)!;
    const frozen = Number.parseInt(/<pane ySplit="(\d+)"[^>]*state="frozen"/.exec(xml)?.[1] ?? '0', 10);
    const rows = [...xml.matchAll(/<row r="(\d+)">(.*?)<\/row>/gs)].map(([, number, cells], index) => {
      if (Number.parseInt(number!, 10) !== index + 1) throw new Error(`row ${number} is the ${index + 1}th`);
      return readRow(cells!, styles);
    });
    return { name: unescaped(name!), frozen, rows };
  });
}

function readRow(cells: string, styles: readonly string[]): Map<string, ReadCell> {
  const read = new Map<string, ReadCell>();
  for (const [, at, style, more] of cells.matchAll(/<c r="([A-Z]+)\d+" s="(\d+)"(.*?)<\/c>/gs)) {
    const xf = styles[Number.parseInt(style!, 10)]!;
    const number = /^><v>([^<]*)<\/v>$/.exec(more!)?.[1];
    const text = /^ t="inlineStr"><is><t xml:space="preserve">([^<]*)<\/t><\/is>$/s.exec(more!)?.[1];
    if (number === undefined && text === undefined) throw new Error(`a cell of another sort: ${more}`);
    read.set(at!, {
      value: number ?? unescaped(text!),
      kind: number === undefined ? 'text' : 'number',
      format: Number.parseInt(/numFmtId="(\d+)"/.exec(xf)?.[1] ?? '0', 10),
      indent: Number.parseInt(/indent="(\d+)"/.exec(xf)?.[1] ?? '0', 10),
    });
  }
  return read;
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const unescaped = (xml: string): string =>
  xml.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => CHARACTERS[name]!).replace(/_x005F_/g, '_');

/** The values of a row, column by column from A on; undefined where a cell is empty. */
export const valuesOf = (row: ReadonlyMap<string, ReadCell>, columns: number): (string | undefined)[] =>
  Array.from({ length: columns }, (_, index) => row.get(String.fromCharCode(65 + index))?.value);
