import { expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { groupDigits } from '../../web/src/text/digits.js';
import { show } from './browser.js';
import { bare, type PaperPage, readPdf } from './pdf.js';
import { BOOK } from './places.js';
import { onFreshPages } from './stage.js';

/** A4, lying, in points. */
const A4 = { width: 842, height: 595 };
/** What is smaller cannot be read on paper. */
const LEAST_PT = 6;
const MARGIN_PT = 30;

interface Printed {
  readonly title: string;
  readonly head: readonly string[];
  readonly unit: string | null;
  readonly columns: readonly { readonly kind: string; readonly name: string }[];
  readonly rows: readonly { readonly cells: readonly { readonly text: string }[] }[];
}

/** Presses the key that prints, and makes the paper that the browser then would. */
async function print(page: Page): Promise<PaperPage[]> {
  await page.keyboard.press('p');
  await page.waitForFunction(() => 'isPrinted' in globalThis);
  return readPdf(await page.pdf({ preferCSSPageSize: true }));
}

/** All tables of a question, page by page to its end. */
async function tablesOf(origin: string, asked: string): Promise<Printed[]> {
  const { searchParams, pathname } = new URL(asked, origin);
  const language = searchParams.get('lang') ?? 'zh';
  searchParams.delete('lang');
  searchParams.set('format', 'tables');
  if (/ledger|journal|trail/.test(pathname)) searchParams.set('limit', '500');
  let whole: Printed[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    if (cursor !== '') searchParams.set('cursor', cursor);
    const answer = await fetch(`${origin}/v1${pathname}?${searchParams}`, {
      headers: { 'accept-language': language },
    });
    const { tables, next } = (await answer.json()) as { tables: Printed[]; next: string | null };
    whole =
      whole.length === 0
        ? tables
        : whole.map((table, at) => ({ ...table, rows: [...table.rows, ...tables[at]!.rows] }));
    cursor = next;
  }
  return whole;
}

const cellText = (text: string, kind: string): string => bare(kind === 'text' ? text : groupDigits(text));
const rowText = ({ columns }: Printed, { cells }: Printed['rows'][number]): string =>
  cells.map(({ text }, at) => cellText(text, columns[at]!.kind)).join('');

/** What every page of a table says, in any order: its title, heads, unit of money and names of columns. */
const headOf = ({ title, head, unit, columns }: Printed): string[] =>
  [title, ...head, unit ?? '', ...columns.map(({ name }) => name)].map(bare).filter((text) => text !== '');

function expectPaper(pages: readonly PaperPage[], foot: (page: number, pages: number) => string[]): void {
  for (const [index, { width, height, pieces, text }] of pages.entries()) {
    expect([Math.round(width), Math.round(height)]).toEqual([A4.width, A4.height]);
    for (const said of foot(index + 1, pages.length))
      expect([index, text]).toEqual([index, expect.stringContaining(bare(said))]);
    const outside = pieces.filter(({ left, right }) => left < MARGIN_PT || right > width - MARGIN_PT);
    expect([index, outside]).toEqual([index, []]);
    expect([index, pieces.filter((piece) => piece.height < LEAST_PT)]).toEqual([index, []]);
  }
}

const IN_CHINESE = (page: number, pages: number): string[] => [
  `第 ${page} 页，共 ${pages} 页`,
  '制表：',
  '复核：',
  '主管：',
];
const IN_ENGLISH = (page: number, pages: number): string[] => [
  `Page ${page} of ${pages}`,
  'Prepared by:',
  'Reviewed by:',
  'Approved by:',
];

/** On the pages stand all rows of the tables, each once, in their order; and what a page begins with. */
function expectRows(pages: readonly PaperPage[], tables: readonly Printed[]): void {
  const counts = tables.map((table) => table.rows.map((row) => rowText(table, row)));
  let page = 0;
  let from = 0;
  for (const [index, rows] of counts.entries()) {
    const table = tables[index]!;
    if (index > 0) page += 1;
    from = 0;
    for (const [line, row] of rows.entries()) {
      let at = pages[page]?.text.indexOf(row, from) ?? -1;
      if (at < 0) {
        page += 1;
        from = 0;
        at = pages[page]?.text.indexOf(row) ?? -1;
      }
      expect([table.title, line, row, page, at]).toEqual([
        table.title,
        line,
        row,
        expect.any(Number),
        expect.any(Number),
      ]);
      if (at < 0)
        throw new Error(
          `${table.title}: not on paper behind line ${line - 1}: ${row}, but ${pages[page - 1]?.text ?? ''}`,
        );
      if (from === 0)
        for (const said of headOf(table))
          expect([page, pages[page]!.text]).toEqual([page, expect.stringContaining(said)]);
      from = at + row.length;
    }
  }
  expect(page).toBe(pages.length - 1);
  // Nothing stands there twice: what is left when the rows are taken away is what pages begin and end with.
  const whole = pages.map(({ text }) => text).join('');
  const figures =
    counts
      .flat()
      .join('')
      .match(/\d{1,3}(,\d{3})+\.\d{2}/g) ?? [];
  expect((whole.match(/\d{1,3}(,\d{3})+\.\d{2}/g) ?? []).length).toBe(figures.length);
}

/** What is printed is a paper for the file, page by page. */
onFreshPages.describe('on paper', (scene) => {
  it.each([
    ['a trial balance', `/trial-balance?${BOOK}&zeros=show&level=3`, IN_CHINESE, 2],
    ['a trial balance, in English', `/trial-balance?${BOOK}&lang=en`, IN_ENGLISH, 2],
    ['a statement', '/balance-sheet?fund=employee&unit=460100&to=2024-12-31', IN_CHINESE, 1],
    [
      'the ledger of an account',
      '/account-ledger?fund=employee&unit=460100&from=2024-01-01&to=2024-12-31',
      IN_CHINESE,
      3,
    ],
    ['a journal of more than one page of the service', '/journal?from=2024-05-01&to=2024-06-30', IN_CHINESE, 8],
  ] as const)('%s has all its rows, and each page says what it is', async (_, asked, foot, least) => {
    const { page, service } = scene;
    await page.addInitScript(() => {
      window.print = () => void Object.assign(globalThis, { isPrinted: true });
    });
    await show(page, asked);
    const pages = await print(page);
    const tables = await tablesOf(service.address, asked);
    expect(pages.length).toBeGreaterThanOrEqual(least);
    expectPaper(pages, foot);
    expectRows(pages, tables);
    for (const menu of ['导出', '打印', 'Export', '列出零行', '键盘'])
      expect(pages.some(({ pieces }) => pieces.some(({ text }) => text === menu))).toBe(false);
  });

  it('a statement names who draws it up, and a list what its pages carry over', async () => {
    const { page } = scene;
    await show(page, '/balance-sheet?fund=employee&unit=460100&to=2024-12-31');
    const pages = await readPdf(await page.pdf({ preferCSSPageSize: true }));
    for (const { text } of pages) expect(text).toContain(bare('编制单位：460100 海口市'));
  });

  it('a voucher is the form of a voucher, signed, and alone', async () => {
    const { page, service } = scene;
    const id = 'book-employee-460100-101';
    await show(page, `/vouchers/${id}`);
    const pages = await readPdf(await page.pdf({ preferCSSPageSize: true }));
    const printed = (await (await fetch(`${service.address}/v1/vouchers/${id}/print`)).json()) as {
      unit: string;
      fund: string;
      sheets: {
        number: string;
        lines: { summary: string; account: string; debit: string | null; credit: string | null }[];
      }[];
      totalInWords: string;
      total: string;
      maker: string;
      reviewer: string;
    };
    expect(pages).toHaveLength(printed.sheets.length);
    expectPaper(pages, (number, count) => [`第 ${number} 页，共 ${count} 页`]);
    const text = pages.map((each) => each.text).join('');
    const said = [
      '记账凭证',
      `核算单位：${printed.unit} ${printed.fund}`,
      `合计：${printed.totalInWords}`,
      groupDigits(printed.total),
      `制单：${printed.maker}`,
      `复核：${printed.reviewer}`,
      ...printed.sheets.flatMap(({ number, lines }) => [
        number,
        ...lines.flatMap(({ summary, account, debit, credit }) => [
          summary,
          account,
          ...[debit, credit].flatMap((yuan) => (yuan === null ? [] : [groupDigits(yuan)])),
        ]),
      ]),
    ];
    expect(said.filter((each) => !text.includes(bare(each)))).toEqual([]);
    expect(text).not.toContain(bare('所存的字节'));
  });
});
