#!/usr/bin/env node
/**
 * Writes `web/src/api/schema.ts`: the types of what the console asks and is answered, from the description of the
 * interface. A part of `npm run schemas`. Runs on Node 24, behind a build.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTypes, { astToString } from 'openapi-typescript';
import { isMain, isReady, ROOT } from './ready.mjs';

export const TYPES = join(ROOT, 'web', 'src', 'api', 'schema.ts');
const BANNER = '/** Written by `npm run schemas` from the description of the interface; never edited. */\n\n';

/** The types of a description, of all that records nothing: the console only reads. */
export async function consoleTypes(description) {
  const paths = Object.entries(description.paths).filter(([, path]) => !path.post?.tags?.includes('record'));
  const reading = { ...description, paths: Object.fromEntries(paths) };
  return BANNER + astToString(await openapiTypes({ ...reading, components: referred(reading) }));
}

/** The components that are referred to, one through the other. */
function referred(description) {
  const found = {};
  const look = (part) => {
    for (const [, kind, name] of JSON.stringify(part).matchAll(/"#\/components\/(\w+)\/([\w-]+)"/g)) {
      if (found[kind]?.[name]) continue;
      found[kind] = { ...found[kind], [name]: description.components[kind][name] };
      look(description.components[kind][name]);
    }
  };
  look(description.paths);
  return found;
}

if (isMain(import.meta.url) && (await isReady(1))) {
  const built = (path) => import(pathToFileURL(join(ROOT, 'dist', ...path.split('/'))).href);
  const [{ describeInterface }, { SENT_KINDS }, { QUESTIONS }] = await Promise.all(
    ['src/http/openapi/interface.js', 'src/catalogue/registry.js', 'projections/registry.js'].map(built),
  );
  writeFileSync(TYPES, await consoleTypes(describeInterface(SENT_KINDS, QUESTIONS)));
}
