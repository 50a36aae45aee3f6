import { type Export } from '../../projections/asking/question.js';

type Changes = Readonly<Record<string, string | undefined>>;

/** A path with other parameters in its query: set, or without a value taken out. */
export function withParameters(url: string, changes: Changes): string {
  const [path, query] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes))
    if (value === undefined) parameters.delete(name);
    else parameters.set(name, value);
  return parameters.size === 0 ? path! : `${path}?${parameters.toString()}`;
}

/** The address at which a list goes on, as a `Link` header says it. */
export const nextLink = (url: string, changes: Changes): string => `<${withParameters(url, changes)}>; rel="next"`;

/**
 * How to go on from an answer that does not hold all that was asked for: by the next page, or by the files that do.
 * Nothing where it does.
 */
export function linksOf(url: string, { body: { next, notListed = {} } }: Pick<Export, 'body'>): { link?: string } {
  const links = Object.keys(notListed).map((sheet) => {
    const whole = withParameters(url, { format: 'csv', sheet, limit: undefined });
    return `<${whole}>; rel="alternate"; type="text/csv"`;
  });
  if (typeof next === 'string') links.unshift(nextLink(url, { cursor: next }));
  return links.length === 0 ? {} : { link: links.join(', ') };
}
