import { CommanderError } from 'commander';
import { environment } from './config.js';
import { EXIT, exitCodeOf, languageAsked, printedError } from './cli/globals.js';
import { notWritten, toStandardError } from './cli/terminal.js';
import { type Language, type Text, text } from './errors.js';
import { visible } from './text/foreign-text.js';
import { asLedgerError } from './machine-fault.js';
import { buildProgram } from './cli/program.js';

const USAGE: Readonly<Record<string, Text>> = {
  'commander.unknownOption': text('没有选项', 'no such option'),
  'commander.unknownCommand': text('没有命令', 'no such command'),
  'commander.missingArgument': text('缺少参数', 'missing argument'),
  'commander.optionMissingArgument': text('选项缺少值', 'the option lacks its value'),
  'commander.missingMandatoryOptionValue': text('缺少选项', 'missing option'),
  'commander.invalidArgument': text('值不符合要求', 'not a valid value'),
  'commander.excessArguments': text('多余的参数', 'too many arguments'),
  'commander.conflictingOption': text('选项不能同时使用', 'options that exclude each other'),
};

/** Says what is wrong with a command line, in the language asked for, with the words it is about. */
function usageText({ code, message }: CommanderError, language: Language): string {
  const about = USAGE[code];
  const words = message.replace(/^error: /, '');
  if (!about) return words;
  const named = [...words.matchAll(/'([^']*)'/g)].map(([, word]) => word);
  if (language === 'en') return words;
  const choices = /Allowed choices are (.*)\.$/.exec(words)?.[1];
  return `${about.zh}：${named.join(' ')}${choices ? `，应为 ${choices} 之一` : ''}`;
}

/** By which an output says that nobody reads it: at first, and from then on. */
const LEFT: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);

/** Runs one command line. The exit code is set, not forced, so that what is being written is still written. */
async function run(argv: readonly string[]): Promise<number> {
  const language = languageAsked(argv, environment);
  const program = buildProgram(language);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT.done;
  } catch (thrown) {
    const error = asLedgerError(thrown);
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.done;
      if (error.code !== 'commander.help') toStandardError(`${visible(usageText(error, language))}\n`);
      return EXIT.usage;
    }
    const { json } = program.opts<{ json?: true }>();
    toStandardError(`${printedError(error, { json: json ?? false, language })}\n`);
    return exitCodeOf(error);
  }
}

/**
 * A command does what it is to do, whatever becomes of the words it says about it. Where whoever reads them has seen
 * enough, as `head` has, nothing is wrong; where they cannot be written, that is said, and the exit code says it too.
 */
let isRefused = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (isRefused || LEFT.has(error.code)) return;
  isRefused = true;
  process.exitCode = EXIT.unavailable;
  const argv = process.argv.slice(2);
  const asked = { json: argv.includes('--json'), language: languageAsked(argv, environment) };
  toStandardError(`${printedError(notWritten(error), asked)}\n`);
});

/** Where nobody hears what is said beside the output there is nobody to tell: the exit code says what became of it. */
process.stderr.on('error', () => undefined);

/** What nobody caught is a fault of ours, and nobody knows what it left: the program ends, its cause on one line. */
process.on('uncaughtException', (thrown) => {
  toStandardError(`${printedError(asLedgerError(thrown), { json: true, language: 'en' })}\n`);
  process.exit(EXIT.unavailable);
});
const code = await run(process.argv.slice(2));
process.exitCode = isRefused ? EXIT.unavailable : code;
