import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useAddress } from '../address/address.ts';
import { useShow } from '../address/shown.tsx';
import { type QuestionPath, type TablesResult, useTables } from '../api/ask.ts';
import { type Row, type Table, type Tables } from '../api/tables.ts';
import { Waiting } from '../shell/waiting.tsx';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';
import { Checks } from './checks.tsx';
import { ColumnsMenu } from './columns-menu.tsx';
import { ExportMenu } from './export-menu.tsx';
import { SheetTable } from './sheet-table.tsx';
import { type Toggle } from './tree.ts';

const NOT_LISTED = text('另有未列出：', 'not listed here: ');

/** The tables of a question, asked what the address asks, with their checks, notes and exports. */
export function Report({ path, above }: { readonly path: QuestionPath; readonly above?: ReactNode }) {
  const asking = useTables(path);
  useShow(asking.data?.pages[0]);
  return (
    <Waiting asking={asking}>
      {() => (
        <>
          {above}
          <ReportTables asking={asking} />
        </>
      )}
    </Waiting>
  );
}

/** Tables that have been asked for; those of further pages go on where they ended. */
export function ReportTables({ asking }: { readonly asking: TablesResult }) {
  const pages = asking.data?.pages;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = asking;
  const onEnd = useMemo(
    () => (hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined),
    [hasNextPage, isFetchingNextPage, fetchNextPage],
  );
  const tables = useMemo(() => joined(pages ?? []), [pages]);
  const print = usePrintWhole(asking);
  return tables.map(({ table, rows }, index) => (
    <ReportTable
      key={table.name}
      table={table}
      rows={rows}
      onEnd={index === tables.length - 1 ? onEnd : undefined}
      hasKeys={index === 0}
      onPrint={print}
    />
  ));
}

/** Prints a long list as a whole: its pages that were not scrolled to are fetched before. */
function usePrintWhole({ hasNextPage, isFetchingNextPage, isError, fetchNextPage }: TablesResult): () => void {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    if (!isWanted) return;
    if (hasNextPage && !isError) {
      if (!isFetchingNextPage) void fetchNextPage();
      return;
    }
    setWanted(false);
    if (!isError) print();
  }, [isWanted, hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  return useCallback(() => setWanted(true), []);
}

interface Props {
  readonly table: Table;
  readonly rows?: readonly Row[];
  readonly onEnd?: (() => void) | undefined;
  readonly hasKeys?: boolean;
  /** How the rows that have others under them are opened and closed. */
  readonly toggles?: ReadonlyMap<Row, Toggle>;
  /** What else can be done with it, beside its exports. */
  readonly actions?: ReactNode;
  /** How it is printed, where more is fetched for that. */
  readonly onPrint?: () => void;
}

/** One table with what stands over it and under it. */
export function ReportTable({ table, rows, onEnd, hasKeys, toggles, actions, onPrint }: Props) {
  const say = useSay();
  const address = useAddress();
  return (
    <section className="report" aria-label={[table.title, ...table.head].join(' ')}>
      <header className="on-screen">
        <div className="title">
          <h2>{table.title}</h2>
          {table.unit !== null && <span className="unit">{table.unit}</span>}
          {actions && <span className="more-actions">{actions}</span>}
          <span className="actions">
            <ColumnsMenu table={table} />
            <ExportMenu
              sheet={table.name}
              address={address}
              hasKeys={hasKeys ?? false}
              isLong={onEnd !== undefined}
              onPrint={onPrint}
            />
          </span>
        </div>
        {table.head.map((line) => (
          <p key={line} className="head">
            {line}
          </p>
        ))}
      </header>
      <SheetTable table={table} rows={rows} onEnd={onEnd} hasKeys={hasKeys} toggles={toggles} />
      <Checks checks={table.checks} />
      {table.notListed !== null && (
        <p className="note">
          {say(NOT_LISTED)}
          {table.notListed}
        </p>
      )}
      {table.notes.map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
    </section>
  );
}

/** The tables of the first page, each with the rows of all pages that were fetched. */
function joined(pages: readonly Tables[]): { readonly table: Table; readonly rows: readonly Row[] }[] {
  const [first] = pages;
  return (first?.tables ?? []).map((table) => {
    const rows = pages.flatMap(({ tables }) => tables.find(({ name }) => name === table.name)?.rows ?? []);
    return { table, rows: pages.length === 1 ? table.rows : rows };
  });
}
