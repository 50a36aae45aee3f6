import { describe, expect, it } from '@jest/globals';
import { apiLink, changed, readAddress } from './address.js';

const PLACE = { pathname: '/journal', search: '?fund=employee&from=2025-05-01&cursor=abc&lang=en&closed=1001' };

describe('an address', () => {
  it('says what is asked apart from how it is shown', () => {
    const { path, language, asked, get } = readAddress(PLACE);
    expect([path, language, get('from')]).toEqual(['/journal', 'en', '2025-05-01']);
    expect(asked).toEqual({ fund: 'employee', from: '2025-05-01', cursor: 'abc' });
    expect(apiLink({ path, asked }, { lang: 'zh' })).toBe(
      '/v1/journal?fund=employee&from=2025-05-01&cursor=abc&lang=zh',
    );
  });

  it('keeps its manner on the way to a link, and what is asked on the way to another screen', () => {
    const { link, other } = readAddress(PLACE);
    expect(link('/v1/vouchers/book-1')).toBe('/vouchers/book-1?lang=en');
    expect(other('/trial-balance', ['fund', 'from', 'to'], { from: '2024-01-01', to: '2024-12-31' })).toBe(
      '/trial-balance?fund=employee&from=2025-05-01&to=2024-12-31&lang=en',
    );
  });

  it.each([
    [{ from: '2025-04-01' }, '?fund=employee&from=2025-04-01&lang=en&closed=1001', 'fund=employee&from=2025-04-01'],
    [{ from: undefined, fund: '' }, '?lang=en&closed=1001', ''],
    [{ recordedAsOf: '2025-05-01T10:00:00Z' }, undefined, 'recordedAsOf=2025-05-01T10:00:00Z'],
  ])('changed by %j is on its first page', (changes, search, part) => {
    const to = changed(PLACE, changes);
    if (search !== undefined) expect(to).toEqual({ pathname: '/journal', search: search.slice(1) });
    expect(to.search).toContain(part);
    expect(to.search).not.toContain('cursor');
  });
});
