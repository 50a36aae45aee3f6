import { BEFORE_ADOPTION } from '../src/reference/built-in.js';
import autocannon from 'autocannon';
import { contribution } from '../src/catalogue/collecting/contribution.js';

/**
 * The load of single commands, in a process of its own. Every request has an idempotency key of its own, so all are
 * made before the first is sent. Arguments: address, connections, requests, and a word that makes the keys new.
 * Prints the rate over the middle of the run.
 */
const [address, connectionCount, requestCount, word] = process.argv.slice(2) as [string, string, string, string];
const connections = Number.parseInt(connectionCount, 10);
const amount = Number.parseInt(requestCount, 10);
const BOOKS = BEFORE_ADOPTION.ever.units.all.slice(0, 20).map(({ code }) => code);
/** The share of answers after which, and until which, the rate is taken. */
const [FROM, UNTIL] = [0.1, 0.95];

/** Each command has evidence of its own, as real ones have: else all but the first would be likely duplicates. */
const evidenceOf = (number: number): object => ({ ...EVIDENCE, number: `${word}-${number}` });
const EVIDENCE = contribution.example['evidence'] as object;

let made = 0;
const requestsOfOne = (): autocannon.Request[] =>
  Array.from({ length: Math.ceil(amount / connections) + 1 }, () => {
    made += 1;
    const unit = BOOKS[made % BOOKS.length]!;
    return {
      method: 'POST',
      path: '/v1/contributions',
      headers: { 'content-type': 'application/json', 'idempotency-key': `${word}-${made}` },
      body: JSON.stringify({ ...contribution.example, unit, evidence: evidenceOf(made) }),
    };
  });

const marks: number[] = [];
let answers = 0;
const run = autocannon(
  {
    url: address,
    connections,
    amount,
    setupClient: (client) => client.setRequests(requestsOfOne()),
  },
  (error: Error | null, result: autocannon.Result) => {
    if (error) throw error;
    const { non2xx, errors, latency } = result;
    const rate = (((UNTIL - FROM) * amount) / (marks[1]! - marks[0]!)) * 1_000;
    process.stdout.write(JSON.stringify({ rate, failed: non2xx + errors, p50: latency.p50, p99: latency.p99 }));
  },
);
run.on('response', () => {
  answers += 1;
  if (answers === Math.floor(FROM * amount) || answers === Math.floor(UNTIL * amount)) marks.push(performance.now());
});
