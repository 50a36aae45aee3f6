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
