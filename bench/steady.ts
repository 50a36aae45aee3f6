import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { BEFORE_ADOPTION } from '../src/reference/built-in.js';
import { contribution } from '../src/catalogue/collecting/contribution.js';
import { percentile } from './figure.js';

/**
 * Single commands at a rate of their own, in a process of its own: what is sent does not wait for what was answered.
 * Arguments: address, commands a second, a word that makes the keys new. Ends when its input ends, and prints how long
 * the answers took, in milliseconds.
 */
const [address, rateText, word] = process.argv.slice(2) as [string, string, string];
const intervalMs = 1_000 / Number.parseInt(rateText, 10);
const BOOKS = BEFORE_ADOPTION.ever.units.all.slice(0, 20).map(({ code }) => code);
const EVIDENCE = contribution.example['evidence'] as object;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const times: number[] = [];
let failed = 0;

function sendOne(number: number): Promise<void> {
  const evidence = { ...EVIDENCE, number: `${word}-${number}` };
  const body = JSON.stringify({ ...contribution.example, unit: BOOKS[number % BOOKS.length], evidence });
  const headers = { 'content-type': 'application/json', 'idempotency-key': `${word}-${number}` };
  const sent = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(`${address}/v1/contributions`, { method: 'POST', headers, agent }, (response) => {
      response.resume().once('end', () => {
        times.push(performance.now() - sent);
        if (response.statusCode !== 201) failed += 1;
        resolve();
      });
    });
    asked.once('error', reject).end(body);
  });
}

let isOver = false;
process.stdin.resume().once('end', () => (isOver = true));
const answers: Promise<void>[] = [];
const started = performance.now();
while (!isOver) {
  answers.push(sendOne(answers.length));
  await sleep(Math.max(0, started + answers.length * intervalMs - performance.now()));
}
await Promise.all(answers);
agent.destroy();
const [p50, p99, worst] = [50, 99, 100].map((percent) => percentile(times, percent));
process.stdout.write(JSON.stringify({ commands: times.length, failed, p50, p99, worst }));
