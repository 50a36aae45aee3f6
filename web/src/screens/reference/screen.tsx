import { useAddress } from '../../address/address.ts';
import { useShow } from '../../address/shown.tsx';
import { useTables } from '../../api/ask.ts';
import { ChoiceFilter } from '../../filters/choice-filter.tsx';
import { DayField } from '../../filters/day-field.tsx';
import { Filters } from '../../filters/filters.tsx';
import { Waiting } from '../../shell/waiting.tsx';
import { ReportTable } from '../../table/report.tsx';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';

const DAY = text('某日有效', 'What holds on');
const SINCE = text('变更自', 'Changes from');
const PART = text('部分', 'Part');
const ALL = text('全部', 'all');
const PARTS = [
  { value: 'changes', name: text('变更：何时、由谁、此前', 'Changes: when, by whom, before') },
  { value: 'policies', name: text('参数', 'Policies') },
  { value: 'accounts', name: text('会计科目', 'Chart of accounts') },
  { value: 'units', name: text('核算单位', 'Units') },
  { value: 'funds', name: text('基金', 'Funds') },
  { value: 'windows', name: text('集中缴费期', 'Collection windows') },
];
const HOW = text(
  '所列为该日有效的资料；“变更”列出至该日为止何时起改为什么、此前是什么、由谁决定。',
  'What holds on that day; the changes say what came to hold when up to then, what held before, and who decided it.',
);
/** Other words for the day. */
const SAME = ['at'];

/** What is adopted on a day, part by part, and what changed when. */
export function Component() {
  const say = useSay();
  const { own } = useAddress();
  const part = own('part');
  const asking = useTables('/v1/reference');
  const [answer] = asking.data?.pages ?? [];
  useShow(answer);
  const tables = answer?.tables.filter(({ name }) => part === undefined || name === part) ?? [];
  return (
    <>
      <Filters takes={NOTHING}>
        <DayField name="to" label={DAY} shown={answer?.to ?? undefined} clears={SAME} />
        <DayField name="from" label={SINCE} shown={say(ALL)} />
        <ChoiceFilter name="part" label={PART} choices={PARTS} none={ALL} />
      </Filters>
      <p className="note">{say(HOW)}</p>
      <Waiting asking={asking}>
        {() => tables.map((table, index) => <ReportTable key={table.name} table={table} hasKeys={index === 0} />)}
      </Waiting>
    </>
  );
}

const NOTHING: readonly string[] = [];
