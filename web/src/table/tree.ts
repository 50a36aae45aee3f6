import { useMemo } from 'react';
import { type Address, useAddress } from '../address/address.ts';
import { type Row } from '../api/tables.ts';

/** Whether the rows under a row are shown, and how that is changed. */
export interface Toggle {
  readonly isOpen: boolean;
  readonly flip: () => void;
}

export interface Tree {
  /** The rows that are shown. */
  readonly rows: readonly Row[];
  /** Of the rows that have others under them. */
  readonly toggles: ReadonlyMap<Row, Toggle>;
  readonly openAll: () => void;
  readonly closeAll: () => void;
}

/** In the address: what is closed, by the first cells of the rows. */
const CLOSED = 'closed';
const SEPARATOR = ',';

/** Rows as a tree by how far they are set in; what is closed stands in the address. */
export function useTree(all: readonly Row[]): Tree {
  const address = useAddress();
  const { change } = address;
  const written = closedIn(address).join(SEPARATOR);
  return useMemo(() => {
    const closed = new Set(written.split(SEPARATOR));
    const write = (keysOf: (closed: readonly string[]) => readonly string[]): void =>
      change((now) => ({ [CLOSED]: keysOf(closedIn(now)).join(SEPARATOR) }), { replace: true });
    const toggles = new Map(
      parentsIn(all).map((row): [Row, Toggle] => {
        const key = keyOf(row);
        const isOpen = !closed.has(key);
        const flip = (): void =>
          write((keys) => (keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key]));
        return [row, { isOpen, flip }];
      }),
    );
    return {
      rows: openRows(all, (row) => toggles.get(row)?.isOpen ?? true),
      toggles,
      openAll: () => write(() => []),
      closeAll: () =>
        write(() =>
          parentsIn(all)
            .filter(({ level = 0 }) => level === 0)
            .map(keyOf),
        ),
    };
  }, [all, written, change]);
}

/** The keys of the rows that an address has closed. */
const closedIn = ({ own }: Address): string[] => (own(CLOSED) ?? '').split(SEPARATOR).filter((key) => key !== '');

const keyOf = ({ cells, level = 0 }: Row): string => `${cells[0]?.text.trim() ?? ''}${'~'.repeat(level)}`;

/** The rows that have others under them: what follows is set in further. */
export const parentsIn = (rows: readonly Row[]): Row[] =>
  rows.filter(({ level = 0 }, index) => (rows[index + 1]?.level ?? 0) > level);

/** The rows that are under no closed one. */
export function openRows(rows: readonly Row[], isOpen: (row: Row) => boolean): readonly Row[] {
  let hidden = Infinity;
  return rows.filter((row) => {
    const { level = 0 } = row;
    if (level > hidden) return false;
    hidden = isOpen(row) ? Infinity : level;
    return true;
  });
}
