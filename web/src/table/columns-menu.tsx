import { Button, Popover } from 'antd';
import { useAddress } from '../address/address.ts';
import { type Table } from '../api/tables.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';
import { columnsOf, HIDDEN_COLUMNS, withAllColumns, withColumn } from './hidden.ts';

const COLUMNS = text('列', 'Columns');
const ALL = text('全部列出', 'Show all');

/** Which columns of a table are seen. It stands in the address, and paper and files have those columns too. */
export function ColumnsMenu({ table }: { readonly table: Table }) {
  const say = useSay();
  const { own, change } = useAddress();
  const written = own(HIDDEN_COLUMNS);
  const columns = columnsOf(table, written);
  const seen = columns.filter(({ isSeen }) => isSeen).length;
  const isWhole = seen === columns.length;
  const content = (
    <div className="columns">
      {columns.map((column) => (
        <label key={column.number}>
          <input
            type="checkbox"
            checked={column.isSeen}
            disabled={column.isSeen && seen === 1}
            onChange={() => change({ [HIDDEN_COLUMNS]: withColumn(written, table, column) })}
          />
          {column.name}
        </label>
      ))}
      {!isWhole && (
        <Button size="small" onClick={() => change({ [HIDDEN_COLUMNS]: withAllColumns(written, table) })}>
          {say(ALL)}
        </Button>
      )}
    </div>
  );
  return (
    <Popover content={content} trigger="click" placement="bottomRight">
      <Button size="small">
        {say(COLUMNS)}
        {!isWhole && ` ${seen}/${columns.length}`}
      </Button>
    </Popover>
  );
}
