import { text } from '../text/text.ts';
import { ChoiceFilter } from './choice-filter.tsx';
import { NameFilter } from './name-filter.tsx';
import { TextFilter } from './text-filter.tsx';

const SERIES = text('凭证字', 'Series');
const ALL = text('全部', 'all');
const CHOICES = [
  { value: 'receipt', name: text('收', 'receipt 收') },
  { value: 'payment', name: text('付', 'payment 付') },
  { value: 'transfer', name: text('转', 'transfer 转') },
];

/** By what lists of vouchers are filtered beside their books, days and account. */
export function VoucherFilters() {
  return (
    <>
      <ChoiceFilter name="voucherType" label={SERIES} choices={CHOICES} none={ALL} />
      <TextFilter name="fromNumber" label={text('凭证号自', 'Numbers from')} isFigure />
      <TextFilter name="toNumber" label={text('凭证号至', 'Numbers to')} isFigure />
      <TextFilter name="minAmount" label={text('金额自', 'Amounts from')} isFigure />
      <TextFilter name="maxAmount" label={text('金额至', 'Amounts to')} isFigure />
      <NameFilter name="kind" label={text('种类', 'Kind')} />
      <NameFilter name="caseId" label={text('案件', 'Case')} />
      <NameFilter name="maker" label={text('经办', 'Maker')} />
      <NameFilter name="reviewer" label={text('复核', 'Reviewer')} />
      <TextFilter name="counterparty" label={text('对方', 'Counterparty')} example={text('对方编号', 'its number')} />
      <TextFilter name="q" label={text('检索词', 'Words')} example={text('摘要、凭证号…', 'note, number…')} />
    </>
  );
}
