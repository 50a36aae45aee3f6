import { describe, expect, it } from '@jest/globals';
import { error, event, type Incoming, requestOf } from '../../test/given-when-then.js';
import { Books } from '../books/handle.js';
import { MemoryEventStore } from '../event-store/memory.js';

const UNSEEN = [
  '',
  ' ',
  '\u200b',
  '\u3000',
  '\u202e',
  '\u00a0\u2800',
  'HK-1\u200b',
  '\ufeffHK-1',
  'HK\u202e1',
  '\u0301',
];
const evidence = (number: string) => ({ kind: 'tax-receipt', number, sha256: 'ab'.repeat(32) });
const GIVEN: readonly Incoming[] = [{ kind: 'contribution' }];

describe('a text in which something is not seen', () => {
  it.each(UNSEEN)('is refused as the number of the evidence, the reason of a reversal and the note: %j', (text) => {
    const refused = [
      error([], { kind: 'contribution', evidence: evidence(text) }),
      error(GIVEN, { kind: 'reversal', reverses: 'book-employee-460100-0', reason: text }),
      error([], { kind: 'penalty', note: text }),
    ];
    const code = /^(HK.*|\ufeffHK-1)$/.test(text) ? 'text' : 'blank';
    const short = refused.map((each) => [each.kind, each.code, each.details[0]!.pointer, each.details[0]!.code]);
    expect(short).toEqual([
      ['invalid', 'invalid-command', '/evidence/number', code],
      ['invalid', 'invalid-command', '/reason', code],
      ['invalid', 'invalid-command', '/note', code],
    ]);
  });

  it('is named together with what else is wrong', () => {
    const { details } = error([], { kind: 'contribution', evidence: evidence('\u200b'), amount: 'x', note: 'a\u200b' });
    expect(details.map(({ pointer }) => pointer)).toEqual(['/evidence/number', '/note', '/amount']);
  });

  it('is none where everything is seen, in any script', () => {
    for (const note of ['五月　职工', 'è 𠀀', '—', '🏥'])
      expect(event([], { kind: 'contribution', note }).note).toBe(note);
  });
});

describe('two spellings of one person', () => {
  it.each(['WANG', 'Wang', 'wang.', 'WANG_'])('are not maker and reviewer: wang and %s', (reviewer) => {
    expect(error([], { kind: 'contribution', reviewer })).toEqual({
      kind: 'refused',
      code: 'maker-is-reviewer',
      details: [
        {
          pointer: '/reviewer',
          code: 'maker-is-reviewer',
          expected: 'a reviewer other than wang (other capitals or marks are no other person)',
          got: reviewer,
        },
      ],
    });
    expect(error([], { kind: 'penalty', maker: 'wang', reviewer }).code).toBe('maker-is-reviewer');
  });

  it('are not what two people are', () => {
    expect(event([], { kind: 'contribution', reviewer: 'wang2' })).toMatchObject({ maker: 'wang', reviewer: 'wang2' });
  });
});

describe('what was recorded before a rule came', () => {
  it.each<[string, Incoming]>([
    ['a reviewer who is the maker in capitals', { kind: 'contribution', reviewer: 'WANG' }],
    ['a number of evidence that is not seen', { kind: 'contribution', evidence: evidence('\u200b') }],
  ])('is answered as it was when its key comes again, and is no licence for another key: %s', async (_, command) => {
    const books = new Books(new MemoryEventStore(), () => Date.UTC(2026, 0, 1));
    const request = requestOf(command, 'old');
    const { objection, ...before } = request.prepared;
    expect(objection).toBeDefined();
    const first = await books.post({ ...request, prepared: before });
    expect(await books.post(request)).toEqual({ receipt: first.receipt, replayed: true });
    await expect(books.post({ ...request, key: { key: 'new' } })).rejects.toBe(objection);
    await expect(books.preview({ ...request, key: { key: 'new' } })).rejects.toBe(objection);
    const other = requestOf({ ...command, amount: '1.00', poolShare: undefined, personalShare: undefined }, 'old');
    await expect(books.post(other)).rejects.toMatchObject({ code: 'key-used-before' });
  });
});
