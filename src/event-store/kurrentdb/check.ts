import { request } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { readFileSync } from 'node:fs';
import { type StoredEvent } from '../event-store.js';
import { type Logged } from './log.js';
import { type Endpoint } from './refusal.js';
import { type ServerCheck } from '../server-check.js';
import { isStoreRefused, type StoreFinding } from '../store-refusal.js';

/** The calls that a check is made of. */
export interface CheckCalls {
  readonly endpoint: Endpoint | undefined;
  readonly prefix: string;
  readonly version: () => Promise<string>;
  /** The last event of the whole log, whosever it is. */
  readonly end: () => Promise<Logged | undefined>;
  /** Tries to write what the server must refuse. @throws StoreRefused, where it refuses for want of a right */
  readonly write: () => Promise<void>;
  /** Reads what is written about a stream. @throws StoreRefused */
  readonly readMetadata: () => Promise<void>;
  readonly last: () => Promise<StoredEvent | undefined>;
  readonly unprefixed: () => string | undefined;
  readonly readAll: () => AsyncIterable<readonly StoredEvent[]>;
  /** Looks through the log for what was done to our streams. */
  readonly lookForLosses: () => Promise<void>;
  readonly findings: () => readonly StoreFinding[];
}

const ROUND_TRIPS = 10;
const MOST_COUNTED = 100_000;
const DATE_TIMEOUT_MS = 2_000;

/** Looks at a server without writing anything to it. @throws StoreRefused; StoreUnreachable */
export async function checkServer(calls: CheckCalls): Promise<ServerCheck> {
  const version = await calls.version();
  const end = await calls.end();
  const roundTripsMs: number[] = [];
  for (let n = 0; n < ROUND_TRIPS; n += 1) {
    const began = performance.now();
    await calls.end();
    roundTripsMs.push(performance.now() - began);
  }
  const missingRights = [
    ...((await lacksRight(calls.write)) ? (['write'] as const) : []),
    ...((await lacksRight(calls.readMetadata)) ? (['read-metadata'] as const) : []),
  ];
  const last = await calls.last();
  let events = 0;
  for await (const batch of calls.readAll()) if ((events += batch.length) >= MOST_COUNTED) break;
  await calls.lookForLosses();
  return {
    version,
    roundTripsMs: roundTripsMs.toSorted((a, b) => a - b),
    missingRights,
    prefix: calls.prefix,
    events,
    areMore: events >= MOST_COUNTED,
    lastPosition: last?.position,
    unprefixed: last ? undefined : calls.unprefixed(),
    findings: calls.findings(),
    clock: await clockOf(calls.endpoint, end),
  };
}

async function lacksRight(act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return false;
  } catch (error) {
    if (isStoreRefused(error) && error.reason === 'rights') return true;
    throw error;
  }
}

async function clockOf(endpoint: Endpoint | undefined, end: Logged | undefined): Promise<ServerCheck['clock']> {
  const before = Date.now();
  const date = endpoint && (await dateOf(endpoint));
  // What it says is a second cut short, and was said in between.
  if (date !== undefined) return { aheadMs: date + 500 - (before + Date.now()) / 2, isLeast: false };
  const created = end?.event?.created?.getTime();
  return created === undefined ? undefined : { aheadMs: created - Date.now(), isLeast: true };
}

/** The time that a server says in any answer over HTTP; undefined where it gives none. */
function dateOf({ host, port, isTls, caFile }: Endpoint): Promise<number | undefined> {
  return new Promise((resolve) => {
    const options = { host, port, path: '/info', timeout: DATE_TIMEOUT_MS };
    const ca = caFile === undefined ? {} : { ca: readFileSync(caFile) };
    const asked = isTls ? requestOverTls({ ...options, ...ca }) : request(options);
    asked.once('response', (response) => {
      response.resume();
      const said = Date.parse(response.headers.date ?? '');
      resolve(Number.isNaN(said) ? undefined : said);
    });
    asked.once('timeout', () => asked.destroy(new Error('no answer')));
    // A server may speak gRPC alone: then its events say what its clock said.
    asked.once('error', () => resolve(undefined));
    asked.end();
  });
}
