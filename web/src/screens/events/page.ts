import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useAddress } from '../../address/address.ts';
import { answerOf, client, inLanguage, type Outcome } from '../../api/client.ts';
import { type components } from '../../api/schema.ts';

/** A page of the log as it is printed, with the addresses of the pages around it. */
export type EventPage = components['schemas']['EventTables'];

/** No log comes so far: what stands before it is the end, wherever that is. */
const END = '999999999999999';

/** The page of the log that the address asks for; while the log is followed, its end, from which it is followed on. */
export function useEvents(isFollowed: boolean): UseQueryResult<EventPage, Error> {
  const { asked, language, unitOfMoney } = useAddress();
  const { tail: _, recordedAsOf, after, before, ...filters } = asked;
  const query = {
    ...filters,
    // What was recorded by a moment is what the log held then.
    ...(recordedAsOf !== undefined && filters['recordedTo'] === undefined && { recordedTo: recordedAsOf }),
    ...(isFollowed ? { before: END } : { ...(after && { after }), ...(before && { before }) }),
    format: 'tables' as const,
  };
  return useQuery({
    queryKey: ['/v1/events', query, language, unitOfMoney],
    // Another page is shown until the one that is asked for is there; one that is followed goes on from its own end.
    ...(isFollowed ? { staleTime: 0, gcTime: 0 } : { placeholderData: keepPreviousData }),
    queryFn: ({ signal }) =>
      answerOf(
        client.GET('/v1/events', {
          params: { query },
          headers: inLanguage(language),
          signal,
        }) as unknown as Promise<Outcome<EventPage>>,
      ),
  });
}

/** What is followed of the log, by the address: the filters that can be told of what has not been recorded yet. */
export const followedIn = (asked: Readonly<Record<string, string>>): string =>
  new URLSearchParams(
    ['stream', 'type', 'q'].flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]]])),
  ).toString();

/** The address of a page for people: without what only the service needs to know. */
export function pageAddress(link: string): string {
  const [path, search = ''] = link.split('?') as [string, string?];
  const parameters = new URLSearchParams(search);
  for (const name of ['format', 'lang']) parameters.delete(name);
  if (parameters.get('before') === END) parameters.delete('before');
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}
