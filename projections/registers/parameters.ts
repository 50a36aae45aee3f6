import { text } from '../../src/errors.js';
import { OneOf } from '../../src/kinds/fields.js';
import { code, CodeList } from '../../src/text/codes.js';
import { BookParameters } from '../asking/book-parameters.js';

/** The registers, each with what is printed above it. */
export const REGISTERS = new CodeList([
  code('advances', '暂付款', 'Advances'),
  code('suspense', '暂收款', 'Money held'),
  code('loans', '借入款项', 'Loans'),
  code('quality-deposits', '质量保证金', 'Quality deposits'),
  code('in-transit', '在途资金', 'In transit'),
]);

export class RegisterParameters extends BookParameters {
  @OneOf(text('登记簿', 'register'), REGISTERS, { optional: true })
  register?: string;
}
