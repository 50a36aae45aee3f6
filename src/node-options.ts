/** How Node is started for a command: its options, and what stands in its environment besides. */
export interface NodeOptions {
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * For what answers: V8 collects with helpers of its own, which no priority holds back, and with four of them on two
 * cores the thread that answers waits for those of a rebuild. A small young generation is collected in a millisecond or
 * two.
 */
const ANSWERING: NodeOptions = {
  flags: ['--v8-pool-size=1', '--no-parallel-scavenge', '--max-semi-space-size=4'],
  environment: {},
};

/**
 * An import allocates a million small objects: a small young generation, an old one that is at most twice what lives in
 * it, and one heap of the C library, so that what a thread lets go of is of use to the others, keep its memory flat.
 */
const IMPORTING: NodeOptions = {
  flags: ['--max-semi-space-size=8', '--heap-growing-percent=100'],
  environment: { MALLOC_ARENA_MAX: '1' },
};

/** @param words what stands behind `tongzhang` */
export function nodeOptionsFor(words: readonly string[]): NodeOptions {
  if (words.includes('import')) return IMPORTING;
  return words.includes('serve') || words.includes('demo') ? ANSWERING : { flags: [], environment: {} };
}
