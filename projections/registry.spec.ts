import { describe, expect, it } from '@jest/globals';
import { FollowedLog } from '../test/followed-log.js';
import { event } from '../test/given-when-then.js';
import { PROJECTIONS, QUESTIONS } from './registry.js';

describe.each(QUESTIONS.map((question) => [question.name, question] as const))('the sheets of %s', (_, question) => {
  it('have names of their own, in small letters', () => {
    expect(new Set(question.sheets).size).toBe(question.sheets.length);
    for (const name of question.sheets) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('are those of the answer, in the order in which they are listed', async () => {
    const log = new FollowedLog(PROJECTIONS.filter(({ name }) => name !== 'recorded-time'));
    await log.append({ ...event([], { kind: 'contribution' }) });
    await log.follow();
    const { sheets } = await question.ask(log.asking(), {});
    const names = sheets.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(0);
    expect(names).toEqual(question.sheets.filter((name) => names.includes(name)));
    log.close();
  });
});
