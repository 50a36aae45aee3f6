import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { contributionRow, csvOf } from '../../import/fixture.js';
import { LedgerError } from '../../../src/errors.js';
import { importOverHttp } from '../../../src/import/import-over-http.js';
import { type SupervisedNode } from './supervised-node.js';
import { UNITS } from './posting-client.js';

const AGAIN_MS = 500;

/** A file that is imported. */
interface Feed {
  readonly directory: string;
  /** Which of them it is. */
  readonly round: number;
  readonly lines: number;
}

/**
 * Has all nodes import the same file at the same time until each says that all of it is posted. Returns how often it
 * was sent again, since it was not finished. @throws where one says otherwise
 */
export async function importEverywhere(
  nodes: readonly SupervisedNode[],
  { directory, round, lines }: Feed,
): Promise<number> {
  const rows = Array.from({ length: lines }, (_, line) =>
    contributionRow({ unit: UNITS[line % UNITS.length]!, 'evidence.number': `F-${round}-${line}` }),
  );
  const file = join(directory, `feed-${round}.csv`);
  writeFileSync(file, csvOf(rows));
  const again = await Promise.all(nodes.map((node) => untilImported(node, file, lines)));
  return again.reduce((sum, each) => sum + each, 0);
}

async function untilImported(node: SupervisedNode, file: string, lines: number): Promise<number> {
  for (let again = 0; ; await sleep(AGAIN_MS)) {
    const report = await importOverHttp(node.address, file, {}, { onProgress: () => undefined }).catch(
      (error: unknown) => {
        if (error instanceof LedgerError) return error;
        throw error;
      },
    );
    if (report instanceof LedgerError) {
      // Set aside after kills, or away for long: whoever imports sends the file again, once somebody is there.
      if (report.code !== 'service-unreachable') again += 1;
    } else if (report.outcome === 'posted' && report.posted + report.replayed === lines) return again;
    else if (['posted', 'incomplete'].includes(report.outcome)) {
      // What could not be decided beside the other node is left: the same file again finds it to stand.
      again += 1;
    } else throw new Error(`${node.name} imported ${file} as ${JSON.stringify(report)}`);
  }
}
