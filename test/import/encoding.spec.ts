import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { encodingOfUpload, readEncoding } from '../../src/import/read/encodings.js';
import { inspectFile } from '../../src/import/read/inspect-file.js';
import { UnreadableFile } from '../../src/text/unreadable-file.js';
import { type FileEncoding } from '../../src/import/report/import-report.js';
import { fieldsOf } from '../../src/kinds/fields.js';
import { COMMAND_KINDS } from '../../src/catalogue/registry.js';
import { randomFrom } from '../random.js';
import { SEED } from '../seed.js';
import { contributionRow, csvOf, Desk } from './fixture.js';

const desk = new Desk();

/** The encoding of a file, or the code, line and facts of its refusal. */
async function judged(bytes: Uint8Array, wanted?: FileEncoding): Promise<string> {
  try {
    return (await inspectFile(desk.write('judged.csv', bytes), wanted)).encoding;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { code, line, got } = error.lineError;
    return `${code} ${line} ${got}`;
  }
}

/** A file whose only texts beyond ASCII are these notes, a line each. */
const withNotes = (...notes: readonly string[]): string => csvOf(notes.map((note) => contributionRow({ note })));
const gb = (text: string): Uint8Array => iconv.encode(text, 'gb18030');
const utf8 = (text: string): Uint8Array => Buffer.from(text);

/** Every Chinese word that the ledger prints. */
const WORDS = [
  ...BEFORE_ADOPTION.ever.funds.all.map(({ name }) => name.zh),
  ...BEFORE_ADOPTION.ever.units.all.map(({ name }) => name.zh),
  ...BEFORE_ADOPTION.ever.chart.all.map(({ name }) => name.zh),
  ...COMMAND_KINDS.flatMap(({ name, command }) => [name.zh, ...fieldsOf(command).map((field) => field.name.zh)]),
];
const EVERYDAY =
  '医院 住院 税前 学校 医药 五月 门诊 药店 职工 居民 缴费 补缴 退费 海口 三亚 儋州 琼海 澄迈 统筹 个人 账户 财政 结算 预付 清算 ' +
  '利息 收入 支出 上解 下拨 人民医院 中医院 社区卫生服务中心 大药房 有限公司 分公司 小学 中学 大学 幼儿园 农场 街道 居委会 村委会 ' +
  '王 李 张 刘 陈 杨 黄 赵 吴 周 女士 先生 同志 备注 无 一月 十二月 二〇二五年 第一季度 （补） “更正” 、 。 《通知》 ——';

describe('the encoding of a file without a mark', () => {
  it.each(['医院', '住院', '税前', '学校', '医药'])(
    'is asked for where %s in GB18030 is valid UTF-8 too',
    async (word) => {
      const noise = Buffer.from(gb(word)).toString('utf8');
      const refusal = `ambiguous-encoding 2 UTF-8 "${noise}", GB18030 "${word}"`;
      expect(await judged(gb(withNotes(word)))).toBe(refusal);
      expect(await judged(gb(withNotes('x', word)))).toBe(refusal.replace(' 2 ', ' 3 '));
      expect(await judged(utf8(withNotes(word)))).toBe('utf-8');
      expect(await judged(gb(withNotes(word)), 'gb18030')).toBe('gb18030');
      expect(await judged(gb(withNotes(word)), 'utf-8')).toBe('utf-8');
    },
  );

  it('is that of a later line where the earlier ones are valid in both', async () => {
    expect(await judged(gb(withNotes('医院', '住院', '五月医保费')))).toBe('gb18030');
    expect(await judged(gb(withNotes(...Array<string>(2_000).fill('学校'), '海口市')))).toBe('gb18030');
    expect(await judged(gb(withNotes('医院').replace('amount', '金额')))).toBe('gb18030');
  });

  it('is UTF-8 for every word that the ledger prints, and never UTF-8 where it is GB18030', async () => {
    const asked: string[] = [];
    for (const word of new Set(WORDS)) {
      expect([word, await judged(utf8(withNotes(word)))]).toEqual([word, 'utf-8']);
      const inGb = await judged(gb(withNotes(word)));
      if (inGb !== 'gb18030') asked.push(word);
      expect([word, inGb]).toEqual([word, expect.stringMatching(/^(gb18030$|ambiguous-encoding 2 )/)]);
    }
    expect(asked.length).toBeLessThan(WORDS.length / 20);
  }, 240_000);

  it(`is told by any line of common words (seed ${SEED})`, async () => {
    const random = randomFrom(SEED);
    const everyday = EVERYDAY.split(' ');
    const pick = (): string => everyday[Math.floor(random() * everyday.length)]!;
    const note = (): string => Array.from({ length: 1 + Math.floor(random() * 4) }, pick).join('');
    for (let round = 0; round < 500; round += 1) {
      const text = withNotes(note(), note(), note());
      expect([text, await judged(utf8(text))]).toEqual([text, 'utf-8']);
      const inGb = await judged(gb(text));
      if (inGb !== 'gb18030') expect([text, inGb]).toEqual([text, expect.stringContaining('ambiguous-encoding')]);
    }
  }, 240_000);

  it('is asked for where Latin letters of UTF-8 are Chinese in GB18030, unless Chinese stands beside', async () => {
    expect(await judged(utf8(withNotes('José')))).toBe('ambiguous-encoding 2 UTF-8 "é", GB18030 "茅"');
    expect(await judged(utf8(withNotes('José', '五月医保费')))).toBe('utf-8');
    expect(await judged(utf8(withNotes('阿依古丽·买买提', '37℃', '①', 'Ⅱ', '😀')))).toBe('utf-8');
  });

  it('is UTF-8 where the yen sign stands before an amount, which in GB18030 would be 楼', async () => {
    const amount = csvOf([contributionRow({ amount: '¥1,234.50', note: '' })]);
    expect(await judged(utf8(amount))).toBe('utf-8');
    expect(await judged(utf8(withNotes('¥ or not')))).toContain('ambiguous-encoding 2');
  });

  it('is asked for where two encodings were put into one file', async () => {
    const [first, second] = [withNotes('医院'), withNotes('海口市').split('\n').slice(1).join('\n')];
    expect(await judged(Buffer.concat([gb(first), utf8(second)]))).toContain('ambiguous-encoding 2 ');
    expect(await judged(Buffer.concat([utf8(withNotes('医院')), gb(second)]))).toContain('ambiguous-encoding 3 ');
  });

  it('is asked for where a name of rare characters is all there is', async () => {
    expect(await judged(gb(withNotes('喆')))).toContain('GB18030 "喆"');
    expect(await judged(gb(withNotes('喆', '五月医保费')))).toBe('gb18030');
  });
});

describe('a damaged file', () => {
  it('of UTF-8 names its line and is not read as GB18030', async () => {
    const damaged = (note: string): Uint8Array => {
      const bytes = Buffer.from(withNotes('职工医保', '五月医保费', note));
      const at = bytes.lastIndexOf('费');
      return Buffer.concat([bytes.subarray(0, at + 1), bytes.subarray(at + 3)]);
    };
    for (const note of ['医保缴费', '缴费', '五月医保缴费'])
      expect(await judged(damaged(note))).toBe('encoding 4 bytes that are not UTF-8');
    const invalid = Buffer.concat([utf8(withNotes('五月医保费', 'x')), Buffer.from('contribution,\xff\xfe', 'latin1')]);
    expect(await judged(invalid)).toBe('encoding 4 bytes that are not UTF-8');
    const marked = Buffer.concat([utf8('\ufeff'), gb(withNotes('五月医保费'))]);
    expect(await judged(marked)).toBe('encoding 2 bytes that are not UTF-8');
  });

  it('of GB18030 names its line', async () => {
    const bytes = Buffer.concat([gb(withNotes('五月医保费', '海口市')), Buffer.from('x,\xff\n', 'latin1')]);
    expect(await judged(bytes)).toBe('encoding 4 bytes that are not GB18030');
  });
});

describe('a mark or a name of the encoding', () => {
  it('settles it, and the two may not disagree', async () => {
    const text = withNotes('医院');
    expect(await judged(utf8(`\ufeff${text}`))).toBe('utf-8');
    expect(await judged(utf8(`\ufeff${text}`), 'gb18030')).toBe('encoding 1 utf-8');
    expect(await judged(Buffer.concat([gb('\ufeff'), gb(text)]))).toBe('gb18030');
    expect(await judged(utf8(withNotes('五月医保费')), 'gb18030')).toBe('encoding 2 bytes that are not GB18030');
    expect(await judged(gb(withNotes('五月医保费')), 'utf-8')).toBe('encoding 2 bytes that are not UTF-8');
  });

  it.each([
    ['UTF-8', 'utf-8'],
    ['utf8', 'utf-8'],
    ['utf-8-sig', 'utf-8'],
    ['GBK', 'gb18030'],
    ['gb2312', 'gb18030'],
    ['GB18030', 'gb18030'],
    ['cp936', 'gb18030'],
    ['utf-16', 'utf-16le'],
    ['UTF-16BE', 'utf-16be'],
  ])('%s is %s', (name, encoding) => expect(readEncoding(name, 'encoding')).toBe(encoding));

  it.each(['latin1', 'big5', 'shift_jis', '', 'no'])('%j is none', (name) => {
    expect(() => readEncoding(name, 'encoding')).toThrow('no such encoding');
  });

  it.each([
    ['text/csv; charset=gb18030', undefined, 'gb18030'],
    ['text/csv;charset="GBK"', undefined, 'gb18030'],
    ['text/csv; header=present; Charset=GB2312', 'gb18030', 'gb18030'],
    ['application/x-ndjson; charset=UTF-8', undefined, 'utf-8'],
    ['text/csv', 'gbk', 'gb18030'],
    ['text/csv', undefined, undefined],
    [undefined, undefined, undefined],
  ])('of an upload with %s and encoding %s is %s', (type, named, encoding) =>
    expect(encodingOfUpload(type, named)).toBe(encoding),
  );

  it('is refused where an upload names two, or one that is none', () => {
    expect(() => encodingOfUpload('text/csv; charset=utf-8', 'gb18030')).toThrow('two encodings are named');
    expect(() => encodingOfUpload('text/csv; charset=latin1', undefined)).toThrow('no such encoding');
  });
});

describe('UTF-16, as spreadsheets save Unicode text', () => {
  const rows = withNotes('五月医保费', '医院', '😀');
  const manyRows = csvOf(Array.from({ length: 1_000 }, (_, at) => contributionRow({ amount: `${at + 1}.00` })));
  const swapped = (text: string): Uint8Array => Buffer.from(text, 'utf16le').swap16();

  it.each([
    ['little-endian with a mark', Buffer.from(`\ufeff${rows}`, 'utf16le'), 'utf-16le'],
    ['little-endian without', Buffer.from(rows, 'utf16le'), 'utf-16le'],
    ['big-endian with a mark', swapped(`\ufeff${rows}`), 'utf-16be'],
    ['with tabs and CRLF', Buffer.from(rows.replaceAll(',', '\t').replaceAll('\n', '\r\n'), 'utf16le'), 'utf-16le'],
    ['with CR alone', Buffer.from(rows.replaceAll('\n', '\r'), 'utf16le'), 'utf-16le'],
    ['of many pieces', Buffer.from(manyRows, 'utf16le'), 'utf-16le'],
  ])('%s is read', async (_, bytes, encoding) => {
    const own = new Desk();
    const report = await own.import('feed.csv', bytes);
    expect(report).toMatchObject({ outcome: 'posted', encoding, rejected: 0, notes: [{ code: 'utf-16' }, ...tabs(_)] });
    expect((await own.events())[0]).toMatchObject({ note: '五月医保费', line: 2 });
  });
  const tabs = (name: string): object[] => (name.includes('tabs') ? [{ code: 'separator' }] : []);

  it('that is damaged names its line', async () => {
    const bytes = Buffer.concat([Buffer.from(rows, 'utf16le'), Buffer.from([0x00, 0xd8, 0x41, 0x00])]);
    const report = await new Desk().import('feed.csv', bytes);
    expect(report).toMatchObject({ outcome: 'refused', posted: 0 });
    expect(report.errors).toMatchObject([{ code: 'encoding', got: 'bytes that are not UTF-16' }]);
  });
});

describe('a file that is no text', () => {
  const zip = 'PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00';
  it.each([
    ['an Excel workbook (.xlsx)', `${zip}[Content_Types].xml`],
    ['an Excel workbook (.xls)', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00'],
    ['a ZIP archive', `${zip}feed.csv`],
    ['a gzip archive', '\x1f\x8b\x08\x00'],
    ['a PDF', '%PDF-1.7\n'],
    ['a web page or XML (some programs name one .xls)', '\r\n<html><table><tr><td>kind'],
  ])('is named: %s', async (name, latin1) => {
    const report = await new Desk().import('feed.csv', Buffer.from(latin1, 'latin1'));
    expect(report).toMatchObject({ outcome: 'refused', errors: [{ line: 1, code: 'not-text', got: name }] });
  });
});
