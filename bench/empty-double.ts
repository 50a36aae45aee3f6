import { KurrentDbDouble } from '../test/kurrentdb/double.js';

/** The wire-level double with nothing on it but what is there by itself. Sends its address, then serves. */
const double = new KurrentDbDouble();
await double.start();
process.send!(double.url);
