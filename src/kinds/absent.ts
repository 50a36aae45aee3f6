import { by, SIFAS } from '../books/sources.js';
import { refusal, type Text } from '../errors.js';

/** Refuses a command that says something for which it has no place, naming the first such field. */
export function demandAbsent<C extends object>(
  command: C,
  fields: readonly (keyof C & string)[],
  code: string,
  message: Text,
  expected: Text,
): void {
  const given = fields.find((field) => command[field] !== undefined);
  if (given !== undefined) throw refusal(`/${given}`, code, by(SIFAS, message), expected, String(command[given]));
}
