import { type DataDirectory } from '../src/data-directory.js';

/** What stands for a data directory that nobody takes away. */
export const heldForEver = <P>(
  paths: P,
): Pick<DataDirectory, 'demandOurs' | 'whenLost'> & { readonly paths: P; readonly anchored: P } => ({
  paths,
  anchored: paths,
  demandOurs: () => undefined,
  whenLost: () => undefined,
});
