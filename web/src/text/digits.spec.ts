import { groupAmounts, groupDigits } from './digits.js';

describe('figures as they are read', () => {
  it('groups the digits of a figure and touches nothing else', () => {
    expect(['1234567.50', '-1000', '999.00', '', '2025-05', '1.234.567'].map(groupDigits)).toEqual([
      '1,234,567.50',
      '-1,000',
      '999.00',
      '',
      '2025-05',
      '1.234.567',
    ]);
  });
  it('groups the amounts within words, and no day, number of a document or digits of a digest', () => {
    expect(groupAmounts('27015115553.86 ÷ (7000747505.93 ÷ 12), 2024-06 to 2025-05')).toBe(
      '27,015,115,553.86 ÷ (7,000,747,505.93 ÷ 12), 2024-06 to 2025-05',
    );
    for (const said of ['2025.05', 'HK-20250512.01', '12345.67.8', 'a12345.67', '12345.678', '20250512', '1003.01'])
      expect(groupAmounts(said)).toBe(said);
  });
});
