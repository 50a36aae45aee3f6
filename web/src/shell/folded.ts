import { useCallback, useEffect, useState } from 'react';

const KEPT = 'tongzhang-navigation';
const FOLDED = 'folded';

/** Whether the navigation leaves its room to the tables, and how to change that. It is kept on this machine. */
export function useFolded(): [boolean, () => void] {
  const [isFolded, setFolded] = useState(() => localStorage.getItem(KEPT) === FOLDED);
  useEffect(() => {
    if (isFolded) localStorage.setItem(KEPT, FOLDED);
    else localStorage.removeItem(KEPT);
  }, [isFolded]);
  const flip = useCallback(() => setFolded((was) => !was), []);
  return [isFolded, flip];
}
