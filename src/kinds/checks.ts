import { IsIn, IsInt, Matches, Max, Min, ValidateBy, type ValidationOptions } from '../validation.js';

/** JSON Schema, or part of one. */
export type Schema = Readonly<Record<string, unknown>>;

/** A check of what a field holds, said twice: by class-validator, which gives the reasons, and as JSON Schema. */
export interface Check {
  readonly decorate: PropertyDecorator;
  readonly schema: Schema;
}

/** Text that matches a pattern. */
export const matching = (pattern: RegExp, facts: ValidationOptions): Check => ({
  decorate: Matches(pattern, facts),
  schema: { pattern: pattern.source, type: 'string' },
});

/** One of some texts. */
export const among = (codes: readonly string[], facts: ValidationOptions): Check => ({
  decorate: IsIn([...codes], facts),
  schema: { type: 'string', enum: [...codes] },
});

/** A whole number between two others. */
export const whole = (min: number, max: number, facts: ValidationOptions): readonly Check[] => [
  { decorate: IsInt(facts), schema: { type: 'integer' } },
  { decorate: Min(min, facts), schema: { minimum: min } },
  { decorate: Max(max, facts), schema: { maximum: max } },
];

/** What a function says of a value, under a name, with what of it a schema can say, unless the field says it. */
export const passing = (
  name: string,
  validate: (value: unknown) => boolean,
  facts: ValidationOptions,
  schema: Schema = {},
): Check => ({
  decorate: ValidateBy({ name, validator: { validate, defaultMessage: () => name } }, facts),
  schema,
});
