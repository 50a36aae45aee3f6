import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isLater, VERSION } from './version.js';

describe('the version', () => {
  it('is that of package.json', () => {
    expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({ version: VERSION });
  });

  it.each([
    ['0.1.0', '0.1.0', false],
    ['0.2.0', '0.1.9', true],
    ['0.1.10', '0.1.9', true],
    ['0.9.9', '1.0.0', false],
    ['1.0.0', '0.9.9', true],
  ])('%s is later than %s: %s', (version, other, is) => {
    expect(isLater(version, other)).toBe(is);
  });
});
