import { SqliteEventStore } from '../src/event-store/sqlite/sqlite-event-store.js';

/*
 * Loaded before the program (`node --import`), it ends the process with SIGKILL in the middle of what it writes: once
 * exactly KILL_AT appends are on the disk and the next one has been asked for. Whatever was to be written beside that
 * one is not; a process that writes no more than so many ends by itself.
 */

let left = Number.parseInt(process.env['KILL_AT']!, 10);
const written: Promise<unknown>[] = [];
const append = Object.getOwnPropertyDescriptor(SqliteEventStore.prototype, 'append')!
  .value as SqliteEventStore['append'];

SqliteEventStore.prototype.append = function appendOrEnd(...appended) {
  if (left === 0) {
    void Promise.all(written).then(() => process.kill(process.pid, 'SIGKILL'));
    return new Promise(() => undefined);
  }
  left -= 1;
  const done = append.apply(this, appended);
  written.push(done);
  return done;
};
