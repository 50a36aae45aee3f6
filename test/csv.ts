const MARK = '\ufeff';

/**
 * Reads CSV by the letter of RFC 4180, as a program of others would: a byte order mark, quotes only around whole cells,
 * CRLF behind every line, the last one too.
 * @throws Error where anything is otherwise
 */
export function readCsv(written: string): string[][] {
  if (!written.startsWith(MARK)) throw new Error('no byte order mark');
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const rows: string[][] = [[]];
  cell.lastIndex = MARK.length;
  while (cell.lastIndex < written.length) {
    const at = cell.lastIndex;
    const [, quoted, plain, end] = cell.exec(written) ?? [];
    if (end === undefined) throw new Error(`no CSV at ${at}: ${JSON.stringify(written.slice(at, at + 40))}`);
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end !== ',') rows.push([]);
  }
  if (rows.pop()!.length > 0) throw new Error('the last line has no end');
  return rows;
}

/** Rows as objects, by the names of their columns. @throws Error where a row is not as wide as the first */
export function recordsOf(written: string): Record<string, string>[] {
  const [header, ...rows] = readCsv(written);
  return rows.map((row, index) => {
    if (row.length !== header!.length) throw new Error(`row ${index + 1} has ${row.length} of ${header!.length} cells`);
    return Object.fromEntries(header!.map((name, column) => [name, row[column]!]));
  });
}
