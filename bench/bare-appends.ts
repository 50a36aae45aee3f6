import { createRequire } from 'node:module';
import { type EventStoreDBClient as Client } from '@eventstore/db-client';

/**
 * What the client of an event store server can do at the most: events that are ready, appended by as many callers as
 * there are streams. Arguments: address, callers, events, bytes of each, and `calls` for a call each or `stream` for
 * all in one. Prints events per second.
 */
const [url, callerCount, eventCount, size, how] = process.argv.slice(2) as [string, string, string, string, string];
const driver = createRequire(import.meta.url)('@eventstore/db-client');
const client: Client = driver.EventStoreDBClient.connectionString(url);
const [callers, events] = [Number.parseInt(callerCount, 10), Number.parseInt(eventCount, 10)];
const data = Buffer.alloc(Number.parseInt(size, 10), 'x');
const credentials = { username: 'bare', password: 'bare' };
const each = Math.floor(events / callers);
const append = async (caller: number): Promise<void> => {
  for (let n = 0; n < each; n += 1)
    await client.appendToStream(`bare-${process.pid}-${caller}`, driver.binaryEvent({ type: 'Bare.v1', data }), {
      expectedRevision: n === 0 ? 'no_stream' : BigInt(n - 1),
      // With credentials of its own an append is a call of its own.
      ...(how === 'calls' && { credentials }),
    });
};
const started = performance.now();
await Promise.all(Array.from({ length: callers }, (_, caller) => append(caller)));
process.stdout.write(String((callers * each) / ((performance.now() - started) / 1_000)));
process.exit(0);
