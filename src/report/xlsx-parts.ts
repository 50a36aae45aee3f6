/** The parts of a workbook (ECMA-376) that are the same whatever it holds, and how a cell is written. */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Deepest indent that has a style of its own. */
const DEEPEST = 6;
/** Formats of cells, by their place in the list of styles: `#,##0.00` is 4, `#,##0` is 3 and `@`, text, is 49. */
const FORMATS: readonly string[] = [
  '<xf fontId="0"/>',
  '<xf fontId="2" numFmtId="49" applyFont="1"/>',
  '<xf fontId="1" numFmtId="49" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1">' +
    '<alignment horizontal="center" vertical="center" wrapText="1"/></xf>',
  '<xf fontId="0" numFmtId="4" applyNumberFormat="1"/>',
  '<xf fontId="0" numFmtId="3" applyNumberFormat="1"/>',
  '<xf fontId="0" numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="right"/></xf>',
  ...Array.from(
    { length: DEEPEST + 1 },
    (_, indent) =>
      `<xf fontId="0" numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment indent="${indent}"/></xf>`,
  ),
];
export const STYLE = { title: 1, head: 2, amount: 3, count: 4, longNumber: 5, text: 6 } as const;

/** The style of a text so many steps to the right. */
export const textStyle = (indent: number): number => STYLE.text + Math.min(indent, DEEPEST);

const font = (size: number, bold: boolean): string =>
  `<font>${bold ? '<b/>' : ''}<sz val="${size}"/><name val="SimSun"/><charset val="134"/></font>`;
const LINE = '<bottom style="thin"><color auto="1"/></bottom>';

const STYLES =
  `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="3">${font(11, false)}${font(11, true)}${font(14, true)}</fonts>` +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  `</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>` +
  `<border><left/><right/><top/>${LINE}<diagonal/></border></borders>` +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  `<cellXfs count="${FORMATS.length}">` +
  FORMATS.map((each) => each.replace('<xf ', '<xf xfId="0" fillId="0" ')).join('') +
  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

/** One sheet of a workbook: its place among the files, and what it is called. */
export interface NamedSheet {
  readonly number: number;
  readonly name: string;
}

/** The path of a sheet in the archive. */
export const sheetPath = (number: number): string => `xl/worksheets/sheet${number}.xml`;

/** The files that make a workbook of its sheets, in the order in which a reader sees them. */
export function bindSheets(sheets: readonly NamedSheet[]): { name: string; pieces: string[] }[] {
  const list = sheets.map(
    ({ number, name }) => `<sheet name="${escaped(name)}" sheetId="${number}" r:id="rId${number}"/>`,
  );
  const leads = [
    ...sheets.map(({ number }) => relation(number, 'worksheet', sheetPath(number).replace('xl/', ''))),
    relation(sheets.length + 1, 'styles', 'styles.xml'),
  ];
  const parts = [
    ['/xl/workbook.xml', `${SPREADSHEET}.sheet.main+xml`],
    ['/xl/styles.xml', `${SPREADSHEET}.styles+xml`],
    ...sheets.map(({ number }) => [`/${sheetPath(number)}`, `${SPREADSHEET}.worksheet+xml`]),
  ];
  const types = parts.map(([path, type]) => `<Override PartName="${path}" ContentType="${type}"/>`);
  const file = (name: string, content: string) => ({ name, pieces: [HEAD + content] });
  return [
    { name: 'xl/styles.xml', pieces: [STYLES] },
    file(
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}/relationships"><sheets>${list.join('')}</sheets></workbook>`,
    ),
    file('xl/_rels/workbook.xml.rels', relations(leads)),
    file('_rels/.rels', relations([relation(1, 'officeDocument', 'xl/workbook.xml')])),
    file(
      '[Content_Types].xml',
      `<Types xmlns="${PACKAGE}/content-types">` +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        `<Default Extension="xml" ContentType="application/xml"/>${types.join('')}</Types>`,
    ),
  ];
}

const relation = (number: number, type: string, target: string): string =>
  `<Relationship Id="rId${number}" Type="${DOCUMENT}/relationships/${type}" Target="${target}"/>`;
const relations = (each: readonly string[]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;

/** The beginning of a sheet: what stands above stays in sight, and each column has a width in characters. */
export const beginSheet = (frozenRows: number, widths: readonly number[]): string =>
  `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="${frozenRows}" ` +
  `topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>` +
  `${widths.map(columnXml).join('')}</cols><sheetData>`;
const columnXml = (width: number, index: number): string =>
  `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
export const END_OF_SHEET = '</sheetData></worksheet>';

/** A row of cells, each written by one of the two below. */
export const rowXml = (row: number, cells: readonly string[]): string =>
  `<row r="${row}">${cells.map((cell, column) => cell && `<c r="${letters(column)}${row}"${cell}`).join('')}</row>`;

/** A cell that holds a number, which is written as it is. */
export const numberCell = (written: string, style: number): string => ` s="${style}"><v>${written}</v></c>`;

/** Longest text of a cell. */
const MOST_CHARACTERS = 32_767;
const CUT = '…';

/** A cell that holds a text, and never a formula; one that is longer than a cell takes is cut, and ends with a mark. */
export function textCell(written: string, style: number): string {
  const cut = written.length > MOST_CHARACTERS ? written.slice(0, MOST_CHARACTERS - CUT.length) + CUT : written;
  return ` s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(cut)}</t></is></c>`;
}

/** `A` to `Z`, then `AA`. */
const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text in XML; what would be read as a character written out, `_x000D_`, is told apart from one. */
const escaped = (written: string): string =>
  written.replace(/[&<>"]/g, (mark) => NAMED[mark]!).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
