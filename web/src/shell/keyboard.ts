import { useEffect, useLayoutEffect } from 'react';
import { type Text } from '../text/text.ts';

/** A key, or two one after the other as in `g t`, what it does in words, and the doing. */
export interface Shortcut {
  readonly keys: string;
  readonly says: Text;
  readonly act: () => void;
}

/** Inputs that are chosen and not typed in. */
const CHOSEN = new Set(['radio', 'checkbox', 'button']);

/** Where one types, a letter is a letter. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.role === 'combobox' ||
    (target instanceof HTMLInputElement && !CHOSEN.has(target.type)));

/** What Enter itself presses or follows: the row of a table is opened from elsewhere. */
const isPressed = ({ key, target }: KeyboardEvent): boolean =>
  key === 'Enter' &&
  target instanceof Element &&
  target.closest('a[href], button, input, summary, [role="button"], [role^="menuitem"], [role="option"]') !== null;

/** How long the second of two keys may take. */
const SECOND_KEY_MS = 1_500;
const known = new Map<string, Shortcut>();
let first: { readonly key: string; readonly atMs: number } | undefined;

/** What the keys do now, in the order they were given: for the sheet that `?` shows. */
export const shortcuts = (): readonly Shortcut[] => [...known.values()];

/** Gives keys their meaning as soon and as long as the component is on the page; the latest to give one has it. */
export function useShortcuts(given: readonly Shortcut[]): void {
  useLayoutEffect(() => {
    for (const shortcut of given) known.set(shortcut.keys, shortcut);
    return () => {
      for (const shortcut of given) if (known.get(shortcut.keys) === shortcut) known.delete(shortcut.keys);
    };
  }, [given]);
}

/** Listens to the keyboard; once, by the shell. */
export function useKeyboard(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isPressed(event)) return;
      // A dialog has the keys to itself.
      if (document.querySelector('[role="dialog"]:not([style*="display: none"])')) return;
      const two = first && performance.now() - first.atMs < SECOND_KEY_MS ? `${first.key} ${event.key}` : undefined;
      first = undefined;
      const shortcut = (two && known.get(two)) ?? known.get(event.key);
      if (shortcut) {
        event.preventDefault();
        shortcut.act();
      } else if ([...known.keys()].some((keys) => keys.startsWith(`${event.key} `)))
        first = { key: event.key, atMs: performance.now() };
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
