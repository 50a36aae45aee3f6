import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useAddress } from '../address/address.ts';
import { answerOf, client, inLanguage } from '../api/client.ts';
import { keptExports } from './kept-exports.ts';

const kept = keptExports(localStorage, window);

/** The exports that were begun in this browser. */
export const useKeptExports = (): readonly string[] => useSyncExternalStore(kept.subscribe, () => kept.ids);

/** Begins the export of an address in the background; from then on it is shown on every page. */
export function useExport() {
  const { language } = useAddress();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (request: string) =>
      answerOf(client.POST('/v1/jobs', { body: { kind: 'export', request }, headers: inLanguage(language) })),
    onSuccess: ({ id }) => {
      kept.keep(id);
      return queries.invalidateQueries({ queryKey: ['/v1/jobs'] });
    },
  });
}

/** Ends the export that is at work; one that has ended is put away, and is found under the jobs. */
export function useEndExport(id: string) {
  const queries = useQueryClient();
  const ending = useMutation({
    mutationFn: () => client.DELETE('/v1/jobs/{id}', { params: { path: { id } } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/jobs/{id}'] }),
  });
  return { cancel: () => ending.mutate(), putAway: () => kept.putAway(id) };
}
