import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { defineConfig } from 'vite';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const BUILT = path('../dist/console');
const COMPRESSED = /\.(js|css|svg|md)$/;

/** Each file once more as a browser takes it: compressed when it is built, not when it is asked for. */
async function compress() {
  const folder = join(BUILT, 'assets');
  const names = (await readdir(folder)).filter((name) => COMPRESSED.test(name));
  await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      const [br, gz] = await Promise.all([promisify(brotliCompress)(bytes), promisify(gzip)(bytes, { level: 9 })]);
      await Promise.all([writeFile(join(folder, `${name}.br`), br), writeFile(join(folder, `${name}.gz`), gz)]);
    }),
  );
}

/** The console is built into `dist/console`, from where the service serves it. */
export default defineConfig({
  root: path('.'),
  plugins: [{ name: 'compress', apply: 'build', closeBundle: compress }],
  build: {
    outDir: BUILT,
    emptyOutDir: true,
    // Small pictures would be data addresses otherwise; everything is a file of its own.
    assetsInlineLimit: 0,
    license: { fileName: 'assets/licences.md' },
    reportCompressedSize: false,
    rolldownOptions: {
      // What a library says to a framework that renders on a server means nothing here.
      onLog: (level, log, tell) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(level, log),
    },
  },
  // `npx vite web` while one works on it, beside a service that runs.
  server: {
    proxy: Object.fromEntries(['/v1', '/schemas', '/openapi.json'].map((at) => [at, 'http://127.0.0.1:3000'])),
  },
});
