import { describe, expect, it } from '@jest/globals';
import { asWritten, holds, offered, typedAmong } from './choices.js';

const CHOICES = [{ value: 'contribution', name: { zh: '缴费', en: 'Contribution' } }, asWritten('penalty')];
const values = (choices: readonly { readonly value: string }[]): string[] => choices.map(({ value }) => value);

describe('choices', () => {
  it.each([
    ['', ['contribution', 'penalty']],
    ['penalty', ['contribution', 'penalty']],
    ['refund', ['refund', 'contribution', 'penalty']],
  ])('have what is asked for among them: %j', (asked, offers) => {
    expect(values(offered(CHOICES, asked))).toEqual(offers);
  });

  it.each([
    ['', ['contribution', 'penalty']],
    ['contri', ['contribution', 'penalty', 'contri']],
    ['penalty', ['contribution', 'penalty']],
  ])('let what is typed be taken as it is: %j', (typed, offers) => {
    expect(values(typedAmong(CHOICES, typed))).toEqual(offers);
  });

  it.each([
    ['460100', '460100 海口市', true],
    ['４６０１', '460100 海口市', true],
    ['HAI kou', '460100 Haikou', true],
    ['三亚', '460100 海口市', false],
    ['', '460100 海口市', true],
  ])('are narrowed by %j', (typed, words, isFound) => expect(holds(typed, words)).toBe(isFound));
});
