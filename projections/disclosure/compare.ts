import { type Fen } from '../../src/money.js';
import { type Asking } from '../asking/question.js';
import { digestOf, type Figures, figuresOf, type FundFigures, isAsPublished, isSame, type Wanted } from './figures.js';
import { type Disclosure, type Published } from './published.js';

/** A disclosure held against the books: as they were when its figures were drawn, and as they are. */
export interface Held {
  readonly disclosure: Disclosure;
  /** What the books give for its days now. */
  readonly now: Figures;
  readonly nowSha256: string;
  /** Whether the document that was published is that table, by its digest. */
  readonly isDocument: boolean;
  /** Whether the books give today what they gave when it was drawn; null where nobody knows from when it is. */
  readonly stillGives: boolean | null;
  readonly differences: readonly Difference[];
}

/** A figure that the books gave, and give no longer. */
interface Difference {
  readonly fund: string;
  readonly figure: keyof FundFigures;
  readonly drawn: Fen;
  readonly today: Fen;
}

/** A published figure beside that of the books. */
export interface Compared {
  readonly published: Published;
  readonly figure: keyof FundFigures;
  readonly said: Fen;
  /** Null where the fund has no book. */
  readonly books: Fen | null;
  /** Whether they are the same to the precision that was published. */
  readonly agrees: boolean;
}

const FIGURES = ['opening', 'income', 'expenditure', 'closing'] as const;

/** Holds each disclosure against the books of a position. */
export async function held(asking: Asking, published: readonly Disclosure[], position: number): Promise<Held[]> {
  const figures = remembered(asking);
  const all: Held[] = [];
  for (const disclosure of published) {
    const { from, to, unit, fund, drawnAt, sha256 } = disclosure;
    const now = ofFund(await figures({ from, to, unit, position }), fund);
    const then =
      drawnAt === null || drawnAt > position
        ? null
        : ofFund(await figures({ from, to, unit, position: drawnAt }), fund);
    const nowSha256 = digestOf(now);
    all.push({
      disclosure,
      now,
      nowSha256,
      isDocument: nowSha256 === sha256,
      stillGives: then && isSame(then, now),
      differences: then ? differencesOf(then, now) : [],
    });
  }
  return all;
}

/** Sets each published figure beside that of the books of a position. */
export async function compare(asking: Asking, published: readonly Published[], position: number): Promise<Compared[]> {
  const figures = remembered(asking);
  const all: Compared[] = [];
  for (const each of published) {
    const { from, to, unit, fund, amounts } = each;
    const own = (await figures({ from, to, unit, position })).get(fund);
    for (const figure of FIGURES) {
      const said = amounts[figure];
      if (said === undefined) continue;
      const books = own?.[figure] ?? null;
      all.push({ published: each, figure, said, books, agrees: books !== null && isAsPublished(said, books) });
    }
  }
  return all;
}

/** What is published of the same days is read once. */
function remembered(asking: Asking): (wanted: Wanted) => Promise<Figures> {
  const known = new Map<string, Figures>();
  return async (wanted) => {
    const key = JSON.stringify(wanted);
    const figures = known.get(key) ?? (await figuresOf(asking, wanted));
    known.set(key, figures);
    return figures;
  };
}

const ofFund = (figures: Figures, fund: string): Figures => {
  const own = figures.get(fund);
  return own ? new Map([[fund, own]]) : figures;
};

const NOTHING: FundFigures = { opening: 0n, income: 0n, expenditure: 0n, closing: 0n };

const differencesOf = (then: Figures, now: Figures): Difference[] =>
  [...new Set([...then.keys(), ...now.keys()])].flatMap((fund) =>
    FIGURES.map((figure) => ({
      fund,
      figure,
      drawn: (then.get(fund) ?? NOTHING)[figure],
      today: (now.get(fund) ?? NOTHING)[figure],
    })).filter((each) => each.drawn !== each.today),
  );
