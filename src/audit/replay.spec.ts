import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore } from '../event-store/event-store.js';
import { SqliteEventStore } from '../event-store/sqlite/sqlite-event-store.js';
import { openSqlite } from '../sqlite-file.js';
import { fundBalance } from '../../projections/fund-balance/projection.js';
import { PROJECTIONS } from '../../projections/registry.js';
import { type Incoming } from '../../test/given-when-then.js';
import { ONE_OF_EACH } from '../../test/one-of-each.js';
import { LedgerFiles } from '../../test/ledger-files.js';
import { replay, type Replay, type TableComparison } from './replay.js';

const RECEIVED: Incoming = { kind: 'contribution', businessDate: '2025-05-12' };

describe('a replay', () => {
  let files: LedgerFiles;
  let store: EventStore;
  beforeEach(async () => {
    files = new LedgerFiles();
    await files.post(ONE_OF_EACH.map(([kind, fields]): Incoming => ({ kind, ...fields })));
    await files.follow();
    store = new SqliteEventStore(files.paths.log, { readonly: true });
  });
  afterEach(async () => {
    await store.close();
    files.remove();
  });

  const run = (rebuilt: (events: number) => void = () => undefined): Promise<Replay> =>
    replay(store, files.paths.read, `${files.directory}/beside`, PROJECTIONS, { rebuilt });
  const change = (sql: string): void => {
    const tables = openSqlite(files.paths.read, 'disposable');
    tables.exec(sql);
    tables.close();
  };
  const differing = ({ tables }: Replay): TableComparison[] => tables.filter(({ differences }) => differences > 0);

  it('finds the same rows in every table and leaves nothing behind', async () => {
    const head = await store.head();
    const seen: number[] = [];
    const result = await run((events) => seen.push(events));
    expect(result).toMatchObject({ events: head, notThere: {} });
    expect(Object.values(result.positions)).toEqual(PROJECTIONS.map(() => head));
    expect(differing(result)).toEqual([]);
    expect(result.tables).toHaveLength(PROJECTIONS.flatMap(({ tables }) => tables).length);
    expect(result.tables.every(({ liveRows, rebuiltRows }) => liveRows === rebuiltRows)).toBe(true);
    expect(result.tables.filter(({ liveRows }) => liveRows > 0).length).toBeGreaterThan(10);
    expect(seen.at(-1)).toBe(head);
    expect(readdirSync(files.directory).filter((name) => name.startsWith('beside'))).toEqual([]);
  });

  it('stops where the live tables are, each projection at its own position', async () => {
    const head = await store.head();
    change(
      `UPDATE checkpoint SET position = 0 WHERE projection = 'audit-trail';
       DELETE FROM trail_v8; DELETE FROM trail_link_v8`,
    );
    await files.post([RECEIVED, RECEIVED]);
    const result = await run();
    expect(result.positions).toMatchObject({ 'book-state': head, 'audit-trail': 0 });
    expect(differing(result)).toEqual([]);
  });

  it('goes on to where the live tables have come meanwhile', async () => {
    const head = await store.head();
    let moved: Promise<void> | undefined;
    const slow = Object.create(store) as EventStore;
    slow.readAll = async function* (...asked) {
      for await (const events of store.readAll(...asked)) {
        await (moved ??= files.post([RECEIVED]).then(() => files.follow()));
        yield events;
      }
    };
    const result = await replay(slow, files.paths.read, `${files.directory}/beside`, PROJECTIONS, {
      rebuilt: () => undefined,
    });
    expect(new Set(Object.values(result.positions))).toEqual(new Set([head + 1]));
    expect(result.events).toBe(head + 1);
    expect(differing(result)).toEqual([]);
  });

  it('does not hold the live tables while most is rebuilt: they are written to, and out of their log', async () => {
    let busy: unknown;
    await run(() => {
      if (busy !== undefined) return;
      const tables = openSqlite(files.paths.read, 'disposable');
      tables.exec('UPDATE checkpoint SET position = position');
      [{ busy }] = tables.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: unknown }];
      tables.close();
    });
    expect(busy).toBe(0);
  });

  it.each<[string, string, Partial<TableComparison>]>([
    [
      'a changed sum',
      "UPDATE book_month_v9 SET balance = 1 WHERE stream || line || period = 'book-employee-460100treasury2025-05'",
      { table: 'book_month_v9', differences: 1 },
    ],
    [
      'a row too many',
      "INSERT INTO book_mark_v9 VALUES ('book-employee-460100', 'taken-back', 'book-employee-460100-2', '')",
      { table: 'book_mark_v9', differences: 1 },
    ],
    [
      'a row too few',
      "DELETE FROM book_series_v9 WHERE stream = 'book-employee-460000' AND voucher_type = 'receipt'",
      { table: 'book_series_v9', differences: 1 },
    ],
    ['a null', 'UPDATE enforcement_penalty_v3 SET article = NULL', { table: 'enforcement_penalty_v3', differences: 1 }],
  ])('finds %s and shows it', async (_name, sql, expected) => {
    change(sql);
    const found = differing(await run());
    expect(found).toMatchObject([expected]);
    const [{ live, rebuilt }] = found[0]!.first as [TableComparison['first'][number]];
    expect(live).not.toEqual(rebuilt);
    expect(found[0]!.first).toHaveLength(1);
  });

  it('says which projections it cannot speak of', async () => {
    change("UPDATE checkpoint SET failure = 'cannot take it' WHERE projection = 'enforcement'");
    change("DELETE FROM checkpoint WHERE projection = 'fund-balance'");
    expect((await run()).notThere).toEqual({
      enforcement: 'cannot take it',
      'fund-balance': `no tables of version ${fundBalance.version}`,
    });
  });
});
