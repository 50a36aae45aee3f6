import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import files from '@fastify/static';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { OF_PAGES } from './protocol/security-headers.js';

/** Where the console is built to: beside the program that runs, or beneath the one that is run from its sources. */
const PLACES = ['../../console/', '../../dist/console/'].map((place) => fileURLToPath(new URL(place, import.meta.url)));
/** What answers programs; everything else that a browser goes to is a page of the console. */
const OF_PROGRAMS = /^\/(v1|schemas|docs|assets|livez|readyz|metrics|openapi\.json|asyncapi\.json)(\/|$)/;
const HTML = 'text/html; charset=utf-8';
/** A file's name has its digest in it: another content is another name. */
const FOR_EVER = { maxAge: '365d', immutable: true } as const;

/** The built console; undefined where none was built. */
const built = (): string | undefined => PLACES.find((place) => existsSync(`${place}index.html`));

/**
 * Serves the console 控制台: its one page wherever a browser goes that no route of the service is, `/` first, and the
 * files of the page. The address is the page's to read: it says what is asked, and the page asks it.
 */
export async function serveConsole(instance: FastifyInstance): Promise<void> {
  const place = built();
  if (place === undefined) return;
  const page = readFileSync(`${place}index.html`, 'utf8');
  await instance.register(files, {
    root: `${place}assets`,
    prefix: '/assets/',
    // A route for each file that there is, and none for what there is not.
    wildcard: false,
    index: false,
    preCompressed: true,
    decorateReply: false,
    ...FOR_EVER,
  });
  instance.addHook('onRequest', (request, reply, done) => {
    if (!isPage(request)) return done();
    void reply
      .headers({ 'content-type': HTML, 'content-security-policy': OF_PAGES, 'cache-control': 'no-cache' })
      .send(page);
  });
}

const isPage = ({ is404, method, url, headers: { accept = '' } }: FastifyRequest): boolean =>
  is404 && (method === 'GET' || method === 'HEAD') && accept.includes('text/html') && !OF_PROGRAMS.test(pathOf(url));

const pathOf = (url: string): string => url.split('?', 1)[0]!;
