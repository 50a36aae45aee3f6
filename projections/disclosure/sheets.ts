import { type Text, text } from '../../src/errors.js';
import { formatFen } from '../../src/money.js';
import { type Adopted, ALL_FUNDS } from '../../src/reference/adopted.js';
import { fenColumn, textColumn, titleOf } from '../fund-balance/sheets.js';
import { type Shown } from '../asking/interval.js';
import { addressOf, voucherAt } from '../asking/addresses.js';
import { type Cell, type Mark, type Sheet } from '../asking/question.js';
import { type Compared, type Held } from './compare.js';
import { type FundFigures } from './figures.js';
import { type Disclosure } from './published.js';

const FIGURES: Readonly<Record<keyof FundFigures, Text>> = {
  opening: text('期初累计结余', 'balance before'),
  income: text('收入', 'income'),
  expenditure: text('支出', 'expenditure'),
  closing: text('累计结余', 'balance'),
};

/** A unit by itself; of the one above all the figures are those of the province as one. */
const ownUnit = (adopted: Adopted, unit: string): string | undefined =>
  adopted.units.find(unit)?.parent === undefined ? undefined : unit;

const days = ({ from, to }: { readonly from: string | null; readonly to: string }): string =>
  from === null ? to : `${from}—${to}`;

const mark = (holds: boolean | null): Cell =>
  holds === null ? text('未注明依据', 'drawn at no position') : holds ? '✓' : '✗';

/** What was published, one row for each fund, with the books of today and whether they still say so. */
export function disclosureSheet(adopted: Adopted, checked: readonly Held[], shown: Shown): Sheet {
  const { recordedAsOf, ...interval } = shown;
  return {
    name: 'disclosures',
    title: titleOf(text('信息公开核对', 'Disclosures against the books'), interval),
    columns: [
      textColumn('公开日期', 'published on'),
      textColumn('标题', 'title'),
      textColumn('所属期', 'of the days'),
      textColumn('文号', 'document'),
      textColumn('文件 SHA-256', 'SHA-256 of the document'),
      textColumn('所依日志位置', 'drawn at'),
      textColumn('基金', 'fund'),
      fenColumn('收入', 'income'),
      fenColumn('支出', 'expenditure'),
      fenColumn('累计结余', 'balance'),
      textColumn('现账与公开时一致', 'books still give it'),
    ],
    rows: checked.flatMap(({ disclosure, now, stillGives, differences }) =>
      [...now].map(([fund, { income, expenditure, closing }]): Cell[] => [
        disclosure.businessDate,
        disclosure.title,
        days(disclosure),
        disclosure.document,
        disclosure.sha256,
        disclosure.drawnAt === null ? null : String(disclosure.drawnAt),
        adopted.funds.nameOf(fund),
        income,
        expenditure,
        closing,
        mark(stillGives === null ? null : !differences.some((each) => each.fund === fund)),
      ]),
    ),
    marks: checked.flatMap(({ disclosure, now }) =>
      [...now].map(([fund]) => markOf(adopted, disclosure, fund, recordedAsOf)),
    ),
    checks: [
      {
        says: text('公开的数字，现账仍然相同', 'the books still give what was published'),
        holds: checked.every(({ stillGives }) => stillGives !== false),
      },
    ],
    unit: 'yi',
    notes: checked.flatMap(({ disclosure, differences }) =>
      differences.map(({ fund, figure, drawn, today }) => {
        const { zh, en } = adopted.funds.nameOf(fund);
        const [was, is] = [formatFen(drawn), formatFen(today)];
        return text(
          `${disclosure.title}：${zh}${FIGURES[figure].zh}公开时 ${was} 元，现账 ${is} 元。`,
          `${disclosure.title}: ${FIGURES[figure].en} of ${en} was ${was} yuan when it was drawn and is ${is} now.`,
        );
      }),
    ),
  };
}

/** What a disclosure leads to: its memo, the books that it was drawn from, and those of now. */
function markOf(
  adopted: Adopted,
  { id, from, to, unit, drawnAt }: Disclosure,
  fund: string,
  recordedAsOf: string | undefined,
): Mark {
  const memo = voucherAt(id);
  const of = { fund, unit: ownUnit(adopted, unit), from, to };
  const books = addressOf('balances', { ...of, recordedAsOf });
  const drawn = drawnAt === null ? undefined : addressOf('balances', { ...of, recordedAsOf: `position:${drawnAt}` });
  return { links: [memo, memo, undefined, undefined, memo, drawn, undefined, books, books, books] };
}

/** Published figures beside those of the books. */
export function comparisonSheet(adopted: Adopted, compared: readonly Compared[], shown: Shown): Sheet {
  const { recordedAsOf, ...interval } = shown;
  return {
    name: 'figures',
    title: titleOf(text('公布指标与账簿核对', 'Published figures against the books'), interval),
    columns: [
      textColumn('公布日期', 'published on'),
      textColumn('数据来源', 'stated by'),
      textColumn('基金', 'fund'),
      textColumn('核算单位', 'unit'),
      textColumn('所属期', 'of the days'),
      textColumn('指标', 'figure'),
      fenColumn('公布数', 'published'),
      fenColumn('账簿数', 'books'),
      fenColumn('差额', 'difference'),
      textColumn('按公布精度相符', 'the same as far as published'),
    ],
    rows: compared.map(({ published, figure, said, books, agrees }): Cell[] => [
      published.businessDate,
      published.statedBy,
      adopted.fundsOrAll.nameOf(published.fund),
      adopted.unitName(published.unit),
      days(published),
      FIGURES[figure],
      said,
      books,
      books === null ? null : books - said,
      agrees ? '✓' : '✗',
    ]),
    marks: compared.map(({ published: { id, fund, unit, from, to } }): Mark => {
      const of = { unit: ownUnit(adopted, unit), from: from ?? undefined, to };
      const books = addressOf('balances', { fund: fund === ALL_FUNDS ? undefined : fund, ...of, recordedAsOf });
      const none = undefined;
      return { links: [voucherAt(id), none, none, none, none, none, voucherAt(id), books] };
    }),
    checks: [
      {
        says: text(
          '公布数与账簿数按公布精度相符',
          'published figures are those of the books as far as they were published',
        ),
        holds: compared.every(({ agrees }) => agrees),
      },
    ],
    unit: 'yi',
  };
}
