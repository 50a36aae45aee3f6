import { type Table } from '../api/tables.ts';
import { secondSide } from './sides.ts';

type Columns = Table['columns'];

interface Props {
  readonly table: Table;
  /** The least room of each column, in characters; of those that have one. */
  readonly least: readonly (number | undefined)[];
}

/** The names of the columns; where some stand under one heading, in two lines. */
export function SheetHead({ table, least }: Props) {
  const { columns } = table;
  const groups = groupsOf(columns);
  const hasGroups = columns.some(({ group }) => group !== undefined);
  const side = secondSide(columns);
  const classOf = (kind: string, index: number) => (kind !== 'text' ? 'figure' : index === side ? 'side' : undefined);
  const name = (column: Columns[number], index: number, rowSpan?: number) => (
    <th
      key={index}
      scope="col"
      rowSpan={rowSpan}
      className={classOf(column.kind, index)}
      style={least[index] === undefined ? undefined : { minWidth: `${least[index]}ch` }}
    >
      {column.name}
    </th>
  );
  if (!hasGroups)
    return (
      <thead>
        <PaperHead table={table} />
        <tr>{columns.map((column, index) => name(column, index))}</tr>
      </thead>
    );
  return (
    <thead>
      <PaperHead table={table} />
      <tr>
        {groups.map(({ group, from, columns: under }) =>
          group === undefined ? (
            name(under[0]!, from, 2)
          ) : (
            <th key={from} scope="colgroup" colSpan={under.length} className="group">
              {group}
            </th>
          ),
        )}
      </tr>
      <tr>{columns.map((column, index) => (column.group === undefined ? null : name(column, index)))}</tr>
    </thead>
  );
}

/** What every page of paper says: what it is, of whom and of when. On a screen it stands over the table. */
function PaperHead({ table: { title, head, unit, columns } }: { readonly table: Table }) {
  return (
    <tr className="on-paper">
      <th colSpan={columns.length}>
        <strong>{title}</strong>
        {head.map((line) => (
          <span key={line}>{line}</span>
        ))}
        {unit !== null && <em>{unit}</em>}
      </th>
    </tr>
  );
}

interface Group {
  readonly group: string | undefined;
  readonly from: number;
  readonly columns: Columns;
}

/** Columns that follow each other under the same heading; one without a heading is by itself. */
function groupsOf(columns: Columns): Group[] {
  const groups: Group[] = [];
  for (const [from, column] of columns.entries()) {
    const last = groups.at(-1);
    if (last && last.group !== undefined && last.group === column.group)
      groups[groups.length - 1] = { ...last, columns: [...last.columns, column] };
    else groups.push({ group: column.group, from, columns: [column] });
  }
  return groups;
}
