import { text } from '../../src/errors.js';
import { FundCode, UnitCode } from '../../src/kinds/adopted-fields.js';
import { IntervalParameters } from './interval.js';

const optional = { optional: true } as const;

/** Of which fund a question is asked; of all of them unless it says otherwise. */
export class FundParameters extends IntervalParameters {
  @FundCode(optional)
  fund?: string;
}

/** Of which books a question is asked: those of a fund and a unit, of all of them where one is left open. */
export class BookParameters extends FundParameters {
  @UnitCode(text('核算单位', 'unit'), optional)
  unit?: string;
}
