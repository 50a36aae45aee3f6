/** The opened `Ledger` (src/ledger.ts): books, store and read tables of one data directory. */
export const LEDGER = Symbol('LEDGER');

/** The `RunningRelay` (src/kafka/start-relay.ts), or null where nothing is delivered. */
export const RELAY = Symbol('RELAY');

/** The ready OpenAPI document (src/http/openapi/interface.ts). */
export const OPENAPI = Symbol('OPENAPI');

/** The `AskingThread` (src/http/asking/asking-thread.ts), or null where questions are answered where they are asked. */
export const ASKING_THREAD = Symbol('ASKING_THREAD');
