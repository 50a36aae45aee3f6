import { hash } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../../../test/random.js';
import { withOverflow } from '../../../test/overflow.js';
import { SEED } from '../../../test/seed.js';
import { DigestPlaces } from './digest-places.js';

const digest = (of: number | string): string => hash('sha256', `${of}`, 'base64url').slice(0, 8);

describe('the places of digests', () => {
  it.each([
    ['in memory', undefined],
    ['out of memory', 100],
    ['one by one out of memory', 1],
  ])('are found, and nothing else, %s', (_, mostHeld) =>
    withOverflow((overflow) => {
      const places = new DigestPlaces(overflow, undefined, mostHeld);
      const count = mostHeld === 1 ? 700 : 20_000;
      for (let place = 0; place < count; place += 1) places.add(digest(place), place);
      for (let place = 0; place < count; place += 1) expect(places.find(digest(place))).toEqual([place]);
      for (let other = count; other < 2 * count; other += 1) expect(places.find(digest(other))).toEqual([]);
    }),
  );

  it('of one digest come in ascending order, from wherever they are', () =>
    withOverflow((overflow) => {
      const places = new DigestPlaces(overflow, Infinity, 600);
      const wanted = Array.from({ length: 2_000 }, (_, index) => index);
      for (const place of wanted) places.add('AAAAAAAA', place);
      expect(places.find('AAAAAAAA')).toEqual(wanted);
      expect(places.find('BAAAAAAA')).toEqual([]);
    }));

  it(`are those of a plain map, whatever comes (SEED=${SEED})`, () =>
    withOverflow((overflow) => {
      const random = randomFrom(SEED);
      const places = new DigestPlaces(overflow, Infinity, 64);
      const wanted = new Map<string, number[]>();
      for (let place = 0; place < 30_000; place += 1) {
        const one = digest(Math.floor(random() * 9_000));
        places.add(one, place);
        wanted.set(one, [...(wanted.get(one) ?? []), place]);
      }
      for (const [one, at] of wanted) expect([one, places.find(one)]).toEqual([one, at]);
    }));

  it('that cannot be read back are no places that are not there', () =>
    withOverflow((overflow, path) => {
      const places = new DigestPlaces(overflow, undefined, 2);
      for (let place = 0; place < 300; place += 1) places.add(digest(place), place);
      truncateSync(path, 64);
      expect(() => Array.from({ length: 300 }, (_, place) => places.find(digest(place)))).toThrow(
        expect.objectContaining({ code: 'spool-damaged' }),
      );
    }));
});
