import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sayNotRun } from './not-run.js';
import { command } from './one-of-each.js';
import { CLI, get, NODE, post, temporaryDirectory } from './service.js';

const ROOT = join(import.meta.dirname, '..');
const read = (name: string): unknown => JSON.parse(readFileSync(join(ROOT, name), 'utf8'));

interface Locked {
  readonly name?: string;
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
  readonly resolved?: string;
}
interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses: readonly { readonly expression?: string; readonly license?: { readonly id: string } }[];
}
interface Materials {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly version: number;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const packages = Object.entries((read('package-lock.json') as { packages: Record<string, Locked> }).packages).filter(
  ([place]) => place !== '',
);
const installed = packages.filter(([, { dev }]) => !dev);
const nameOf = (place: string, { name }: Locked): string =>
  name ?? place.slice(place.lastIndexOf('node_modules/') + 13);
const materials = read('sbom.cdx.json') as Materials;

/** Packages that say to their makers, or to others, that they were installed or are used. */
const TELLS =
  /^(@scarf\/scarf|insight|universal-analytics|@sentry\/.*|posthog-node|@segment\/.*|analytics-node|mixpanel)$/;

describe('what is installed in production', () => {
  it('runs nothing when it is installed, also where install scripts are not switched off', () => {
    expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([place]) => place)).toEqual([]);
    const scripted = installed.filter(([place]) => {
      const path = join(ROOT, place, 'package.json');
      if (!existsSync(path)) return false;
      const { scripts = {} } = read(join(place, 'package.json')) as { scripts?: Record<string, string> };
      return ['preinstall', 'install', 'postinstall'].some((name) => name in scripts);
    });
    expect(scripted.map(([place]) => place)).toEqual([]);
  });

  it('tells nobody; nor does what the tests use', () => {
    expect(packages.filter(([place, entry]) => TELLS.test(nameOf(place, entry))).map(([place]) => place)).toEqual([]);
  });

  it('comes from the registry, with a digest wherever one is known', () => {
    expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([place]) => place)).toEqual([]);
    expect(installed.filter(([, each]) => !each.integrity && !each.optional).map(([place]) => place)).toEqual([]);
  });
});

describe('the bill of materials', () => {
  it('is what the lock file says, and so is the list of licences', () => {
    const { status, stdout } = spawnSync(NODE, [join(ROOT, 'scripts/sbom.mjs'), '--check'], { encoding: 'utf8' });
    expect([stdout, status]).toEqual([`${materials.components.length} packages\n`, 0]);
    const wanted = new Set(installed.map(([place, entry]) => `${nameOf(place, entry)}@${entry.version}`));
    const listed = materials.components.map((component) => component['bom-ref']);
    expect([...wanted].filter((each) => !listed.includes(each))).toEqual([]);
    // Beside what is installed it lists what is built into the console, and nothing else that the tests use.
    expect(listed).toHaveLength(new Set(listed).size);
  });

  it('lists every package that the built console says it is made of', () => {
    const told = readFileSync(join(ROOT, 'dist/console/assets/licences.md'), 'utf8');
    const built = [...told.matchAll(/^## (\S+) - (\S+)/gm)].map(([, name, version]) => `${name}@${version}`);
    expect(built.length).toBeGreaterThan(20);
    const listed = new Set(materials.components.map((component) => component['bom-ref']));
    expect(built.filter((each) => !listed.has(each))).toEqual([]);
  });

  it('has what CycloneDX asks for', () => {
    expect(materials).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 });
    const own = read('package.json') as { name: string; version: string };
    expect(materials.metadata.component).toMatchObject({ type: 'application', name: own.name, version: own.version });
    const references = new Set([materials.metadata.component, ...materials.components].map((each) => each['bom-ref']));
    expect(references.size).toBe(materials.components.length + 1);
    for (const { type, name, version, purl, hashes = [] } of materials.components) {
      expect({ name, type, purl }).toEqual({
        name,
        type: 'library',
        purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
      });
      for (const { alg, content } of hashes) expect([alg, content.length]).toEqual(['SHA-512', 128]);
    }
    const named = materials.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    expect(named.filter((reference) => !references.has(reference))).toEqual([]);
    expect(materials.dependencies).toHaveLength(references.size);
  });

  it('reaches every package from the program itself', () => {
    const needs = new Map(materials.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
    const reached = new Set<string>();
    const reach = (reference: string): void => {
      if (reached.has(reference)) return;
      reached.add(reference);
      needs.get(reference)!.forEach(reach);
    };
    reach(materials.metadata.component['bom-ref']);
    expect([...needs.keys()].filter((reference) => !reached.has(reference))).toEqual([]);
  });

  it('has no licence but those that ours goes with', () => {
    const allowed = new Set([
      'MIT',
      'ISC',
      '0BSD',
      'BSD-2-Clause',
      'BSD-3-Clause',
      'Apache-2.0',
      'Unlicense',
      'CC0-1.0',
    ]);
    const others = materials.components.filter(({ licenses: [licence] }) => {
      const written = licence?.license?.id ?? licence?.expression ?? 'none';
      return !written
        .replaceAll(/[()]/g, '')
        .split(/ (?:AND|OR) /)
        .every((id) => allowed.has(id));
    });
    expect(others.map((each) => each['bom-ref'])).toEqual([]);
  });

  it('is in the image', () => {
    expect(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')).toMatch(/^COPY .*sbom\.cdx\.json/m);
  });
});

describe('the service at work', () => {
  it('calls nobody', async () => {
    const dataDir = temporaryDirectory();
    const output = join(dataDir, 'calls');
    const words = [
      '-f',
      '-qq',
      '-e',
      'trace=connect,sendto,sendmsg',
      '-o',
      output,
      NODE,
      CLI,
      '--data',
      dataDir,
      'serve',
    ];
    const child = spawn('strace', words, { env: { ...process.env, EVENT_STORE_URL: '', PORT: '0' } });
    const address = await new Promise<string | undefined>((resolve) => {
      child.once('error', () => resolve(undefined));
      child.once('exit', () => resolve(undefined));
      child.stdout.on('data', (text: Buffer) => {
        const found = /"address":"([^"]+)"/.exec(text.toString())?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    if (address === undefined) {
      rmSync(dataDir, { recursive: true });
      sayNotRun(
        '没有 strace，未测试服务是否对外连接 no strace on this machine: whether the service calls anybody was not tested',
      );
      return;
    }
    expect((await post({ address }, ...command('contribution'), 'quiet')).status).toBe(201);
    for (const path of ['/docs', '/docs/swagger-ui-bundle.js', '/v1/balances', '/readyz'])
      expect((await get({ address }, path)).status).toBeLessThan(504);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const [pid] = readFileSync(join(dataDir, 'owner.pid'), 'utf8').split('\n');
    process.kill(Number.parseInt(pid!, 10), 'SIGTERM');
    await ended;
    const calls = readFileSync(output, 'utf8').match(/sin6?_addr[^)]*|inet_(?:addr|pton)\([^)]*/g) ?? [];
    expect(calls.filter((call) => !/127\.0\.0\.1|::1/.test(call))).toEqual([]);
    rmSync(dataDir, { recursive: true });
  });
});
