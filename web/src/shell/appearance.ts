import { useEffect, useState } from 'react';

export type Appearance = 'light' | 'dark';

const KEPT = 'tongzhang-appearance';

/** Light or dark: as the reader chose, else as the machine is set. It changes no figure and is not in the address. */
export function useAppearance(): [Appearance, (appearance: Appearance) => void] {
  const [appearance, setAppearance] = useState<Appearance>(() => {
    const kept = localStorage.getItem(KEPT);
    if (kept === 'light' || kept === 'dark') return kept;
    return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  });
  useEffect(() => {
    document.documentElement.dataset['appearance'] = appearance;
  }, [appearance]);
  const choose = (chosen: Appearance): void => {
    localStorage.setItem(KEPT, chosen);
    setAppearance(chosen);
  };
  return [appearance, choose];
}
