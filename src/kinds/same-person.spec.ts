import { describe, expect, it } from '@jest/globals';
import { isSamePerson } from './same-person.js';

describe('one person', () => {
  it.each([
    ['wang', 'wang'],
    ['wang', 'WANG'],
    ['Wang.Li', 'wang.lI'],
    ['wang.li', 'wang-li'],
    ['wang_li', 'WANG/LI'],
    ['wang.li', 'wang..li'],
    ['wang', 'wang.'],
    ['wang', 'Wang--'],
    ['U-0012', 'u:0012'],
  ])('is behind %s and %s', (one, other) => {
    expect([isSamePerson(one, other), isSamePerson(other, one)]).toEqual([true, true]);
  });

  it.each([
    ['wang', 'wan'],
    ['wang', 'wang2'],
    ['wang.li', 'wangli'],
    ['u1-11', 'u11-1'],
    ['0', 'O'],
    ['007', '7'],
  ])('is not behind %s and %s', (one, other) => {
    expect([isSamePerson(one, other), isSamePerson(other, one)]).toEqual([false, false]);
  });
});
