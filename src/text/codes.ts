import { type Text, text } from '../errors.js';

/** One code of a closed list, with what people call it. */
export interface Code {
  readonly code: string;
  /** Its one Chinese and one English name: what is printed for it wherever people read. */
  readonly name: Text;
  /** What else it is called somewhere, and means nothing but this. */
  readonly also?: readonly string[];
}

/** What reads and prints the codes of a field. Codes are written exactly; words by what `folded` makes of them. */
export interface Vocabulary {
  readonly codes: readonly string[];
  readonly has: (code: string) => boolean;
  /** The code that a word stands for, a code for itself; undefined where it is neither. */
  readonly codeOf: (word: string) => string | undefined;
  /** What people call a code; the code itself where the list does not hold it. */
  readonly nameOf: (code: string) => Text;
}

export const code = (key: string, zh: string, en: string, ...also: readonly string[]): Code => ({
  code: key,
  name: text(zh, en),
  also,
});

/** A word as it is compared: of whatever width, in lower case, without any blank. */
export const folded = (word: string): string => word.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');

/** A closed list of codes, in their order, with the words that people and reports have for them. */
export class CodeList implements Vocabulary {
  readonly codes: readonly string[];
  private readonly names: ReadonlyMap<string, Text>;
  /** As they stand in nearly every file: the codes themselves and their plain names. */
  private readonly byText = new Map<string, string>();
  private readonly byFolded: ReadonlyMap<string, string>;

  /** Refuses, as a fault of ours, a word that stands for two codes. */
  constructor(list: readonly Code[]) {
    this.codes = list.map((each) => each.code);
    this.names = new Map(list.map((each) => [each.code, each.name]));
    this.byFolded = spellingsOf(list, ({ word, code: key, other }) => {
      throw new Error(`${word} stands for ${other} and for ${key}`);
    });
    for (const { code: key, name } of list) this.byText.set(name.zh, key).set(name.en, key);
    for (const key of this.codes) this.byText.set(key, key);
  }

  readonly has = (key: string): boolean => this.names.has(key);

  readonly codeOf = (word: string): string | undefined => this.byText.get(word) ?? this.byFolded.get(folded(word));

  readonly nameOf = (key: string): Text => this.names.get(key) ?? text(key, key);
}

/** A word that stands for two codes of one list. */
export interface Ambiguity {
  readonly word: string;
  readonly code: string;
  readonly other: string;
}

/** What is ambiguous in a list that is yet to be adopted: a `CodeList` of it would be refused. */
export function ambiguitiesIn(list: readonly Code[]): Ambiguity[] {
  const found: Ambiguity[] = [];
  spellingsOf(list, (ambiguity) => found.push(ambiguity));
  return found;
}

/** The words of a list, folded, with the code that each stands for first. */
function spellingsOf(list: readonly Code[], isAmbiguous: (ambiguity: Ambiguity) => void): Map<string, string> {
  const codes = new Map(list.map((each) => [folded(each.code), each.code]));
  const byFolded = new Map<string, string>();
  for (const { code: key, name, also = [] } of list)
    for (const word of wordsOf(key, name, also)) {
      const spelling = folded(word);
      const other = byFolded.get(spelling) ?? codes.get(spelling) ?? key;
      if (other !== key) isAmbiguous({ word, code: key, other });
      else byFolded.set(spelling, key);
    }
  return byFolded;
}

/** Reports print a unit's code before its name, messages put a name in brackets, schemas give both names. */
function wordsOf(key: string, { zh, en }: Text, also: readonly string[]): string[] {
  const pairs = [zh, en].flatMap((name) => [`${key} ${name}`, `${key} (${name})`]);
  return [zh, en, `${zh} ${en}`, ...pairs, ...also];
}

/** Codes with their names, as a message lists them: `employer（单位）、…`, `employer (Employer), …`. */
export function listed({ nameOf }: Vocabulary, codes: readonly string[]): Text {
  const named = codes.map((each) => ({ each, name: nameOf(each) }));
  return text(
    named.map(({ each, name }) => (name.zh === each ? each : `${each}（${name.zh}）`)).join('、'),
    named.map(({ each, name }) => (name.en.toLowerCase() === each ? each : `${each} (${name.en})`)).join(', '),
  );
}
