import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LedgerError } from '../src/errors.js';
import { REFERENCE_STREAM } from '../src/kinds/kind.js';
import { type Ledger, type LedgerOptions, openLedger, openUnbegun } from '../src/ledger.js';
import { contributionRow, csvOf } from './import/fixture.js';
import { KurrentDbDouble } from './kurrentdb/double.js';
import { type AppendFault } from './kurrentdb/double-appends.js';
import { CLI, runProgram } from './service.js';

/*
 * Bad luck at the one moment in which a ledger begins: it is refused in words, nothing is written by halves, and who
 * opens the ledger next begins it.
 */

const NOW = Date.parse('2026-05-31T04:00:00.000Z');
const directories: string[] = [];
const fresh = (): string => {
  directories.push(mkdtempSync(join(tmpdir(), 'tongzhang-beginning-')));
  return directories.at(-1)!;
};
afterEach(() => directories.splice(0).forEach((path) => rmSync(path, { recursive: true, force: true })));

/** How often a log has adopted anything. */
const adoptions = async ({ store }: Pick<Ledger, 'store'>): Promise<number> =>
  (await store.readStream(REFERENCE_STREAM, { from: 0, limit: 9 })).length;

/** What opening a ledger comes to: the revision that it has adopted and how many there are, or why it does not open. */
async function opening(path: string, nowMs: number, options: LedgerOptions = {}) {
  try {
    const ledger = await openLedger(path, () => nowMs, options);
    const stands = [ledger.reference.current.revision, await adoptions(ledger)];
    await ledger.close();
    return stands;
  } catch (error) {
    return error as LedgerError;
  }
}

/** What a log has adopted whose ledger nobody has begun. */
async function heldUnbegun(path: string, options: LedgerOptions = {}): Promise<number> {
  const ledger = await openUnbegun(path, () => NOW, options);
  const held = await adoptions(ledger);
  await ledger.close();
  return held;
}

describe('a ledger that begins by a wrong clock', () => {
  it.each(['1970-01-01T00:00:07.000Z', '2017-12-31T23:59:59.999Z'])(
    '%s is not begun, and then by a right one',
    async (at) => {
      const path = fresh();
      const refused = await opening(path, Date.parse(at));
      expect(refused).toBeInstanceOf(LedgerError);
      const { kind, code, text, details } = refused as LedgerError;
      expect([kind, code]).toEqual(['unavailable', 'clock-out-of-bounds']);
      for (const said of [text.zh, text.en, details[0]!.got]) expect(said).toContain(at);
      expect(text.zh).toMatch(/日志为空.*校正/u);
      expect(text.en).toMatch(/set right/);
      expect(details[0]!.expected.en).toContain('2018-01-01T00:00:00.000Z');
      expect(await heldUnbegun(path)).toBe(0);
      expect(await opening(path, NOW)).toEqual([0, 1]);
      expect(await opening(path, NOW)).toEqual([0, 1]);
    },
  );
});

describe('a ledger whose process is killed while it begins', () => {
  it('holds nothing or its beginning, and is begun once', async () => {
    const path = fresh();
    const file = join(fresh(), 'feed.csv');
    writeFileSync(file, csvOf([contributionRow()]));
    const words = ['--data', path, 'import', file];
    const ended = { NODE_OPTIONS: `--import=${join(CLI, '../../test/kill-at-append.js')}` };
    for (const written of [0, 1]) {
      expect((await runProgram(words, { ...ended, KILL_AT: String(written) })).code).toBe(null);
      expect(await heldUnbegun(path)).toBe(written);
    }
    expect((await runProgram(words)).code).toBe(0);
    expect(await heldUnbegun(path)).toBe(1);
  }, 60_000);
});

describe('a ledger that begins on a server', () => {
  let double: KurrentDbDouble;
  let options: LedgerOptions;

  beforeEach(async () => {
    double = new KurrentDbDouble({ guests: false });
    await double.start();
    options = { eventStoreUrl: double.url };
  });
  afterEach(() => double.stop());

  it('that may not be written to is not begun, and begins once it may', async () => {
    const path = fresh();
    double.appendRefusal = 'forbidden';
    const refused = await opening(path, NOW, options);
    expect(refused).toBeInstanceOf(LedgerError);
    expect((refused as LedgerError).text.zh).toMatch(/\p{Script=Han}/u);
    double.appendRefusal = undefined;
    expect(await heldUnbegun(path, options)).toBe(0);
    expect(await opening(path, Date.now(), options)).toEqual([0, 1]);
  });

  it('that is not there is named, and the ledger begins once it is', async () => {
    const path = fresh();
    const port = new URL(double.url.replace('esdb', 'http')).port;
    await double.stop();
    const refused = await opening(path, NOW, options);
    expect(refused).toMatchObject({ code: 'store-unreachable', message: expect.stringContaining(port) as unknown });
    double = new KurrentDbDouble({ guests: false });
    await double.start(Number.parseInt(port, 10));
    expect(await opening(path, Date.now(), options)).toEqual([0, 1]);
  });

  it.each<AppendFault>(['cut-before-write', 'cut-after-write', 'unavailable-before-write', 'not-leader'])(
    'that fails so in that very moment, %s, holds one beginning',
    async (fault) => {
      const path = fresh();
      double.failNextAppends(fault);
      const first = await opening(path, Date.now(), options);
      if (first instanceof Error) expect(first).toBeInstanceOf(LedgerError);
      double.spareNextAppends();
      expect(await opening(path, Date.now(), options)).toEqual([0, 1]);
    },
  );

  it('is begun once by two nodes, of which one meets a fault or has a wrong clock', async () => {
    double.failNextAppends('cut-after-write');
    const both = await Promise.all([fresh(), fresh()].map((path) => opening(path, Date.now(), options)));
    for (const stands of both) expect(stands).toEqual([0, 1]);
    // A node that comes later only goes by what is there, whatever its clock says.
    expect(await opening(fresh(), 7, options)).toEqual([0, 1]);
  });

  it('is begun by the one of two nodes whose clock is right', async () => {
    const [wrong, right] = await Promise.all([opening(fresh(), 7, options), opening(fresh(), Date.now(), options)]);
    expect(right).toEqual([0, 1]);
    if (wrong instanceof Error) expect(wrong).toMatchObject({ code: 'clock-out-of-bounds' });
    else expect(wrong).toEqual([0, 1]);
  });
});
