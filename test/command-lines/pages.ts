import { spawnSync } from 'node:child_process';
import { type Command } from 'commander';

/** Command lines that stand together, as they are written, with the output shown for them, where one is. */
export interface Block {
  /** Where it begins, e.g. `README.md:42` or `tongzhang import --help`. */
  readonly place: string;
  /** Each is what one would type or paste at once: of several lines where a quote or a backslash says so. */
  readonly lines: readonly string[];
  readonly printed: string | undefined;
}

const FENCE = /^```([a-z]*)\n(.*?)^```$/gms;
const SPAN = /`([^`]{1,300})`/g;
const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'shell', 'console']);
const OUTPUTS: ReadonlySet<string> = new Set(['text', 'json', 'csv', '']);
/** What a command line begins with. */
const BEGINS = /^(?:[A-Z_]+=\S+ +)*(?:(?:npx|npm|node|docker|curl|git|tongzhang) +\S|\.ci\/run\b)/;

/** Every command line of a page: its blocks for a shell with what they print, and what stands in its running text. */
export function blocksOfPage(page: string, text: string): Block[] {
  const at = (index: number): string => `${page}:${text.slice(0, index).split('\n').length}`;
  const fences = [...text.matchAll(FENCE)].map((match) => ({
    place: at(match.index),
    isShell: SHELLS.has(match[1]!) || (match[1] === '' && BEGINS.test(match[2]!)),
    isOutput: OUTPUTS.has(match[1]!),
    text: match[2]!,
  }));
  const blocks = fences.flatMap(({ place, isShell, text: script }, index): Block[] => {
    if (!isShell) return [];
    const next = fences[index + 1];
    const printed = next && next.isOutput && !next.isShell ? next.text : undefined;
    return [{ place, lines: linesOf(script), printed }];
  });
  const prose = text.replaceAll(FENCE, (fence) => fence.replaceAll(/[^\n]/g, ' '));
  const spans = [...prose.matchAll(SPAN)].map((match): Block => {
    const line = match[1]!.replaceAll(/\s+/g, ' ').replaceAll('\\|', '|').trim();
    return { place: at(match.index), lines: [line], printed: undefined };
  });
  return [...blocks, ...spans.filter(({ lines }) => BEGINS.test(lines[0]!))];
}

/** A script as the lines that are entered one after the other. Whether one is at its end, the shell itself says. */
function linesOf(script: string): string[] {
  const lines: string[] = [];
  let entered = '';
  for (const line of script.split('\n')) {
    if (entered === '' && /^\s*(#|$)/.test(line)) continue;
    entered += entered === '' ? line : `\n${line}`;
    if (!isComplete(entered)) continue;
    lines.push(entered);
    entered = '';
  }
  return entered === '' ? lines : [...lines, entered];
}

function isComplete(entered: string): boolean {
  if (entered.endsWith('\\')) return false;
  const { status, stderr } = spawnSync('bash', ['-n', '-c', entered], { encoding: 'utf8' });
  // A here-document that is not at its end is no error to the shell, but a warning.
  return status === 0 && stderr === '';
}

/** The lines after `$` in the help of a program and of each of its commands. */
export function blocksOfHelp(program: Command): Block[] {
  const commands = [program, ...allBelow(program)];
  return commands.flatMap((command) => {
    const place = `${pathOf(command)} --help`;
    return blocksOfText(place, helpOf(command), /^ *\$ /);
  });
}

/** The lines of a text that begin with a mark, each a block of its own. */
export function blocksOfText(place: string, text: string, mark: RegExp): Block[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (!mark.test(line)) return [];
    const rest = [line.replace(mark, ''), ...lines.slice(index + 1)].join('\n');
    return [{ place, lines: linesOf(rest).slice(0, 1), printed: undefined }];
  });
}

const allBelow = (command: Command): Command[] => command.commands.flatMap((each) => [each, ...allBelow(each)]);
const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  return help;
}
