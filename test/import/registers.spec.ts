import { describe, expect, it } from '@jest/globals';
import { commandOf, type Incoming } from '../given-when-then.js';
import { Desk } from './fixture.js';

const CASE = 'case-HK-2025-0007';
const file = (...commands: Incoming[]): string =>
  commands.map((command) => `${JSON.stringify({ kind: command.kind, ...commandOf(command) })}\n`).join('');
const withdrawal = (withdraws: string, more: Partial<Incoming> = {}): Incoming => ({
  kind: 'memo-withdrawal',
  withdraws,
  fund: 'all',
  businessDate: '2025-09-01',
  ...more,
});
const hold: Incoming = { kind: 'quality-deposit-hold', amount: '10.00', businessDate: '2025-05-15' };
const release = (amount: string): Incoming => ({
  kind: 'quality-deposit-release',
  amount,
  forfeited: undefined,
  businessDate: '2025-06-01',
});

describe('a file of memos', () => {
  it('is decided line by line on the registers that it leaves', async () => {
    const desk = new Desk();
    const lines = file({ kind: 'case-opening' }, { kind: 'case-closing' }, withdrawal(`${CASE}-1`), {
      kind: 'case-closing',
      businessDate: '2025-09-02',
    });
    expect(await desk.import('one.ndjson', lines)).toMatchObject({ posted: 4, errors: [] });
    const links = (await desk.events()).map(({ kind, answers, withdraws }) => [kind, answers ?? withdraws]);
    expect(links).toEqual([
      ['case-opening', undefined],
      ['case-closing', `${CASE}-0`],
      ['memo-withdrawal', `${CASE}-1`],
      ['case-closing', `${CASE}-0`],
    ]);
    expect(await desk.import('one.ndjson', lines)).toMatchObject({ posted: 0, replayed: 4 });
  });

  it('adds to a register and takes from it line by line', async () => {
    const commands = [hold, release('4.00'), release('6.00')];
    const desk = new Desk();
    expect(await desk.import('one.ndjson', file(...commands))).toMatchObject({ posted: 3, errors: [] });
    expect((await desk.events()).map(({ adds }) => adds)).toEqual(['10.00', '-4.00', '-6.00']);
  });

  it.each<[string, Incoming[], string]>([
    [
      'closes a case twice',
      [{ kind: 'case-opening' }, { kind: 'case-closing' }, { kind: 'case-closing' }],
      'stands-in-register',
    ],
    ['closes a case that is not there', [hold, { kind: 'lead-receipt' }, { kind: 'case-closing' }], 'not-in-register'],
    ['releases more than is held', [hold, release('4.00'), release('6.01')], 'register-short'],
    [
      'withdraws what another line stands on',
      [{ kind: 'case-opening' }, { kind: 'case-closing' }, withdrawal(`${CASE}-0`)],
      'answered-in-register',
    ],
    [
      'withdraws a line twice',
      [{ kind: 'case-opening' }, withdrawal(`${CASE}-0`), withdrawal(`${CASE}-0`, { businessDate: '2025-09-02' })],
      'already-withdrawn',
    ],
    [
      'withdraws a withdrawal',
      [{ kind: 'case-opening' }, withdrawal(`${CASE}-0`), withdrawal(`${CASE}-1`)],
      'is-a-withdrawal',
    ],
  ])('that %s is refused before anything is posted', async (_, commands, code) => {
    const desk = new Desk();
    const { posted, errors } = await desk.import('one.ndjson', file(...commands));
    expect([posted, errors.map((error) => [error.line, error.code])]).toEqual([0, [[3, code]]]);
    expect(await desk.events()).toEqual([]);
  });

  it('finds what stood before it', async () => {
    const desk = new Desk();
    expect(await desk.import('one.ndjson', file(hold, { kind: 'case-opening' }))).toMatchObject({ posted: 2 });
    const { errors } = await desk.import('two.ndjson', file(release('10.01'), { kind: 'case-opening', note: 'again' }));
    expect(errors.map(({ line, code }) => [line, code])).toEqual([
      [1, 'register-short'],
      [2, 'stands-in-register'],
    ]);
    expect(await desk.import('three.ndjson', file(release('10.00'), { kind: 'case-closing' }))).toMatchObject({
      posted: 2,
    });
  });
});
