import { type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http';

const OF_DATA = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The policy of a page whose scripts, styles and figures come from here, and nothing from elsewhere. */
export const OF_PAGES =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * What every answer carries unless it says otherwise: a browser takes it for nothing but what it is called, shows it in
 * no frame, gives it to no page of another site, says nowhere where it came from, and keeps no figures.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': OF_DATA,
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

type OwnHeaders = OutgoingHttpHeaders | OutgoingHttpHeader[];

/**
 * An answer that carries the headers of security. They join its own where its head is written: set before, each would
 * be looked at once more by itself, and every one of its own with it.
 */
export class SafeAnswer extends ServerResponse {
  override writeHead(status: number, reason?: string | OwnHeaders, headers?: OwnHeaders): this {
    const own = typeof reason === 'string' ? headers : reason;
    if (own && !Array.isArray(own) && this.getHeaderNames().length === 0) {
      const all = { ...SECURITY_HEADERS, ...own };
      return typeof reason === 'string' ? super.writeHead(status, reason, all) : super.writeHead(status, all);
    }
    for (const [name, value] of Object.entries(SECURITY_HEADERS))
      if (!this.hasHeader(name)) this.setHeader(name, value);
    return typeof reason === 'string' ? super.writeHead(status, reason, own) : super.writeHead(status, own);
  }
}
