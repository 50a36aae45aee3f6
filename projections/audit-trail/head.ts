import { type Text, text } from '../../src/errors.js';
import { type Adopted, ALL_FUNDS } from '../../src/reference/adopted.js';
import { type OpenInterval } from '../asking/interval.js';
import { type FilteredParameters, filterLines } from './filters.js';

type Listed = FilteredParameters & { readonly [name in 'fund' | 'unit' | 'source']?: string | undefined };

/** What stands above the rows of a list of vouchers: of which books and days it is, and by what it is filtered. */
export function listHead(parameters: Listed, { from, to }: OpenInterval, adopted: Adopted): Text[] {
  const { fund, unit, source } = parameters;
  const ofFund = fund === undefined || fund === ALL_FUNDS ? text('全部基金', 'all funds') : adopted.funds.nameOf(fund);
  const ofUnit = unit === undefined ? text('全部核算单位', 'all units') : adopted.unitName(unit);
  return [
    text(`账簿：${ofFund.zh} ${ofUnit.zh}`, `Book: ${ofFund.en} ${ofUnit.en}`),
    daysLine(from, to),
    ...(source === undefined ? [] : [text(`导入的文件：${source}`, `Imported file: ${source}`)]),
    ...filterLines(parameters),
  ];
}

function daysLine(from: string | undefined, to: string | undefined): Text {
  if (from === undefined && to === undefined) return text('全部日期', 'all days');
  if (to === undefined) return text(`${from} 起`, `from ${from}`);
  return from === undefined ? text(`至 ${to}`, `to ${to}`) : text(`${from} 至 ${to}`, `${from} to ${to}`);
}
