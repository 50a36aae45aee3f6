import { hash } from 'node:crypto';

/** The entity tag of an answer that is told from others by these facts. */
export const entityTag = (...facts: readonly (string | number)[]): string =>
  `"${hash('sha256', facts.join(' '), 'base64url').slice(0, 22)}"`;

/** Whether an `If-None-Match` header names an entity tag, by the weak comparison of RFC 9110 §13.1.2. */
export function isNamed(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}
