import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

/** What the console is held against: pages of the same browser that do next to nothing. */
export interface PlainPages {
  /** A page with one figure and nothing else. */
  readonly empty: string;
  /** A list of lines of text that only has the lines in it which are seen, made by hand. */
  readonly list: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves them on a free port of this machine.
 * @param rows the texts of the list's lines, again and again until there are `count` of them
 */
export async function servePlainPages(rows: readonly (readonly string[])[], count: number): Promise<PlainPages> {
  const pages = new Map([
    ['/empty', '<main><p class="figure">0.00</p></main>'],
    ['/list', listOf(rows, count)],
  ]);
  const server = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page === undefined ? '' : `<!doctype html><meta charset="utf-8"><title>0</title>${page}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { empty: `${address}/empty`, list: `${address}/list`, close };
}

const listOf = (rows: readonly (readonly string[])[], count: number): string => `
<style>
  .sheet { height: 820px; overflow: auto; position: relative; font: 13px sans-serif }
  .sheet > div { position: relative; height: ${count * 30}px; width: 2000px }
  .sheet p { position: absolute; margin: 0; height: 30px; white-space: pre }
  .sheet span { display: inline-block; width: 150px }
</style>
<div class="sheet long" tabindex="0"><div></div></div>
<script type="application/json">${JSON.stringify(rows).replaceAll('<', '\\u003c')}</script>
<script>
  const rows = JSON.parse(document.querySelector('[type="application/json"]').textContent);
  const box = document.querySelector('.sheet');
  const draw = () => {
    const first = Math.max(0, Math.floor(box.scrollTop / 30) - 10);
    const lines = [];
    for (let at = first; at < Math.min(${count}, first + 50); at += 1) {
      const line = document.createElement('p');
      line.style.top = at * 30 + 'px';
      for (const said of rows[at % rows.length]) {
        const cell = document.createElement('span');
        cell.textContent = said;
        line.append(cell);
      }
      lines.push(line);
    }
    box.firstElementChild.replaceChildren(...lines);
  };
  box.addEventListener('scroll', draw);
  draw();
</script>`;
