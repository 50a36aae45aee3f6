/** One thing of which two sides say different things. */
export type Difference<V> = readonly [name: string, expected: V, got: V];

/** Where two sides differ; of what a side does not name it says `nothing`. */
export function differences<V extends string | bigint>(
  expected: ReadonlyMap<string, V>,
  got: ReadonlyMap<string, V>,
  nothing: V,
): Difference<V>[] {
  const names = new Set([...expected.keys(), ...got.keys()]);
  return [...names]
    .map((name) => [name, expected.get(name) ?? nothing, got.get(name) ?? nothing] as const)
    .filter(([, one, other]) => one !== other);
}

/** Adds to one of many sums. */
export const addTo = (sums: Map<string, bigint>, name: string, more: bigint): void =>
  void sums.set(name, (sums.get(name) ?? 0n) + more);
