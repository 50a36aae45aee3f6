import { describe, expect, it } from '@jest/globals';
import { readControl } from '../../src/import/report/control-file.js';
import { LedgerError } from '../../src/errors.js';

const total = { kind: 'contribution', fund: 'employee', count: 2, sum: '30.50' };

describe('a file of control totals', () => {
  it('is JSON or CSV', () => {
    expect(readControl(JSON.stringify([total]))).toEqual([total]);
    expect(readControl('kind,fund,count,sum\r\ncontribution,employee,2,30.50\r\n')).toEqual([total]);
    expect(readControl('sum,count,fund,kind\n30.50,2,employee,contribution\n')).toEqual([total]);
  });

  it('may total more than any amount', () => {
    const large = { ...total, count: 100, sum: '99999999999999999.00' };
    expect(readControl(JSON.stringify([large]))).toEqual([large]);
  });

  it.each([
    ['not JSON', '[', ''],
    ['no such column', 'kind,fund,count\n', 'sum'],
    ['a sum as a number', JSON.stringify([{ ...total, sum: 30.5 }]), '/0/sum'],
    ['a count that is none', 'kind,fund,count,sum\ncontribution,employee,two,30.50\n', '/0/count'],
  ])('is refused with its place: %s', (_, content, pointer) => {
    let thrown: unknown;
    try {
      readControl(content);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(LedgerError);
    expect((thrown as LedgerError).details).toMatchObject([{ pointer, code: 'control' }]);
  });
});
