import { describe, expect, it } from '@jest/globals';
import { readDay } from '../address/days.js';
import { finished, standing } from './typed.js';

const read = (text: string): string | undefined => (text.trim() === '' ? '' : readDay(text));

describe('what is typed into a field of the address', () => {
  it('stands while it is typed, whatever the address comes to be', () => {
    const typed = { text: '2025/', since: '2025-05-01', isDone: false };
    expect(standing(typed, '2025-05-01')).toBe(typed);
    expect(standing(typed, '2025-04-01')).toBe(typed);
  });

  it('stands when it is over until the address says something else, be it right or wrong', () => {
    for (const text of ['2025/5/2', 'soon']) {
      const typed = { text, since: '2025-05-01', isDone: true };
      expect(standing(typed, '2025-05-01')).toBe(typed);
      expect(standing(typed, '2025-05-02')).toBeUndefined();
    }
  });

  it.each([
    ['2025/5/2', '2025-05-01', '2025-05-02'],
    ['２０２５年５月２日', '', '2025-05-02'],
    ['', '2025-05-01', ''],
    ['2025/5/1', '2025-05-01', undefined],
    ['  ', '', undefined],
    ['soon', '2025-05-01', undefined],
  ])('%j where %j is asked asks for %j', (text, asked, take) => {
    expect(finished(text, asked, read).take).toBe(take);
  });

  it('gives way to the address where it says the same, and is kept where it is wrong', () => {
    expect(finished('20250501', '2025-05-01', read).typed).toBeUndefined();
    expect(finished('soon', '2025-05-01', read).typed).toMatchObject({ text: 'soon', isDone: true });
  });
});
