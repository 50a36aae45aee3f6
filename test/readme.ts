/** A block of commands in a page of documentation, with the output the page shows for it, where it shows one. */
export interface Snippet {
  /** Where it begins, e.g. `README.md:42`. */
  readonly place: string;
  readonly commands: string;
  readonly printed: string | undefined;
}

interface Block {
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

const FENCE = /^```([a-z]*)\n(.*?)^```$/gms;
/** The first line of a block that is run. */
const MARK = '# runs\n';

/**
 * The snippets of a page that are run: `sh` blocks whose first line is `# runs`. What they print stands in the next
 * block, where that is not itself one of commands: `text`, `json` or of no language.
 */
export function snippetsOf(page: string, text: string): Snippet[] {
  const blocks = [...text.matchAll(FENCE)].map((match): Block => ({
    line: text.slice(0, match.index).split('\n').length,
    language: match[1]!,
    text: match[2]!,
  }));
  return blocks.flatMap((block, index) => {
    if (block.language !== 'sh' || !block.text.startsWith(MARK)) return [];
    const next = blocks[index + 1];
    const printed = next && ['text', 'json', ''].includes(next.language) ? next.text : undefined;
    return [{ place: `${page}:${block.line}`, commands: block.text.slice(MARK.length), printed }];
  });
}

/** Whether something printed is what a page shows: `…` in it stands for anything, alone on a line for any lines. */
export function isAsShown(printed: string, shown: string): boolean {
  const lines = shown.trim().split('\n');
  const pattern = lines.map((line) => (line.trim() === '…' ? '(?:.*\\n)*?' : `${patternOf(line)}\\n`)).join('');
  return new RegExp(`^\\s*${pattern}\\s*$`).test(`${printed.trim()}\n`);
}

const patternOf = (line: string): string =>
  line
    .trimEnd()
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
