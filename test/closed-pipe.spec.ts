import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { CLI, NODE } from './service.js';

describe('a command whose output is not read to its end', () => {
  it('ends without a word', () => {
    const line = '"$0" "$1" --help | true; echo "${PIPESTATUS[0]}"';
    const { stdout, stderr } = spawnSync('bash', ['-c', line, NODE, CLI], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  });
});
