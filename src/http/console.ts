import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { LedgerError, text } from '../errors.js';
import { OF_PAGES } from './protocol/security-headers.js';

/** Where the console is built to: beside the program that runs, or beneath the one that is run from its sources. */
const PLACES = ['../../console/', '../../dist/console/'].map((place) => fileURLToPath(new URL(place, import.meta.url)));
/** What answers programs; everything else that a browser goes to is a page of the console. */
const OF_PROGRAMS = /^\/(v1|schemas|docs|assets|livez|readyz|metrics|openapi\.json|asyncapi\.json)(\/|$)/;
const HTML = 'text/html; charset=utf-8';
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.md': 'text/markdown; charset=utf-8',
};
/** A file's name has its digest in it: another content is another name. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** How a file was compressed when it was built, the best first, and what its name ends with then. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** The built console; undefined where none was built. */
const built = (): string | undefined => PLACES.find((place) => existsSync(`${place}index.html`));

/**
 * Serves the console 控制台: its one page wherever a browser goes that no route of the service is, `/` first, and the
 * files of the page. The address is the page's to read: it says what is asked, and the page asks it.
 */
export function serveConsole(instance: FastifyInstance): void {
  const place = built();
  if (place === undefined) return;
  const page = readFileSync(`${place}index.html`);
  // Read once: however many ask, and however slowly they read, it is the same bytes.
  const folder = `${place}assets/`;
  const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(folder + name)]));
  instance.addHook('onRequest', (request, reply, done) => {
    if (!isPage(request)) return done();
    void reply
      .headers({ 'content-type': HTML, 'content-security-policy': OF_PAGES, 'cache-control': 'no-cache' })
      .send(page);
  });
  instance.get<{ Params: { name: string } }>('/assets/:name', (request, reply) => {
    const { name } = request.params;
    const type = TYPES[extname(name)];
    const file = files.get(name);
    if (!file || type === undefined)
      throw new LedgerError('not-found', 'no-such-file', text(`没有文件 ${name}`, `there is no file ${name}`));
    const accepted = request.headers['accept-encoding'] ?? '';
    const [encoding, ending] = ENCODINGS.find(([each, end]) => accepts(accepted, each) && files.has(name + end)) ?? [];
    void reply.headers({
      'content-type': type,
      'cache-control': FOR_EVER,
      vary: 'Accept-Encoding',
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    });
    return reply.send(ending === undefined ? file : files.get(name + ending));
  });
}

const accepts = (accepted: string, encoding: string): boolean =>
  accepted.split(',').some((each) => each.trim() === encoding);

const isPage = ({ is404, method, url, headers: { accept = '' } }: FastifyRequest): boolean =>
  is404 && (method === 'GET' || method === 'HEAD') && accept.includes('text/html') && !OF_PROGRAMS.test(pathOf(url));

const pathOf = (url: string): string => url.split('?', 1)[0]!;
