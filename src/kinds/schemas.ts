import { type Schema } from './checks.js';
import { classesWithFields, type Field, fieldsOf, inheritedBy } from './fields.js';

/**
 * JSON Schema 2020-12 of every command class and every class nested in one, by class name.
 * @param refPrefix what the reference to a nested class begins with
 * @param ofTexts what the schema of a text says besides, e.g. to who sends one. That a text is seen is no rule of a
 *   schema: events are older than it
 */
export function commandSchemas(refPrefix = '#/$defs/', ofTexts: Schema = {}): Record<string, Schema> {
  const contentOf = ({ kind, nested, schema }: Field): Schema => {
    if (kind === 'nested') return { type: 'object', $ref: refPrefix + nested!.name, ...schema };
    if (kind === 'rows') return { items: { $ref: refPrefix + nested!.name }, type: 'array', ...schema };
    return kind === 'text' ? { ...schema, ...ofTexts } : schema;
  };
  const schemaOf = (type: new () => object): Schema => {
    // Its own come first: so they are published.
    const inherited = inheritedBy(type);
    const fields = [...fieldsOf(type).slice(inherited.length), ...inherited];
    const required = fields.filter(({ optional }) => !optional).map(({ property }) => property);
    return {
      properties: Object.fromEntries(fields.map((field) => [field.property, contentOf(field)])),
      type: 'object',
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    };
  };
  return Object.fromEntries(classesWithFields().map((type) => [type.name, schemaOf(type)]));
}
