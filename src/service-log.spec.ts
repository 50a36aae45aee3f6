import { expect, it } from '@jest/globals';
import { serviceLog } from './service-log.js';

it('a line of the log is one line of JSON that says the same and hides nothing', () => {
  const lines: string[] = [];
  const log = serviceLog('info', { write: (line) => void lines.push(line) });
  const file = 'x\u001b[2J\u009b31m\u202e\u200b\r\nFORGED';
  log.warn({ file }, `no ${file}`);
  log.debug('quiet');
  expect(lines).toEqual([expect.stringMatching(/^[\x20-\x7e]+\n$/)]);
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 40, file, msg: `no ${file}` });
});
