import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eventSchema, schemaPath } from '../../src/kinds/event-schema.js';
import { EVENT_KINDS } from '../../src/catalogue/registry.js';
import { incompatibilities } from './compatibility.js';

/**
 * Publishes the schema of every event in `schemas/`. One that readers of the published schema would stumble over is not
 * written: such an event needs a version of its own. Argument: the directory of the project.
 */
const [root] = process.argv.slice(2) as [string];

type Schema = Readonly<Record<string, unknown>>;

function publish(path: string, schema: Schema): string[] {
  const generated = `${JSON.stringify(schema, undefined, 2)}\n`;
  const published = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (published === generated) return [];
  const breaches = published === undefined ? [] : incompatibilities(JSON.parse(published) as Schema, schema);
  if (breaches.length > 0) return breaches.map((breach) => `${path}: ${breach}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, generated);
  process.stdout.write(`${path}\n`);
  return [];
}

const breaches = EVENT_KINDS.flatMap((kind) => publish(join(root, schemaPath(kind.event)), eventSchema(kind)));
for (const breach of breaches) process.stderr.write(`${breach}\n`);
if (breaches.length > 0) {
  process.stderr.write(
    '已发布的结构不可不兼容地改变；请用新版本 a published schema stays readable; give the event a new version\n',
  );
  process.exitCode = 1;
}
