import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { randomFrom } from '../../random.js';
import { Conversation } from '../conversation.js';
import { type CrowdFigures, type CrowdWanted, type KindFigures } from './crowd.js';
import { HOSTILE_KINDS } from './hostile-kinds.js';

/** A crowd of hostile clients on a thread of its own, so that honest ones are not kept waiting by their own process. */

/** How long one connection is held at most, and at least where the service lets it. */
const LONGEST_LIFE_MS = 15_000;
const SHORTEST_LIFE_MS = 3_000;
/** How long a client that was sent away waits before it comes again. */
const BREATH_MS = 150;

const { address, connections, seed } = workerData as CrowdWanted;
const random = randomFrom(seed);
const host = new URL(address).host;
const figures = new Map<string, KindFigures>();
let [isOver, open, most] = [false, 0, 0];
const opened: number[] = [];
const living = new Set<Conversation>();

/** Which kind each client is: as many of each as its share. */
function kindOf(client: number) {
  let left = (client * 37) % 100;
  return HOSTILE_KINDS.find(({ share }) => (left -= share) < 0)!;
}

async function live(client: number): Promise<void> {
  const { name, act } = kindOf(client);
  const seen = figures.get(name) ?? { opened: 0, closedByService: 0, reset: 0, answers: {} };
  figures.set(name, seen);
  while (!isOver) {
    const conversation = new Conversation({ address });
    living.add(conversation);
    [open, seen.opened] = [open + 1, seen.opened + 1];
    most = Math.max(most, open);
    const timers: NodeJS.Timeout[] = [];
    const again = (everyMs: number, text: () => string): void => {
      timers.push(setInterval(() => conversation.socket.writable && conversation.send(text()), everyMs));
    };
    act(conversation, { host, random, again });
    let isOurs = false;
    const lifeMs = SHORTEST_LIFE_MS + random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS);
    const leave = setTimeout(() => {
      isOurs = true;
      conversation.socket.resetAndDestroy();
    }, lifeMs);
    const { head, wasReset } = await conversation.ended;
    clearTimeout(leave);
    timers.forEach(clearInterval);
    living.delete(conversation);
    open -= 1;
    if (!isOurs && !isOver) seen.closedByService += 1;
    if (!isOurs && !isOver && wasReset) seen.reset += 1;
    const [, status = 'none'] = /^HTTP\/1\.1 ([0-9]{3})/.exec(head) ?? [];
    seen.answers[status] = (seen.answers[status] ?? 0) + 1;
    if (!isOurs) await sleep(BREATH_MS * (1 + random()));
  }
}

const sampling = setInterval(() => opened.push(open), 250);
const all = Array.from({ length: connections }, (_, client) => live(client));
parentPort!.once('message', () => {
  isOver = true;
  clearInterval(sampling);
  for (const { socket } of living) socket.resetAndDestroy();
});
await Promise.all(all);
const held = opened.slice(1);
const mean = held.length === 0 ? 0 : Math.round(held.reduce((sum, each) => sum + each, 0) / held.length);
parentPort!.postMessage({ most, mean, kinds: Object.fromEntries(figures) } satisfies CrowdFigures);
parentPort!.close();
