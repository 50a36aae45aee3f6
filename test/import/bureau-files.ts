import iconv from 'iconv-lite';
import { contributionRow, quoted } from './fixture.js';

/**
 * Files as banks, tax offices, databases and spreadsheet programs write them: each holds the same two contributions,
 * or something that cannot be taken for them.
 */
export interface BureauFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The codes of the notes in their order, as `code count line`. */
  readonly notes?: readonly string[];
  /** Why it is refused, as `line field code`; every file without is posted. */
  readonly errors?: readonly string[];
}

type Row = Record<string, string>;

const ROWS: readonly [Row, Row] = [
  contributionRow({ amount: '1234.50', headcount: '1200', 'evidence.number': 'HK-1' }),
  contributionRow({ amount: '0.50', note: '', 'evidence.number': 'HK-1' }),
];
const COLUMNS = Object.keys(ROWS[0]);
const WIDTH = COLUMNS.length;

interface Writing {
  readonly separator?: string;
  readonly newline?: string;
  readonly encoding?: string;
  readonly above?: readonly string[];
  readonly below?: readonly string[];
  readonly header?: readonly string[];
  /** What is made of a line once its cells are joined. */
  readonly line?: (line: string, index: number) => string;
}

/** The two rows with other cells by column, written in a way of one's own. */
function written(changes: Row = {}, writing: Writing = {}): Uint8Array {
  const { separator = ',', newline = '\n', encoding = 'utf-8', above = [], below = [], header = COLUMNS } = writing;
  const rows = ROWS.map((row) => ({ ...row, ...changes }));
  const cells = [header, ...rows.map((row) => COLUMNS.map((column) => row[column]!))];
  const join = (line: readonly string[]): string =>
    line.map((cell) => (separator === ',' || cell.includes('"') ? quoted(cell) : cell)).join(separator);
  const lines = cells.map(join).map((line, index) => writing.line?.(line, index) ?? line);
  return iconv.encode([...above, ...lines, ...below].map((line) => line + newline).join(''), encoding, {
    addBOM: false,
  });
}

/** Only one of the rows, where both cannot be changed alike. */
const first = (changes: Row): Uint8Array => written({ amount: '1234.50', headcount: '1200', ...changes });

const CHINESE =
  '业务种类,基金,核算单位,业务日期,金额,缴费人.缴费人类别,缴费人.缴费人编号,费款所属期,人数,原始凭证.凭证种类,' +
  '原始凭证.凭证号,原始凭证.SHA-256,经办,复核,摘要';
const chinese = CHINESE.split(',').map((name) => (name === '原始凭证.SHA-256' ? '原始凭证.凭证摘要' : name));
const empty = ','.repeat(WIDTH - 1);
const row = ROWS.map((cells) => COLUMNS.map((column) => cells[column]).join(','));

/** Files that mean one thing. */
export const ACCEPTED: readonly BureauFile[] = [
  { name: 'plain CSV', bytes: written() },
  { name: 'Excel, CSV UTF-8', bytes: Buffer.concat([Buffer.from('\ufeff'), written({}, { newline: '\r\n' })]) },
  { name: 'Excel and WPS, CSV of Chinese Windows', bytes: written({}, { newline: '\r\n', encoding: 'gb18030' }) },
  { name: 'Chinese header, GB18030', bytes: written({}, { encoding: 'gb18030', header: chinese }) },
  {
    name: 'Excel, Unicode text',
    bytes: Buffer.concat([
      Buffer.from('fffe', 'hex'),
      written({}, { newline: '\r\n', encoding: 'utf-16le', separator: '\t' }),
    ]),
    notes: ['utf-16 1 1', 'separator 1 1'],
  },
  {
    name: 'Excel for Mac, CR alone, GB18030',
    bytes: written({}, { newline: '\r', encoding: 'gb18030' }),
    notes: ['carriage-returns 1 1'],
  },
  { name: 'a text mode that doubled CR', bytes: written({}, { newline: '\r\r\n' }), notes: ['carriage-returns 1 1'] },
  { name: 'European Excel, semicolons', bytes: written({}, { separator: ';' }), notes: ['separator 1 1'] },
  { name: 'database export, tabs', bytes: written({}, { separator: '\t' }), notes: ['separator 1 1'] },
  {
    name: 'bank file, vertical bars, GB18030',
    bytes: written({}, { separator: '|', encoding: 'gb18030' }),
    notes: ['separator 1 1'],
  },
  {
    name: 'sep=; above the header',
    bytes: written({}, { separator: ';', newline: '\r\n', above: ['sep=;'] }),
    notes: ['separator-line 1 1', 'separator 1 2'],
  },
  { name: 'sep=, above the header', bytes: written({}, { above: ['"sep=,"'] }), notes: ['separator-line 1 1'] },
  {
    name: 'titles above the header',
    bytes: written({}, { above: [`海口市 2025 年 5 月缴费明细表${empty}`, empty, '制表日期：2025-06-01,,单位：元'] }),
    notes: ['lines-above-header 2 1'],
  },
  {
    name: '合计 below',
    bytes: written({}, { below: [`合计,,,,"1,235.00"${','.repeat(WIDTH - 5)}`, empty, ' '] }),
    notes: ['total-lines 1 4', 'blank-lines 2 5'],
  },
  {
    name: '小计 and 总计, cut short',
    bytes: written({}, { below: ['小 计：,2,1235.00', ',,,总计（元）,1235.00', 'Total'] }),
    notes: ['total-lines 3 4'],
  },
  {
    name: '制表人 and 备注 below, and the end of file of DOS',
    bytes: written({}, { below: [',,制表人：张三,,复核人：李四', '备注: 本表已核对', '第 1 页', '\x1a'] }),
    notes: ['footer-lines 3 4', 'blank-lines 1 7'],
  },
  {
    name: 'a form: 序号, *required*, 金额（元）',
    bytes: written(
      {},
      {
        line: (line, at) =>
          at ? `${at},${line}` : `序号,${line.replace('kind', '*业务种类').replace('amount', '*金额（元）')}`,
      },
    ),
    notes: ['row-numbers 1 1'],
  },
  {
    name: 'rows of commas and blanks',
    bytes: written({}, { line: (line, index) => (index === 1 ? `${empty}\n ${empty}　\n\t\n${line}` : line) }),
    notes: ['blank-lines 3 2'],
  },
  {
    name: 'trailing empty columns',
    bytes: written({}, { line: (line) => `${line},,, ` }),
    notes: ['unnamed-columns 3 1'],
  },
  {
    name: 'rows with more commas than the header',
    bytes: written({}, { line: (line, index) => (index > 0 ? `${line},,` : line) }),
    notes: ['cells-beyond-header 2 2'],
  },
  {
    name: 'a header on every page',
    bytes: written({}, { line: (line, index) => (index === 2 ? `${COLUMNS.join()}\n${line}` : line) }),
    notes: ['header-again 1 3'],
  },
  {
    name: 'cells padded with blanks and tabs',
    bytes: written({ unit: ' 460100 ', 'evidence.number': 'HK-1\t', kind: 'contribution ', maker: '\u00a0wang\u3000' }),
    notes: ['padded-cells 8 2'],
  },
  {
    name: 'empty cells of blanks',
    bytes: written({}, { line: (line, index) => (index === 2 ? `${line}  ` : line) }),
    notes: ['blank-cells 1 3'],
  },
  {
    name: 'thousands separators',
    bytes: written({}, { line: (line) => line.replace('1234.50', '"1,234.50"').replace(',1200,', ',"1,200",') }),
    notes: ['thousands-separators 2 2'],
  },
  {
    name: 'currency signs, GB18030',
    bytes: written({}, { encoding: 'gb18030', line: (line) => line.replace(/1234.50|0.50/, '￥$&元') }),
    notes: ['currency-signs 2 2'],
  },
  {
    name: 'accounting format',
    bytes: written({}, { line: (line) => line.replace('1234.50', '" ¥ 1,234.50 "').replace('0.50', 'CNY 0.50') }),
    notes: ['padded-cells 1 2', 'currency-signs 2 2', 'thousands-separators 1 2'],
  },
  {
    name: 'full-width digits and marks',
    bytes: written({ unit: '４６０１００', businessDate: '２０２５－０５－１２', 'payer.reference': 'Ｅ－０００１' }),
    notes: ['full-width 6 2'],
  },
  { name: '2025/5/12', bytes: written({ businessDate: '2025/5/12' }), notes: ['days 2 2'] },
  { name: '2025年5月12日', bytes: written({ businessDate: '2025年5月12日' }), notes: ['days 2 2'] },
  { name: '20250512', bytes: written({ businessDate: '20250512' }), notes: ['days 2 2'] },
  { name: '2025.5.12', bytes: written({ businessDate: '2025.5.12' }), notes: ['days 2 2'] },
  { name: '2025/5/12 0:00', bytes: written({ businessDate: '2025/5/12 0:00' }), notes: ['days 2 2'] },
  { name: '2025年5月', bytes: written({ coverPeriod: '2025年5月' }), notes: ['periods 2 2'] },
  { name: '202505', bytes: written({ coverPeriod: '202505' }), notes: ['periods 2 2'] },
  { name: '2025/5/1 for a month', bytes: written({ coverPeriod: '2025/5/1' }), notes: ['periods 2 2'] },
  {
    name: 'counts as figures',
    bytes: written({}, { line: (line) => line.replace(',12,', ',12.0,').replace(',1200,', ',1200人,') }),
    notes: ['counts 2 2'],
  },
  {
    name: 'a digest in upper case',
    bytes: written({ 'evidence.sha256': 'AB'.repeat(32) }),
    notes: ['upper-case-digests 2 2'],
  },
  {
    name: 'text kept as text by ="…"',
    bytes: written({ unit: '="460100"', 'evidence.number': '="HK-1"' }),
    notes: ['formula-text 4 2'],
  },
  {
    name: 'decimal places as databases write them',
    bytes: written({}, { line: (line) => line.replace(',1234.50,', ',1234.5000,').replace(',0.50,', ',.5,') }),
    notes: ['decimal-places 2 2'],
  },
];

/** Files that do not, and why. */
export const REFUSED: readonly BureauFile[] = [
  { name: 'European decimals', bytes: first({ amount: '1.234,50' }), errors: both('amount amount-format') },
  { name: 'a comma that groups nothing', bytes: first({ amount: '1,23' }), errors: both('amount amount-format') },
  { name: 'three places', bytes: first({ amount: '1.234' }), errors: both('amount amount-format') },
  { name: 'negative', bytes: first({ amount: '-1,234.50' }), errors: both('amount amount-format') },
  { name: 'negative in brackets', bytes: first({ amount: '(1234.50)' }), errors: both('amount amount-format') },
  { name: 'in 万元', bytes: first({ amount: '1.5万元' }), errors: both('amount amount-format') },
  { name: 'another currency', bytes: first({ amount: 'HK$100.00' }), errors: both('amount amount-format') },
  { name: 'a shortened amount', bytes: first({ amount: '1.23E+05' }), errors: both('amount shortened-number') },
  {
    name: 'a shortened number of a receipt',
    bytes: first({ 'evidence.number': '4.60101E+17' }),
    errors: both('evidence.number shortened-number'),
  },
  { name: 'a shortened unit', bytes: first({ unit: '4.601E+05' }), errors: both('unit shortened-number') },
  { name: 'a failed formula', bytes: first({ note: '#REF!' }), errors: both('note spreadsheet-error') },
  {
    name: 'a column too narrow',
    bytes: first({ businessDate: '########' }),
    errors: both('businessDate spreadsheet-error'),
  },
  { name: '5/12/2025', bytes: first({ businessDate: '5/12/2025' }), errors: both('businessDate date') },
  { name: '25-5-12', bytes: first({ businessDate: '25-5-12' }), errors: both('businessDate date') },
  { name: 'the number of a day', bytes: first({ businessDate: '45789' }), errors: both('businessDate date') },
  { name: '2025/2/29', bytes: first({ businessDate: '2025/2/29' }), errors: both('businessDate date') },
  { name: 'May-25', bytes: first({ coverPeriod: 'May-25' }), errors: both('coverPeriod cover-period') },
  { name: '2025.1', bytes: first({ coverPeriod: '2025.1' }), errors: both('coverPeriod cover-period') },
  { name: 'a count that is none', bytes: first({ headcount: '1.5' }), errors: both('headcount count') },
  { name: 'no header', bytes: Buffer.from(`${row.join('\n')}\n`), errors: ['1  missing-header'] },
  {
    name: 'full-width commas',
    bytes: Buffer.from(`${[COLUMNS.join(), ...row].join('\n').replaceAll(',', '，')}\n`),
    errors: ['1  separator'],
  },
  { name: 'JSON', bytes: Buffer.from('[\n{"kind":"contribution"}\n]\n'), errors: ['1  not-csv'] },
  {
    name: 'whole lines within quotes',
    bytes: Buffer.from([COLUMNS.join(), ...row].map((line) => `"${line}"\n`).join('')),
    errors: ['1  quoted-lines'],
  },
  {
    name: '金额（万元）',
    bytes: written({}, { header: COLUMNS.map((column) => (column === 'amount' ? '金额（万元）' : column)) }),
    errors: ['1 金额（万元） unknown-column'],
  },
  {
    name: 'a cell under no name',
    bytes: written({}, { line: (line, index) => `${line},${index === 2 ? '退' : ''}` }),
    errors: ['3  unnamed-column'],
  },
  {
    name: 'a line that is short',
    bytes: written({}, { line: (line, index) => (index === 2 ? line.replace(/,$/, '') : line) }),
    errors: ['3  cell-count'],
  },
  {
    name: 'a line without a kind that is no total',
    bytes: written({}, { below: [`,employee${','.repeat(WIDTH - 2)}`] }),
    errors: ['4 kind required'],
  },
  {
    name: 'GB18030 that is UTF-8 too',
    bytes: written({ note: '医院' }, { encoding: 'gb18030' }),
    errors: ['2  ambiguous-encoding'],
  },
  { name: 'an Excel workbook', bytes: Buffer.from('PK\x03\x04\x14\x00[Content_Types].xml'), errors: ['1  not-text'] },
  { name: 'a web page named .xls', bytes: Buffer.from('<html><table>'), errors: ['1  not-text'] },
];

function both(error: string): string[] {
  return [`2 ${error}`, `3 ${error}`];
}
