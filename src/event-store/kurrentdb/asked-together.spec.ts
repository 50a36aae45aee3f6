import { describe, expect, it } from '@jest/globals';
import { AskedTogether } from './asked-together.js';

/** A question whose answers are given by hand. */
function byHand() {
  const asked: PromiseWithResolvers<number>[] = [];
  const together = new AskedTogether(() => {
    const answer = Promise.withResolvers<number>();
    asked.push(answer);
    return answer.promise;
  });
  return { asked, together };
}

const turns = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a question that many ask at once', () => {
  it('is on its way once, and answers with what was so after each asked', async () => {
    const { asked, together } = byHand();
    const first = together.ask();
    const others = [together.ask(), together.ask(), together.ask()];
    expect(asked).toHaveLength(1);
    asked[0]!.resolve(1);
    expect(await first).toBe(1);
    await turns();
    expect(asked).toHaveLength(2);
    const late = together.ask();
    asked[1]!.resolve(2);
    expect(await Promise.all(others)).toEqual([2, 2, 2]);
    await turns();
    asked[2]!.resolve(3);
    expect(await late).toBe(3);
    expect(asked).toHaveLength(3);
  });

  it('fails for those that wait, and is asked anew by whoever comes then', async () => {
    const { asked, together } = byHand();
    const waiting = [together.ask(), together.ask()].map((one) => one.catch((error: Error) => error.message));
    asked[0]!.reject(new Error('nobody answers'));
    expect(await Promise.all(waiting)).toEqual(['nobody answers', 'nobody answers']);
    expect(asked).toHaveLength(1);
    const again = together.ask();
    asked[1]!.resolve(2);
    expect(await again).toBe(2);
  });
});
