import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PROJECTIONS, projectionsOver } from '../../projections/registry.js';
import { ReadTables } from '../../projections/following/read-tables.js';
import { misfits } from '../../test/answer-schemas.js';
import { LedgerFiles } from '../../test/ledger-files.js';
import { identifyLog } from '../event-store/log-identity.js';
import { SqliteEventStore } from '../event-store/sqlite/sqlite-event-store.js';
import { leaveDone } from '../last-done.js';
import { newRelayStatus } from '../kafka/follow-log.js';
import { type RunningRelay } from '../kafka/start-relay.js';
import { DAY_MS, RecordingClock } from '../time/recording-clock.js';
import { conditionTold } from './condition-words.js';
import { downstreamOf } from './downstream-answer.js';
import { operationOf, type Operated } from './operation-answer.js';
import { PROJECTION_TITLES } from './projection-titles.js';
import { type Condition } from './readiness.js';

const NOW = Date.UTC(2026, 0, 1);
const conditions = (...more: Condition[]): Condition[] => [{ name: 'store', facts: { position: 3 } }, ...more];

describe('how a ledger stands', () => {
  let files: LedgerFiles;
  let store: SqliteEventStore;
  let tables: ReadTables;
  let ledger: Operated;
  beforeEach(async () => {
    files = new LedgerFiles();
    await files.post([{ kind: 'contribution' }, { kind: 'contribution' }]);
    await files.follow();
    await files.post([{ kind: 'contribution' }]);
    const { directory: path, paths } = files;
    store = new SqliteEventStore(paths.log, { readonly: true });
    tables = new ReadTables(paths.read);
    ledger = {
      store,
      tables,
      place: { store: 'sqlite', log: paths.log, mark: paths.mark },
      directory: { path, paths } as unknown as Operated['directory'],
      recordingClock: new RecordingClock(() => NOW, NOW - DAY_MS, 30 * DAY_MS),
      clock: () => Date.now(),
    };
  });
  afterEach(async () => {
    tables.close();
    await store.close();
    files.remove();
  });

  it('is told as described: positions, lags, sizes, clock, and that nothing was done with it yet', async () => {
    const told = await operationOf(ledger, conditions());
    expect(misfits('Operation', told)).toEqual([]);
    expect(told).toMatchObject({ position: 3, store: 'sqlite', ready: true, relay: null, unreadable: [] });
    expect(told.projections.map(({ name, lag }) => [name, lag])).toEqual(
      expect.arrayContaining(PROJECTIONS.map(({ name }) => [name, 1])),
    );
    expect([told.lastVerification, told.lastBackup, told.lastRestore]).toEqual([null, null, null]);
    for (const { name, bytes } of told.sizes) expect([name, bytes > 0]).toEqual([name, /log|tables/.test(name)]);
    expect(told.clock).toMatchObject({ state: 'in-step', lastRecordedAt: '2025-12-31T00:00:00.000Z' });
  });

  it('says what was done last, and whether the log is still the one it was done with', async () => {
    const log = await identifyLog(store);
    const did = { at: '2026-01-01T00:00:00.000Z', version: '0.1.0', events: 3, position: 3 };
    const backup = { ...did, directory: '/srv/backup/1', bytes: 9, sha256: 'ab' };
    await leaveDone(files.directory, 'verification', {
      ...did,
      by: 'command',
      breachCount: 0,
      noteCount: 1,
      seconds: 2,
      log,
    });
    await leaveDone(files.directory, 'backup', { ...backup, log: { ...log, hash: 'another' } });
    await leaveDone(files.directory, 'restore', {
      ...did,
      directory: '/srv',
      madeAt: did.at,
      lost: 0,
      log: { ...log, first: 'x', hash: 'x' },
    });
    const told = await operationOf(ledger, conditions());
    expect(misfits('Operation', told)).toEqual([]);
    expect(told.lastVerification).toMatchObject({ by: 'command', noteCount: 1, likeness: 'same' });
    expect(told.lastBackup).toMatchObject({ directory: '/srv/backup/1', position: 3, likeness: 'parted' });
    expect(told.lastRestore).toMatchObject({ likeness: 'other' });
  });

  it.each(['', '{', '{}', 'null', '{"at":"x","version":"1","log":{}}'])(
    'names a record that is %j',
    async (written) => {
      writeFileSync(join(files.directory, 'last-backup.json'), written);
      const told = await operationOf(ledger, conditions());
      expect(told.lastBackup).toBeNull();
      expect(told.unreadable).toMatchObject([{ record: 'last-backup.json', why: expect.any(String) }]);
      expect(misfits('Operation', told)).toEqual([]);
    },
  );

  it('answers where nothing is known of the end of the log', async () => {
    const down = { code: 'store-unavailable', expected: { zh: '能够读取', en: 'can be read' }, got: 'no answer' };
    const told = await operationOf(ledger, [{ name: 'store', facts: {}, down }]);
    expect(misfits('Operation', told)).toEqual([]);
    expect(told).toMatchObject({
      position: null,
      ready: false,
      conditions: [{ standing: 'down', found: 'no answer' }],
    });
    expect(told.projections[0]).toMatchObject({ lag: null });
  });
});

describe('a condition in words', () => {
  const told = (name: string, state?: string, code?: string) =>
    conditionTold(
      {
        name,
        facts: { ...(state && { state }) },
        ...(code && { down: { code, expected: { zh: '', en: '' }, got: 'x' } }),
      },
      PROJECTION_TITLES,
    );

  it.each([
    ['clock', ['in-step', 'behind', 'ahead', 'behind-server', 'ahead-of-server'], ['clock-out-of-bounds']],
    ['mark', ['in-step', 'made-anew', 'not-written'], []],
    ['streams', ['untouched', 'touched', 'not-heard'], []],
    ['data-directory', ['held', 'taken-again'], ['data-directory-lost']],
    ['read-tables', ['opening', 'catching-up', 'following', 'retrying'], ['read-tables-rebuilding']],
    ['relay', ['starting', 'running', 'retrying', 'stopped'], ['relay-fenced', 'relay-failed']],
    ['imports', ['ok', 'paused', 'failing'], []],
    ['store', [], ['store-unavailable', 'disk-full', 'log-write-failed', 'log-file-lost', 'store-refuses-appends']],
    ['fund-balance', [], ['projection-stopped']],
  ])('has words for every state of %s', (name, states, codes) => {
    for (const state of states) {
      const { means, standing, todo } = told(name, state);
      expect(means).not.toEqual({ zh: state, en: state });
      expect([state, todo !== null]).toEqual([state, standing === 'notice' && state !== 'stopped']);
    }
    for (const code of codes)
      expect(told(name, undefined, code)).toMatchObject({
        standing: 'down',
        state: code,
        todo: { zh: expect.stringMatching(/./) },
      });
  });

  it('has a name for every projection in both languages', () => {
    for (const { name } of projectionsOver('kurrentdb')) expect([name, told(name).title.zh]).not.toEqual([name, name]);
    expect(told('audit-trail')).toMatchObject({ standing: 'well', state: 'up', todo: null });
  });
});

describe('what is delivered downstream', () => {
  it('says plainly that no Kafka is configured, and which schemas there are all the same', () => {
    const told = downstreamOf(null, conditions());
    expect(misfits('Downstream', told)).toEqual([]);
    expect(told).toMatchObject({ position: 3, configured: false, relay: null, topics: [], asyncapi: '/asyncapi.json' });
    expect(told.says.en).toContain('KAFKA_BROKERS');
    expect(told.schemas).toContainEqual(
      expect.objectContaining({ event: 'ContributionRecorded.v1', schema: '/schemas/ContributionRecorded/v1.json' }),
    );
  });

  it('says how far delivery has come and what is in its way', () => {
    const status = { ...newRelayStatus(), state: 'retrying', position: 2, delivered: 2, failure: 'refused' } as const;
    const relay = { topic: 'events.v1', status } as unknown as RunningRelay;
    const facts = { state: 'retrying', position: 2, lag: 1, message: 'refused' };
    const told = downstreamOf(relay, conditions({ name: 'relay', facts }));
    expect(misfits('Downstream', told)).toEqual([]);
    expect(told).toMatchObject({
      configured: true,
      relay: { state: 'retrying', standing: 'notice', delivered: 2, lag: 1, found: 'refused' },
      topics: [{ name: 'events.v1' }, { name: 'events.v1.relay' }],
    });
  });
});
