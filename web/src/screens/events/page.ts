import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useAddress } from '../../address/address.ts';
import { answerOf, client, inLanguage, type Outcome } from '../../api/client.ts';
import { type components } from '../../api/schema.ts';

/** A page of the log as it is printed, with the addresses of the pages around it. */
export type EventPage = components['schemas']['EventTables'];

/** How often the end of the log is asked for while it is followed. */
const TAIL_MS = 2_000;
/** No log comes so far: what stands before it is the end, wherever that is. */
const END = '999999999999999';

/** The page of the log that the address asks for; while the log is followed, its end, asked for again and again. */
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
    placeholderData: keepPreviousData,
    ...(isFollowed && { refetchInterval: TAIL_MS }),
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

/** The address of a page for people: without what only the service needs to know. */
export function pageAddress(link: string): string {
  const [path, search = ''] = link.split('?') as [string, string?];
  const parameters = new URLSearchParams(search);
  for (const name of ['format', 'lang']) parameters.delete(name);
  if (parameters.get('before') === END) parameters.delete('before');
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}
