import { type Command } from 'commander';
import { readConfig } from '../config.js';
import { type Language, LedgerError, type Text } from '../errors.js';
import { visible } from '../text/foreign-text.js';

/** What every command of the program knows, whatever its own options. */
export interface Globals {
  readonly json: boolean;
  readonly language: Language;
  /** Absolute. */
  readonly dataDir: string;
}

/** The options before or after any command: `--json`, `--lang`, `--data`. @throws LedgerError invalid */
export function globalsOf(command: Command): Globals {
  const { json, lang, data } = command.optsWithGlobals<{ json?: boolean; lang: Language; data: string }>();
  return { json: json ?? false, language: lang, dataDir: readConfig({ DATA_DIR: data }).dataDir };
}

/** The language of the terminal: `zh` unless `LC_ALL`, `LC_MESSAGES` or `LANG` ask for another that is not `C`. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return locale === '' || /^(zh|C\b|POSIX)/.test(locale) ? 'zh' : 'en';
}

/** The language asked for on the command line, before the rest of it is understood; else that of the terminal. */
export function languageAsked(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Language {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = at < 0 ? undefined : argv[at]!.includes('=') ? argv[at]!.slice(7) : argv[at + 1];
  return word === 'zh' || word === 'en' ? word : languageOf(env);
}

/** A description for `--help`, which is printed before a language is known to the command: both languages. */
export const both = ({ zh, en }: Text): string => `${zh}  ${en}`;

/** The exit codes of every command. */
export const EXIT = { done: 0, checkFailed: 1, usage: 2, unavailable: 3, conflict: 4 } as const;

const EXIT_BY_KIND = {
  invalid: EXIT.usage,
  refused: EXIT.checkFailed,
  'not-found': EXIT.checkFailed,
  conflict: EXIT.conflict,
  unavailable: EXIT.unavailable,
} as const;

/** Another process holds the data directory; a server says no to what was configured. */
const EXIT_BY_CODE: Readonly<Record<string, number>> = {
  'data-directory-in-use': EXIT.conflict,
  'store-misconfigured': EXIT.usage,
};

/** The exit code of an error: by its code where that has one of its own, else by its kind. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof LedgerError)) return EXIT.unavailable;
  return EXIT_BY_CODE[error.code] ?? EXIT_BY_KIND[error.kind];
}

/** An error as it is printed: a sentence and a line for each fact, or one JSON object. */
export function printedError(error: unknown, { json, language }: Pick<Globals, 'json' | 'language'>): string {
  if (!(error instanceof LedgerError)) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return json ? JSON.stringify({ code: 'internal-error', detail: message }) : message;
  }
  const errors = error.details.map((detail) => ({ ...detail, expected: detail.expected[language] }));
  if (json) return JSON.stringify({ code: error.code, detail: error.text[language], errors });
  const [should, got] = language === 'zh' ? ['应为', '实为'] : ['expected', 'got'];
  const facts = errors.map((detail) => `  ${detail.pointer} ${should} ${detail.expected}, ${got} ${detail.got}`);
  return [`${error.code}: ${error.text[language]}`, ...facts].map(visible).join('\n');
}
