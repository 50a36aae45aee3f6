import {
  type InfiniteData,
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { type Address, apiLink, useAddress } from '../address/address.ts';
import { answerOf, client, inLanguage, type Outcome } from './client.ts';
import { type paths } from './schema.ts';
import { type Tables } from './tables.ts';

/** The routes that answer in tables: those of the questions. */
export type QuestionPath = {
  [Path in keyof paths]: paths[Path] extends {
    get: { responses: { 200: { content: { 'application/vnd.tongzhang.tables+json': unknown } } } };
  }
    ? Path
    : never;
}[keyof paths];

/** A path that answers JSON to GET, and what it answers. */
export type JsonPath = {
  [Path in keyof paths]: paths[Path] extends {
    get: { responses: { 200: { content: { 'application/json': unknown } } } };
  }
    ? Path
    : never;
}[keyof paths];
export type Answer<Path extends JsonPath> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

interface Init {
  readonly params: { readonly query: Parameters; readonly path?: Parameters };
  readonly headers: Parameters;
  readonly signal: AbortSignal;
}
type Parameters = Readonly<Record<string, string>>;
type Call = <Data>(path: string, init: Init) => Promise<Outcome<Data>>;
/** The parameters come from the address, where anybody may have typed them: the service judges them, not a type. */
const get = client.GET as unknown as Call;

/** What of a question is in the tables of the page that is seen, and of those that were fetched behind it. */
export type TablesResult = UseInfiniteQueryResult<{ readonly pages: readonly Tables[] }, Error>;

/** Asks what the address asks, as it is printed; a long list page by page, as far as one has scrolled. */
export function useTables(
  path: QuestionPath,
  parameters?: Readonly<Record<string, string>>,
  /** `keeps`: whether the answer before is shown until the next one has come. */
  { keeps = false }: { readonly keeps?: boolean } = {},
): TablesResult {
  const { asked, language, unitOfMoney, own } = useAddress();
  const hiddenColumns = own('hiddenColumns');
  const figures = {
    ...(parameters ?? asked),
    format: 'tables',
    ...(unitOfMoney !== undefined && { unitOfMoney }),
  };
  const query = hiddenColumns === undefined ? figures : { ...figures, hiddenColumns };
  const key = JSON.stringify([path, figures, language]);
  return useInfiniteQuery<Tables, Error, InfiniteData<Tables>, readonly (string | undefined)[], string | undefined>({
    queryKey: [key, hiddenColumns],
    // The same figures in other columns: they stay on the page until those come.
    placeholderData: (previous, of) => (keeps || of?.queryKey[0] === key ? previous : undefined),
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        get<Tables>(path, {
          params: { query: pageParam === undefined ? query : { ...query, cursor: pageParam } },
          headers: inLanguage(language),
          signal,
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

/** Asks for an answer as data. Path parameters, as in `/v1/vouchers/{id}`, are given by name. */
export function useAnswer<Path extends JsonPath>(
  path: Path,
  query: Readonly<Record<string, string>> = {},
  more: {
    readonly path?: Readonly<Record<string, string>>;
    readonly everyMs?: number;
    readonly enabled?: boolean;
    /** Whether the answer before is shown until the next one has come. */
    readonly keeps?: boolean;
  } = {},
): UseQueryResult<Answer<Path>, Error> {
  const { language } = useAddress();
  return useQuery({
    queryKey: [path, query, more.path, language],
    enabled: more.enabled ?? true,
    ...(more.keeps === true && { placeholderData: keepPreviousData }),
    ...(more.everyMs !== undefined && { refetchInterval: more.everyMs }),
    queryFn: ({ signal }) =>
      answerOf(
        get<Tables>(path, {
          params: { query, ...(more.path && { path: more.path }) },
          headers: inLanguage(language),
          signal,
        }),
      ),
  });
}

/** The address of a file with what is seen: CSV, XLSX or JSON, in the language and unit of money of the page. */
export function fileLink(address: Address, format: 'csv' | 'xlsx' | 'json', sheet?: string): string {
  const { language: lang, unitOfMoney, own } = address;
  const hiddenColumns = own('hiddenColumns');
  return apiLink(address, { format, lang, ...(format !== 'json' && { unitOfMoney, sheet, hiddenColumns }) });
}
