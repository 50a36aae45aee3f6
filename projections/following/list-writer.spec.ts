import { afterEach, expect, it } from '@jest/globals';
import { FollowedLog } from '../../test/followed-log.js';
import { openSqlite } from '../../src/sqlite-file.js';
import { auditTrail, readLine, TRAIL } from '../audit-trail/projection.js';
import { listBlockOf } from '../projection.js';
import { type Lines, unpackLines } from './packed-lines.js';
import { ReadTables, TablesFault, tableName } from './read-tables.js';

type Row = readonly [day: string, book: string, block: bigint, lines: Lines];

const NAME = tableName(auditTrail, TRAIL);
/** Two blocks that are whole, and a part of a third. */
const EVENTS = 4_300;

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

/** The lists of a log followed in batches of a size, after each of some numbers of events. */
async function listsOf(batch: number, followedAt: readonly number[] = [EVENTS]): Promise<readonly Row[]> {
  const log = new FollowedLog([auditTrail]);
  logs.push(log);
  for (let index = 0; index < EVENTS; index += 1) {
    const unit = ['460100', '460200', '460300'][index % 13 === 0 ? 1 : index === 2_000 ? 2 : 0]!;
    const businessDate = `2025-05-${index % 1_500 < 700 ? '12' : '13'}`;
    const evidence = { kind: 'invoice', number: `E-${index}`, sha256: '' };
    await log.append({ fund: 'resident', unit, businessDate, kind: 'penalty', amount: `${index}.00`, evidence });
    if (followedAt.includes(index + 1)) await log.follow(batch);
  }
  return log.contents()[NAME] as Row[];
}

it('packs every list that the log has left behind, and no other, in any cut of the log', async () => {
  const lists = await listsOf(5_000);
  expect(await listsOf(97)).toEqual(lists);
  expect(await listsOf(1, [1_000, 2_047, 2_048, 2_049, EVENTS])).toEqual(lists);
  expect(await listsOf(600, [4_096, EVENTS])).toEqual(lists);

  const end = BigInt(listBlockOf(EVENTS));
  for (const [, , block, lines] of lists) expect(typeof lines).toBe(block === end ? 'string' : 'object');
  const positions = lists.flatMap(([day, book, , lines]) =>
    unpackLines(lines)
      .split('\n')
      .slice(0, -1)
      .map((line) => readLine(day, book, line).position),
  );
  expect(positions.toSorted((one, other) => one - other)).toEqual(Array.from({ length: EVENTS }, (_, at) => at + 1));
}, 60_000);

it('says of a list that is damaged that its file is', async () => {
  await listsOf(5_000);
  const [log] = logs;
  const file = openSqlite(log!.path, 'disposable');
  file.exec(`UPDATE "${NAME}" SET lines = substr(lines, 1, length(lines) - 9) WHERE block = 0`);
  file.close();
  const tables = new ReadTables(log!.path);
  const look = (): unknown => tables.lists(`SELECT lines FROM "${NAME}"`);
  expect(look).toThrow(TablesFault);
  expect(look).toThrow(expect.objectContaining({ code: 'SQLITE_CORRUPT' }));
  tables.close();
});
