import { Command, CommanderError, Option } from 'commander';
import { addClockCommand } from './cli/clock.js';
import { addCopyCommand } from './cli/copy.js';
import { addDemoCommand } from './cli/demo.js';
import { addGenerateCommand } from './cli/generate.js';
import { addImportCommand } from './cli/import.js';
import { addRelayCommand } from './cli/relay.js';
import { addReplayCommand } from './cli/replay.js';
import { addReportCommand } from './cli/report.js';
import { addServeCommand } from './cli/serve.js';
import { addVerifyCommand } from './cli/verify.js';
import { environment } from './config.js';
import { both, EXIT, exitCodeOf, languageAsked, printedError } from './cli/globals.js';
import { toStandardError, toStandardOutput } from './cli/terminal.js';
import { type Language, type Text, text } from './errors.js';
import { visible } from './foreign-text.js';
import { asLedgerError } from './store-unreachable.js';

/** The program: its global options and one line for every command of `src/cli/`. */
function buildProgram(language: Language): Command {
  const program = new Command('tongzhang')
    .description(both(text('统账：医疗保障基金的会计账簿', 'Tongzhang: a ledger for medical-insurance funds')))
    .addOption(new Option('--json', both(text('以 JSON 输出', 'print JSON'))))
    .addOption(new Option('--lang <lang>', both(text('语言', 'language'))).choices(['zh', 'en']).default(language))
    .addOption(
      new Option('--data <dir>', both(text('数据目录', 'data directory'))).env('DATA_DIR').default('./data/ledger'),
    )
    .exitOverride()
    .configureOutput({ writeOut: toStandardOutput, writeErr: toStandardError, outputError: () => undefined })
    .configureHelp({ styleTitle: (title) => TITLES[title] ?? title })
    .helpOption('-h, --help', both(text('显示帮助', 'show help')))
    .helpCommand('help [command]', both(text('显示命令的帮助', 'show the help of a command')))
    .addHelpText('after', EXIT_CODES);
  addServeCommand(program);
  addImportCommand(program);
  addReportCommand(program);
  addVerifyCommand(program);
  addReplayCommand(program);
  addRelayCommand(program);
  addClockCommand(program);
  addCopyCommand(program);
  addDemoCommand(program);
  addGenerateCommand(program);
  return program;
}

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法  Usage:',
  'Arguments:': '参数  Arguments:',
  'Options:': '选项  Options:',
  'Commands:': '命令  Commands:',
};

const EXIT_CODES = `
退出码  Exit codes:
  0 完成 done   1 检查未通过 a check failed   2 用法错误 usage   3 不可用 unavailable   4 冲突 conflict`;

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

process.exitCode = await run(process.argv.slice(2));
