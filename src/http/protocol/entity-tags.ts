import { hash } from 'node:crypto';
import { LedgerError, show, text } from '../../errors.js';

interface EntityTag {
  readonly isWeak: boolean;
  /** With its quotes. */
  readonly tag: string;
}

const ITEM = /[ \t]*(?:(W\/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*)?(,|$)/y;

/** The entity tag of an answer that is told from others by these facts. */
export const entityTag = (...facts: readonly (string | number)[]): string =>
  `"${hash('sha256', facts.join(' '), 'base64url').slice(0, 22)}"`;

/**
 * The tags that an `If-Match` or `If-None-Match` header lists, or `*`, as RFC 9110 §13.1 has them.
 * @throws LedgerError invalid, where it is neither
 */
export function readEntityTags(name: 'If-Match' | 'If-None-Match', header: string): '*' | readonly EntityTag[] {
  if (header.trim() === '*') return '*';
  const tags: EntityTag[] = [];
  for (let at = 0; at <= header.length;) {
    ITEM.lastIndex = at;
    const item = ITEM.exec(header);
    if (!item) throw malformed(name, header);
    const [whole, weak, tag, end] = item;
    if (tag !== undefined) tags.push({ isWeak: weak !== undefined, tag });
    if (end === '') break;
    at += whole.length;
  }
  if (tags.length === 0) throw malformed(name, header);
  return tags;
}

/** Whether an `If-None-Match` header names an entity tag: by the weak comparison, RFC 9110 §13.1.2. */
export function isNamed(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const tags = readEntityTags('If-None-Match', header);
  return tags === '*' || tags.some(({ tag }) => tag === etag);
}

/**
 * The revisions an `If-Match` header names, `any` for `*`, undefined where there is no header. A weak tag, and one that
 * is no revision, matches none: by the strong comparison, RFC 9110 §13.1.1.
 */
export function revisionsNamed(header: string | undefined): readonly number[] | 'any' | undefined {
  if (header === undefined) return undefined;
  const tags = readEntityTags('If-Match', header);
  if (tags === '*') return 'any';
  return tags.filter(({ isWeak, tag }) => !isWeak && REVISION.test(tag)).map(({ tag }) => Number(tag.slice(1, -1)));
}

const REVISION = /^"(0|[1-9][0-9]{0,14})"$/;

function malformed(name: string, header: string): LedgerError {
  const code = name.toLowerCase();
  const message = text(`${name} 不符合要求`, `${name} is not as it must be`);
  const expected = text('* 或以逗号分隔的实体标签，如 "12"', '* or entity tags separated by commas, e.g. "12"');
  return new LedgerError('invalid', code, message, [{ pointer: name, code, expected, got: show(header) }]);
}
