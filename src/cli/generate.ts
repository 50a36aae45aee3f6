import { type Command, Option } from 'commander';
import { writeFileSync } from 'node:fs';
import {
  DEFAULT_EVENTS,
  DEFAULT_SEED,
  generate,
  type Generated,
  type GenerateOptions,
} from '../../examples/hainan-2025/generate.js';
import { type FeedFormat } from '../../examples/hainan-2025/line.js';
import { LEAST_EVENTS } from '../../examples/hainan-2025/plan.js';
import { type Language, LedgerError, show, type Text, text } from '../errors.js';
import { visible } from '../text/foreign-text.js';
import { both, globalsOf } from './globals.js';
import { toStandardError, toStandardOutput } from './terminal.js';
import { writtenWhole } from './whole-file.js';

interface GenerateCommandOptions {
  readonly seed: string;
  readonly events: string;
  readonly format: FeedFormat;
  readonly out?: string;
  readonly control?: string;
}

const MOST_EVENTS = 1_000_000_000;
/** How many lines pass between two reports of progress. */
const REPORT_EVERY = 1_000_000;

/** `tongzhang generate`: the feed of the worked example, at any size. */
export function addGenerateCommand(program: Command): void {
  const format = new Option('--format <format>', both(text('格式', 'format')));
  program
    .command('generate')
    .description(both(text('生成海南 2025 示例数据', 'write the feed of the worked example, Hainan 2025')))
    .option('--seed <text>', both(text('随机种子', 'seed: the same seed gives the same file')), DEFAULT_SEED)
    .option('--events <n>', both(text('行数', 'number of lines')), String(DEFAULT_EVENTS))
    .addOption(format.choices(['csv', 'ndjson']).default('csv'))
    .option('--out <file>', both(text('输出文件', 'file to write (default feed.csv or feed.ndjson)')))
    .option('--control <file>', both(text('控制合计的输出文件', 'file for the control totals')))
    .addHelpText(
      'after',
      `
示例  Examples:
  $ npx tongzhang generate --out feed.csv --control feed.control.json
  $ npx tongzhang import feed.csv --control feed.control.json
  $ npx tongzhang generate --events 100000 --format ndjson --out feed.ndjson`,
    )
    .action((options: GenerateCommandOptions, command: Command) => {
      const { json, language } = globalsOf(command);
      const { seed, format: as, out: file = `feed.${as}` } = options;
      const asked = { seed, events: eventsOf(options.events), format: as, onProgress: progressIn(language) };
      const generated = writeFeed({ ...asked, path: file });
      if (options.control !== undefined) writeControl(options.control, generated);
      toStandardOutput(json ? `${JSON.stringify({ file, ...generated })}\n` : `${said(file, generated)[language]}\n`);
    });
}

/** Writes a feed, which is there once it is whole. */
export const writeFeed = (options: GenerateOptions): Generated =>
  writtenWhole(options.path, (path) => generate({ ...options, path }));

/** Writes the control totals of a feed, as an import wants them. */
export const writeControl = (path: string, { control }: Generated): void =>
  writtenWhole(path, (part) => writeFileSync(part, `${JSON.stringify(control, undefined, 2)}\n`));

/** What was written, in one line. */
export const said = (path: string, { lines, bytes, digest }: Pick<Generated, 'lines' | 'bytes' | 'digest'>): Text => {
  const name = visible(path);
  const megabytes = Math.ceil(bytes / 1_000_000);
  return text(
    `已生成 ${name}：${lines} 行，${megabytes} MB，SHA-256 ${digest}`,
    `wrote ${name}: ${lines} lines, ${megabytes} MB, SHA-256 ${digest}`,
  );
};

/** @throws LedgerError invalid, unless it is a whole number in range */
function eventsOf(value: string): number {
  const events = /^[0-9]{1,10}$/.test(value) ? Number.parseInt(value, 10) : 0;
  if (events >= LEAST_EVENTS && events <= MOST_EVENTS) return events;
  throw new LedgerError('invalid', 'events', text('行数不符合要求', 'not a number of lines'), [
    {
      pointer: '--events',
      code: 'events',
      expected: text(
        `${LEAST_EVENTS} 至 ${MOST_EVENTS} 的整数`,
        `a whole number from ${LEAST_EVENTS} to ${MOST_EVENTS}`,
      ),
      got: show(value),
    },
  ]);
}

function progressIn(language: Language): (lines: number) => void {
  let next = REPORT_EVERY;
  return (lines) => {
    if (lines < next) return;
    next += REPORT_EVERY;
    toStandardError(language === 'zh' ? `已写 ${lines} 行\n` : `${lines} lines written\n`);
  };
}
