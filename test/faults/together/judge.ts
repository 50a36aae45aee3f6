import { isDeepStrictEqual } from 'node:util';
import { formatFen, parseFen } from '../../../src/money.js';
import { type Journal, type SentFile, type Wanted } from './journal.js';

/** An event as `/v1/events` tells it. */
interface Told {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly data: {
    readonly key?: string;
    /** Absent of reference data. */
    readonly amount?: string;
    readonly unit: string;
    readonly note?: string;
    readonly evidence: { readonly number: string };
  };
}

const PAGE = 10_000;

/** The whole log, as it is told over HTTP. */
async function readEvents(address: string): Promise<Told[]> {
  const events: Told[] = [];
  for (;;) {
    const after = events.at(-1)?.position ?? 0;
    const headers = { accept: 'application/x-ndjson' };
    const response = await fetch(`${address}/v1/events?after=${after}&limit=${PAGE}`, { headers });
    const lines = (await response.text()).split('\n').filter((line) => line !== '');
    if (response.status !== 200 || lines.length === 0) return events;
    for (const line of lines) events.push(JSON.parse(line) as Told);
  }
}

/** Holds the log against all that honest clients wrote down. Gives what is wrong, in words; empty where nothing is. */
export async function judge(address: string, journal: Journal): Promise<string[]> {
  const events = await readEvents(address);
  const wrong = [...journal.wrong];
  const byKey = Map.groupBy(events, ({ data, stream }) => `${stream} ${data.key}`);
  const byNote = Map.groupBy(events, ({ data }) => data.note ?? '');
  events.forEach(({ position, id }, index) => {
    if (position !== index + 1) wrong.push(`${id} stands at position ${position}, after ${index} others`);
  });
  for (const wanted of journal.wanted) wrong.push(...judgeWanted(wanted, byKey.get(nameOf(wanted)) ?? []));
  for (const file of journal.files) wrong.push(...judgeFile(file, byNote.get(file.note) ?? []));
  return [...wrong, ...judgeBelieved(journal, events), ...(await judgeSums(address, journal))];
}

const nameOf = ({ unit, key }: Wanted): string => `book-employee-${unit} ${key}`;

function judgeWanted({ key, receipt, fen, refused }: Wanted, standing: readonly Told[]): string[] {
  if (standing.length > 1) return [`${key} stands ${standing.length} times: ${standing.map(({ id }) => id).join(' ')}`];
  const [found] = standing;
  if (!found)
    return [receipt ? `${key} was acknowledged as ${receipt.id} and is lost` : `${key} is still not recorded`];
  if (!receipt) return [`${key} stands as ${found.id}, and its client was never told (refused ${refused} times)`];
  const is = { id: found.id, position: found.position, fen: parseFen(found.data.amount!) };
  const was = { ...receipt, fen };
  return isDeepStrictEqual(is, was) ? [] : [`${key} was acknowledged as ${receipt.id}, and stands as ${found.id}`];
}

function judgeFile({ note, lines, end }: SentFile, standing: readonly Told[]): string[] {
  // Each line has evidence of its own.
  const distinct = new Set(standing.map(({ data }) => data.evidence.number)).size;
  const wrong: string[] = [];
  if (end?.status !== 'done' || end.posted + end.replayed !== lines || end.rejected !== 0)
    wrong.push(`${note} of ${lines} lines ended as ${JSON.stringify(end)}`);
  if (standing.length !== lines || distinct !== lines)
    wrong.push(`${note} of ${lines} lines stands in ${standing.length} events of ${distinct} lines`);
  return wrong;
}

/** What was answered of a balance at a position is the sum of what stands up to there. */
function judgeBelieved({ believed }: Journal, events: readonly Told[]): string[] {
  const wrong: string[] = [];
  const sums = new Map<string, bigint>();
  let next = 0;
  for (const { unit, position, closing } of believed.toSorted((a, b) => a.position - b.position)) {
    for (; next < events.length && events[next]!.position <= position; next += 1) {
      const { unit: of, amount = '0.00' } = events[next]!.data;
      sums.set(of, (sums.get(of) ?? 0n) + parseFen(amount));
    }
    const truth = formatFen(sums.get(unit) ?? 0n);
    if (truth !== closing)
      wrong.push(`at ${position} the balance of ${unit} was answered ${closing}, and was ${truth}`);
  }
  return wrong;
}

/** The balances at the end are what the journal adds up to. */
async function judgeSums(address: string, { wanted, files }: Journal): Promise<string[]> {
  const sums = new Map<string, bigint>();
  const add = (unit: string, fen: bigint): void => void sums.set(unit, (sums.get(unit) ?? 0n) + fen);
  for (const { unit, fen } of wanted) add(unit, fen);
  for (const { unit, lines, fenOfLine } of files) add(unit, BigInt(lines) * fenOfLine);
  const wrong: string[] = [];
  for (const [unit, fen] of sums) {
    const response = await fetch(`${address}/v1/balances?fund=employee&unit=${unit}&asOf=2025-05-31`);
    const { books } = (await response.json()) as { books?: { closing: string }[] };
    const closing = books?.[0]?.closing;
    if (closing !== formatFen(fen))
      wrong.push(`${unit} closes with ${closing}; the journal adds up to ${formatFen(fen)}`);
  }
  return wrong;
}
