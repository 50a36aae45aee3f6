import { describe, expect, it } from '@jest/globals';
import { hash } from 'node:crypto';
import { faultsOf, type Received } from './read-topic.js';

const value = (revision: number): string => `{"number":${revision}}`;
const sha256 = (revision: number): string => hash('sha256', value(revision), 'hex');
const log = [0, 1, 2, 3].map((revision) => ({ id: `book-${revision}`, sha256: sha256(revision) }));

const received = (...revisions: readonly number[]): Received[] =>
  revisions.map((revision, index) => ({
    partition: 0,
    offset: String(index),
    key: 'book',
    value: value(revision),
    headers: { ce_id: `book-${revision}`, ce_revision: String(revision), ce_sha256: sha256(revision) },
  }));

describe('a topic held against its log', () => {
  it('has no faults where every event is there once and in order', () => {
    expect(faultsOf(received(0, 1, 2, 3), log)).toEqual([]);
  });

  it.each([
    [[0, 2, 3], [{ kind: 'lost', id: 'book-1' }]],
    [[0, 1, 1, 2, 3], [{ kind: 'doubled', id: 'book-1' }]],
    [[0, 1, 2, 3, 2], [{ kind: 'doubled', id: 'book-2' }]],
    [[0, 2, 1, 3], [{ kind: 'out of order', id: 'book-1' }]],
  ] as const)('says what is wrong with %j', (revisions, faults) => {
    expect(faultsOf(received(...revisions), log)).toEqual(faults);
  });

  it('finds a value that is not the stored one', () => {
    const [first, ...others] = received(0, 1, 2, 3);
    expect(faultsOf([{ ...first!, value: '{}' }, ...others], log)).toEqual([{ kind: 'other bytes', id: 'book-0' }]);
  });
});
