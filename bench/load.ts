import { BEFORE_ADOPTION } from '../src/reference/built-in.js';
import autocannon from 'autocannon';
import { contribution } from '../src/catalogue/collecting/contribution.js';

/**
 * The load of commands, in a process of its own. Every command has an idempotency key of its own, so all are made
 * before the first is sent. Arguments: address, connections, requests, a word that makes the keys new, and how many
 * commands a request has, where they are sent in batches. Prints the rate of commands over the middle of the run.
 */
const [address, connectionCount, requestCount, word, batchSize] = process.argv.slice(2) as [
  ...[string, string, string, string],
  string?,
];
const size = batchSize === undefined ? undefined : Number.parseInt(batchSize, 10);
const connections = Number.parseInt(connectionCount, 10);
const amount = Number.parseInt(requestCount, 10);
const BOOKS = BEFORE_ADOPTION.ever.units.all.slice(0, 20).map(({ code }) => code);
/** The share of answers after which, and until which, the rate is taken. */
const [FROM, UNTIL] = [0.1, 0.95];

/** Each command has evidence of its own, as real ones have: else all but the first would be likely duplicates. */
const evidenceOf = (number: number): object => ({ ...EVIDENCE, number: `${word}-${number}` });
const EVIDENCE = contribution.example['evidence'] as object;

let made = 0;

/** The next command, and its key. */
function nextCommand(): { key: string; body: object } {
  made += 1;
  const unit = BOOKS[made % BOOKS.length]!;
  return { key: `${word}-${made}`, body: { ...contribution.example, unit, evidence: evidenceOf(made) } };
}

function single(): autocannon.Request {
  const { key, body } = nextCommand();
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  return { method: 'POST', path: '/v1/contributions', headers, body: JSON.stringify(body) };
}

function batchOf(commands: number): autocannon.Request {
  const lines = Array.from({ length: commands }, () => {
    const { key, body } = nextCommand();
    return JSON.stringify({ kind: contribution.kind, key, ...body });
  });
  const headers = { 'content-type': 'application/x-ndjson' };
  return { method: 'POST', path: '/v1/batches', headers, body: lines.join('\n') };
}

const requestsOfOne = (): autocannon.Request[] =>
  Array.from({ length: Math.ceil(amount / connections) + 1 }, () => (size === undefined ? single() : batchOf(size)));

const marks: number[] = [];
let answers = 0;
const run = autocannon(
  {
    url: address,
    connections,
    amount,
    setupClient: (client) => client.setRequests(requestsOfOne()),
    // A batch is answered in one piece whatever became of its commands.
    ...(size !== undefined && { verifyBody: (body: unknown) => String(body).includes('"refused":0') }),
  },
  (error: Error | null, result: autocannon.Result) => {
    if (error) throw error;
    const { non2xx, errors, mismatches, latency } = result;
    const rate = (((UNTIL - FROM) * amount * (size ?? 1)) / (marks[1]! - marks[0]!)) * 1_000;
    const failed = non2xx + errors + mismatches;
    process.stdout.write(JSON.stringify({ rate, failed, p50: latency.p50, p99: latency.p99 }));
  },
);
run.on('response', () => {
  answers += 1;
  if (answers === Math.floor(FROM * amount) || answers === Math.floor(UNTIL * amount)) marks.push(performance.now());
});
