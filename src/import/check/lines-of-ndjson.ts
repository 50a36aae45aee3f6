import { LedgerError } from '../../errors.js';
import { findSentKind } from '../../catalogue/registry.js';
import { dotted, lineErrors, type LineChecker, readIdentity } from './check-lines.js';
import { otherColumn, type OtherColumn } from './columns.js';
import { commandOfJson, isPlain, type JsonObject, nameAmong, twice } from './json-to-command.js';
import { type JsonRecord } from '../read/read-ndjson.js';

/**
 * Turns the lines of an NDJSON file into commands for the checker. A line has the fields of the command as over HTTP,
 * and `kind` and `key` beside them; a field may also be called as a column may, e.g. `payer.kind` or `金额`, and a code
 * by its words.
 */
export class JsonLines {
  constructor(private readonly checker: LineChecker) {}

  take({ line, value }: JsonRecord): void {
    if (value instanceof LedgerError) return this.checker.reject(lineErrors(line, value, dotted));
    const { kind, key, reasons: _, ...fields } = value;
    const known = typeof kind === 'string' ? findSentKind(kind) : undefined;
    if (!known || !isPlain(known.command, fields, this.checker.adopted)) return this.takeNamed(line, value);
    const identity = readIdentity(line, kind, key, {});
    if ('code' in identity) this.checker.reject([identity]);
    else this.checker.take({ line, ...identity, command: fields, nameOf: dotted });
  }

  /** Takes a line that calls something by a name or a word of its own, or wrongly. */
  private takeNamed(line: number, value: JsonObject): void {
    const { fields, others, doubled } = parted(value);
    if (doubled !== undefined) return this.checker.reject([twice(line, doubled, value[doubled])]);
    const { kind: kindName = 'kind', key: keyName = 'key' } = others;
    const identity = readIdentity(line, value[kindName], value[keyName], others);
    if ('code' in identity) return this.checker.reject([identity]);
    const read = commandOfJson(line, identity.kind.command, fields, this.checker.adopted);
    if ('code' in read) return this.checker.reject([read]);
    const names = JSON.stringify({ ...read.names, '/key': keyName });
    const nameOf = (pointer: string): string => nameAmong(names, pointer);
    this.checker.take({ line, ...identity, command: read.command, nameOf, names });
  }
}

/** The fields of a line apart from what is no field of a command; and what says once more what another said. */
function parted(value: JsonObject) {
  const fields: [string, unknown][] = [];
  const others: Partial<Record<OtherColumn, string>> = {};
  let doubled: string | undefined;
  for (const [name, content] of Object.entries(value)) {
    const other = otherColumn(name);
    if (!other) fields.push([name, content]);
    else if (others[other] === undefined) others[other] = name;
    else doubled ??= name;
  }
  return { fields: Object.fromEntries(fields), others, doubled };
}
