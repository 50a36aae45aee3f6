import { expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { post } from '../service.js';
import { readXlsx } from '../xlsx.js';
import { show } from './browser.js';
import { HOSTILE, HOSTILE_TEXTS } from './hostile.js';
import { makeThings } from './places.js';
import { onFreshPages } from './stage.js';

/** What is not seen and turns round what is. */
const TURNED = 'invoice\u202egpj.exe';
const IN_2025 = 'from=2025-01-01&to=2025-12-31';

interface Schema {
  readonly $ref?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Sent {
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema; example?: object }>> };
}
interface Interface {
  readonly paths: Readonly<Record<string, { readonly post?: Sent }>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** A field in which anything may be written that one can see. */
const FREE = String.raw`^[^\p{Cc}\p{Cs}\u2028\u2029]{1,`;

/** A thing as the interface shows it, with a hostile text in every field that takes any. */
function withText(example: unknown, schema: Schema, text: string, api: Interface): unknown {
  const { properties = {}, pattern } = schema.$ref ? api.components.schemas[schema.$ref.split('/').at(-1)!]! : schema;
  if (pattern?.startsWith(FREE)) return text;
  if (typeof example !== 'object' || example === null || Array.isArray(example)) return example;
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [name, withText(value, properties[name] ?? {}, text, api)]),
  );
}

/** Every kind of voucher and memo with hostile texts: where it is sent, and what. */
function hostileBodies(api: Interface): { path: string; body: object; text: string }[] {
  return Object.entries(api.paths).flatMap(([path, { post: sent }], at) => {
    const { schema, example } = sent?.requestBody?.content['application/json'] ?? {};
    if (!schema || !example || !('evidence' in example)) return [];
    const text = HOSTILE_TEXTS[at % HOSTILE_TEXTS.length]!;
    return [{ path, body: withText(example, schema, text, api) as object, text }];
  });
}

/** Whether something that was written has come to life, or has become a part of the page. */
const comesToLife = (page: Page): Promise<unknown> =>
  page.evaluate(() => ({
    ran: 'hostile' in window,
    parts: [...document.querySelectorAll('main img, main script, main iframe, main svg[onload], [onerror]')].map(
      ({ outerHTML }) => outerHTML,
    ),
    links: [...document.querySelectorAll('a')]
      .map((link) => link.getAttribute('href') ?? '')
      .filter((href) => /^\s*javascript:|elsewhere\.invalid/i.test(href) && !href.startsWith('/')),
  }));
const NOTHING = { ran: false, parts: [], links: [] };

/** What others wrote is text: in every field, in files, in terms, in addresses, and in what is exported. */
onFreshPages.describe('what others wrote', (scene) => {
  let position = 0;
  const ids: string[] = [];

  it('is recorded as it came in every kind that takes it', async () => {
    const { service } = scene;
    const api = (await (await fetch(`${service.address}/openapi.json`)).json()) as Interface;
    const bodies = hostileBodies(api);
    expect(bodies.length).toBeGreaterThan(60);
    for (const [at, { path, body }] of bodies.entries()) {
      const { status, body: answer } = await post(service, path, body, `hostile-${at}`);
      if (status !== 201) continue;
      ids.push(answer['id'] as string);
      position = answer['position'] as number;
    }
    expect(ids.length).toBeGreaterThan(20);
    await fetch(`${service.address}/v1/balances?after=${position}`);
  });

  it('is shown as text wherever it is shown', async () => {
    const { page, watched } = scene;
    const lists = [`/audit-trail?${IN_2025}`, `/journal?${IN_2025}`, `/events?before=${position + 1}`];
    const others = ['/reference', `/disclosure?${IN_2025}`, `/enforcement?${IN_2025}`, `/trial-balance?${IN_2025}`];
    const vouchers = ids.filter((_, at) => at % 4 === 0).map((id) => `/vouchers/${id}`);
    for (const path of [...lists, ...others, ...vouchers]) {
      await show(page, path);
      expect([path, await comesToLife(page)]).toEqual([path, NOTHING]);
      if (others.includes(path)) continue;
      const read = (await page.locator('main').textContent()) ?? '';
      expect([path, HOSTILE_TEXTS.some((text) => read.includes(text))]).toEqual([path, true]);
    }
    expect(watched.faults).toEqual([]);
  });

  it('is text in the name, the columns and the lines of a file', async () => {
    const { page, watched, service } = scene;
    const { import: id } = await makeThings(service);
    for (const path of ['/imports', `/imports/${id}`]) {
      await show(page, path);
      expect([path, await comesToLife(page)]).toEqual([path, NOTHING]);
    }
    expect(watched.faults).toEqual([]);
  });

  it('is text in a term, in a filter and in an address', async () => {
    const { page, watched } = scene;
    for (const text of [...HOSTILE_TEXTS, TURNED]) {
      const encoded = encodeURIComponent(text);
      for (const path of [`/search?q=${encoded}`, `/${encoded}`]) {
        await show(page, path);
        expect([path, await comesToLife(page)]).toEqual([path, NOTHING]);
      }
    }
    const [hostile] = HOSTILE_TEXTS.map(encodeURIComponent);
    for (const path of [
      `/trial-balance?unit=${hostile}`,
      `/vouchers/${hostile}`,
      `/imports/${hostile}`,
      `/jobs/${hostile}`,
      `/events?q=${hostile}`,
    ]) {
      await show(page, path);
      expect([path, await comesToLife(page)]).toEqual([path, NOTHING]);
    }
    await show(page, '/?from=2024-12-01&to=2024-12-31');
    const box = page.getByRole('searchbox');
    await box.fill(HOSTILE);
    await box.press('Enter');
    await page.waitForURL('**/search?**');
    expect(await comesToLife(page)).toEqual(NOTHING);
    expect(watched.faults.filter((fault) => /policy|elsewhere|dialog|page:/.test(fault))).toEqual([]);
  });

  it('is text in what is exported, and no spreadsheet works it out', async () => {
    const { service } = scene;
    const ask = (format: string): Promise<Response> =>
      fetch(`${service.address}/v1/audit-trail?${IN_2025}&format=${format}`);
    const csv = await (await ask('csv')).text();
    const begins = csv.split(/\r?\n/).flatMap((line) => line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? []);
    const worked = begins.filter((cell) => /^"?[=+@\t]|^"?-(?![\d.]+"?$)/.test(cell));
    expect(worked).toEqual([]);
    const cells = readXlsx(Buffer.from(await (await ask('xlsx')).arrayBuffer())).flatMap(({ rows }) =>
      rows.flatMap((row) => [...row.values()]),
    );
    const formulas = cells.filter(({ value }) => /^[=+@]|^-(?![\d.]+$)/.test(value));
    expect(formulas.filter(({ kind }) => kind !== 'text')).toEqual([]);
    expect(cells.some(({ value }) => value.includes('HYPERLINK'))).toBe(true);
  });
});
