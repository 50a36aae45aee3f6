import { LedgerError, show, text } from '../../errors.js';
import { fieldsOf } from '../../vouchers/fields.js';
import { type CommandKind } from '../../vouchers/voucher.js';
import { dotted, lineErrors, type LineChecker, readIdentity } from './check-lines.js';
import { isKeyName, isKindName, targetOf } from './columns.js';
import { type LineError } from '../report/import-report.js';
import { type JsonRecord } from '../read/read-ndjson.js';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Turns the lines of an NDJSON file into commands for the checker. A line has the fields of the command as over HTTP,
 * and `kind` and `key` beside them; a field may also be called as a column may, e.g. `payer.kind` or `金额`.
 */
export class JsonLines {
  private readonly properties = new Map<CommandKind, ReadonlySet<string>>();

  constructor(private readonly checker: LineChecker) {}

  take({ line, value }: JsonRecord): void {
    if (value instanceof LedgerError) return this.checker.reject(lineErrors(line, value, dotted));
    const { kind: kindWord = named(value, isKindName), key = named(value, isKeyName), ...rest } = value;
    const identity = readIdentity(line, kindWord, key);
    if ('code' in identity) return this.checker.reject([identity]);
    const command = this.isPlain(identity.kind, rest) ? rest : renamed(line, identity.kind, rest);
    if (Array.isArray(command)) return this.checker.reject(command);
    this.checker.take({ line, ...identity, command, nameOf: dotted });
  }

  /** True where every name is a property of the command: the common case, and nothing to do. */
  private isPlain(kind: CommandKind, value: JsonObject): boolean {
    let properties = this.properties.get(kind);
    if (!properties) {
      properties = new Set(fieldsOf(kind.command).map(({ property }) => property));
      this.properties.set(kind, properties);
    }
    for (const name in value) if (!properties.has(name)) return false;
    return true;
  }
}

const named = (value: JsonObject, is: (name: string) => boolean): unknown => {
  const name = Object.keys(value).find(is);
  return name === undefined ? undefined : value[name];
};

/** The same object with every name that a column may have in its place; a name nothing is known of stays. */
function renamed(line: number, kind: CommandKind, value: JsonObject): JsonObject | LineError[] {
  const command: Record<string, unknown> = {};
  const properties = new Set(fieldsOf(kind.command).map(({ property }) => property));
  for (const [name, content] of Object.entries(value)) {
    if (isKindName(name) || isKeyName(name)) continue;
    const path = properties.has(name) ? [name] : (targetOf(kind, name)?.path ?? [name]);
    if (!place(command, path, content)) {
      const expected = text('每个字段一次', 'each field once');
      return [{ line, field: name, code: 'duplicate-key', expected, got: show(content) }];
    }
  }
  return command;
}

/** Puts a value at a path; false where something stands there already. */
function place(into: Record<string, unknown>, [step, ...further]: readonly string[], value: unknown): boolean {
  const present = Object.hasOwn(into, step!) ? into[step!] : undefined;
  if (further.length === 0) {
    if (present !== undefined) return false;
    Object.defineProperty(into, step!, { value, enumerable: true, configurable: true, writable: true });
    return true;
  }
  if (present !== undefined && (typeof present !== 'object' || present === null)) return false;
  const inner = present === undefined ? {} : { ...present };
  into[step!] = inner;
  return place(inner, further, value);
}
