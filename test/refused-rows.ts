import { expect, it } from '@jest/globals';
import { LedgerError } from '../src/errors.js';
import { type Incoming, ledgerOf, opened } from './given-when-then.js';

/*
 * Tables of what the rules of posting refuse: the rule, what stands, the command, its code, where the rule is
 * written, and the figures and the way out that are told. Both languages say all of it.
 */

export type RefusedRow = readonly [
  rule: string,
  given: readonly Incoming[],
  when: Incoming,
  code: string,
  source: string,
  told: string[],
];

export const SIFAS = '社会保险基金会计制度，财会〔2017〕28号|SIFAS';
export const TWO_LINES = '收支两条线|two lines';
export const ART_51 = '第五十一条|art\\. 51';
export const ART_64 = '第六十四条|art\\. 64';
export const PRACTICE = '记账惯例|practice';

/** The day on which all of it is asked. */
export const LAST_DAY = '2027-12-31';

/** A book that has this and nothing else. */
export const poor = (balances: Readonly<Record<string, string>>): Incoming => ({
  ...opened(),
  kind: 'opening-balance',
  balances,
});

/** Posts what the rules refuse, and looks at what is said of it. */
export function itRefuses(rows: readonly RefusedRow[]): void {
  it.each(rows)(
    'says of %s its source, the figures and the way out, in both languages',
    (_, given, when, code, source, told) => {
      const ledger = ledgerOf(given, LAST_DAY);
      let refused: unknown;
      try {
        ledger.post(when);
      } catch (error) {
        refused = error;
      }
      expect(refused).toBeInstanceOf(LedgerError);
      const { text, details, kind, code: was } = refused as LedgerError;
      expect([kind, was]).toEqual(['refused', code]);
      for (const language of ['zh', 'en'] as const) {
        const all = [text[language], ...details.flatMap(({ expected, got }) => [expected[language], got])].join('\n');
        expect(text[language]).toMatch(new RegExp(source, 'u'));
        for (const each of told) expect(all).toContain(each);
      }
      expect(text.zh).toMatch(/\p{Script=Han}/u);
      expect(text.en).toMatch(/[a-z]{4}/);
    },
  );
}
