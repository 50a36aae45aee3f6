import { describe, expect, it } from '@jest/globals';
import { POLICIES, policyOn } from './policies.js';

describe('policies', () => {
  it.each([
    ['1900-01-01', '1999-01-01', 'on-receipt'],
    ['2025-12-31', '1999-01-01', 'on-receipt'],
    ['2026-01-01', '2026-01-01', 'in-january-of-cover-year'],
    ['2199-12-31', '2026-01-01', 'in-january-of-cover-year'],
  ])('on %s hold as of %s: resident premiums are income %s', (day, version, recognition) => {
    expect(policyOn(day)).toEqual({ version, residentPremiumRecognition: recognition });
  });

  it('stand in the order of their effect, each version once', () => {
    const versions = POLICIES.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].toSorted());
  });
});
