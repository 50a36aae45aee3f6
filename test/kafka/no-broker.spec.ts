import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');
const TIMEOUT_MS = 240_000;

describe('the test command where there is neither Docker nor Java', () => {
  it(
    'says in its last lines that no real broker was tested',
    async () => {
      const nothing = mkdtempSync(join(tmpdir(), 'no-java-'));
      const { stdout, stderr } = await promisify(execFile)(
        process.execPath,
        [join(ROOT, 'scripts/test.mjs'), 'jest', 'test/kafka/delivery.spec.ts'],
        { env: { PATH: nothing, HOME: nothing } },
      );
      rmSync(nothing, { recursive: true });
      const last = stdout.trimEnd().split('\n').slice(-2);
      expect(last).toEqual([
        expect.stringMatching(/^NOT RUN 未运行: Kafka：.*delivery to Kafka is NOT TESTED \(.*Java 17 and Maven.*\)$/),
        '1 passed, 0 failed',
      ]);
      expect(stderr).toContain('!!! Kafka：没有真实的代理，投递未经测试');
    },
    TIMEOUT_MS,
  );
});
