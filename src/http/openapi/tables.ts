import { text } from '../../errors.js';
import { list, NATURAL, object, OR_NULL, type Part, said, STRING } from './parts.js';

const CELL = object(
  {
    text: said(STRING, text('所印文字，金额不分节', 'what is printed; amounts without thousands separators')),
    exact: said(
      { type: 'string', pattern: '^-?[0-9]+\\.[0-9]{2}$' },
      text('金额有舍入时：精确到分的元', 'where an amount is rounded: in yuan, to the fen'),
    ),
    to: said(
      { type: 'string', pattern: '^/v1/' },
      text('本格由何而来：下一层查询的地址', 'what the cell is made of: the address of the question that lists it'),
    ),
    role: said(
      { type: 'string', enum: ['total', 'subtotal', 'heading'] },
      text('左右两栏的表中，只有一边是合计、小计时', 'of one side of a form with two, where that side alone is a sum'),
    ),
  },
  'exact',
  'to',
  'role',
);

const SCALE = object({
  unit: said(STRING, text('数值与界限的单位', 'what the figure and the bounds are in')),
  says: said(STRING, text('分级标准的文字', 'the whole in words')),
  bands: list(
    object({
      level: said(STRING, text('等级代码', 'code of the level')),
      name: said(STRING, text('等级名称', 'what the level is called')),
      from: said(OR_NULL, text('下界，十进制数，无下界为 null', 'lower bound, a decimal number; null where none')),
      to: said(OR_NULL, text('上界，无上界为 null', 'upper bound; null where none')),
    }),
    text('各级，由低到高', 'in ascending order of the figure'),
  ),
});

const ROW = object(
  {
    cells: list(CELL, text('各栏的格', 'a cell for each column')),
    scale: said(SCALE, text('本行数值的分级标准', 'what the figure of the row is judged by, where it is')),
    role: said(
      { type: 'string', enum: ['total', 'subtotal', 'rounding', 'heading'] },
      text('合计、小计、舍入差、标题；普通行无', 'absent of a line like any other'),
    ),
    level: said(
      NATURAL,
      text('缩进层次，顶层无', 'how far it is set in, by two spaces of its first cell; absent of the first level'),
    ),
  },
  'scale',
  'role',
  'level',
);

const COLUMN = object(
  {
    number: said(
      { type: 'integer', minimum: 1 },
      text('第几栏（从 1 起），即参数 hiddenColumns 所用', 'which column it is, from 1: as hiddenColumns names it'),
    ),
    name: said(STRING, text('栏名', 'name')),
    kind: said(
      { type: 'string', enum: ['text', 'fen', 'count', 'rate'] },
      text('文字、金额、件数、比率', 'text, an amount of money, a count, a rate'),
    ),
    group: said(STRING, text('与相邻各栏共有的上层栏名', 'a heading over it and its neighbours with the same')),
  },
  'group',
);

const CHECK = object({
  says: said(STRING, text('应成立的关系', 'what must be so')),
  holds: said({ type: 'boolean' }, text('是否成立', 'whether it is')),
});

const TABLE = object({
  name: said(STRING, text('表的代号，即参数 sheet', 'by which it is asked for: the parameter sheet')),
  title: said(STRING, text('表名', 'title')),
  head: list(STRING, text('表名与表格之间的各行', 'lines between the title and the table')),
  unit: said(OR_NULL, text('金额单位，如“单位：万元”', 'what amounts are in; null where there are none')),
  columns: list(COLUMN, text('各栏', 'columns')),
  hidden: list(
    object({ number: said(NATURAL, text('第几栏', 'which column')), name: said(STRING, text('栏名', 'name')) }),
    text('应要求未列的栏', 'columns that were asked to be left out'),
  ),
  rows: list(ROW, text('各行，含舍入差行', 'rows, with those that say what rounding leaves over')),
  notes: list(STRING, text('附注', 'notes')),
  checks: list(CHECK, text('勾稽关系', 'what ties in it, and with others')),
  notListed: said(
    { type: ['integer', 'null'], minimum: 1 },
    text('未列出的项数；全部列出为 null', 'how many things are not listed; null where all are'),
  ),
});

/** An answer laid out as tables, as `tablesOf` makes it. */
export const TABLES: Part = object({
  position: said(NATURAL, text('日志位置', 'position of the log that is shown')),
  from: said(OR_NULL, text('起日', 'first business day, null where there is no bound')),
  to: said(OR_NULL, text('截止日', 'last business day, null where there is no bound')),
  asOf: said(OR_NULL, text('同 to', 'the same as to')),
  recordedAsOf: said(OR_NULL, text('入账截止', 'as recorded by, as it was asked')),
  recordedAsOfIsFinal: said(
    { type: ['boolean', 'null'] },
    text('所问入账时点的回答不会再变', 'what is shown of that moment can no longer change; null where none was asked'),
  ),
  next: said(OR_NULL, text('下一页的 cursor', 'cursor of the next page; null where there is none')),
  tables: list(TABLE, text('各表', 'tables')),
});
