import { Jobs } from './jobs.tsx';

/** The jobs by themselves. */
export function Component() {
  return <Jobs />;
}
