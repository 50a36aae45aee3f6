import { useEffect, useState, useSyncExternalStore } from 'react';

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

const seen = (): string | undefined => document.documentElement.dataset['appearance'];

function watch(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-appearance'] });
  return () => observer.disconnect();
}

/** The appearance that is shown, for what is drawn and follows no style sheet. */
export const useAppearanceShown = (): string | undefined => useSyncExternalStore(watch, seen);
