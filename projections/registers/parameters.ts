import { text } from '../../src/errors.js';
import { FundCode, UnitCode } from '../../src/kinds/adopted-fields.js';
import { OneOf } from '../../src/kinds/fields.js';
import { code, CodeList } from '../../src/text/codes.js';
import { IntervalParameters } from '../interval.js';

const optional = { optional: true } as const;

/** The registers, each with what is printed above it. */
export const REGISTERS = new CodeList([
  code('advances', '暂付款', 'Advances'),
  code('suspense', '暂收款', 'Money held'),
  code('loans', '借入款项', 'Loans'),
  code('quality-deposits', '质量保证金', 'Quality deposits'),
  code('in-transit', '在途资金', 'In transit'),
]);

export class RegisterParameters extends IntervalParameters {
  @FundCode(optional)
  fund?: string;

  @UnitCode(text('核算单位', 'unit'), optional)
  unit?: string;

  @OneOf(text('登记簿', 'register'), REGISTERS, optional)
  register?: string;
}
