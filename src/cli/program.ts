import { Command, Option } from 'commander';
import { type Language, text } from '../errors.js';
import { addBackupCommand } from './backup.js';
import { addClockCommand } from './clock.js';
import { addCloseCommand, addReopenCommand } from './close.js';
import { addCompactCommand } from './compact.js';
import { addCopyCommand } from './copy.js';
import { addDemoCommand } from './demo/demo.js';
import { addExportCommand } from './export.js';
import { addGenerateCommand } from './generate.js';
import { addImportCommand } from './import.js';
import { addInitCommand } from './init.js';
import { addReconcileCommand } from './reconcile.js';
import { addReferenceCommand } from './reference.js';
import { addRelayCommand } from './relay.js';
import { addReplayCommand } from './replay.js';
import { addReportCommand } from './report.js';
import { addRestoreCommand } from './restore.js';
import { addServeCommand } from './serve.js';
import { addStoreCommand } from './store.js';
import { addVerifyCommand } from './verify.js';
import { addVoucherCommand } from './voucher.js';
import { both } from './globals.js';
import { toStandardError, toStandardOutput } from './terminal.js';

/** The program: its global options and one line for every command of `src/cli/`. */
export function buildProgram(language: Language): Command {
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
  addInitCommand(program);
  addServeCommand(program);
  addImportCommand(program);
  addCloseCommand(program);
  addReopenCommand(program);
  addReportCommand(program);
  addExportCommand(program);
  addVoucherCommand(program);
  addReconcileCommand(program);
  addReferenceCommand(program);
  addVerifyCommand(program);
  addStoreCommand(program);
  addReplayCommand(program);
  addRelayCommand(program);
  addClockCommand(program);
  addCopyCommand(program);
  addBackupCommand(program);
  addRestoreCommand(program);
  addCompactCommand(program);
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
