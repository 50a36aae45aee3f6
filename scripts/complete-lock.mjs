#!/usr/bin/env node
/**
 * Completes `package-lock.json`: `npm run lock` after every `npm install` that changed it; `--check` only looks.
 * npm leaves out of the lock file the optional packages of platforms that it could not find when it wrote it, and
 * `npm ci` then refuses the file as a whole. Each is entered here with the version its parent asks for and the
 * platform its name says, which is what npm needs to install it there and to pass it over elsewhere.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './ready.mjs';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 's390x', 'riscv64', 'wasm32', 'x64'];

/** The place of a package as Node would find it from another; undefined where there is none. */
function find(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[place]) return place;
    if (folder === '') return undefined;
  }
}

/** The entry of a package named for its platform, e.g. `@swc/core-linux-arm64-musl`; undefined for any other. */
function entryOf(name, version, parent) {
  const words = name.split('/').at(-1).split('-');
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!os || !cpu || !/^[0-9]+\.[0-9]+\.[0-9]+$/.test(version)) return undefined;
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : os === 'linux' ? 'glibc' : undefined;
  return {
    version,
    cpu: [cpu],
    ...(parent.dev && { dev: true }),
    ...(libc && { libc: [libc] }),
    optional: true,
    os: [os],
  };
}

/** The entries the lock file lacks, by their place. */
function missing(packages) {
  const found = {};
  for (const [from, parent] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      const entry = find(packages, from, name) ? undefined : entryOf(name, version, parent);
      if (entry) found[`${from.slice(0, from.lastIndexOf('node_modules/'))}node_modules/${name}`] = entry;
    }
  }
  return found;
}

const path = join(ROOT, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const entries = missing(lock.packages);
const places = Object.keys(entries);
if (process.argv.includes('--check')) {
  for (const place of places) process.stdout.write(`package-lock.json lacks ${place}: npm run lock\n`);
  process.exitCode = places.length === 0 ? 0 : 1;
} else {
  const { '': root, ...others } = { ...lock.packages, ...entries };
  const sorted = Object.entries(others).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = { '': root, ...Object.fromEntries(sorted) };
  if (places.length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`${places.length} entries added\n`);
}
