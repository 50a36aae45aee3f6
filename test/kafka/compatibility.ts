type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What in a new schema a reader of the old one would stumble over: a field that is gone or no longer promised, another
 * type, a value the reader does not know. An optional field that comes is no harm; nor is a closed list of names or
 * values that is opened: what was in it is still as it was.
 */
export function incompatibilities(published: Schema, changed: Schema, path = ''): string[] {
  return Object.entries(published).flatMap(([keyword, before]): string[] => {
    const after = changed[keyword];
    const place = `${path}/${keyword}`;
    if (keyword === 'title' || keyword === 'description') return [];
    if (keyword === 'required') {
      const promised = new Set(after as string[]);
      return (before as string[])
        .filter((name) => !promised.has(name))
        .map((name) => `${place} no longer promises ${name}`);
    }
    if (keyword === 'enum') {
      const known = new Set(before as unknown[]);
      const fresh = ((after ?? []) as unknown[]).filter((value) => !known.has(value));
      return fresh.map((value) => `${place} has a new value ${JSON.stringify(value)}`);
    }
    if (keyword === 'additionalProperties' && before === false && isSchema(after)) return [];
    if (keyword === 'properties' && isOpened(before, changed)) return [];
    if (after === undefined) return [`${place} is gone`];
    if (isSchema(before) && isSchema(after)) return incompatibilities(before, after, place);
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [`${place} was ${JSON.stringify(before)}, is ${JSON.stringify(after)}`];
  });
}

/** Whether every name of a closed list of names is still allowed, and its value as it was. */
const isOpened = (before: unknown, { properties, additionalProperties: others }: Schema): boolean =>
  properties === undefined &&
  isSchema(before) &&
  isSchema(others) &&
  Object.values(before).every((value) => isSchema(value) && incompatibilities(value, others).length === 0);
