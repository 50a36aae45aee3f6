import { text } from '../../src/errors.js';
import { Line } from '../../src/kinds/fields.js';
import { IntervalParameters } from '../asking/interval.js';

/** What is looked for, on both time axes. */
export class SearchParameters extends IntervalParameters {
  @Line(text('查找的文字、编号或金额', 'what is looked for: words, a number or an amount'), 100, { optional: true })
  q?: string;
}
