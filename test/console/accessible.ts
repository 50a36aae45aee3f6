import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 AA, and what is good practice beside it. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Found {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What stands in the way of who cannot see or point: none, or each rule with where it is broken. */
export async function barriers(page: Page): Promise<string[]> {
  // By the debugger and not as a script of the page, whose policy allows none but its own.
  await page.evaluate(`globalThis.axe ?? (() => { ${AXE} })()`);
  const violations = await page.evaluate(async (rules) => {
    const { axe } = globalThis as unknown as {
      axe: { run: (document: Document, options: object) => Promise<{ violations: Found[] }> };
    };
    return (await axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] }))
      .violations;
  }, RULES);
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes
        .slice(0, 3)
        .map(({ html, failureSummary }) => `  ${html.slice(0, 240)}\n  ${failureSummary ?? ''}`)
        .join('\n')}`,
  );
}

/** By how many pixels the page as a whole is wider than its window: 0, for tables alone may scroll sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
