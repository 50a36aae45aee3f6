import { parentPort, workerData } from 'node:worker_threads';
import { openSqlite } from '../../sqlite-file.js';

/** The thread that copies pages of the write-ahead log into the log's file. It waits for nobody who reads or writes. */
const port = parentPort!;
const file = openSqlite(workerData as string, 'standing');
port.on('message', (message: 'copy' | 'stop') => {
  if (message === 'copy') {
    file.pragma('wal_checkpoint(PASSIVE)');
    port.postMessage('copied');
  } else {
    file.close();
    port.close();
  }
});
