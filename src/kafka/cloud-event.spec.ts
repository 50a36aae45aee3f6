import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { toCloudEvent } from './cloud-event.js';

describe('a message', () => {
  it('is a CloudEvent in binary mode: the stored bytes, unchanged, and what they are in the headers', () => {
    const data = readFileSync('test/golden/ContributionRecorded.v1.json', 'utf8').trimEnd();
    const stored = {
      stream: 'book-employee-460100',
      revision: 12,
      position: 345,
      type: 'ContributionRecorded.v1',
      data,
    };
    const { key, value, headers } = toCloudEvent(stored, { source: '/tongzhang' });
    expect([key, value]).toEqual(['book-employee-460100', data]);
    expect(headers).toEqual({
      ce_specversion: '1.0',
      ce_id: 'book-employee-460100-12',
      ce_source: '/tongzhang',
      ce_type: 'tongzhang.ledger.ContributionRecorded.v1',
      ce_time: '2025-06-30T04:05:06.789Z',
      ce_subject: 'book-employee-460100',
      ce_dataschema: '/schemas/ContributionRecorded/v1.json',
      ce_position: '345',
      ce_revision: '12',
      ce_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      'content-type': 'application/json',
    });
  });

  it('carries the SHA-256 of its value', () => {
    const data = '{"recordedAt":"2025-01-01T00:00:00.000Z"}';
    const stored = { stream: 'case-C1', revision: 0, position: 1, type: 'PenaltyImposed.v1', data };
    expect(toCloudEvent(stored, { source: '/a' }).headers['ce_sha256']).toBe(
      'b0c5568b97fc262f24c0fa8786098da77e44d1145a1aded4bfe2986981289518',
    );
  });
});
