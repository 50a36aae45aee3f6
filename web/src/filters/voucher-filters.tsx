import { text } from '../text/text.ts';
import { ChoiceFilter } from './choice-filter.tsx';
import { MoreFilters } from './more-filters.tsx';
import { NameFilter } from './name-filter.tsx';
import { TextFilter } from './text-filter.tsx';

const SERIES = text('凭证字', 'Series');
const ALL = text('全部', 'all');
const CHOICES = [
  { value: 'receipt', name: text('收', 'receipt 收') },
  { value: 'payment', name: text('付', 'payment 付') },
  { value: 'transfer', name: text('转', 'transfer 转') },
];
/** What few filter by. */
const FEW = ['voucherType', 'fromNumber', 'toNumber', 'caseId', 'maker', 'reviewer', 'counterparty'];

/** By what lists of vouchers are filtered beside their books, days and account. */
export function VoucherFilters() {
  return (
    <>
      <NameFilter name="kind" label={text('种类', 'Kind')} />
      <TextFilter name="minAmount" label={text('金额自', 'Amounts from')} isFigure />
      <TextFilter name="maxAmount" label={text('金额至', 'Amounts to')} isFigure />
      <TextFilter name="q" label={text('检索词', 'Words')} example={text('摘要、凭证号…', 'note, number…')} />
    </>
  );
}

/** By what else they are filtered. */
export function MoreVoucherFilters() {
  return (
    <MoreFilters names={FEW}>
      <ChoiceFilter name="voucherType" label={SERIES} choices={CHOICES} none={ALL} />
      <TextFilter name="fromNumber" label={text('凭证号自', 'Numbers from')} isFigure />
      <TextFilter name="toNumber" label={text('凭证号至', 'Numbers to')} isFigure />
      <NameFilter name="caseId" label={text('案件', 'Case')} />
      <NameFilter name="maker" label={text('经办', 'Maker')} />
      <NameFilter name="reviewer" label={text('复核', 'Reviewer')} />
      <TextFilter name="counterparty" label={text('对方', 'Counterparty')} example={text('对方编号', 'its number')} />
    </MoreFilters>
  );
}
