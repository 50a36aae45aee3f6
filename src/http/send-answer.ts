import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Answer } from '../../projections/asking/question.js';
import { linksOf } from './links.js';
import { entityTag, isNamed } from './protocol/entity-tags.js';
import { VARY } from './send-export.js';

/** Sends an answer as JSON of some shape, or only says that the client holds it already. */
export function sendAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  { type, content }: { readonly type: string; readonly content: object },
): void {
  const { position } = answer;
  const body = JSON.stringify(content);
  const etag = entityTag(position, request.url, type, body);
  const known = { etag, 'x-ledger-position': position, 'cache-control': 'no-cache', vary: VARY };
  void reply.headers({ ...known, ...linksOf(request.url, answer) });
  if (isNamed(request.headers['if-none-match'], etag)) void reply.code(304).send();
  else void reply.code(200).header('content-type', type).send(body);
}
