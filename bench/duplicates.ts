import { cpSync, createWriteStream, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { feed } from '../examples/hainan-2025/feed.js';
import { headerOf, textOf } from '../examples/hainan-2025/line.js';
import { type Figure, median, ratioOf } from './figure.js';
import { feedOf, type Imported, importOnce, ledgerOf } from './large-ledger.js';

/** What the look for likely duplicates costs an import: the same import by books that do not look. */
export async function lookForDuplicates(directory: string, events: number): Promise<Figure[]> {
  const rounds = events > 200_000 ? 1 : 3;
  const more = join(directory, 'more.csv');
  await writeContributions(more, events);
  return [
    await compare('import with the look for likely duplicates', directory, undefined, feedOf(directory), rounds),
    await compare('the same into days that are full', directory, ledgerOf(directory), more, rounds),
  ];
}

/** Imports with and without the look in turns, each into a ledger of its own that begins as a copy of `before`. */
async function compare(
  name: string,
  directory: string,
  before: string | undefined,
  file: string,
  rounds: number,
): Promise<Figure> {
  const [looking, blind]: [Imported[], Imported[]] = [[], []];
  const into = join(directory, 'looked');
  const importInto = async (how: 'looking' | 'blind'): Promise<Imported> => {
    if (before !== undefined) cpSync(before, into, { recursive: true });
    const imported = await importOnce(directory, into, file, how);
    rmSync(into, { recursive: true });
    return imported;
  };
  for (let round = 0; round < rounds; round += 1) {
    blind.push(await importInto('blind'));
    looking.push(await importInto('looking'));
  }
  const rate = (of: readonly Imported[]): number =>
    median(of.map(({ posted, elapsedMs }) => (posted / elapsedMs) * 1_000));
  const cpu = (of: readonly Imported[]): number => median(of.map(({ cpuMs }) => cpuMs));
  const peak = (of: readonly Imported[]): number => median(of.map(({ peakMegabytes }) => peakMegabytes));
  const cost = `CPU ${(cpu(looking) / cpu(blind)).toFixed(2)} ×, peak RSS ${peak(looking)} against ${peak(blind)} MB`;
  return ratioOf(name, rate(looking), rate(blind), 0.9, cost);
}

/** The contributions of another feed: the same books and days, and evidence of their own. */
export async function writeContributions(path: string, events: number, name = 'more'): Promise<void> {
  const out = createWriteStream(path);
  out.write(headerOf('csv'));
  for (const line of feed(name, events))
    if (line.kind === 'contribution' && !out.write(textOf(line, 'csv'))) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
}
