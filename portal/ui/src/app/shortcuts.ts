import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { usePreferences } from '../look/preferences';

/** After `g`: where the next letter leads. */
export const PLACES = { o: '/', t: '/traffic', s: '/services', c: '/config', p: '/settings' } as const;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

/**
 * The keys that work on every page. Single letters can be switched off (WCAG 2.1.4), and do nothing
 * while somebody writes or a dialog is open.
 */
export function useShortcuts({ onPalette, onHelp }: { onPalette: () => void; onHelp: () => void }): void {
  const router = useRouter();
  const { shortcuts } = usePreferences();
  const going = useRef(0);
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        onPalette();
        return;
      }
      if (!shortcuts || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role=dialog],[role=alertdialog],[role=menu]')) return;
      const place = PLACES[event.key as keyof typeof PLACES];
      if (place && Date.now() - going.current < 1_200) {
        going.current = 0;
        event.preventDefault();
        void router.navigate({ to: place });
      } else if (event.key === 'g') {
        going.current = Date.now();
      } else if (event.key === '?') {
        event.preventDefault();
        onHelp();
      } else if (event.key === '/') {
        const find = document.querySelector<HTMLInputElement>('input[type=search]');
        if (find) {
          event.preventDefault();
          find.focus();
        }
      }
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [router, shortcuts, onPalette, onHelp]);
}
