import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { LedgerError, text } from '../errors.js';
import { JSON_TYPE } from './command.controller.js';
import { OF_PAGES } from './protocol/security-headers.js';
import { OPENAPI } from './tokens.js';

/** The files of the documentation page, served from here: the page works without a network. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};
const require = createRequire(import.meta.url);

const PAGE = `<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<title>统账 Tongzhang</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="documentation"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;
const OPTIONS = `{ url: '/openapi.json', dom_id: '#documentation', deepLinking: true, validatorUrl: null }`;
const START = `SwaggerUIBundle(${OPTIONS});\n`;

/** The description of the interface: for programs at `/openapi.json`, for people at `/docs`. */
@Controller()
export class DocsController {
  private readonly description: string;
  /** Read once: however many ask, and however slowly they read, it is the same bytes. */
  private readonly files = new Map<string, Promise<Buffer>>();

  constructor(@Inject(OPENAPI) openapi: object) {
    this.description = JSON.stringify(openapi);
  }

  @Get('openapi.json')
  describe(@Res() reply: FastifyReply): void {
    void reply.header('content-type', JSON_TYPE).send(this.description);
  }

  @Get('docs')
  page(@Res() reply: FastifyReply): void {
    void reply.headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': OF_PAGES }).send(PAGE);
  }

  @Get('docs/start.js')
  start(@Res() reply: FastifyReply): void {
    void reply.header('content-type', ASSETS['swagger-ui-bundle.js']).send(START);
  }

  @Get('docs/:asset')
  async asset(@Param('asset') asset: string, @Res() reply: FastifyReply): Promise<void> {
    const type = Object.hasOwn(ASSETS, asset) ? ASSETS[asset] : undefined;
    if (type === undefined)
      throw new LedgerError('not-found', 'no-such-file', text(`没有文件 ${asset}`, `there is no file ${asset}`));
    const file = this.files.get(asset) ?? readFile(require.resolve(`swagger-ui-dist/${asset}`));
    this.files.set(asset, file);
    void reply.headers({ 'content-type': type, 'cache-control': 'max-age=86400' }).send(await file);
  }
}
