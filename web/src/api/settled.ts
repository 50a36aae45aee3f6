import { useEffect, useState } from 'react';

/** So long nobody has typed: then what was typed is asked. */
const SETTLED_MS = 250;

/** What is typed, once the typing rests. */
export function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const waiting = setTimeout(() => setSettled(typed), SETTLED_MS);
    return () => clearTimeout(waiting);
  }, [typed]);
  return settled;
}
