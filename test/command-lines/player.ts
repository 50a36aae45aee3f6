import { type Block } from './pages.js';
import { type Rule, withoutComment } from './scenes.js';
import { isAsShown } from './shown.js';
import { type Ran, type Stage } from './stage.js';

/** A line with all that is said of it. */
export interface Line {
  readonly place: string;
  readonly line: string;
  readonly rule: Rule | undefined;
}

/** Lines that say the same, once. */
export function unique(lines: readonly Line[]): Line[] {
  const first = new Map(lines.toReversed().map((line) => [withoutComment(line.line), line]));
  return lines.filter((line) => first.get(withoutComment(line.line)) === line);
}

/** Nothing that is asked for over HTTP may be refused, unless the page shows the refusal. */
const PROBLEM = 'urn:tongzhang:problem';
/** A program that is interrupted ends as if all was done, or says by its code that it was. */
const INTERRUPTED = new Set([0, null, 130]);

/** Runs command lines on a stage, each once, and keeps what they printed. */
export class Player {
  private readonly printed = new Map<string, string>();

  constructor(
    private readonly stage: Stage,
    private readonly blocks: readonly Block[],
  ) {}

  hasPlayed(line: string): boolean {
    return this.printed.has(withoutComment(line));
  }

  /** @throws naming the first line that does not end as it should, with what it printed */
  async play(lines: readonly Line[]): Promise<void> {
    for (const line of unique(lines)) {
      if (this.hasPlayed(line.line)) continue;
      if (line.rule?.until === undefined) this.keep(line, await this.stage.run(line.line), new Set([0]));
      else await this.during(line, () => Promise.resolve());
    }
  }

  /** Does something while a line goes on, and interrupts it. */
  async during(line: Line, act: () => Promise<void>): Promise<void> {
    const running = this.stage.start(line.line);
    try {
      await running.until(line.rule!.until!);
      await act();
    } finally {
      this.keep(line, await running.interrupt(), INTERRUPTED);
    }
  }

  /** Where what was printed is not what a page shows for it. */
  differences(): string[] {
    return this.blocks.flatMap(({ place, lines, printed: shown }) => {
      const all = lines.map((line) => this.printed.get(withoutComment(line)));
      if (shown === undefined || all.includes(undefined) || isAsShown(all.join(''), shown)) return [];
      return [`${place} shows\n${shown}\nbut it prints\n${all.join('')}`];
    });
  }

  private keep({ place, line }: Line, { code, stdout, stderr }: Ran, expected: ReadonlySet<number | null>): void {
    const shown = this.blocks.find((block) => block.lines.includes(line))?.printed;
    const isRefused = stdout.includes(PROBLEM) && !shown?.includes(PROBLEM);
    if (!expected.has(code) || isRefused)
      throw new Error(`${place}: ${line}\nended with ${String(code)}:\n${stdout}\n${stderr}`);
    this.printed.set(withoutComment(line), stdout);
  }
}
