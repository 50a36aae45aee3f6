import { type Answer } from '../../api/ask.ts';
import { type Row, type Table } from '../../api/tables.ts';
import { type Text, text } from '../../text/text.ts';

type Found = Pick<Answer<'/v1/search'>, 'groups'>;

const SHEET = 'hits';
const TITLE = text('查找', 'Search');
/** With their numbers in the sheet of the service, by which they are left out of it. */
const COLUMNS = [
  { number: 2, name: text('名称', 'name'), kind: 'text' },
  { number: 3, name: text('说明', 'detail'), kind: 'text' },
  { number: 4, name: text('金额（元）', 'amount (yuan)'), kind: 'fen' },
] as const;
const ALL_OF_THEM = text('还有更多：列出全部', 'there are more: list all of them');

/**
 * What was found as one table with a heading over each kind; a name leads to what it is.
 * @param written the columns that are left out, as the address has them
 */
export function tableOf({ groups }: Found, say: (said: Text) => string, written = ''): Table {
  const isSeen = (index: number): boolean => !written.split(',').includes(`${SHEET}.${COLUMNS[index]!.number}`);
  const columns = COLUMNS.map(({ number, name, kind }) => ({ number, name: say(name), kind }));
  return {
    name: SHEET,
    title: say(TITLE),
    head: [],
    unit: null,
    columns: columns.filter((_, index) => isSeen(index)),
    hidden: columns.filter((_, index) => !isSeen(index)),
    rows: groups
      .flatMap(({ name, hits, isMore, more }): Row[] => [
        { role: 'heading', cells: cellsOf(say(name)) },
        ...hits.map(({ label, detail, amount, to }): Row => {
          const [first, ...others] = cellsOf(say(label), detail ? say(detail) : '', amount ?? '');
          return { cells: [{ ...first!, to }, ...others] };
        }),
        ...(isMore && more !== null
          ? [{ cells: [{ text: say(ALL_OF_THEM), to: more }, ...cellsOf('').slice(1)] }]
          : []),
      ])
      .map((row) => ({ ...row, cells: row.cells.filter((_, index) => isSeen(index)) })),
    notes: [],
    checks: [],
    notListed: null,
  };
}

const cellsOf = (...texts: readonly string[]): { text: string }[] =>
  COLUMNS.map((_, index) => ({ text: texts[index] ?? '' }));
