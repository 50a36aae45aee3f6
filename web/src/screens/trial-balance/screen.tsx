import { Button } from 'antd';
import { useMemo } from 'react';
import { type Address, useAddress } from '../../address/address.ts';
import { useShow } from '../../address/shown.tsx';
import { useTables } from '../../api/ask.ts';
import { type Table } from '../../api/tables.ts';
import { ChoiceFilter } from '../../filters/choice-filter.tsx';
import { Filters } from '../../filters/filters.tsx';
import { SavedMenu } from '../../filters/saved-menu.tsx';
import { useShortcuts } from '../../shell/keyboard.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { ReportTable } from '../../table/report.tsx';
import { useTree } from '../../table/tree.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';

const TAKES = ['fund', 'unit', 'scope', 'from'];
const LEVEL = text('级次', 'Levels');
const LEVELS = [
  { value: '1', name: text('一级：总账科目', '1: statutory accounts') },
  { value: '2', name: text('二级：明细科目', '2: with details') },
  { value: '3', name: text('三级：统筹与个人账户', '3: with shares') },
];
const TWO = text('二级（默认）', '2 (usual)');
const COMPARE = text('对比', 'Compare with');
const WITH = [
  { value: 'previous', name: text('上一期', 'the period before') },
  { value: 'year-before', name: text('上年同期', 'the same period a year earlier') },
];
const NOTHING = text('不对比', 'nothing');
const ZEROS_SHOWN = text('隐藏零行', 'Hide zero rows');
const ZEROS_HIDDEN = text('列出零行', 'Show zero rows');
const OPEN_ALL = text('全部展开', 'Open all');
const CLOSE_ALL = text('全部收起', 'Close all');

const SHOW = 'show';
const otherZeros = ({ get }: Address) => ({ zeros: get('zeros') === SHOW ? undefined : SHOW });

/** The trial balance as a tree, with zero rows on demand, beside another period. */
export function Component() {
  const say = useSay();
  const { get, change } = useAddress();
  const asking = useTables('/v1/trial-balance');
  useShow(asking.data?.pages[0]);
  const hasZeros = get('zeros') === SHOW;
  const zeros = hasZeros ? ZEROS_SHOWN : ZEROS_HIDDEN;
  const given = useMemo(() => [{ keys: 'z', says: zeros, act: () => change(otherZeros) }], [zeros, change]);
  useShortcuts(given);
  const compared = get('compareWith');
  // Another period than these two stands in the address, and is offered as it is written there.
  const choices =
    compared === undefined || WITH.some(({ value }) => value === compared)
      ? WITH
      : [...WITH, { value: compared, name: text(compared, compared) }];
  return (
    <>
      <Filters takes={TAKES}>
        <ChoiceFilter name="level" label={LEVEL} choices={LEVELS} none={TWO} />
        <ChoiceFilter name="compareWith" label={COMPARE} choices={choices} none={NOTHING} />
        <Button onClick={given[0]!.act} aria-pressed={hasZeros} title={`${say(zeros)} z`}>
          {say(zeros)}
        </Button>
        <SavedMenu />
      </Filters>
      <Waiting asking={asking}>
        {() =>
          asking.data?.pages[0]?.tables.map((table, index) => (
            <TreeTable key={table.name} table={table} hasKeys={index === 0} />
          ))
        }
      </Waiting>
    </>
  );
}

function TreeTable({ table, hasKeys }: { readonly table: Table; readonly hasKeys: boolean }) {
  const say = useSay();
  const { rows, toggles, openAll, closeAll } = useTree(table.rows);
  return (
    <ReportTable
      table={table}
      rows={rows}
      toggles={toggles}
      hasKeys={hasKeys}
      actions={
        <>
          <Button size="small" onClick={openAll}>
            {say(OPEN_ALL)}
          </Button>
          <Button size="small" onClick={closeAll}>
            {say(CLOSE_ALL)}
          </Button>
        </>
      }
    />
  );
}
