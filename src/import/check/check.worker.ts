import { parentPort, workerData } from 'node:worker_threads';
import { checkFile, type CheckRequest } from './check-file.js';
import { standBack } from '../../time/stand-back.js';

/**
 * The thread that checks a file. The importer answers every message it has dealt with; at most a few are under way, so
 * that a slow importer is not buried in checked lines.
 */
const MOST_UNDER_WAY = 16;

standBack();
const port = parentPort!;
let underWay = 0;
let wake: (() => void) | undefined;
port.on('message', () => {
  underWay -= 1;
  wake?.();
});

for await (const message of checkFile(workerData as CheckRequest)) {
  // Bytes change hands: nobody makes them once more.
  port.postMessage(message, message.type === 'batch' ? [message.bodies.buffer] : []);
  underWay += 1;
  while (underWay >= MOST_UNDER_WAY) await new Promise<void>((resolve) => (wake = resolve));
}
port.postMessage('end');
port.close();
