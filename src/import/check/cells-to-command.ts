import { text, show } from '../../errors.js';
import { type Adopted } from '../../reference/adopted.js';
import { fieldsOf } from '../../kinds/fields.js';
import { type SentKind } from '../../kinds/kind.js';
import { SENT_KINDS } from '../../catalogue/registry.js';
import { isBlank } from '../../text/foreign-text.js';
import { type CellPlace, cellValue, type Spelling } from './cell-values.js';
import { isFieldOfAny, isRowNumber, otherColumn, type OtherColumn, type Target, targetOf } from './columns.js';
import { type LineError } from '../../text/unreadable-file.js';

/** The header of a CSV file, understood. */
export interface Header {
  readonly line: number;
  readonly names: readonly string[];
  /** The index of the column that says the kind of a line. */
  readonly kindAt: number;
  /** The index of the column of the line's own key; -1 where there is none. */
  readonly keyAt: number;
  /** The index of the reasons of a rejected line, which make the file one of ours; -1 where there are none. */
  readonly reasonsAt: number;
}

/** How the cells of one kind of line become a command: worked out once for a header and a kind. */
export interface Plan {
  readonly fields: readonly PlanField[];
  /** Columns that are no field of this kind: their cells must be empty. */
  readonly foreign: readonly number[];
  /** The column's name by the JSON pointer of its field, for errors. */
  readonly names: ReadonlyMap<string, string>;
}

interface PlanCell {
  readonly property: string;
  readonly at: number;
  readonly spelling: Spelling;
  /** The code for a word, in a field of a closed list. */
  readonly codeOf: ((word: string) => string | undefined) | undefined;
  /** What the file calls the column. */
  readonly name: string;
}

interface PlanObject {
  readonly property: string;
  readonly inner: readonly PlanField[];
  /** Where it is, its absence has the errors of its own fields. */
  readonly isRequired: boolean;
}

type PlanField = PlanCell | PlanObject;

/** Reads a header. What is wrong in it is reported at its line. */
export function readHeader(
  names: readonly string[],
  line: number,
  adopted: Adopted,
): { header: Header; errors: LineError[] } {
  const errors: LineError[] = [];
  const seen = new Set<string>();
  for (const name of names) {
    if (isBlank(name) || isRowNumber(name)) continue;
    const other = otherColumn(name);
    if (seen.has(other ?? name)) errors.push(headerError(line, name, 'duplicate-column', DIFFERENT, name));
    else if (!isKnownName(name, adopted)) errors.push(headerError(line, name, 'unknown-column', KNOWN, name));
    seen.add(other ?? name);
  }
  const at = (column: OtherColumn): number => names.findIndex((name) => otherColumn(name) === column);
  const kindAt = at('kind');
  if (kindAt < 0) errors.push(headerError(line, 'kind', 'missing-column', KIND_COLUMN, names.join(',').slice(0, 80)));
  return { header: { line, names, kindAt, keyAt: at('key'), reasonsAt: at('reasons') }, errors };
}

const DIFFERENT = text('互不相同的列', 'columns that differ from one another');
const KNOWN = text('某一业务种类的字段名，或 kind、key', 'the name of a field of some kind of command, or kind or key');
const KIND_COLUMN = text('kind（业务种类）列', 'a column kind');

const headerError = (line: number, field: string, code: string, expected: LineError['expected'], got: string) => ({
  line,
  field,
  code,
  expected,
  got: show(got),
});

/** True for the name of a field of some kind, or of one of the other columns. */
export const isKnownName = (name: string, adopted: Adopted): boolean =>
  otherColumn(name) !== undefined || isFieldOfAny(COMMANDS, name, adopted);

const COMMANDS = SENT_KINDS.map(({ command }) => command);

/** Works out how lines of a kind become commands; reports two columns that name the same field. */
export function planFor(kind: SentKind, header: Header, adopted: Adopted): { plan: Plan; errors: LineError[] } {
  const columns: PlanColumn[] = [];
  const foreign: number[] = [];
  const names = new Map<string, string>();
  const errors: LineError[] = [];
  for (const [at, name] of header.names.entries()) {
    if (isRowNumber(name)) continue;
    const other = otherColumn(name);
    if (other) {
      names.set(`/${other}`, name);
      continue;
    }
    const target = targetOf(kind.command, name, adopted);
    if (!target) {
      foreign.push(at);
      continue;
    }
    const pointer = target.path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    const first = names.get(pointer);
    if (first !== undefined)
      errors.push(headerError(header.line, name, 'duplicate-column', DIFFERENT, `${first}, ${name}`));
    names.set(pointer, name);
    columns.push({ at, name, target });
  }
  return { plan: { fields: planFields(kind.command, columns, 0), foreign, names }, errors };
}

interface PlanColumn {
  readonly at: number;
  readonly name: string;
  readonly target: Target;
}

/** The fields of a class that have columns, and the nested ones that must be there also without. */
function planFields(type: new () => object, columns: readonly PlanColumn[], depth: number): PlanField[] {
  const byProperty = Map.groupBy(columns, ({ target }) => target.path[depth]!);
  return fieldsOf(type).flatMap(({ property, kind, nested, optional }): PlanField[] => {
    const own = byProperty.get(property) ?? [];
    if (kind === 'nested')
      return [{ property, inner: planFields(nested!, own, depth + 1), isRequired: !optional && depth === 0 }];
    if (kind === 'amounts')
      return [{ property, inner: own.map((column) => leaf(column, depth + 1)), isRequired: false }];
    return own.map((column) => leaf(column, depth));
  });
}

const leaf = ({ at, name, target }: PlanColumn, depth: number): PlanCell => ({
  property: target.path[depth]!,
  at,
  name,
  spelling: target.spelling,
  codeOf: target.codeOf,
});

/**
 * A command's fields from the cells of its line; undefined where all are empty. An empty cell is an absent field; what
 * a cell means follows from what its field holds, and a word stands for its code.
 */
export function commandOf(
  fields: readonly PlanField[],
  cells: readonly string[],
  place: CellPlace,
): Record<string, unknown> | undefined {
  let command: Record<string, unknown> | undefined;
  for (const field of fields) {
    const value = 'inner' in field ? innerOf(field, cells, place) : valueOf(field, cells, place);
    if (value !== undefined) (command ??= {})[field.property] = value;
  }
  return command;
}

const innerOf = (field: PlanObject, cells: readonly string[], place: CellPlace): object | undefined =>
  commandOf(field.inner, cells, place) ?? (field.isRequired ? {} : undefined);

function valueOf(
  { at, spelling, name, codeOf }: PlanCell,
  cells: readonly string[],
  place: CellPlace,
): string | number | undefined {
  const value = cellValue(cells[at]!, spelling, name, place);
  return codeOf && typeof value === 'string' ? (codeOf(value) ?? value) : value;
}
