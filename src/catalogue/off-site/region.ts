import { type Text, text } from '../../errors.js';
import { type FieldOptions, Pattern } from '../../kinds/fields.js';

/** A region of the country by its code, of any province: it need not be a unit of this ledger. */
export const Region = (name: Text, options: FieldOptions = {}): PropertyDecorator =>
  Pattern(name, '^[0-9]{6}$', 'region', text('六位行政区划代码', 'a region code of six digits'), options);
